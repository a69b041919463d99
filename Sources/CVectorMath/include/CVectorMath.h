// Kernels over blocks of lanes: one operation, applied to every lane of its registers.
//
// A lane is an independent point; a register is a block of lanes, one double each. Every kernel
// gives the same bits at every tier (instruction set) and whatever the other lanes hold; only the
// sign and payload of a NaN may differ.

#ifndef CVECTORMATH_H
#define CVECTORMATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The lanes of the widest vector. Blocks are multiples of this; a constant is this many equal
/// doubles.
#define VM_LANES 8

/// Where an operand lies, in doubles from the registers: lane `i` (a multiple of `VM_LANES`) of a
/// vector starts at `registers + offset + stride * i`. Stride 1 is a block of lanes, stride 0 a
/// constant. A block may also lie outside the registers, in an array of the caller's: nothing is
/// assumed of its alignment but that of a double.
typedef struct vm_operand {
  int64_t offset;
  int64_t stride;
} vm_operand;

/// Applies one operation to `lanes` lanes.
///
/// `operands` lists the results, then the arguments. `registers` is aligned to 64 bytes, `lanes`
/// a multiple of `VM_LANES`. Results have stride 1 and are distinct; a result may be the very
/// register of an argument, but may not overlap one in part.
typedef void (*vm_kernel)(const vm_operand *operands, double *registers, size_t lanes);

/// Every operation as `X(NAME, name, results, arguments)`, arguments x, y, z, w in order.
///
/// Arithmetic is IEEE 754, rounded after every operation. Truth is 1 or 0; anything that is not
/// equal to zero, NaN too, counts as true.
// clang-format off
#define VM_OPCODES(X) \
  X(ADD, add, 1, 2)                                      /* x + y */ \
  X(SUBTRACT, subtract, 1, 2)                            /* x − y */ \
  X(MULTIPLY, multiply, 1, 2)                            /* x·y */ \
  X(DIVIDE, divide, 1, 2)                                /* x/y */ \
  X(NEGATE, negate, 1, 1)                                /* −x */ \
  X(ABSOLUTE, absolute, 1, 1)                            /* |x| */ \
  X(SQUARE_ROOT, square_root, 1, 1)                      /* √x */ \
  X(SIGN, sign, 1, 1)                                    /* −1, 0, 1; +0 at −0; NaN at NaN */ \
  X(MINIMUM, minimum, 1, 2)                              /* x < y ? x : y; NaN if either is NaN */ \
  X(MAXIMUM, maximum, 1, 2)                              /* x > y ? x : y; NaN if either is NaN */ \
  X(LESS, less, 1, 2)                                    /* x < y */ \
  X(LESS_EQUAL, less_equal, 1, 2)                        /* x ≤ y */ \
  X(EQUAL, equal, 1, 2)                                  /* x = y */ \
  X(NOT_EQUAL, not_equal, 1, 2)                          /* x ≠ y */ \
  X(AND, and, 1, 2)                                      /* both true */ \
  X(OR, or, 1, 2)                                        /* either true */ \
  X(NOT, not, 1, 1)                                      /* x = 0 */ \
  X(SELECT, select, 1, 3)                                /* x ≠ 0 ? y : z, bit for bit */ \
  X(COPY, copy, 1, 1)                                    /* x, bit for bit */ \
  /* x^k by binary squaring from the left, 1/x^|k| for k < 0; opcode VM_POWER_BASE + k */ \
  X(POWER_M8, power_m8, 1, 1) \
  X(POWER_M7, power_m7, 1, 1) \
  X(POWER_M6, power_m6, 1, 1) \
  X(POWER_M5, power_m5, 1, 1) \
  X(POWER_M4, power_m4, 1, 1) \
  X(POWER_M3, power_m3, 1, 1) \
  X(POWER_M2, power_m2, 1, 1) \
  X(POWER_M1, power_m1, 1, 1) \
  X(POWER_0, power_0, 1, 1)                              /* 1, there to fill the ladder */ \
  X(POWER_1, power_1, 1, 1)                              /* x, likewise */ \
  X(POWER_2, power_2, 1, 1) \
  X(POWER_3, power_3, 1, 1) \
  X(POWER_4, power_4, 1, 1) \
  X(POWER_5, power_5, 1, 1) \
  X(POWER_6, power_6, 1, 1) \
  X(POWER_7, power_7, 1, 1) \
  X(POWER_8, power_8, 1, 1) \
  /* elementary functions within 1.0 ulp; 1.5 for erfc, and for sinh, cosh, asinh and acosh of huge \
     arguments; for log-gamma of x < 0 also within 1e-15 */ \
  X(SINCOS, sincos, 2, 1)                                /* sin x, cos x */ \
  X(TAN, tan, 1, 1) \
  X(ASIN, asin, 1, 1) \
  X(ACOS, acos, 1, 1) \
  X(ATAN, atan, 1, 1) \
  X(SINH, sinh, 1, 1) \
  X(COSH, cosh, 1, 1) \
  X(TANH, tanh, 1, 1) \
  X(ASINH, asinh, 1, 1) \
  X(ACOSH, acosh, 1, 1) \
  X(ATANH, atanh, 1, 1) \
  X(EXP, exp, 1, 1) \
  X(EXPM1, expm1, 1, 1) \
  X(EXP2, exp2, 1, 1) \
  X(EXP10, exp10, 1, 1) \
  X(LOG, log, 1, 1) \
  X(LOG1P, log1p, 1, 1) \
  X(LOG2, log2, 1, 1) \
  X(LOG10, log10, 1, 1) \
  X(CBRT, cbrt, 1, 1) \
  X(ERF, erf, 1, 1) \
  X(ERFC, erfc, 1, 1) \
  X(LGAMMA, lgamma, 1, 1)                                /* log|Γ(x)| */ \
  X(TGAMMA, tgamma, 1, 1)                                /* Γ(x) */ \
  X(ATAN2, atan2, 1, 2)                                  /* the angle of (y, x) = (first, second) */ \
  X(POWER, power, 1, 2)                                  /* x^y */ \
  X(HYPOT, hypot, 1, 2)                                  /* √(x² + y²) */ \
  /* several operations in one sweep, the same bits as one by one */ \
  X(MULTIPLY_ADD, multiply_add, 1, 3)                    /* x·y + z */ \
  X(MULTIPLY_ADD_2, multiply_add_2, 1, 5)                /* x·y + z, and one more product */ \
  X(MULTIPLY_ADD_4, multiply_add_4, 1, 9)                /* x·y + z, and three more products in order */ \
  X(MULTIPLY_SUBTRACT, multiply_subtract, 1, 3)          /* x·y − z */ \
  X(SUBTRACT_PRODUCT, subtract_product, 1, 3)            /* z − x·y */ \
  X(ADD_MULTIPLY, add_multiply, 1, 3)                    /* (x + y)·z */ \
  X(SUBTRACT_MULTIPLY, subtract_multiply, 1, 3)          /* (x − y)·z */ \
  X(MULTIPLY_MULTIPLY, multiply_multiply, 1, 3)          /* (x·y)·z */ \
  X(MULTIPLY_4, multiply_4, 1, 4)                        /* ((x·y)·z)·w */ \
  X(MULTIPLY_5, multiply_5, 1, 5)                        /* (((x·y)·z)·w)·v */ \
  X(MULTIPLY_MULTIPLY_ADD, multiply_multiply_add, 1, 4)  /* (x·y)·z + w */ \
  X(ADD_ADD, add_add, 1, 3)                              /* (x + y) + z */ \
  X(NEGATE_MULTIPLY, negate_multiply, 1, 2)              /* −(x·y) */ \
  X(ADD_PRODUCTS, add_products, 1, 4)                    /* x·y + z·w */ \
  X(SUBTRACT_PRODUCTS, subtract_products, 1, 4)          /* x·y − z·w */ \
  X(ADD_PRODUCTS_ADD, add_products_add, 1, 6)            /* u·v + (x·y + z·w) */ \
  X(SUBTRACT_PRODUCTS_ADD, subtract_products_add, 1, 6)  /* u·v + (x·y − z·w) */ \
  X(SQUARED_DISTANCE, squared_distance, 1, 4)            /* (x − y)² + (z − w)² */ \
  X(ABSOLUTE_LESS_EQUAL, absolute_less_equal, 1, 2)      /* |x| ≤ y */ \
  X(LESS_AND, less_and, 1, 3)                            /* x < y, and z */ \
  X(LESS_EQUAL_AND, less_equal_and, 1, 3)                /* x ≤ y, and z */ \
  X(EQUAL_AND, equal_and, 1, 3)                          /* x = y, and z */ \
  X(BETWEEN_AND, between_and, 1, 4)                      /* x < y ≤ z, and w */ \
  X(NOT_EQUAL_OR, not_equal_or, 1, 3)                    /* x ≠ y, or z */ \
  X(NOT_EQUALS, not_equals, 1, 4)                        /* x ≠ y, or z ≠ w */ \
  X(NOT_EQUALS_AND, not_equals_and, 1, 5)                /* x ≠ y, or z ≠ w; and v */ \
  X(BETWEEN_AND_WITHIN, between_and_within, 1, 5)        /* x < y ≤ z, and |w| ≤ v */ \
  X(DISTANCE_AND, distance_and, 1, 6)                    /* (x − y)² + (z − w)² ≤ u, and v */ \
  /* the symmetric matrix [[x, y], [y, z]]; see linear_algebra.h for the contracts */ \
  X(DETERMINANT2, determinant2, 1, 3)                    /* x·z − y² */ \
  X(EIGENVALUES2, eigenvalues2, 2, 3)                    /* the smaller, the larger */ \
  X(SOLVE2, solve2, 3, 5)                                /* −H⁺g for g = (w, v); status */ \
  X(ABSOLUTE_SOLVE2, absolute_solve2, 3, 5)              /* |H|⁺g for g = (w, v); status */
// clang-format on

/// The operations, in the order of `VM_OPCODES`.
typedef enum vm_opcode : uint32_t {
#define VM_ENUMERATOR(NAME, name, results, arguments) VM_##NAME,
  VM_OPCODES(VM_ENUMERATOR)
#undef VM_ENUMERATOR
      VM_OPCODE_COUNT,
  /// The opcode of x^k is `VM_POWER_BASE + k` for k from −8 to 8.
  VM_POWER_BASE = VM_POWER_0,
} vm_opcode;

/// What `SOLVE2` and `ABSOLUTE_SOLVE2` give as their third result.
typedef enum vm_solve_status : uint32_t {
  VM_SOLVED = 0,      ///< the step solves the system
  VM_SINGULAR = 1,    ///< no step does; the step is NaN
  VM_NOT_FINITE = 2,  ///< an entry of H or g is not finite; the step is NaN
} vm_solve_status;

/// An instruction set that the kernels are compiled for.
typedef enum vm_tier : uint32_t { VM_SCALAR, VM_AVX2, VM_AVX512, VM_NEON } vm_tier;

/// The widest tier of this processor, or the one that the environment asks for.
vm_tier vm_best_tier(void);

/// The tier that the environment's RUNEXP_KERNELS asks for; false where it asks for none, or for one that this
/// processor does not have.
bool vm_tier_wanted(vm_tier *tier);

/// Whether elementary functions give results one ulp too large, for a test of what rests on their last bit: the
/// environment's RUNEXP_NUDGE is 1, or `vm_nudge` was called. Zeros, ones, infinities and NaN stay as they
/// are.
bool vm_is_nudged(void);

/// Makes elementary functions give results one ulp too large from here on; to be called before any other.
void vm_nudge(void);

/// Whether this processor has the tier.
bool vm_tier_available(vm_tier tier);

/// The tier in words: `scalar`, `avx2`, `avx512` or `neon`.
const char *vm_tier_name(vm_tier tier);

/// Whether any tier runs here: all of them need fused multiply-add (x86-64-v3 of 2013, or arm64).
bool vm_machine_supported(void);

/// Asks for as many `lines` of the cache from `address` on, before they are needed; only a hint.
static inline void vm_prefetch(const double *address, size_t lines) {
  for (size_t line = 0; line < lines; line++) __builtin_prefetch(address + VM_LANES * line, 1, 2);
}

/// Adds the numbers of some sums' rows to 8 partial sums each, that of the i-th row to partial sum i mod 8, in
/// ascending order: `left[sum][i]`, or its product with `right[sum][i]` where `right[sum]` is not null. The
/// products are rounded. Every tier gives the same bits.
typedef void (*vm_accumulator)(
    const double *const *left, const double *const *right, size_t sums, size_t rows,
    double *partials);

/// The rows of what is found of VM_LANES runs at a time.
typedef enum vm_tail_evidence : uint32_t {
  /// The length of the last step, divided by that of the first; NaN with fewer than two.
  VM_TAIL_RATIO,
  /// The median cosine between neighbouring steps that moved; NaN if there are none.
  VM_TAIL_COSINE,
  /// The length of a cycle, from 2 to 32; 0 if there is none.
  VM_TAIL_PERIOD,
  /// 1 where there are steps and none of them moved.
  VM_TAIL_IS_STILL,
  /// 1 where there are three steps and every one is longer than the one two before.
  VM_TAIL_IS_GROWING,
  VM_TAIL_EVIDENCE_COUNT
} vm_tail_evidence;

/// Looks at the last steps of VM_LANES runs: `rows[k]` has the coordinates of the k-th of `steps` + 1 points,
/// `spacing` numbers apart, each VM_LANES numbers.
///
/// A cycle of length p needs ‖x_{i+p} − xᵢ‖ ≤ 1e-9·max(1, ‖x‖) throughout and at least two rounds; steps so
/// short that p = 1 would do are none. Writes VM_TAIL_EVIDENCE_COUNT rows of VM_LANES numbers to `evidence`;
/// `scratch` has room for 2·`steps` + `dimension` such rows. Every tier gives the same bits.
typedef void (*vm_tail_judge)(
    const double *const *rows, size_t steps, size_t dimension, size_t spacing, double *scratch,
    double *evidence);

/// What looks at last steps; the tier's must be available.
vm_tail_judge vm_lookup_tail_judge(vm_tier tier);

/// Notes for each lane the first tick at which its value is above the one before, where `rises` has 0 so far; the
/// values then are those before. Works on whole vectors.
typedef void (*vm_rise_watch)(
    const double *values, double *before, double *rises, double tick, size_t lanes);

/// What watches values; the tier's must be available.
vm_rise_watch vm_lookup_rise_watch(vm_tier tier);

/// Writes the places at which a number is 0, in ascending order, and returns how many there are.
typedef size_t (*vm_zero_finder)(const double *values, size_t count, int32_t *places);

/// What finds zeros; the tier's must be available.
vm_zero_finder vm_lookup_zero_finder(vm_tier tier);

/// The version of SLEEF that the program was built with, as "3.5.1", or "3.5.1-nudged": equal versions give
/// equal bits.
const char *vm_sleef_version(void);

/// The kernel of an operation; the tier's must be available. A tier that this architecture never
/// has gives the scalar kernel.
vm_kernel vm_lookup(vm_opcode opcode, vm_tier tier);

/// What adds up rows; the tier's must be available.
vm_accumulator vm_lookup_accumulator(vm_tier tier);

/// The operation's name in lower case, such as `multiply_add`.
const char *vm_opcode_name(vm_opcode opcode);

/// The number of registers that the operation writes.
int vm_result_count(vm_opcode opcode);

/// The number of registers that the operation reads.
int vm_argument_count(vm_opcode opcode);

#endif
