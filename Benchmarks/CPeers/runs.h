// Runs of gradient descent and of Newton's method on f = sin²x + sin(10 + xy/2)·cos x, VECTORS vectors in
// flight; a lane that ends takes the next start. Compiled for each instruction set; see peers.c.

#define VECTORS 4
#define LANES (WIDTH * VECTORS)

typedef int64_t JOIN(VECTOR, mask) __attribute__((vector_size(8 * WIDTH)));
#define MASK JOIN(VECTOR, mask)

static inline __attribute__((always_inline)) int JOIN(VECTOR, any)(MASK m) {
  return __builtin_reduce_or(m) != 0;
}

// Newton's step where `newton`, a multiple of −g where not: known when this is compiled.
static inline __attribute__((always_inline)) size_t JOIN(VECTOR, run)(
    const peer_runs *r, size_t first, size_t last, const int newton) {
  VECTOR x[VECTORS], y[VECTORS], rate[VECTORS];
  MASK left[VECTORS];
  size_t run[LANES];
  size_t next = first;
  int live = 0;
  double *px = (double *)x, *py = (double *)y, *prate = (double *)rate;
  int64_t *pleft = (int64_t *)left;
  for (int lane = 0; lane < LANES; lane++) {
    run[lane] = SIZE_MAX;
    px[lane] = py[lane] = prate[lane] = 0;
    pleft[lane] = INT64_MAX;
    if (next < last) {
      run[lane] = next;
      px[lane] = r->x[next];
      py[lane] = r->y[next];
      prate[lane] = r->rate[next];
      pleft[lane] = r->iterations;
      next++;
      live++;
    }
  }
  const VECTOR tolerance = r->tolerance * r->tolerance - (VECTOR){};
  while (live > 0) {
    VECTOR nx[VECTORS], ny[VECTORS], square[VECTORS];
    MASK done[VECTORS], any = {};
    for (int k = 0; k < VECTORS; k++) {
      __auto_type first_pair = SINCOS(x[k]);
      __auto_type second_pair = SINCOS(10.0 + 0.5 * x[k] * y[k]);
      VECTOR s = (VECTOR)first_pair.x, c = (VECTOR)first_pair.y;
      VECTOR u = (VECTOR)second_pair.x, v = (VECTOR)second_pair.y;
      VECTOR gx = 2.0 * s * c + 0.5 * y[k] * v * c - u * s;
      VECTOR gy = 0.5 * x[k] * v * c;
      square[k] = gx * gx + gy * gy;
      if (newton) {
        VECTOR a = 2.0 * (c * c - s * s) - 0.25 * y[k] * y[k] * u * c - y[k] * v * s - u * c;
        VECTOR b = 0.5 * v * c - 0.25 * x[k] * y[k] * u * c - 0.5 * x[k] * v * s;
        VECTOR d = -0.25 * x[k] * x[k] * u * c;
        VECTOR inverse = rate[k] / (a * d - b * b);
        nx[k] = x[k] + (b * gy - d * gx) * inverse;
        ny[k] = y[k] + (b * gx - a * gy) * inverse;
      } else {
        nx[k] = x[k] - rate[k] * gx;
        ny[k] = y[k] - rate[k] * gy;
      }
      // Converged, not a number, out of iterations, or a step that moves nothing.
      done[k] = ~(square[k] > tolerance) | (left[k] <= 0) | ((nx[k] == x[k]) & (ny[k] == y[k]));
      any |= done[k];
      left[k] -= 1;
    }
    if (__builtin_expect(JOIN(VECTOR, any)(any), 0)) {
      const int64_t *pdone = (const int64_t *)done;
      const double *psquare = (const double *)square;
      double *pnx = (double *)nx, *pny = (double *)ny;
      for (int lane = 0; lane < LANES; lane++) {
        if (!pdone[lane]) continue;
        if (run[lane] != SIZE_MAX) {
          r->end_x[run[lane]] = px[lane];
          r->end_y[run[lane]] = py[lane];
          r->end_square[run[lane]] = psquare[lane];
          r->count[run[lane]] = (int32_t)(r->iterations - (pleft[lane] + 1));
        }
        if (next < last) {
          run[lane] = next;
          pnx[lane] = r->x[next];
          pny[lane] = r->y[next];
          prate[lane] = r->rate[next];
          pleft[lane] = r->iterations;
          next++;
        } else {
          if (run[lane] != SIZE_MAX) live--;
          run[lane] = SIZE_MAX;
          pnx[lane] = pny[lane] = 0;
          pleft[lane] = INT64_MAX;
        }
      }
    }
    for (int k = 0; k < VECTORS; k++) {
      x[k] = nx[k];
      y[k] = ny[k];
    }
  }
  return last - first;
}

static void JOIN(VECTOR, descent)(const peer_runs *r, size_t first, size_t last) {
  JOIN(VECTOR, run)(r, first, last, 0);
}

static void JOIN(VECTOR, newton)(const peer_runs *r, size_t first, size_t last) {
  JOIN(VECTOR, run)(r, first, last, 1);
}

// Loss and gradient of logistic regression: rows by columns, one start after the other in lanes.
static void JOIN(VECTOR, logistic)(const peer_rows *d, double *loss, double *gradient) {
  enum { STARTS = 64, GROUPS = STARTS / WIDTH };
  VECTOR sum[GROUPS] = {};
  VECTOR slope[PEER_WEIGHTS][GROUPS] = {};
  VECTOR weights[PEER_WEIGHTS][GROUPS];
  memcpy(weights, d->weights, sizeof weights);
  for (size_t row = d->first; row < d->last; row++) {
    const double *x = d->columns + row * PEER_WEIGHTS;
    VECTOR z[GROUPS];
    for (int g = 0; g < GROUPS; g++) z[g] = weights[0][g] * x[0];
    for (int j = 1; j < PEER_WEIGHTS; j++) {
      for (int g = 0; g < GROUPS; g++) z[g] += weights[j][g] * x[j];
    }
    for (int g = 0; g < GROUPS; g++) {
      // log(1 + eᶻ) − y·z and its slope, from e^−|z|.
      VECTOR size = __builtin_elementwise_abs(z[g]);
      VECTOR e = (VECTOR)EXP(-size);
      VECTOR positive = __builtin_elementwise_max(z[g], (VECTOR){});
      sum[g] += positive + (VECTOR)LOG1P(e) - d->labels[row] * z[g];
      VECTOR inverse = 1.0 / (1.0 + e);
      MASK below = z[g] < 0;
      VECTOR sigmoid = (VECTOR)((below & (MASK)(e * inverse)) | (~below & (MASK)inverse));
      z[g] = sigmoid - d->labels[row];
    }
    for (int j = 0; j < PEER_WEIGHTS; j++) {
      for (int g = 0; g < GROUPS; g++) slope[j][g] += z[g] * x[j];
    }
  }
  memcpy(loss, sum, sizeof sum);
  memcpy(gradient, slope, sizeof slope);
}

#undef VECTORS
#undef LANES
#undef MASK
