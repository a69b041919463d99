// What the evaluator is measured against: the same map, fused by hand.

#ifndef CMAPPEER_H
#define CMAPPEER_H

#include <stddef.h>

/// For f = sin²x + sin(10 + xy/2)·cos x at `count` points (a multiple of 16): f, the determinant
/// of its Hessian, and the Newton step, each with the plainest formula that is fast.
///
/// Every array is aligned to 64 bytes. Runs on AVX-512 or AVX2 with fused multiply-add, as the
/// processor has, or on arm64.
void sine_valley_map(
    const double *x, const double *y, size_t count,
    double *f, double *determinant, double *step_x, double *step_y);

#endif
