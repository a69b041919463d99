#if !__has_include(<sleef.h>)
#error "sleef.h is missing; install SLEEF: apt-get install libsleef-dev (Debian), brew install sleef (macOS)"
#endif

#include <math.h>
#include <pthread.h>
#include <sleef.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "CPeers.h"

// Here a sum of products may be fused: speed is all that counts.
#pragma STDC FP_CONTRACT ON

#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)

typedef struct tier {
  void (*map)(
      const double *, const double *, size_t, double *, double *, double *, double *);
  void (*descent)(const peer_runs *, size_t, size_t);
  void (*newton)(const peer_runs *, size_t, size_t);
  void (*logistic)(const peer_rows *, double *, double *);
} tier;

#define TIER(vector, map) \
  (tier) { map, JOIN(vector, descent), JOIN(vector, newton), JOIN(vector, logistic) }

#if defined(__x86_64__)

#define WIDTH 8
#define VECTOR vector8
#define MAP map_avx512
#define SINCOS(v) Sleef_finz_sincosd8_u10avx512f((__m512d)(v))
#define EXP(v) Sleef_finz_expd8_u10avx512f((__m512d)(v))
#define LOG1P(v) Sleef_finz_log1pd8_u10avx512f((__m512d)(v))
#include "map.h"
#include "runs.h"
#undef WIDTH
#undef VECTOR
#undef MAP
#undef SINCOS
#undef EXP
#undef LOG1P

// The whole file is compiled for AVX-512, as calls with its vectors demand. What follows must run
// without.
#pragma clang attribute push(                                                            \
    __attribute__((target("no-avx512f,no-avx512dq,no-avx512vl,avx2,fma"))), apply_to = function)

#define WIDTH 4
#define VECTOR vector4
#define MAP map_avx2
#define SINCOS(v) Sleef_finz_sincosd4_u10avx2((__m256d)(v))
#define EXP(v) Sleef_finz_expd4_u10avx2((__m256d)(v))
#define LOG1P(v) Sleef_finz_log1pd4_u10avx2((__m256d)(v))
#include "map.h"
#include "runs.h"

static tier best(void) {
  __builtin_cpu_init();
  int wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512vl");
  return wide ? TIER(vector8, map_avx512) : TIER(vector4, map_avx2);
}

#else

#define WIDTH 2
#define VECTOR vector2
#define MAP map_neon
#define SINCOS(v) Sleef_finz_sincosd2_u10advsimd((float64x2_t)(v))
#define EXP(v) Sleef_finz_expd2_u10advsimd((float64x2_t)(v))
#define LOG1P(v) Sleef_finz_log1pd2_u10advsimd((float64x2_t)(v))
#include "map.h"
#include "runs.h"

static tier best(void) {
  return TIER(vector2, map_neon);
}

#endif

void sine_valley_map(
    const double *x, const double *y, size_t count,
    double *f, double *determinant, double *step_x, double *step_y) {
  best().map(x, y, count, f, determinant, step_x, step_y);
}

// MARK: Threads

enum { PIECE = 4096 };

typedef struct crew {
  const peer_runs *runs;
  void (*work)(const peer_runs *, size_t, size_t);
  atomic_size_t next;
} crew;

static void *work(void *context) {
  crew *c = context;
  for (;;) {
    size_t first = atomic_fetch_add(&c->next, PIECE);
    if (first >= c->runs->count_of_runs) return NULL;
    size_t last = first + PIECE;
    c->work(c->runs, first, last < c->runs->count_of_runs ? last : c->runs->count_of_runs);
  }
}

static void share(crew *c, int threads) {
  pthread_t ids[64];
  for (int i = 1; i < threads && i < 64; i++) pthread_create(&ids[i], NULL, work, c);
  work(c);
  for (int i = 1; i < threads && i < 64; i++) pthread_join(ids[i], NULL);
}

void sine_valley_descent(const peer_runs *runs, int threads) {
  crew c = {runs, best().descent, 0};
  share(&c, threads);
}

void sine_valley_newton(const peer_runs *runs, int threads) {
  crew c = {runs, best().newton, 0};
  share(&c, threads);
}

typedef struct shift {
  peer_rows rows;
  double loss[64], gradient[PEER_WEIGHTS * 64];
} shift;

static void *sum_rows(void *context) {
  shift *s = context;
  best().logistic(&s->rows, s->loss, s->gradient);
  return NULL;
}

void logistic_rows(const peer_rows *rows, int threads, double *loss, double *gradient) {
  shift *shifts = calloc((size_t)threads, sizeof *shifts);
  pthread_t ids[64];
  size_t count = rows->last - rows->first;
  for (int i = 0; i < threads && i < 64; i++) {
    shifts[i].rows = *rows;
    shifts[i].rows.first = rows->first + count * (size_t)i / (size_t)threads;
    shifts[i].rows.last = rows->first + count * (size_t)(i + 1) / (size_t)threads;
    pthread_create(&ids[i], NULL, sum_rows, &shifts[i]);
  }
  memset(loss, 0, 64 * sizeof *loss);
  memset(gradient, 0, 64 * PEER_WEIGHTS * sizeof *gradient);
  for (int i = 0; i < threads && i < 64; i++) {
    pthread_join(ids[i], NULL);
    for (int j = 0; j < 64; j++) loss[j] += shifts[i].loss[j];
    for (int j = 0; j < 64 * PEER_WEIGHTS; j++) gradient[j] += shifts[i].gradient[j];
  }
  free(shifts);
}

#if defined(__x86_64__)
#pragma clang attribute pop
#endif
