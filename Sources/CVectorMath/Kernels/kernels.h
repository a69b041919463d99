// Every kernel, for the tier of the file that includes this. That file defines
//
//   VM_WIDTH            lanes of a vector: 1, 2, 4 or 8
//   VM_SLEEF_TIER       the ending of SLEEF's names, such as avx2
//   VM_TABLE            the name of the table of kernels
//   VM_TO_SLEEF(v)      a vector as SLEEF takes it
//   VM_FROM_SLEEF(v)    and back
//
// and must itself be compiled for its instruction set: clang passes a vector that is wider than
// the file's widest register in memory, where SLEEF does not look for it.

#if !__has_include(<sleef.h>)
#error "sleef.h is missing; install SLEEF: apt-get install libsleef-dev (Debian), brew install sleef (macOS)"
#endif

#include <float.h>
#include <math.h>
#include <sleef.h>

#include "CVectorMath.h"
#include "Kernels/linear_algebra.h"
#include "Kernels/tables.h"

#pragma STDC FP_CONTRACT OFF

// The tiers differ in their vectors alone, so that each lane takes the same operations in all of
// them. SLEEF's finz functions keep to that too: they choose between methods lane by lane.

typedef double vector __attribute__((vector_size(8 * VM_WIDTH), may_alias));
// A vector in memory, which need not begin at a multiple of its size.
typedef double stored_vector __attribute__((vector_size(8 * VM_WIDTH), may_alias, aligned(8)));
typedef int64_t mask __attribute__((vector_size(8 * VM_WIDTH)));

#define INLINE static inline __attribute__((always_inline))
#define VECTOR(constant) ((vector)((constant) - (vector){}))

// MARK: Vectors

INLINE vector choose(mask condition, vector yes, vector no) {
  return (vector)((condition & (mask)yes) | (~condition & (mask)no));
}

INLINE vector truth(mask condition) {
  return (vector)(condition & (mask)VECTOR(1.0));
}

INLINE bool all(mask condition) {
  return __builtin_reduce_and(condition) != 0;
}

INLINE vector absolute(vector x) {
  return __builtin_elementwise_abs(x);
}

INLINE vector square_root(vector x) {
  return __builtin_elementwise_sqrt(x);
}

INLINE vector fused_multiply_add(vector x, vector y, vector z) {
  return __builtin_elementwise_fma(x, y, z);
}

INLINE vector sign(vector x) {
  return choose(x > 0, VECTOR(1.0), choose(x < 0, VECTOR(-1.0), choose(x == 0, VECTOR(0.0), x)));
}

INLINE vector minimum(vector x, vector y) {
  return choose((x < y) | (x != x), x, y);
}

INLINE vector maximum(vector x, vector y) {
  return choose((x > y) | (x != x), x, y);
}

INLINE vector square(vector x) {
  return x * x;
}

// By binary squaring from the left; k is known at compile time.
INLINE vector positive_power(vector x, int k) {
  switch (k) {
    case 1:
      return x;
    case 2:
      return square(x);
    case 3:
      return square(x) * x;
    case 4:
      return square(square(x));
    case 5:
      return square(square(x)) * x;
    case 6:
      return square(square(x) * x);
    case 7:
      return square(square(x) * x) * x;
    case 8:
      return square(square(square(x)));
    default:
      return VECTOR(1.0);
  }
}

INLINE vector power(vector x, int k) {
  return k >= 0 ? positive_power(x, k) : 1.0 / positive_power(x, -k);
}

// MARK: SLEEF

#define JOIN_(a, b, c, d, e, f) a##b##c##d##e##f
#define JOIN(a, b, c, d, e, f) JOIN_(a, b, c, d, e, f)
#define SLEEF(name, bound) JOIN(Sleef_finz_, name, d, VM_WIDTH, _##bound, VM_SLEEF_TIER)
#define SLEEF1(name, bound, x) VM_FROM_SLEEF(SLEEF(name, bound)(VM_TO_SLEEF(x)))
#define SLEEF2(name, bound, x, y) \
  VM_FROM_SLEEF(SLEEF(name, bound)(VM_TO_SLEEF(x), VM_TO_SLEEF(y)))

// SLEEF's sinh and cosh are infinite from 709.78 on, where exp overflows; the functions themselves
// are finite up to 710.47. There both are eˣ/2 = eˣ⁻¹·(e/2), with e/2 in two parts.
INLINE vector half_exponential(vector x) {
  vector part = SLEEF1(exp, u10, x - 1.0);
  return fused_multiply_add(part, VECTOR(0x1.5bf0a8b145769p+0), part * 0x1.4d57ee2b1013ap-54);
}

static const double exponential_limit = 709.0;

INLINE vector hyperbolic_sine(vector x) {
  vector inner = SLEEF1(sinh, u10, x);
  mask outer = absolute(x) > exponential_limit;
  if (all(~outer)) return inner;
  vector magnitude = half_exponential(absolute(x));
  return choose(outer, choose(x < 0, -magnitude, magnitude), inner);
}

INLINE vector hyperbolic_cosine(vector x) {
  vector inner = SLEEF1(cosh, u10, x);
  mask outer = absolute(x) > exponential_limit;
  return all(~outer) ? inner : choose(outer, half_exponential(absolute(x)), inner);
}

// SLEEF's asinh and acosh square their argument, and are infinite where that overflows. Far before
// that both are log(2x), where 2x overflows log x + log 2.
INLINE vector log_of_double(vector x) {
  mask doubled = x <= 0x1p1022;
  vector inner = SLEEF1(log, u10, choose(doubled, 2.0 * x, x));
  return choose(doubled, inner, inner + 0x1.62e42fefa39efp-1);
}

static const double square_limit = 0x1p500;

INLINE vector inverse_hyperbolic_sine(vector x) {
  vector inner = SLEEF1(asinh, u10, x);
  mask outer = absolute(x) > square_limit;
  if (all(~outer)) return inner;
  vector magnitude = log_of_double(absolute(x));
  return choose(outer, choose(x < 0, -magnitude, magnitude), inner);
}

INLINE vector inverse_hyperbolic_cosine(vector x) {
  vector inner = SLEEF1(acosh, u10, x);
  mask outer = x > square_limit;
  return all(~outer) ? inner : choose(outer, log_of_double(x), inner);
}

// SLEEF's log1p is infinite from about 8e307 on; far before that it is log x.
INLINE vector log_of_one_plus(vector x) {
  vector inner = SLEEF1(log1p, u10, x);
  mask outer = x > square_limit;
  return all(~outer) ? inner : choose(outer, SLEEF1(log, u10, x), inner);
}

#include "Kernels/matrices2.h"

// MARK: Kernels

// Each sweep loads all its arguments before it stores, so a result may overwrite an argument.
#define LOAD(index) (*(const stored_vector *)(p##index + i * s##index))
#define ARGUMENT(index) \
  const double *p##index = registers + operands[index].offset; \
  const int64_t s##index = operands[index].stride;
#define RESULT(index) double *p##index = registers + operands[index].offset;
#define STORE(index, value) (*(stored_vector *)(p##index + i) = (value))
#define KERNEL(name) \
  static void kernel_##name( \
      const vm_operand *restrict operands, double *registers, size_t lanes)
#define SWEEP for (int64_t i = 0; i < (int64_t)lanes; i += VM_WIDTH)

#define KERNEL1(name, expression) \
  KERNEL(name) { \
    RESULT(0) ARGUMENT(1) \
    SWEEP { \
      vector x = LOAD(1); \
      STORE(0, (expression)); \
    } \
  }

#define KERNEL2(name, expression) \
  KERNEL(name) { \
    RESULT(0) ARGUMENT(1) ARGUMENT(2) \
    SWEEP { \
      vector x = LOAD(1), y = LOAD(2); \
      STORE(0, (expression)); \
    } \
  }

#define KERNEL3(name, expression) \
  KERNEL(name) { \
    RESULT(0) ARGUMENT(1) ARGUMENT(2) ARGUMENT(3) \
    SWEEP { \
      vector x = LOAD(1), y = LOAD(2), z = LOAD(3); \
      STORE(0, (expression)); \
    } \
  }

#define KERNEL4(name, expression) \
  KERNEL(name) { \
    RESULT(0) ARGUMENT(1) ARGUMENT(2) ARGUMENT(3) ARGUMENT(4) \
    SWEEP { \
      vector x = LOAD(1), y = LOAD(2), z = LOAD(3), w = LOAD(4); \
      STORE(0, (expression)); \
    } \
  }

#define KERNEL5(name, expression) \
  KERNEL(name) { \
    RESULT(0) ARGUMENT(1) ARGUMENT(2) ARGUMENT(3) ARGUMENT(4) ARGUMENT(5) \
    SWEEP { \
      vector x = LOAD(1), y = LOAD(2), z = LOAD(3), w = LOAD(4), v = LOAD(5); \
      STORE(0, (expression)); \
    } \
  }

#define KERNEL6(name, expression) \
  KERNEL(name) { \
    RESULT(0) ARGUMENT(1) ARGUMENT(2) ARGUMENT(3) ARGUMENT(4) ARGUMENT(5) ARGUMENT(6) \
    SWEEP { \
      vector x = LOAD(1), y = LOAD(2), z = LOAD(3), w = LOAD(4), u = LOAD(5), v = LOAD(6); \
      STORE(0, (expression)); \
    } \
  }

KERNEL2(add, x + y)
KERNEL2(subtract, x - y)
KERNEL2(multiply, x * y)
KERNEL2(divide, x / y)
KERNEL1(negate, -x)
KERNEL1(absolute, absolute(x))
KERNEL1(square_root, square_root(x))
KERNEL1(sign, sign(x))
KERNEL2(minimum, minimum(x, y))
KERNEL2(maximum, maximum(x, y))
KERNEL2(less, truth(x < y))
KERNEL2(less_equal, truth(x <= y))
KERNEL2(equal, truth(x == y))
KERNEL2(not_equal, truth(x != y))
KERNEL2(and, truth((x != 0) & (y != 0)))
KERNEL2(or, truth((x != 0) | (y != 0)))
KERNEL1(not, truth(x == 0))
KERNEL3(select, choose(x != 0, y, z))
KERNEL1(copy, x)

KERNEL1(power_m8, power(x, -8))
KERNEL1(power_m7, power(x, -7))
KERNEL1(power_m6, power(x, -6))
KERNEL1(power_m5, power(x, -5))
KERNEL1(power_m4, power(x, -4))
KERNEL1(power_m3, power(x, -3))
KERNEL1(power_m2, power(x, -2))
KERNEL1(power_m1, power(x, -1))
KERNEL1(power_0, power(x, 0))
KERNEL1(power_1, power(x, 1))
KERNEL1(power_2, power(x, 2))
KERNEL1(power_3, power(x, 3))
KERNEL1(power_4, power(x, 4))
KERNEL1(power_5, power(x, 5))
KERNEL1(power_6, power(x, 6))
KERNEL1(power_7, power(x, 7))
KERNEL1(power_8, power(x, 8))

KERNEL(sincos) {
  RESULT(0) RESULT(1) ARGUMENT(2)
  SWEEP {
    __auto_type pair = SLEEF(sincos, u10)(VM_TO_SLEEF(LOAD(2)));
    STORE(0, VM_FROM_SLEEF(pair.x));
    STORE(1, VM_FROM_SLEEF(pair.y));
  }
}

KERNEL1(tan, SLEEF1(tan, u10, x))
KERNEL1(asin, SLEEF1(asin, u10, x))
KERNEL1(acos, SLEEF1(acos, u10, x))
KERNEL1(atan, SLEEF1(atan, u10, x))
KERNEL1(sinh, hyperbolic_sine(x))
KERNEL1(cosh, hyperbolic_cosine(x))
KERNEL1(tanh, SLEEF1(tanh, u10, x))
KERNEL1(asinh, inverse_hyperbolic_sine(x))
KERNEL1(acosh, inverse_hyperbolic_cosine(x))
KERNEL1(atanh, SLEEF1(atanh, u10, x))
KERNEL1(exp, SLEEF1(exp, u10, x))
KERNEL1(expm1, SLEEF1(expm1, u10, x))
KERNEL1(exp2, SLEEF1(exp2, u10, x))
KERNEL1(exp10, SLEEF1(exp10, u10, x))
KERNEL1(log, SLEEF1(log, u10, x))
KERNEL1(log1p, log_of_one_plus(x))
KERNEL1(log2, SLEEF1(log2, u10, x))
KERNEL1(log10, SLEEF1(log10, u10, x))
KERNEL1(cbrt, SLEEF1(cbrt, u10, x))
KERNEL1(erf, SLEEF1(erf, u10, x))
KERNEL1(erfc, SLEEF1(erfc, u15, x))
KERNEL1(lgamma, SLEEF1(lgamma, u10, x))
KERNEL1(tgamma, SLEEF1(tgamma, u10, x))
KERNEL2(atan2, SLEEF2(atan2, u10, x, y))
KERNEL2(power, SLEEF2(pow, u10, x, y))
KERNEL2(hypot, SLEEF2(hypot, u05, x, y))

KERNEL3(multiply_add, x * y + z)
// As many multiply_add in one sweep, the innermost first.
KERNEL(multiply_add_2) {
  RESULT(0) ARGUMENT(1) ARGUMENT(2) ARGUMENT(3) ARGUMENT(4) ARGUMENT(5)
  SWEEP { STORE(0, LOAD(4) * LOAD(5) + (LOAD(1) * LOAD(2) + LOAD(3))); }
}

KERNEL(multiply_add_4) {
  RESULT(0) ARGUMENT(1) ARGUMENT(2) ARGUMENT(3) ARGUMENT(4) ARGUMENT(5)
  ARGUMENT(6) ARGUMENT(7) ARGUMENT(8) ARGUMENT(9)
  SWEEP {
    vector sum = LOAD(4) * LOAD(5) + (LOAD(1) * LOAD(2) + LOAD(3));
    sum = LOAD(6) * LOAD(7) + sum;
    STORE(0, LOAD(8) * LOAD(9) + sum);
  }
}

KERNEL3(multiply_subtract, x * y - z)
KERNEL3(subtract_product, z - x * y)
KERNEL3(add_multiply, (x + y) * z)
KERNEL3(subtract_multiply, (x - y) * z)
KERNEL3(multiply_multiply, (x * y) * z)
KERNEL4(multiply_4, ((x * y) * z) * w)
KERNEL5(multiply_5, (((x * y) * z) * w) * v)
KERNEL4(multiply_multiply_add, (x * y) * z + w)
KERNEL3(add_add, (x + y) + z)
KERNEL2(negate_multiply, -(x * y))
KERNEL4(add_products, x * y + z * w)
KERNEL4(subtract_products, x * y - z * w)
KERNEL6(add_products_add, u * v + (x * y + z * w))
KERNEL6(subtract_products_add, u * v + (x * y - z * w))

KERNEL4(squared_distance, square(x - y) + square(z - w))
KERNEL2(absolute_less_equal, truth(absolute(x) <= y))
KERNEL3(less_and, truth((x < y) & (z != 0)))
KERNEL3(less_equal_and, truth((x <= y) & (z != 0)))
KERNEL3(equal_and, truth((x == y) & (z != 0)))
KERNEL4(between_and, truth((x < y) & (y <= z) & (w != 0)))
KERNEL3(not_equal_or, truth((x != y) | (z != 0)))
KERNEL4(not_equals, truth((x != y) | (z != w)))
KERNEL5(not_equals_and, truth(((x != y) | (z != w)) & (v != 0)))
KERNEL5(between_and_within, truth((x < y) & (y <= z) & (absolute(w) <= v)))
KERNEL6(distance_and, truth((square(x - y) + square(z - w) <= u) & (v != 0)))

KERNEL3(determinant2, determinant2(x, y, z))

KERNEL(eigenvalues2) {
  RESULT(0) RESULT(1) ARGUMENT(2) ARGUMENT(3) ARGUMENT(4)
  SWEEP {
    vectors result = eigenvalues2(LOAD(2), LOAD(3), LOAD(4));
    STORE(0, result.first);
    STORE(1, result.second);
  }
}

KERNEL(solve2) {
  RESULT(0) RESULT(1) RESULT(2)
  ARGUMENT(3) ARGUMENT(4) ARGUMENT(5) ARGUMENT(6) ARGUMENT(7)
  SWEEP {
    vectors result = solve2(LOAD(3), LOAD(4), LOAD(5), LOAD(6), LOAD(7));
    STORE(0, result.first);
    STORE(1, result.second);
    STORE(2, result.third);
  }
}

KERNEL(absolute_solve2) {
  RESULT(0) RESULT(1) RESULT(2)
  ARGUMENT(3) ARGUMENT(4) ARGUMENT(5) ARGUMENT(6) ARGUMENT(7)
  SWEEP {
    vectors result = absolute_solve2(LOAD(3), LOAD(4), LOAD(5), LOAD(6), LOAD(7));
    STORE(0, result.first);
    STORE(1, result.second);
    STORE(2, result.third);
  }
}

#include "Kernels/rises.h"
#include "Kernels/row_sums.h"
#include "Kernels/tails.h"
#include "Kernels/zeros.h"

const vm_kernel VM_TABLE[VM_OPCODE_COUNT] = {
#define ENTRY(NAME, name, results, arguments) [VM_##NAME] = kernel_##name,
    VM_OPCODES(ENTRY)
#undef ENTRY
};
