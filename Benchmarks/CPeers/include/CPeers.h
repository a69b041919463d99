// What runexp is measured against: the same work, written and fused by hand, on the same SLEEF.
//
// Runs on AVX-512 or AVX2 with fused multiply-add, as the processor has, or on arm64.

#ifndef CPEERS_H
#define CPEERS_H

#include <stddef.h>
#include <stdint.h>

/// For f = sin²x + sin(10 + xy/2)·cos x at `count` points (a multiple of 16): f, the determinant
/// of its Hessian, and the Newton step, each with the plainest formula that is fast.
///
/// Every array is aligned to 64 bytes.
void sine_valley_map(
    const double *x, const double *y, size_t count,
    double *f, double *determinant, double *step_x, double *step_y);

/// Runs on the same function: where each starts and with which rate, and where, how flat and when it ends.
typedef struct peer_runs {
  const double *x, *y, *rate;
  size_t count_of_runs;
  int64_t iterations;
  double tolerance;
  double *end_x, *end_y, *end_square;
  int32_t *count;
} peer_runs;

/// Gradient descent on `threads` threads: ‖g‖ within the tolerance ends a run, and so do the limit, a step that
/// moves nothing and what is not a number.
void sine_valley_descent(const peer_runs *runs, int threads);

/// Newton's method likewise, with plain division by the determinant.
void sine_valley_newton(const peer_runs *runs, int threads);

/// One run of Newton's method by scalar code and the C library's sine: the latency of an iteration.
void sine_valley_lone(double *x, double *y, double rate, int64_t iterations);

enum { PEER_WEIGHTS = 20 };

/// Rows of data, row by row, and weights for 64 starts, weight by weight.
typedef struct peer_rows {
  const double *columns, *labels;
  const double *weights;
  size_t first, last;
} peer_rows;

/// Loss (64) and gradient (20 × 64) of logistic regression, summed over all rows.
void logistic_rows(const peer_rows *rows, int threads, double *loss, double *gradient);

/// L-BFGS with memory 5 and Armijo's rule on Rosenbrock's function of n variables, by scalar code.
///
/// Returns the number of iterations until ‖g‖ ≤ tolerance.
int64_t rosenbrock_lbfgs(double *x, int n, int64_t iterations, double tolerance);

#endif
