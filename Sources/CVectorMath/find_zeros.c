#include "CVectorMath.h"

size_t vm_find_zeros(const double *values, size_t count, int32_t *places) {
  size_t found = 0;
  size_t i = 0;
  // Most are not 0.
  for (; i + 8 <= count; i += 8) {
    int any = 0;
    for (int lane = 0; lane < 8; lane++) any |= values[i + lane] == 0;
    if (!any) continue;
    for (int lane = 0; lane < 8; lane++) {
      places[found] = (int32_t)(i + lane);
      found += values[i + lane] == 0;
    }
  }
  for (; i < count; i++) {
    places[found] = (int32_t)i;
    found += values[i] == 0;
  }
  return found;
}
