#if defined(__x86_64__)

#if !defined(__AVX512F__)
#error "this target must be compiled for its instruction set"
#endif

#define VM_WIDTH 8
#define VM_SLEEF_TIER avx512f
#define VM_TABLE vm_avx512_kernels
#define VM_TO_SLEEF(v) ((__m512d)(v))
#define VM_FROM_SLEEF(v) ((vector)(v))
#include "Kernels/kernels.h"

#else

// A file may not be empty.
typedef int vm_avx512_is_of_another_architecture;

#endif
