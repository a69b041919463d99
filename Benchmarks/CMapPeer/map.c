#if !__has_include(<sleef.h>)
#error "sleef.h is missing; install SLEEF: apt-get install libsleef-dev (Debian), brew install sleef (macOS)"
#endif

#include <sleef.h>

#include "CMapPeer.h"

// Here a sum of products may be fused: speed is all that counts.
#pragma STDC FP_CONTRACT ON

#if defined(__x86_64__)

#define WIDTH 8
#define VECTOR vector8
#define MAP map_avx512
#define SINCOS(v) Sleef_finz_sincosd8_u10avx512f((__m512d)(v))
#include "map.h"
#undef WIDTH
#undef VECTOR
#undef MAP
#undef SINCOS

// The whole file is compiled for AVX-512, as calls with its vectors demand. What follows must run
// without.
#pragma clang attribute push(                                                            \
    __attribute__((target("no-avx512f,no-avx512dq,no-avx512vl,avx2,fma"))), apply_to = function)

#define WIDTH 4
#define VECTOR vector4
#define MAP map_avx2
#define SINCOS(v) Sleef_finz_sincosd4_u10avx2((__m256d)(v))
#include "map.h"

void sine_valley_map(
    const double *x, const double *y, size_t count,
    double *f, double *determinant, double *step_x, double *step_y) {
  __builtin_cpu_init();
  int wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512vl");
  (wide ? map_avx512 : map_avx2)(x, y, count, f, determinant, step_x, step_y);
}

#pragma clang attribute pop

#else

#define WIDTH 2
#define VECTOR vector2
#define MAP map_neon
#define SINCOS(v) Sleef_finz_sincosd2_u10advsimd((float64x2_t)(v))
#include "map.h"

void sine_valley_map(
    const double *x, const double *y, size_t count,
    double *f, double *determinant, double *step_x, double *step_y) {
  map_neon(x, y, count, f, determinant, step_x, step_y);
}

#endif
