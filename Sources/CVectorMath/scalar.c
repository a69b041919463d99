// The kernels without vectors: what every other tier must agree with.

#if !__has_include(<sleef.h>)
#error "sleef.h is missing; install SLEEF: apt-get install libsleef-dev (Debian), brew install sleef (macOS)"
#endif

// SLEEF declares its scalar functions with fused multiply-add only where this is defined, which a
// file for any x86-64 processor does not do by itself.
#ifndef FP_FAST_FMA
#define FP_FAST_FMA
#endif

#include <sleef.h>

#include "CVectorMath.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("fma"))), apply_to = function)
#endif

#define VM_WIDTH 1
#define VM_SLEEF_TIER purecfma
#define VM_TABLE vm_scalar_kernels
#define VM_TO_SLEEF(v) ((v)[0])
#define VM_FROM_SLEEF(v) ((vector){(v)})
#include "Kernels/kernels.h"

#if defined(__x86_64__)
#pragma clang attribute pop
#endif
