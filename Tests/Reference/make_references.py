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


def matrices(sizes, seed):
    generator = random.Random(seed)

    def uniform():
        return generator.uniform(-1, 1)

    for n in sizes:
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
        wide = symmetric(n, lambda i, j: (1e150, 1, 1e-150, 2, 3, 4)[i] if i == j else 0)
        yield "diagonal from 1e150 to 1e-150", wide, [1e150] + [0.0] * (n - 1)
        zero = symmetric(n, lambda i, j: 0)
        yield "zero, g not", zero, [1.0] + [0.0] * (n - 1)
        yield "zero, g too", zero, [0.0] * n
        if n == 1:
            continue
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
        yield "g zero", symmetric(n, lambda i, j: uniform()), [0.0] * n


def matrix_rows():
    for label, a, g in matrices((3, 5), 20240611):
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


# MARK: matrix-functions.csv and bounded-steps.csv


def eigen(a):
    """Eigenvalues and eigenvectors, what is zero but for rounding exactly so."""
    h = mp.matrix(a)
    size = max(abs(v) for v in h) or mp.mpf(1)
    values, q = mp.eigsy(h / size)
    values = [v * size if abs(v) > mp.mpf(10) ** -650 else mp.mpf(0) for v in values]
    return values, [[q[i, k] for i in range(len(a))] for k in range(len(a))]


def counted(values):
    """The eigenvalues, those that count as zero exactly so; None where one is on the edge."""
    floor = len(values) * mp.mpf(2) ** -52 * max(abs(v) for v in values)
    if any(floor / 4 < abs(v) < 4 * floor for v in values):
        return None
    return [mp.mpf(0) if abs(v) <= floor else v for v in values]


def along(vector, g):
    return mp.fsum(mp.mpf(u) * mp.mpf(c) for u, c in zip(vector, g))


def length(components):
    return mp.sqrt(mp.fsum(c * c for c in components))


def combined(weights, vectors):
    n = len(vectors)
    return [mp.fsum(weights[k] * vectors[k][i] for k in range(n)) for i in range(n)]


def matrix_function_rows():
    with mp.workdps(700):
        for label, a, g in matrices((1, 2, 3, 4, 5, 6), 20250101):
            n = len(g)
            exact, vectors = eigen(a)
            values = counted(exact)
            if values is None:
                continue
            components = [along(v, g) for v in vectors]
            lost = length([c for c, v in zip(components, values) if v == 0])
            solved = lost <= mp.mpf("1e-8") * length(components)

            def inverse(f):
                weights = [c / f(v) if v else mp.mpf(0) for c, v in zip(components, values)]
                return ";".join(map(text, combined(weights, vectors))) if solved else ""

            absolute = [
                mp.fsum(abs(values[k]) * vectors[k][i] * vectors[k][j] for k in range(n))
                for i in range(n) for j in range(i, n)
            ]
            sizes = [abs(v) for v in values]
            yield [
                label, n, upper_text(a), ";".join(map(repr, g)), text(max(sizes)), text(min([s for s in sizes if s] or [0])),
                text(max(sizes) / min(sizes)) if min(sizes) else "inf",
                inverse(lambda v: v), inverse(abs), 0 if solved else 1, ";".join(map(text, absolute)),
            ]


def upper_text(a):
    n = len(a)
    return ";".join(repr(a[i][j]) for i in range(n) for j in range(i, n))


def hard_cases():
    """Indefinite matrices, g with nothing along the lowest eigenvector, or next to nothing."""
    for n in (1, 2, 3, 4, 6):
        diagonal = symmetric(n, lambda i, j: (i == j) * (-2.0, 1.0, 3.0, -1.0, 0.5, 4.0)[i])
        yield "hard, g zero", diagonal, [0.0] * n
        if n == 1:
            continue
        yield "hard, g small", diagonal, [0.0] + [0.25] * (n - 1)
        yield "not hard, g large", diagonal, [0.0] + [8.0] * (n - 1)
        yield "nearly hard", diagonal, [1e-9] + [0.25] * (n - 1)
        # 2I - 3uuᵀ/uᵀu·(uᵀu) with whole numbers: the lowest eigenvector is u.
        u = [1.0, -2.0, 3.0, 0.0, 1.0, -1.0][:n]
        turned = symmetric(n, lambda i, j: 2.0 * (i == j) - 3.0 * u[i] * u[j])
        across = [2.0, 1.0] + [0.0] * (n - 2)
        yield "hard, turned", turned, [0.0] * n
        yield "hard, turned, g small", turned, [c / 4 for c in across]
        yield "nearly hard, turned", turned, [c / 4 + 1e-7 * v for c, v in zip(across, u)]


def bounded_step(values, vectors, g, weight=None, radius=None):
    """λ, p and what it promises; and how much p moves with A and g."""
    n = len(values)
    components = [along(v, g) for v in vectors]
    offset = max(mp.mpf(0), -min(values))
    rounding = n * mp.mpf(2) ** -52
    floor = rounding * max(abs(v) for v in values)
    lowest = [k for k in range(n) if values[k] + offset <= floor]
    low = length([components[k] for k in lowest])
    if low <= (rounding if offset else mp.mpf("1e-8")) * length(components):
        for k in lowest:
            components[k] = mp.mpf(0)
    bound = (lambda shift: shift / weight) if radius is None else (lambda shift: radius)

    def point(shift):
        return [-c / (v + shift) if c else mp.mpf(0) for c, v in zip(components, values)]

    used = range(n)
    if not any(components[k] for k in lowest) and length(point(offset)) <= bound(offset):
        shift, p = offset, point(offset)
        used = [k for k in range(n) if k not in lowest]
        if offset:
            u = vectors[lowest[0]]
            first = next(c for c in u if abs(c) >= max(map(abs, u)) / 2)
            p[lowest[0]] = mp.sign(first) * mp.sqrt(bound(offset) ** 2 - length(p) ** 2)
    else:
        step = max(max(abs(v) for v in values), length(components) / bound(mp.mpf(1)), mp.mpf(10) ** -300)
        while length(point(offset + step)) > bound(offset + step):
            step *= 2
        low, high = mp.mpf(0), step
        while length(point(offset + high / 2)) < bound(offset + high / 2):
            high /= 2
        low = high / 2
        for _ in range(220):
            middle = (low + high) / 2
            if length(point(offset + middle)) > bound(offset + middle):
                low = middle
            else:
                high = middle
        shift, p = offset + high, point(offset + high)
    pure = mp.fsum(c * q + v * q * q / 2 for c, q, v in zip(components, p, values))
    predicted = -pure - (0 if weight is None else weight / 3 * length(p) ** 3)
    sensitivity = max([1] + [(abs(max(values, key=abs)) + shift) / (values[k] + shift) for k in used if values[k] + shift])
    return shift, combined(p, vectors), predicted, sensitivity, len(lowest)


def bounded_rows():
    with mp.workdps(700):
        for label, a, g in list(matrices((1, 2, 3, 6), 20250102)) + list(hard_cases()):
            exact, vectors = eigen(a)
            values = counted(exact)
            if values is None:
                continue
            norm = max(abs(v) for v in values) or mp.mpf(1)
            slope = length([mp.mpf(c) for c in g]) or mp.mpf(1)
            bounds = [("radius", r * slope / norm) for r in (mp.mpf("1e-3"), mp.mpf("0.5"), mp.mpf(30))]
            bounds += [("weight", w * norm**2 / slope) for w in (mp.mpf("1e-3"), mp.mpf(1), mp.mpf("1e3"))]
            if label.startswith("all entries near"):
                bounds = bounds[:1] + bounds[-1:] + [("radius", mp.mpf(1)), ("weight", mp.mpf(1))]
            for kind, bound in bounds:
                if not mp.mpf("1e-300") < bound < mp.mpf("1e300"):
                    continue
                bound = mp.mpf(float(bound))
                shift, p, predicted, sensitivity, multiplicity = bounded_step(
                    values, vectors, g, **{kind: bound})
                if max(map(abs, p)) > mp.mpf("1e300") or abs(predicted) > mp.mpf("1e300"):
                    continue
                if 0 < max(map(abs, p)) < mp.mpf("1e-290") or 0 < predicted < mp.mpf("1e-290"):
                    continue
                is_unique = multiplicity == 1 or not label.startswith("hard")
                yield [
                    label, len(g), upper_text(a), ";".join(map(repr, g)), kind, repr(float(bound)), text(shift),
                    ";".join(map(text, p)) if is_unique else "", text(predicted), mp.nstr(sensitivity, 5),
                ]


write("function-derivatives.csv", ["function", "point", "f", "gradient", "hessian"], function_rows())
write("third-derivatives.csv", ["variables", "formula", "point", "derivatives"], third_rows())
write(
    "matrices.csv",
    ["label", "size", "upper", "gradient", "eigenvalues", "determinant", "step", "status"],
    matrix_rows(),
)
write(
    "matrix-functions.csv",
    ["label", "size", "upper", "vector", "greatest", "least", "condition", "solution", "absoluteSolution", "status", "absolute"],
    matrix_function_rows(),
)
write(
    "bounded-steps.csv",
    ["label", "size", "upper", "gradient", "kind", "bound", "multiplier", "step", "predicted", "sensitivity"],
    bounded_rows(),
)
