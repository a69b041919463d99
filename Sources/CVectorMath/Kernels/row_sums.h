// Sums over rows of data, for the tier of the file that includes this behind kernels.h's vectors: 8 partial sums, the
// j-th over the rows j, j + 8, j + 16, …, whatever the width of a vector.

// Sums whose partial ones have registers to themselves at a time.
#define SUMS_AT_A_TIME (VM_WIDTH == 8 ? 8 : VM_WIDTH > 1 ? 4 : 1)
#define PARTS (8 / VM_WIDTH)

// `sums` and `are_products` are known when this is compiled.
INLINE void accumulate(
    const int sums, const bool are_products, const double *const *left,
    const double *const *right, size_t rows, double *partials) {
  vector totals[SUMS_AT_A_TIME][PARTS];
  size_t whole = rows & ~(size_t)7;
  for (int s = 0; s < sums; s++) {
    for (int part = 0; part < PARTS; part++) {
      totals[s][part] = *(const stored_vector *)(partials + 8 * s + part * VM_WIDTH);
    }
  }
  for (size_t i = 0; i < whole; i += 8) {
    for (int s = 0; s < sums; s++) {
      for (int part = 0; part < PARTS; part++) {
        size_t place = i + part * VM_WIDTH;
        vector value = *(const stored_vector *)(left[s] + place);
        if (are_products) value *= *(const stored_vector *)(right[s] + place);
        totals[s][part] += value;
      }
    }
  }
  for (int s = 0; s < sums; s++) {
    for (int part = 0; part < PARTS; part++) {
      *(stored_vector *)(partials + 8 * s + part * VM_WIDTH) = totals[s][part];
    }
    for (size_t i = whole; i < rows; i++) {
      double value = left[s][i];
      if (are_products) value *= right[s][i];
      partials[8 * s + i - whole] += value;
    }
  }
}

#define ACCUMULATE_(tier) vm_accumulate_##tier
#define ACCUMULATE(tier) ACCUMULATE_(tier)

void ACCUMULATE(VM_SLEEF_TIER)(
    const double *const *left, const double *const *right, size_t sums, size_t rows,
    double *partials) {
  size_t s = 0;
  while (s < sums) {
    size_t next = s;
    while (next < sums && next < s + SUMS_AT_A_TIME && right[next] != NULL) next++;
    if (next == s) {
      accumulate(1, false, left + s, right + s, rows, partials + 8 * s);
      s++;
    } else if (next == s + SUMS_AT_A_TIME) {
      accumulate(SUMS_AT_A_TIME, true, left + s, right + s, rows, partials + 8 * s);
      s = next;
    } else {
      for (; s < next; s++) accumulate(1, true, left + s, right + s, rows, partials + 8 * s);
    }
  }
}
