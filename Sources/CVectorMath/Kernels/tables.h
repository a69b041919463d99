// What every tier has of its own: the kernels, indexed by opcode, and what else runs over many lanes. A tier's exists on
// its architecture only.

#ifndef VM_TABLES_H
#define VM_TABLES_H

#include "CVectorMath.h"

#define VM_DECLARE(tier)                                                                    \
  void vm_accumulate_##tier(                                                                \
      const double *const *left, const double *const *right, size_t sums, size_t rows,      \
      double *partials);                                                                    \
  void vm_judge_tails_##tier(                                                               \
      const double *const *rows, size_t steps, size_t dimension, size_t spacing,            \
      double *scratch, double *evidence);                                                   \
  void vm_note_rises_##tier(                                                                \
      const double *values, double *before, double *rises, double tick, size_t lanes);      \
  size_t vm_find_zeros_##tier(const double *values, size_t count, int32_t *places);

extern const vm_kernel vm_scalar_kernels[VM_OPCODE_COUNT];
VM_DECLARE(purecfma)

#if defined(__x86_64__)
extern const vm_kernel vm_avx2_kernels[VM_OPCODE_COUNT];
extern const vm_kernel vm_avx512_kernels[VM_OPCODE_COUNT];
VM_DECLARE(avx2)
VM_DECLARE(avx512f)
#elif defined(__aarch64__)
extern const vm_kernel vm_neon_kernels[VM_OPCODE_COUNT];
VM_DECLARE(advsimd)
#endif

// The kernel of an operation, of an elementary function with results one ulp too large.
vm_kernel vm_lookup_nudged(vm_opcode opcode, vm_tier tier);

#endif
