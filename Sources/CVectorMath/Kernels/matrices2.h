// Symmetric 2×2 matrices, for the tier of the file that includes this behind kernels.h's vectors.

static const double fast_minimum = 0x1p-900;
static const double fast_maximum = 0x1p+900;

// xy − zw by Kahan's algorithm, right unless a product overflows or an error term underflows.
INLINE vector difference_of_products(vector x, vector y, vector z, vector w) {
  vector product = z * w;
  vector error = fused_multiply_add(z, w, -product);
  return fused_multiply_add(x, y, -product) - error;
}

// Whether the difference is so large that nothing underflowed that matters, and has not overflowed.
INLINE mask is_moderate(vector difference) {
  vector magnitude = absolute(difference);
  return (magnitude >= fast_minimum) & (magnitude <= fast_maximum);
}

// Whether the difference of products is right: where it is small, its error term must be exact or
// both products zero.
INLINE mask is_accurate(vector difference, vector x, vector y, vector z, vector w) {
  mask large_product = absolute(z * w) >= fast_minimum;
  mask no_products = ((x == 0) | (y == 0)) & ((z == 0) | (w == 0));
  return (absolute(difference) <= fast_maximum)
      & ((absolute(difference) >= fast_minimum) | large_product | no_products);
}

// The functions below test for the usual case first, then for all that the fast path gets right.

INLINE vector determinant2(vector a, vector b, vector c) {
  vector determinant = difference_of_products(a, c, b, b);
  if (__builtin_expect(all(is_moderate(determinant)), 1)) return determinant;

  mask fast = is_accurate(determinant, a, c, b, b);
  if (all(fast)) return determinant;
  for (int i = 0; i < VM_WIDTH; i++) {
    if (!fast[i]) determinant[i] = vm_determinant2(a[i], b[i], c[i]);
  }
  return determinant;
}

typedef struct {
  vector first, second, third;
} vectors;

INLINE vectors eigenvalues2(vector a, vector b, vector c) {
  vector determinant = difference_of_products(a, c, b, b);
  vector mean = (a + c) * 0.5;
  vector half_difference = (a - c) * 0.5;
  vector squared_radius = half_difference * half_difference + b * b;
  vector radius = square_root(squared_radius);
  vector dominant = choose(mean < 0, mean - radius, mean + radius);
  vector other = determinant / dominant;
  mask ascending = dominant < other;
  vectors result = {choose(ascending, dominant, other), choose(ascending, other, dominant), {}};

  // A radius that underflows is negligible beside so large an eigenvalue.
  mask sized = (squared_radius <= fast_maximum) & (absolute(dominant) >= 0x1p-400);
  if (__builtin_expect(all(sized & is_moderate(determinant)), 1)) return result;

  mask fast = sized & is_accurate(determinant, a, c, b, b);
  if (all(fast)) return result;
  for (int i = 0; i < VM_WIDTH; i++) {
    if (fast[i]) continue;
    vm_pair pair = vm_eigenvalues2(a[i], b[i], c[i]);
    result.first[i] = pair.minimum;
    result.second[i] = pair.maximum;
  }
  return result;
}

// The lanes that are not fast, one by one by a function that takes its time.
static vectors repaired(
    vectors result, mask fast, vm_step (*solve)(double, double, double, double, double), vector a,
    vector b, vector c, vector g0, vector g1) {
  for (int i = 0; i < VM_WIDTH; i++) {
    if (fast[i]) continue;
    vm_step step = solve(a[i], b[i], c[i], g0[i], g1[i]);
    result.first[i] = step.x;
    result.second[i] = step.y;
    result.third[i] = step.status;
  }
  return result;
}

INLINE vectors solve2(vector a, vector b, vector c, vector g0, vector g1) {
  vector determinant = difference_of_products(a, c, b, b);
  vector numerator0 = difference_of_products(b, g1, c, g0);
  vector numerator1 = difference_of_products(b, g0, a, g1);
  vector squared_norm = a * a + 2.0 * (b * b) + c * c;
  vectors result = {numerator0 / determinant, numerator1 / determinant, {}};

  // |det| = |λ₁λ₂| and λ² ≤ ‖H‖²: twice the bound below which the smaller eigenvalue is dropped.
  // So large a determinant has an exact error term, or none that matters.
  mask regular = (absolute(determinant) > 4 * 0x1p-52 * squared_norm)
      & (squared_norm >= 0x1p-800) & (squared_norm <= fast_maximum);
  mask usual = regular & is_moderate(numerator0) & is_moderate(numerator1);
  if (__builtin_expect(all(usual), 1)) return result;

  mask fast = regular & is_accurate(numerator0, b, g1, c, g0)
      & is_accurate(numerator1, b, g0, a, g1);
  if (all(fast)) return result;
  return repaired(result, fast, vm_solve2, a, b, c, g0, g1);
}

// As solve2, but for the indefinite matrices; see vm_absolute_solve2.
INLINE vectors absolute_solve2(vector a, vector b, vector c, vector g0, vector g1) {
  vector determinant = difference_of_products(a, c, b, b);
  vector size = absolute(determinant);
  mask definite = determinant > 0;

  vector numerator0 = difference_of_products(b, g1, c, g0);
  vector numerator1 = difference_of_products(b, g0, a, g1);
  mask definite_accurate = is_accurate(numerator0, b, g1, c, g0)
      & is_accurate(numerator1, b, g0, a, g1);

  vector square = b * b;
  vector beside = b * (a + c);
  vector diagonal0 = square + c * c + size;
  vector diagonal1 = square + a * a + size;
  vector difference = a - c;
  vector distance = square_root(difference * difference + 4.0 * square);
  vector indefinite0 = difference_of_products(diagonal0, g0, beside, g1);
  vector indefinite1 = difference_of_products(diagonal1, g1, beside, g0);
  mask indefinite_accurate = is_accurate(indefinite0, diagonal0, g0, beside, g1)
      & is_accurate(indefinite1, diagonal1, g1, beside, g0);

  vector signed_size = choose(a < 0, determinant, -determinant);
  vector denominator = choose(definite, signed_size, size * distance);
  vectors result = {
      choose(definite, numerator0, indefinite0) / denominator,
      choose(definite, numerator1, indefinite1) / denominator, {}};

  // Cubes of entries stay far from overflow and underflow.
  vector squared_norm = a * a + 2.0 * square + c * c;
  mask fast = (size > 4 * 0x1p-52 * squared_norm) & (squared_norm >= 0x1p-400)
      & (squared_norm <= 0x1p+400)
      & ((definite & definite_accurate) | (~definite & indefinite_accurate));
  if (__builtin_expect(all(fast), 1)) return result;
  return repaired(result, fast, vm_absolute_solve2, a, b, c, g0, g1);
}
