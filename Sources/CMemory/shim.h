// The allocator of the system, where it can be told what to do with memory that is freed.
#pragma once

#include <stdint.h>
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

/// The memory that is asked of the system at a time: figures want half of it.
#define MEMORY_STEP (32L << 20)

/// Keeps freed memory for what is asked for next: each figure and each chunk of runs wants as much as the one before,
/// and to give it back and take it anew costs more than many a figure.
static inline void keep_freed_memory(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 25);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, MEMORY_STEP);
#endif
}

/// Says that what this thread allocates is best in large pages: to get memory page by page takes the system as long
/// as to draw on it.
static inline void prefer_large_pages(void) {
#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)
  const uintptr_t large = 2 << 20;
  char *here = malloc(64);
  if (!here) return;
  // The heap of the first thread ends at the break; those of others are so long and lie at multiples of that.
  const uintptr_t heap = 64 << 20;
  uintptr_t place = (uintptr_t)here;
  uintptr_t top = (uintptr_t)sbrk(0);
  free(here);
  int is_first = place < top && top - place < ((uintptr_t)1 << 32);
  uintptr_t begin = is_first ? (place + large - 1) & ~(large - 1) : place & ~(heap - 1);
  uintptr_t end = is_first ? top & ~(large - 1) : begin + heap;
  if (begin < end) madvise((void *)begin, end - begin, MADV_HUGEPAGE);
#endif
}
