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
