// The evidence of the last steps of some runs, one a lane, for the tier of the file that includes this behind kernels.h's
// vectors.

// Row by row and coordinate by coordinate, VM_LANES numbers each.
#define AT(row, i) (*(const stored_vector *)((row) + (i) * spacing + part))
#define SCRATCH(place) (*(stored_vector *)(scratch + VM_LANES * (place)))

// From the sum of the squares of entries divided by the largest: 0 and infinity are their own norms.
INLINE vector norm_of(vector largest, vector sum) {
  vector norm = largest * square_root(sum);
  return choose((largest > 0) & (largest <= DBL_MAX), norm, largest);
}

INLINE vector larger(vector x, vector y) {
  return choose(y >= x, y, x);
}

INLINE vector distance_of(
    const double *from, const double *to, size_t dimension, size_t spacing, size_t part) {
  vector largest = {};
  for (size_t i = 0; i < dimension; i++) {
    largest = larger(largest, absolute(AT(to, i) - AT(from, i)));
  }
  vector sum = {};
  for (size_t i = 0; i < dimension; i++) sum += square((AT(to, i) - AT(from, i)) / largest);
  return norm_of(largest, sum);
}

INLINE vector size_of(const double *point, size_t dimension, size_t spacing, size_t part) {
  vector largest = {};
  for (size_t i = 0; i < dimension; i++) largest = larger(largest, absolute(AT(point, i)));
  vector sum = {};
  for (size_t i = 0; i < dimension; i++) sum += square(AT(point, i) / largest);
  return norm_of(largest, sum);
}

// Whether points so many steps apart are one throughout, in which of `lanes`.
INLINE mask repeating(
    const double *const *rows, size_t count, size_t apart, size_t dimension, size_t spacing,
    size_t part, mask lanes) {
  for (size_t row = 0; row + apart < count; row++) {
    vector away = distance_of(rows[row], rows[row + apart], dimension, spacing, part);
    mask near = away <= VECTOR(1e-9);
    if (!all(near | ~lanes)) {
      vector size = size_of(rows[row], dimension, spacing, part);
      near |= away <= 1e-9 * larger(VECTOR(1.0), size);
      lanes &= near;
      if (all(~lanes)) break;
    }
  }
  return lanes;
}

// Sorts each lane's numbers by Batcher's merge exchange: Knuth, The Art of Computer Programming 3, 5.2.2 M.
INLINE void sort_rows(double *scratch, size_t count) {
  size_t top = 1;
  while (2 * top < count) top *= 2;
  for (size_t p = top; p > 0; p /= 2) {
    size_t q = top, r = 0, d = p;
    for (;;) {
      // Every i whose bit p is that of r.
      for (size_t first = r; first + d < count; first += 2 * p) {
        size_t last = first + p < count - d ? first + p : count - d;
        for (size_t i = first; i < last; i++) {
          vector x = SCRATCH(i), y = SCRATCH(i + d);
          SCRATCH(i) = choose(y < x, y, x);
          SCRATCH(i + d) = choose(y < x, x, y);
        }
      }
      if (q == p) break;
      d = q - p;
      q /= 2;
      r = p;
    }
  }
}

INLINE void judge_part(
    const double *const *rows, size_t steps, size_t dimension, size_t spacing, size_t part,
    double *scratch, double *evidence) {
  const size_t lengths = 0, cosines = steps, directions = 2 * steps;
  mask is_still = (mask)VECTOR(0.0) == 0, is_growing = is_still;
  double *first_cosine = scratch + VM_LANES * cosines;
  vector found = {};
  for (size_t k = 0; k < steps; k++) {
    vector length = distance_of(rows[k], rows[k + 1], dimension, spacing, part);
    SCRATCH(lengths + k) = length;
    is_still &= length == 0;
    if (k >= 2) is_growing &= length > SCRATCH(lengths + k - 2);
    // Each direction is found once, for the two steps that it is compared with.
    vector cosine = {};
    for (size_t i = 0; i < dimension; i++) {
      vector direction = (AT(rows[k + 1], i) - AT(rows[k], i)) / length;
      if (k > 0) cosine += SCRATCH(directions + i) * direction;
      SCRATCH(directions + i) = direction;
    }
    if (k == 0) continue;
    // Those of steps that did not move come to lie behind the others.
    mask is_number = cosine == cosine;
    found += truth(is_number);
    SCRATCH(cosines + k - 1) = choose(is_number, cosine, VECTOR(INFINITY));
  }
  // p = 1 stands for steps too short for a cycle.
  size_t count = steps + 1;
  mask looking = count > 4 ? (mask)VECTOR(0.0) == 0 : (mask){};
  mask crawling = repeating(rows, count, 1, dimension, spacing, part, looking);
  looking &= ~crawling;
  vector period = {};
  vector reach = 2e-9 * larger(VECTOR(1.0), size_of(rows[0], dimension, spacing, part));
  for (size_t p = 2; p <= 32 && 2 * p < count; p++) {
    // Most runs are far from any cycle, as one coordinate of the first point tells.
    mask near = looking & ~(absolute(AT(rows[p], 0) - AT(rows[0], 0)) > reach);
    if (all(~near)) continue;
    near = repeating(rows, count, p, dimension, spacing, part, near);
    period = choose(near, VECTOR((double)p), period);
    looking &= ~near;
  }
  if (steps >= 2) sort_rows(first_cosine, steps - 1);
  for (size_t lane = 0; lane < VM_WIDTH; lane++) {
    size_t count = (size_t)found[lane], middle = count / 2;
    const double *own = first_cosine + lane;
    double *of_lane = evidence + part + lane;
    of_lane[VM_LANES * VM_TAIL_RATIO] =
        steps < 2 ? NAN : scratch[VM_LANES * (steps - 1) + lane] / scratch[lane];
    of_lane[VM_LANES * VM_TAIL_COSINE] =
        count == 0       ? NAN
        : count % 2 == 1 ? own[VM_LANES * middle]
                         : own[VM_LANES * (middle - 1)] / 2 + own[VM_LANES * middle] / 2;
    of_lane[VM_LANES * VM_TAIL_PERIOD] = period[lane];
    of_lane[VM_LANES * VM_TAIL_IS_STILL] = steps > 0 && is_still[lane] != 0;
    of_lane[VM_LANES * VM_TAIL_IS_GROWING] = steps >= 3 && is_growing[lane] != 0;
  }
}

#define JUDGE_TAILS_(tier) vm_judge_tails_##tier
#define JUDGE_TAILS(tier) JUDGE_TAILS_(tier)

void JUDGE_TAILS(VM_SLEEF_TIER)(
    const double *const *rows, size_t steps, size_t dimension, size_t spacing, double *scratch,
    double *evidence) {
  for (size_t part = 0; part < VM_LANES; part += VM_WIDTH) {
    judge_part(rows, steps, dimension, spacing, part, scratch, evidence);
  }
}

#undef AT
#undef SCRATCH
