// Elementary functions one ulp too large: a test of what rests on their last bit.

#include <stdint.h>
#include <string.h>

#include "Kernels/tables.h"

// The next double above; what is exact in most libraries stays as it is: zeros, ones, infinities, NaN.
static double next_above(double value) {
  if (value == 0 || value == 1 || value == -1 || value - value != 0) return value;
  int64_t bits;
  memcpy(&bits, &value, sizeof bits);
  bits += value > 0 ? 1 : -1;
  memcpy(&value, &bits, sizeof bits);
  return value;
}

static void nudge(int results, const vm_operand *operands, double *registers, size_t lanes) {
  for (int result = 0; result < results; result++) {
    double *values = registers + operands[result].offset;
    for (size_t i = 0; i < lanes; i++) values[i] = next_above(values[i]);
  }
}

// The operations that rest on SLEEF.
#define VM_ELEMENTARY(X, tier) \
  X(SINCOS, 2, tier) X(TAN, 1, tier) X(ASIN, 1, tier) X(ACOS, 1, tier) X(ATAN, 1, tier) \
  X(SINH, 1, tier) X(COSH, 1, tier) X(TANH, 1, tier) X(ASINH, 1, tier) X(ACOSH, 1, tier) \
  X(ATANH, 1, tier) X(EXP, 1, tier) X(EXPM1, 1, tier) X(EXP2, 1, tier) X(EXP10, 1, tier) \
  X(LOG, 1, tier) X(LOG1P, 1, tier) X(LOG2, 1, tier) X(LOG10, 1, tier) X(CBRT, 1, tier) \
  X(ERF, 1, tier) X(ERFC, 1, tier) X(LGAMMA, 1, tier) X(TGAMMA, 1, tier) X(ATAN2, 1, tier) \
  X(POWER, 1, tier) X(HYPOT, 1, tier)

#define VM_DEFINE(NAME, results, tier) \
  static void nudged_##tier##_##NAME( \
      const vm_operand *operands, double *registers, size_t lanes) { \
    vm_##tier##_kernels[VM_##NAME](operands, registers, lanes); \
    nudge(results, operands, registers, lanes); \
  }
#define VM_CASE(NAME, results, tier) \
  case VM_##NAME: return nudged_##tier##_##NAME;
#define VM_NUDGED(tier) \
  VM_ELEMENTARY(VM_DEFINE, tier) \
  static vm_kernel nudged_##tier(vm_opcode opcode) { \
    switch (opcode) { \
      VM_ELEMENTARY(VM_CASE, tier) \
      default: return vm_##tier##_kernels[opcode]; \
    } \
  }

VM_NUDGED(scalar)
#if defined(__x86_64__)
VM_NUDGED(avx2)
VM_NUDGED(avx512)
#elif defined(__aarch64__)
VM_NUDGED(neon)
#endif

vm_kernel vm_lookup_nudged(vm_opcode opcode, vm_tier tier) {
#if defined(__x86_64__)
  if (tier == VM_AVX2) return nudged_avx2(opcode);
  if (tier == VM_AVX512) return nudged_avx512(opcode);
#elif defined(__aarch64__)
  if (tier == VM_NEON) return nudged_neon(opcode);
#endif
  return nudged_scalar(opcode);
}
