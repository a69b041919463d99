// The allocator of the system, where it can be told what to do with memory that is freed.
#pragma once

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/// Keeps freed memory for what is asked for next: each figure and each chunk of runs wants as much as the one before,
/// and to give it back and take it anew costs more than many a figure.
static inline void keep_freed_memory(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 25);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}
