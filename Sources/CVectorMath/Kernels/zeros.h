// Where numbers are 0, for the tier of the file that includes this behind kernels.h's vectors.

#define FIND_ZEROS_(tier) vm_find_zeros_##tier
#define FIND_ZEROS(tier) FIND_ZEROS_(tier)

size_t FIND_ZEROS(VM_SLEEF_TIER)(const double *values, size_t count, int32_t *places) {
  size_t found = 0;
  size_t i = 0;
  // Most are not 0.
  for (; i + VM_WIDTH <= count; i += VM_WIDTH) {
    if (all(*(const stored_vector *)(values + i) != 0)) continue;
    for (int lane = 0; lane < VM_WIDTH; lane++) {
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
