// The symmetric 2×2 matrix H = [[a, b], [b, c]], one lane at a time, for every finite input.
//
// The kernels take a fast path over whole vectors where nothing can overflow, underflow or be
// singular, and call these functions for the other lanes. They are compiled once, so that all
// tiers share their bits, and use nothing but +, −, ×, ÷, √, fused multiply-add and exact scaling.

#ifndef VM_LINEAR_ALGEBRA_H
#define VM_LINEAR_ALGEBRA_H

typedef struct vm_pair {
  double minimum, maximum;
} vm_pair;

typedef struct vm_step {
  double x, y, status;
} vm_step;

/// ac − b² within 2 ulp, without overflow or underflow on the way; ±inf where it overflows itself.
/// Where an entry is not finite, what a·c − b·b gives.
double vm_determinant2(double a, double b, double c);

/// Both eigenvalues, each within a few ulp of its own size, however small beside the other. NaN
/// where an entry is not finite.
vm_pair vm_eigenvalues2(double a, double b, double c);

/// The step −H⁺g of least norm, with a `vm_solve_status`.
///
/// Eigenvalues |λ| ≤ 2ε·max|λ| count as zero (ε = 2⁻⁵²). If that leaves ‖g − HH⁺g‖ > 1e-8·‖g‖, or
/// H = 0 and g ≠ 0, no step solves the system: it is singular, and the step NaN. g = 0 gives the
/// step 0.
vm_step vm_solve2(double a, double b, double c, double g0, double g1);

/// |H|⁺g, with the absolute eigenvalues and by the same rule: −`vm_solve2` bit for bit where H is positive definite.
///
/// For det H < 0 it is adj(H² + |det H|·I)·g/(|det H|·|λ₁ − λ₂|): by Cayley and Hamilton, H² + |det H|·I = |λ₁ − λ₂|·|H|. The entries of
/// H² + |det H|·I are sums of terms of one sign, but for the factor a + c of the one beside the diagonal.
vm_step vm_absolute_solve2(double a, double b, double c, double g0, double g1);

#endif
