#!/usr/bin/env python3
"""Writes the reference tables of the tests, beside this file.

    python3 make_references.py

Needs mpmath and sympy. Points and matrix entries are doubles, printed so that they read back
exactly; everything computed from them has 50 digits or more inside and 25 in print.
"""

import csv
import os
import random

import mpmath as mp
import sympy as sp

mp.mp.dps = 50
HERE = os.path.dirname(os.path.abspath(__file__))


def text(value):
    return mp.nstr(mp.mpf(value), 25)


def write(name, header, rows):
    with open(os.path.join(HERE, name), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


# MARK: function-derivatives.csv

x, y, z = sp.symbols("x y z", real=True)

SPREAD = [-1e3, -30.5, -3.7, -1.0, -0.3, -1e-9, 1e-9, 0.3, 1.0, 3.7, 30.5, 1e3]
INNER = [-1 + 2**-50, -1 + 1e-9, -0.9, -0.5, -1e-9, 1e-9, 0.25, 0.5, 0.9, 1 - 1e-9, 1 - 2**-50]
POSITIVE = [5e-324, 1e-300, 1e-9, 0.3, 1 - 2**-50, 1 + 2**-50, 2.5, 1e9, 1e300]
LARGE = [1e160, 1e200]

# name: the function, and where it is looked at
UNARY = {
    "sin": (sp.sin(x), SPREAD + [1e15]),
    "cos": (sp.cos(x), SPREAD + [1e15]),
    "tan": (sp.tan(x), SPREAD + [1.5707963, -1.5707964]),
    "asin": (sp.asin(x), INNER),
    "acos": (sp.acos(x), INNER),
    "atan": (sp.atan(x), SPREAD + [1e9]),
    "sinh": (sp.sinh(x), [-710.4, -30.5, -1.0, -1e-9, 1e-9, 0.3, 3.7, 709.0, 710.4]),
    "cosh": (sp.cosh(x), [-710.4, -30.5, -1.0, -1e-9, 1e-9, 0.3, 3.7, 709.0, 710.4]),
    "tanh": (sp.tanh(x), [-800.0, -300.0, -30.5, -1.0, -1e-9, 1e-9, 0.3, 3.7, 30.5, 300.0, 800.0]),
    "asinh": (sp.asinh(x), SPREAD + [1e9] + LARGE),
    "acosh": (sp.acosh(x), [1 + 2**-50, 1 + 1e-9, 1.5, 3.7, 30.5, 1e9] + LARGE),
    "atanh": (sp.atanh(x), INNER),
    "erf": (sp.erf(x), [-6.0, -3.7, -1.0, -1e-9, 1e-9, 0.3, 2.5, 6.0, 12.0]),
    "exp": (sp.exp(x), [-708.0, -30.5, -1.0, -1e-9, 1e-9, 0.3, 3.7, 709.7]),
    "expm1": (sp.exp(x) - 1, [-700.0, -30.5, -1.0, -1e-9, 1e-9, 0.3, 3.7, 709.7]),
    "exp2": (2**x, [-1022.0, -30.5, -1.0, -1e-9, 1e-9, 0.3, 3.7, 1023.5]),
    "log": (sp.log(x), POSITIVE),
    "log1p": (sp.log(1 + x), [-1 + 2**-50, -0.9, -1e-9, -1e-300, 1e-300, 1e-9, 0.3, 1e9, 1e300]),
    "log2": (sp.log(x) / sp.log(2), POSITIVE),
    "log10": (sp.log(x) / sp.log(10), POSITIVE),
    "sqrt": (sp.sqrt(x), POSITIVE),
    "sigmoid": (1 / (1 + sp.exp(-x)), [-700.0, -30.5, -1.0, -1e-9, 1e-9, 0.3, 3.7, 30.5, 700.0]),
    "softplus": (sp.log(1 + sp.exp(x)), [-700.0, -30.5, -1.0, -1e-9, 1e-9, 0.3, 30.5, 700.0]),
}

PAIRS = [(0.3, 0.6), (-1.0, 2.5), (3.7, -0.2), (-2.0, -5.0), (1e-9, 1e9), (30.5, 1.0)]

BINARY = {
    "atan2": (sp.atan(x / y), [(0.3, 0.6), (-1.0, 2.5), (3.7, 0.2), (1e-9, 1e9), (30.5, 1.0)]),
    "hypot": (sp.sqrt(x**2 + y**2), PAIRS + [(1e200, 1e200), (3e-200, 4e-200)]),
}


def evaluate(function, variables, point):
    """The value at a point, with digits enough for 1 + 1e-300 and its like."""
    with mp.workdps(1500):
        return text(sp.lambdify(variables, function, "mpmath")(*map(mp.mpf, point)))


def derivatives(function, variables, point):
    """f, its gradient, its Hessian's upper triangle."""
    wanted = [function] + [sp.diff(function, v) for v in variables]
    for i, u in enumerate(variables):
        wanted += [sp.diff(function, u, v) for v in variables[i:]]
    return [evaluate(w, variables, point) for w in wanted]


def row(name, point, values, n):
    return [name, ";".join(map(repr, point)), values[0], ";".join(values[1 : 1 + n]), ";".join(values[1 + n :])]


def function_rows():
    for name, (function, points) in UNARY.items():
        for point in points:
            yield row(name, [point], derivatives(function, [x], [point]), 1)
    for name, (function, points) in BINARY.items():
        for point in points:
            yield row(name, point, derivatives(function, [x, y], point), 2)
    # What has corners, or a branch that sympy does not take, by hand.
    for p in [-1e300, -27.0, -0.3, -1e-9, -1e-300, 1e-300, 1e-9, 0.3, 27.0, 1e300]:
        root = mp.cbrt(abs(mp.mpf(p))) * mp.sign(p)
        yield row("cbrt", [p], [text(v) for v in (root, 1 / (3 * root**2), -2 / (9 * root**5))], 1)
    for p, q in [(0.3, 0.6), (2.5, -1.5), (1 + 2**-50, 1e9), (1e-9, 3.5), (30.5, 12.25)]:
        a, b = mp.mpf(p), mp.mpf(q)
        f, log = a**b, mp.log(a)
        values = (f, b * f / a, f * log, b * (b - 1) * f / a**2, f / a * (1 + b * log), f * log**2)
        yield row("pow", [p, q], [text(v) for v in values], 2)
    for p in [-1e300, -2.5, -1e-300, 0.0, 1e-300, 2.5, 1e300]:
        sign = (p > 0) - (p < 0)
        yield row("abs", [p], [text(v) for v in (abs(p), sign, 0)], 1)
        yield row("sign", [p], [text(v) for v in (sign, 0, 0)], 1)
        yield row("relu", [p], [text(v) for v in (max(p, 0), p > 0, 0)], 1)
    for p, q in [(1.5, 2.5), (2.5, 1.5), (-1.0, 1.0), (2.0, 2.0), (-0.0, 0.0)]:
        yield row("min", [p, q], [text(v) for v in (min(p, q), p <= q, p > q, 0, 0, 0)], 2)
        yield row("max", [p, q], [text(v) for v in (max(p, q), q <= p, q > p, 0, 0, 0)], 2)
    for c, a, b in [(1.0, 2.5, 3.5), (0.0, 2.5, 3.5), (-0.0, 2.5, 3.5), (-7.0, 2.5, 3.5)]:
        values = [a if c else b, 0, bool(c), not c] + [0] * 6
        yield row("if", [c, a, b], [text(v) for v in values], 3)


# MARK: third-derivatives.csv

THIRD = [
    (["x", "y"], "x^2*y^3", x**2 * y**3, (0.7, -1.3)),
    (["x", "y"], "y*sin(3*x)", y * sp.sin(3 * x), (0.7, -1.3)),
    (["x", "y"], "100*(y - x^2)^2 + (1 - x)^2", 100 * (y - x**2) ** 2 + (1 - x) ** 2, (-1.2, 1.0)),
    (["x", "y"], "exp(-(x^2 + y^2)/4)*cos(2*x)", sp.exp(-(x**2 + y**2) / 4) * sp.cos(2 * x), (0.7, -1.3)),
    (["x", "y"], "log(1 + x^2 + y^2)", sp.log(1 + x**2 + y**2), (0.7, -1.3)),
    (["x", "y"], "hypot(x, y)", sp.sqrt(x**2 + y**2), (3.0, -4.0)),
    (["x", "y"], "x^y", x**y, (1.7, 2.3)),
    (["x", "y"], "tanh(x*y)/(1 + erf(x)^2)", sp.tanh(x * y) / (1 + sp.erf(x) ** 2), (0.4, -0.6)),
    (["x", "y", "z"], "x*y*z + sin(x*z)^2 - exp(y/3)", x * y * z + sp.sin(x * z) ** 2 - sp.exp(y / 3), (0.5, -1.0, 2.0)),
]


def third_rows():
    for names, typed, function, point in THIRD:
        variables = [sp.Symbol(name, real=True) for name in names]
        n = len(names)
        # Every entry of the upper triangle of the Hessian, by every variable.
        values = [
            evaluate(sp.diff(function, variables[i], variables[j], w), variables, point)
            for i in range(n) for j in range(i, n) for w in variables
        ]
        yield [" ".join(names), typed, ";".join(map(repr, point)), ";".join(values)]


# MARK: matrices.csv


def symmetric(n, entry):
    a = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i, n):
            a[i][j] = a[j][i] = float(entry(i, j))
    return a


def product(vectors, weights):
    """Σ wₖ vₖ vₖᵀ with whole numbers, so that the rank is exact."""
    n = len(vectors[0])
    return symmetric(n, lambda i, j: sum(w * v[i] * v[j] for v, w in zip(vectors, weights)))


def matrices():
    generator = random.Random(20240611)

    def uniform():
        return generator.uniform(-1, 1)

    for n in (3, 5):
        for k in range(6):
            yield f"random {k + 1}", symmetric(n, lambda i, j: uniform()), [uniform() for _ in range(n)]
        a = symmetric(n, lambda i, j: uniform())
        definite = symmetric(n, lambda i, j: sum(a[i][k] * a[j][k] for k in range(n)) + (i == j))
        yield "positive definite", definite, [uniform() for _ in range(n)]
        yield "diagonal", symmetric(n, lambda i, j: (i == j) * (i - 1.5)), [uniform() for _ in range(n)]
        yield "equal eigenvalues", symmetric(n, lambda i, j: 1 + (i == j)), [uniform() for _ in range(n)]
        hilbert = symmetric(n, lambda i, j: 1 / (i + j + 1))
        yield "nearly singular, Hilbert", hilbert, [uniform() for _ in range(n)]
        close = symmetric(n, lambda i, j: 1 + (1e-9 if i == j else 0) * (i + 1))
        yield "nearly singular, close to rank one", close, [uniform() for _ in range(n)]
        for power in (150, -150, 300, -300):
            factor = 10.0**power
            b = symmetric(n, lambda i, j: uniform() * factor)
            yield f"all entries near 1e{power}", b, [uniform() for _ in range(n)]
            yield f"all entries and g near 1e{power}", b, [uniform() * factor for _ in range(n)]
        graded = symmetric(n, lambda i, j: uniform() * 10.0 ** (-30 * (i + j)))
        yield "graded from 1 to 1e-240", graded, [uniform() * 10.0 ** (-30 * i) for i in range(n)]
        wide = symmetric(n, lambda i, j: (1e150, 1, 1e-150, 2, 3)[i] if i == j else 0)
        yield "diagonal from 1e150 to 1e-150", wide, [1e150] + [0.0] * (n - 1)
        vectors = [[generator.randint(-5, 5) for _ in range(n)] for _ in range(n - 1)]
        weights = [2, -1, 3, 1][: n - 1]
        deficient = product(vectors, weights)
        inside = [float(sum(v[i] for v in vectors)) for i in range(n)]
        yield "rank deficient, g in the range", deficient, inside
        rank_one = product(vectors[:1], [1])
        yield "rank one, g in the range", rank_one, [3.0 * v for v in vectors[0]]
        null = mp.matrix(n, 1)
        values, q = mp.eigsy(mp.matrix(deficient))
        k = min(range(n), key=lambda i: abs(values[i]))
        outside = [float(inside[i] + q[i, k]) for i in range(n)]
        yield "rank deficient, g out of the range", deficient, outside
        yield "rank one, g out of the range", rank_one, [float(i + 1) for i in range(n)]
        zero = symmetric(n, lambda i, j: 0)
        yield "zero, g not", zero, [1.0] + [0.0] * (n - 1)
        yield "zero, g too", zero, [0.0] * n
        yield "g zero", symmetric(n, lambda i, j: uniform()), [0.0] * n


def matrix_rows():
    for label, a, g in matrices():
        n = len(g)
        h = mp.matrix(a)
        with mp.workdps(700):  # the scales differ by up to 300 digits
            size = max(abs(v) for v in h) or mp.mpf(1)
            eigenvalues, q = mp.eigsy(h / size)
            values = [v * size if abs(v) > mp.mpf(10) ** -650 else mp.mpf(0) for v in eigenvalues]
            determinant = mp.det(h / size) * size**n
            if abs(determinant) < mp.mpf(10) ** -640 * size**n:
                determinant = mp.mpf(0)
            b = mp.matrix(g)
            floor = n * mp.mpf(2) ** -52 * max(abs(v) for v in values)
            step = mp.matrix(n, 1)
            residual = b.copy()
            for k in range(n):
                along = sum(q[i, k] * b[i] for i in range(n))
                if abs(values[k]) <= floor:
                    continue
                for i in range(n):
                    step[i] -= along / values[k] * q[i, k]
                    residual[i] -= along * q[i, k]
            solved = mp.norm(residual) <= mp.mpf("1e-8") * mp.norm(b)
        upper = [repr(a[i][j]) for i in range(n) for j in range(i, n)]
        yield [
            label, n, ";".join(upper), ";".join(map(repr, g)),
            ";".join(text(v) for v in sorted(values)), text(determinant),
            ";".join(text(v) for v in step) if solved else "", 0 if solved else 1,
        ]


write("function-derivatives.csv", ["function", "point", "f", "gradient", "hessian"], function_rows())
write("third-derivatives.csv", ["variables", "formula", "point", "derivatives"], third_rows())
write(
    "matrices.csv",
    ["label", "size", "upper", "gradient", "eigenvalues", "determinant", "step", "status"],
    matrix_rows(),
)
