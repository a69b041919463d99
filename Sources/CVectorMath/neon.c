#if defined(__aarch64__)

#define VM_WIDTH 2
#define VM_SLEEF_TIER advsimd
#define VM_TABLE vm_neon_kernels
#define VM_TO_SLEEF(v) ((float64x2_t)(v))
#define VM_FROM_SLEEF(v) ((vector)(v))
#include "Kernels/kernels.h"

#else

// A file may not be empty.
typedef int vm_neon_is_of_another_architecture;

#endif
