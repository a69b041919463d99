#include "CVectorMath.h"

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
