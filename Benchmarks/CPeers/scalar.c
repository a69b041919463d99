#include <math.h>
#include <string.h>

#include "CPeers.h"

void sine_valley_lone(double *x, double *y, double rate, int64_t iterations) {
  double px = *x, py = *y;
  for (int64_t k = 0; k < iterations; k++) {
    double s = sin(px), c = cos(px), z = 10 + 0.5 * px * py, u = sin(z), v = cos(z);
    double gx = 2 * s * c + 0.5 * py * v * c - u * s, gy = 0.5 * px * v * c;
    double a = 2 * (c * c - s * s) - 0.25 * py * py * u * c - py * v * s - u * c;
    double b = 0.5 * v * c - 0.25 * px * py * u * c - 0.5 * px * v * s;
    double d = -0.25 * px * px * u * c;
    double inverse = rate / (a * d - b * b);
    px += (b * gy - d * gx) * inverse;
    py += (b * gx - a * gy) * inverse;
  }
  *x = px;
  *y = py;
}

enum { MOST = 128, MEMORY = 5 };

static double rosenbrock(const double *x, int n, double *g) {
  double f = 0;
  memset(g, 0, (size_t)n * sizeof *g);
  for (int i = 0; i + 1 < n; i++) {
    double u = x[i + 1] - x[i] * x[i], v = 1 - x[i];
    f += 100 * u * u + v * v;
    g[i] += -400 * u * x[i] - 2 * v;
    g[i + 1] += 200 * u;
  }
  return f;
}

static double product(const double *a, const double *b, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

int64_t rosenbrock_lbfgs(double *x, int n, int64_t iterations, double tolerance) {
  double g[MOST], d[MOST], next[MOST], slope[MOST];
  double s[MEMORY][MOST], y[MEMORY][MOST], rho[MEMORY];
  int kept = 0, newest = -1;
  double f = rosenbrock(x, n, g);
  for (int64_t k = 0; k < iterations; k++) {
    if (sqrt(product(g, g, n)) <= tolerance) return k;
    double alpha[MEMORY];
    memcpy(d, g, (size_t)n * sizeof *d);
    for (int j = 0; j < kept; j++) {
      int at = (newest - j + MEMORY) % MEMORY;
      alpha[at] = rho[at] * product(s[at], d, n);
      for (int i = 0; i < n; i++) d[i] -= alpha[at] * y[at][i];
    }
    double scale = kept > 0 ? 1 / (rho[newest] * product(y[newest], y[newest], n)) : 1;
    for (int i = 0; i < n; i++) d[i] *= scale;
    for (int j = kept - 1; j >= 0; j--) {
      int at = (newest - j + MEMORY) % MEMORY;
      double beta = rho[at] * product(y[at], d, n);
      for (int i = 0; i < n; i++) d[i] += s[at][i] * (alpha[at] - beta);
    }
    double descent = product(g, d, n), t = 1, value = 0;
    for (int trial = 0; trial < 60; trial++, t /= 2) {
      for (int i = 0; i < n; i++) next[i] = x[i] - t * d[i];
      value = rosenbrock(next, n, slope);
      if (value <= f - 1e-4 * t * descent) break;
    }
    int place = (newest + 1) % MEMORY;
    double curvature = 0;
    for (int i = 0; i < n; i++) {
      s[place][i] = next[i] - x[i];
      y[place][i] = slope[i] - g[i];
      curvature += s[place][i] * y[place][i];
    }
    if (curvature > 0) {
      rho[place] = 1 / curvature;
      newest = place;
      if (kept < MEMORY) kept++;
    }
    memcpy(x, next, (size_t)n * sizeof *x);
    memcpy(g, slope, (size_t)n * sizeof *g);
    f = value;
  }
  return iterations;
}
