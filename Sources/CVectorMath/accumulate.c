#include "CVectorMath.h"
#include <string.h>

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

size_t vm_find_nonzero(const double *values, size_t start, size_t count) {
  size_t i = start;
  // Eight at a time, by their bits but the sign: −0 is 0.
  for (; i + 8 <= count; i += 8) {
    uint64_t bits[8], any = 0;
    memcpy(bits, values + i, sizeof bits);
    for (int lane = 0; lane < 8; lane++) any |= bits[lane] << 1;
    if (any != 0) break;
  }
  while (i < count && values[i] == 0) i++;
  return i;
}
