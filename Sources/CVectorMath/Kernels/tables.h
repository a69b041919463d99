// The kernels of every tier, indexed by opcode. A tier's table exists on its architecture only.

#ifndef VM_TABLES_H
#define VM_TABLES_H

#include "CVectorMath.h"

extern const vm_kernel vm_scalar_kernels[VM_OPCODE_COUNT];
void vm_accumulate_purecfma(
    const double *const *left, const double *const *right, size_t sums, size_t rows,
    double *partials);

#if defined(__x86_64__)
extern const vm_kernel vm_avx2_kernels[VM_OPCODE_COUNT];
extern const vm_kernel vm_avx512_kernels[VM_OPCODE_COUNT];
void vm_accumulate_avx2(
    const double *const *left, const double *const *right, size_t sums, size_t rows,
    double *partials);
void vm_accumulate_avx512f(
    const double *const *left, const double *const *right, size_t sums, size_t rows,
    double *partials);
#elif defined(__aarch64__)
extern const vm_kernel vm_neon_kernels[VM_OPCODE_COUNT];
void vm_accumulate_advsimd(
    const double *const *left, const double *const *right, size_t sums, size_t rows,
    double *partials);
#endif

// The kernel of an operation, of an elementary function with results one ulp too large.
vm_kernel vm_lookup_nudged(vm_opcode opcode, vm_tier tier);

#endif
