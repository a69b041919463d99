#include "CVectorMath.h"

void vm_accumulate(const double *values, size_t count, double *partials) {
  double sums[8];
  for (int j = 0; j < 8; j++) sums[j] = partials[j];
  size_t whole = count & ~(size_t)7;
  for (size_t i = 0; i < whole; i += 8) {
    for (int j = 0; j < 8; j++) sums[j] += values[i + j];
  }
  for (size_t i = whole; i < count; i++) sums[i - whole] += values[i];
  for (int j = 0; j < 8; j++) partials[j] = sums[j];
}

size_t vm_find_zero(const double *values, size_t start, size_t count) {
  size_t i = start;
  for (; i + 16 <= count; i += 16) {
    int any = 0;
    for (int lane = 0; lane < 16; lane++) any |= values[i + lane] == 0;
    if (any) break;
  }
  while (i < count && values[i] != 0) i++;
  return i;
}
