// The map for vectors of WIDTH lanes, as the function MAP; SINCOS is SLEEF's for that width.

typedef double VECTOR __attribute__((vector_size(8 * WIDTH), may_alias));

static void MAP(
    const double *x, const double *y, size_t count,
    double *f, double *determinant, double *step_x, double *step_y) {
  // Two vectors at a time, so that the arithmetic of one hides the latency of the other.
  enum { vectors = 2 };
  for (size_t i = 0; i < count; i += vectors * WIDTH) {
    VECTOR sine_x[vectors], cosine_x[vectors], sine_u[vectors], cosine_u[vectors];
    for (int k = 0; k < vectors; k++) {
      VECTOR px = *(const VECTOR *)(x + i + k * WIDTH);
      VECTOR py = *(const VECTOR *)(y + i + k * WIDTH);
      __auto_type of_x = SINCOS(px);
      __auto_type of_u = SINCOS(px * (py * 0.5) + 10.0);
      sine_x[k] = of_x.x;
      cosine_x[k] = of_x.y;
      sine_u[k] = of_u.x;
      cosine_u[k] = of_u.y;
    }
    for (int k = 0; k < vectors; k++) {
      size_t at = i + k * WIDTH;
      VECTOR half_x = *(const VECTOR *)(x + at) * 0.5;
      VECTOR half_y = *(const VECTOR *)(y + at) * 0.5;
      VECTOR s = sine_x[k], c = cosine_x[k];
      VECTOR su_c = sine_u[k] * c, cu_c = cosine_u[k] * c;
      VECTOR su_s = sine_u[k] * s, cu_s = cosine_u[k] * s;

      // With u = 10 + xy/2: u_x = y/2, u_y = x/2, u_xy = 1/2.
      VECTOR gradient_x = 2.0 * s * c + half_y * cu_c - su_s;
      VECTOR gradient_y = half_x * cu_c;
      VECTOR xx = 2.0 * (c * c - s * s) - (half_y * half_y + 1.0) * su_c - 2.0 * half_y * cu_s;
      VECTOR xy = 0.5 * cu_c - half_x * (half_y * su_c + cu_s);
      VECTOR yy = -(half_x * half_x) * su_c;
      VECTOR d = xx * yy - xy * xy;
      VECTOR reciprocal = 1.0 / d;

      *(VECTOR *)(f + at) = s * s + su_c;
      *(VECTOR *)(determinant + at) = d;
      *(VECTOR *)(step_x + at) = (xy * gradient_y - yy * gradient_x) * reciprocal;
      *(VECTOR *)(step_y + at) = (xy * gradient_x - xx * gradient_y) * reciprocal;
    }
  }
}
