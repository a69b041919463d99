#include "Kernels/linear_algebra.h"

#include <math.h>
#include <stdbool.h>

#include "CVectorMath.h"

#pragma STDC FP_CONTRACT OFF

// Without it, fma would be a call into the C library.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("fma"))), apply_to = function)
#endif

// A number significand·2^exponent whose significand is far from overflow and underflow.
typedef struct {
  double significand;
  int exponent;
} scaled;

static double unscale(scaled s) {
  return ldexp(s.significand, s.exponent);
}

// The sum of exponents at which a product counts as zero: below that of any two finite doubles.
static const int exponent_of_zero = -10000;

// The smaller product is held above 2^-400 of the larger: it is far below rounding there, while
// the error terms of fused multiply-add stay exact.
static const int negligible_exponent = -400;

// xy − zw within 1.5 ulp by Kahan's algorithm: Jeannerod, Louvet and Muller, "Further analysis of
// Kahan's algorithm for the accurate computation of 2×2 determinants", doi:10.1090/S0025-5718-2013-02679-8.
static scaled difference_of_products(double x, double y, double z, double w) {
  int ex, ey, ez, ew;
  x = frexp(x, &ex);
  y = frexp(y, &ey);
  z = frexp(z, &ez);
  w = frexp(w, &ew);
  int first = x == 0 || y == 0 ? exponent_of_zero : ex + ey;
  int second = z == 0 || w == 0 ? exponent_of_zero : ez + ew;
  int exponent = first > second ? first : second;
  if (exponent == exponent_of_zero) return (scaled){0, 0};
  x = ldexp(x, first - exponent > negligible_exponent ? first - exponent : negligible_exponent);
  z = ldexp(z, second - exponent > negligible_exponent ? second - exponent : negligible_exponent);

  double product = z * w;
  double error = fma(z, w, -product);
  return (scaled){fma(x, y, -product) - error, exponent};
}

static bool all_finite(double a, double b, double c) {
  return isfinite(a) && isfinite(b) && isfinite(c);
}

static double larger_magnitude(double a, double b) {
  a = fabs(a);
  b = fabs(b);
  return a > b ? a : b;
}

// The exponent that brings the largest magnitude to [1/2, 1).
static int exponent_of_largest(double magnitude) {
  int exponent;
  frexp(magnitude, &exponent);
  return exponent;
}

// The eigenvalue of larger magnitude, for entries whose largest magnitude is in [1/2, 1). The mean
// and the radius have the same sign in it, so nothing cancels.
static double dominant_eigenvalue(double a, double b, double c) {
  double mean = (a + c) / 2;
  double half_difference = (a - c) / 2;
  double radius = sqrt(half_difference * half_difference + b * b);
  return mean < 0 ? mean - radius : mean + radius;
}

double vm_determinant2(double a, double b, double c) {
  if (!all_finite(a, b, c)) return a * c - b * b;
  return unscale(difference_of_products(a, c, b, b));
}

vm_pair vm_eigenvalues2(double a, double b, double c) {
  if (!all_finite(a, b, c)) return (vm_pair){NAN, NAN};
  double largest = larger_magnitude(larger_magnitude(a, c), b);
  if (largest == 0) return (vm_pair){0, 0};

  int exponent = exponent_of_largest(largest);
  double dominant =
      dominant_eigenvalue(ldexp(a, -exponent), ldexp(b, -exponent), ldexp(c, -exponent));
  scaled determinant = difference_of_products(a, c, b, b);
  double other = ldexp(determinant.significand / dominant, determinant.exponent - exponent);
  dominant = ldexp(dominant, exponent);
  return dominant < other ? (vm_pair){dominant, other} : (vm_pair){other, dominant};
}

// −H⁺g for an H of rank one with the eigenvalue `dominant`, or singular; H's own sign is never read.
// The largest magnitudes of H and of g are in [1/2, 1).
static vm_step solve_rank_one(
    double a, double b, double c, double dominant, double other, double g0, double g1) {
  // Of the two columns of H − other·I, both along the eigenvector, the longer one cancels nothing.
  bool first = fabs(a) > fabs(c);
  double u0 = first ? a - other : b;
  double u1 = first ? b : c - other;
  double squared_norm = u0 * u0 + u1 * u1;

  double across = unscale(difference_of_products(u0, g1, u1, g0));
  double gradient_norm = sqrt(g0 * g0 + g1 * g1);
  if (!(fabs(across) <= 1e-8 * gradient_norm * sqrt(squared_norm))) {
    return (vm_step){NAN, NAN, VM_SINGULAR};
  }
  double along = unscale(difference_of_products(u0, g0, -u1, g1));
  double factor = -along / (squared_norm * dominant);
  return (vm_step){factor * u0, factor * u1, VM_SOLVED};
}

// −H⁺g or |H|⁺g: what both have in common is the rule, and all but the indefinite matrices.
static vm_step solve(double a, double b, double c, double g0, double g1, bool absolute) {
  if (!all_finite(a, b, c) || !isfinite(g0) || !isfinite(g1)) {
    return (vm_step){NAN, NAN, VM_NOT_FINITE};
  }
  double largest = larger_magnitude(larger_magnitude(a, c), b);
  double largest_gradient = larger_magnitude(g0, g1);
  if (largest_gradient == 0) return (vm_step){0, 0, VM_SOLVED};
  if (largest == 0) return (vm_step){NAN, NAN, VM_SINGULAR};

  int exponent = exponent_of_largest(largest);
  double scaled_a = ldexp(a, -exponent);
  double scaled_b = ldexp(b, -exponent);
  double scaled_c = ldexp(c, -exponent);
  double dominant = dominant_eigenvalue(scaled_a, scaled_b, scaled_c);
  scaled determinant = difference_of_products(a, c, b, b);
  double scaled_determinant = ldexp(determinant.significand, determinant.exponent - 2 * exponent);
  double other =
      ldexp(determinant.significand / dominant, determinant.exponent - 2 * exponent);

  if (fabs(other) <= 2 * 0x1p-52 * fabs(dominant)) {
    int gradient_exponent = exponent_of_largest(largest_gradient);
    vm_step step = solve_rank_one(
        scaled_a, scaled_b, scaled_c, absolute ? -fabs(dominant) : dominant, other,
        ldexp(g0, -gradient_exponent), ldexp(g1, -gradient_exponent));
    step.x = ldexp(step.x, gradient_exponent - exponent);
    step.y = ldexp(step.y, gradient_exponent - exponent);
    return step;
  }
  if (absolute && scaled_determinant < 0) {
    double size = -scaled_determinant;
    double difference = scaled_a - scaled_c;
    double square = scaled_b * scaled_b;
    double beside = scaled_b * (scaled_a + scaled_c);
    double denominator = size * sqrt(difference * difference + 4 * square);
    scaled x = difference_of_products(square + scaled_c * scaled_c + size, g0, beside, g1);
    scaled y = difference_of_products(square + scaled_a * scaled_a + size, g1, beside, g0);
    return (vm_step){
        ldexp(x.significand / denominator, x.exponent - exponent),
        ldexp(y.significand / denominator, y.exponent - exponent),
        VM_SOLVED,
    };
  }
  if (absolute && dominant > 0) determinant.significand = -determinant.significand;
  scaled x = difference_of_products(b, g1, c, g0);
  scaled y = difference_of_products(b, g0, a, g1);
  return (vm_step){
      ldexp(x.significand / determinant.significand, x.exponent - determinant.exponent),
      ldexp(y.significand / determinant.significand, y.exponent - determinant.exponent),
      VM_SOLVED,
  };
}

vm_step vm_solve2(double a, double b, double c, double g0, double g1) {
  return solve(a, b, c, g0, g1, false);
}

vm_step vm_absolute_solve2(double a, double b, double c, double g0, double g1) {
  return solve(a, b, c, g0, g1, true);
}

#if defined(__x86_64__)
#pragma clang attribute pop
#endif
