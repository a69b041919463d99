#!/usr/bin/env python3
"""Writes the reference tables of the function library, beside this file.

    python3 make_library_references.py

Needs mpmath. The problems are written from the literature, as residuals where it states residuals,
and not from the library's own text. f, gradient and Hessian come from one pass of second-order
forward differentiation with 60 digits, so they are exact to the 25 in print. Points are doubles,
printed so that they read back exactly; constants are the exact decimals of the literature.
"""

import csv
import os
import random

import mpmath as mp

mp.mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))


def text(value):
    return mp.nstr(mp.mpf(value), 25)


def write(name, header, rows):
    with open(os.path.join(HERE, name), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


# MARK: Derivatives


class Jet:
    """A value with its gradient and Hessian."""

    def __init__(self, value, gradient, hessian):
        self.value, self.gradient, self.hessian = value, gradient, hessian

    def through(self, f, slope, curvature):
        """φ(self), given φ, φ′ and φ″ here."""
        g, h, n = self.gradient, self.hessian, len(self.gradient)
        return Jet(
            f, [slope * a for a in g],
            [[slope * h[i][j] + curvature * g[i] * g[j] for j in range(n)] for i in range(n)],
        )

    def __add__(self, other):
        if not isinstance(other, Jet):
            return Jet(self.value + other, self.gradient, self.hessian)
        return Jet(
            self.value + other.value,
            [a + b for a, b in zip(self.gradient, other.gradient)],
            [[a + b for a, b in zip(u, v)] for u, v in zip(self.hessian, other.hessian)],
        )

    def __mul__(self, other):
        if not isinstance(other, Jet):
            return self.through(self.value * other, other, 0)
        u, v, a, b, n = self.value, other.value, self.gradient, other.gradient, len(self.gradient)
        p, q = self.hessian, other.hessian
        return Jet(
            u * v, [u * b[i] + v * a[i] for i in range(n)],
            [[u * q[i][j] + v * p[i][j] + a[i] * b[j] + a[j] * b[i] for j in range(n)]
             for i in range(n)],
        )

    def __pow__(self, k):
        u = self.value
        if isinstance(k, Jet):
            return exp(k * log(self))
        return self.through(u**k, k * u ** (k - 1), k * (k - 1) * u ** (k - 2) if k != 1 else 0)

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * (other**-1 if isinstance(other, Jet) else 1 / mp.mpf(other))

    def __rtruediv__(self, other):
        return self**-1 * other

    __radd__ = __add__
    __rmul__ = __mul__


def exp(u):
    if not isinstance(u, Jet):
        return mp.exp(u)
    v = mp.exp(u.value)
    return u.through(v, v, v)


def log(u):
    return u.through(mp.log(u.value), 1 / u.value, -1 / u.value**2)


def sin(u):
    s, c = mp.sin(u.value), mp.cos(u.value)
    return u.through(s, c, -s)


def cos(u):
    s, c = mp.sin(u.value), mp.cos(u.value)
    return u.through(c, -s, -c)


def sqrt(u):
    v = mp.sqrt(u.value)
    return u.through(v, 1 / (2 * v), -1 / (4 * v**3))


def absolute(u):
    return u if u.value > 0 else -u


def atan(u):
    w = 1 + u.value**2
    return u.through(mp.atan(u.value), 1 / w, -2 * u.value / w**2)


def evaluate(function, point):
    n = len(point)
    point = [mp.mpf(p) for p in point]
    basis = [[mp.mpf(i == j) for j in range(n)] for i in range(n)]
    zero = [[mp.mpf(0)] * n for _ in range(n)]
    return function([Jet(point[i], basis[i], zero) for i in range(n)])


# MARK: Problems

PROBLEMS = []


def problem(name, domain, start, minima=lambda n: [], sizes=(2,)):
    """Registers a function of a list of variables.

    domain: one range, or a range for each variable; start: the usual one; minima: lists where they
    are known exactly, tuples where Newton's method is to complete the digits.
    """

    def register(function):
        PROBLEMS.append((name, function, domain, start, minima, sizes))
        return function

    return register


def d(decimal):
    """The exact decimal."""
    return mp.mpf(decimal)


def squares(residuals):
    return sum(r**2 for r in residuals)


def product(factors):
    result = 1
    for factor in factors:
        result = result * factor
    return result


def everywhere(value):
    return lambda n: [value] * n


pi = +mp.pi
FAMILY = (2, 5)

# MARK: Functions of two variables


@problem("squished", [(-4, 4)], lambda n: [-3.0, -3.0], lambda n: [[0, 0]])
def squished(p):
    x, y = p
    return x**2 - x * y / 2 + y**2 / 9


@problem("booth", [(-10, 10)], lambda n: [0.0, 0.0], lambda n: [[1, 3]])
def booth(p):
    x, y = p
    return squares([x + 2 * y - 7, 2 * x + y - 5])


@problem("matyas", [(-10, 10)], lambda n: [8.0, 2.0], lambda n: [[0, 0]])
def matyas(p):
    x, y = p
    return d("0.26") * (x**2 + y**2) - d("0.48") * x * y


@problem(
    "himmelblau", [(-5, 5)], lambda n: [0.0, 0.0],
    lambda n: [[3, 2], (-2.805, 3.131), (-3.779, -3.283), (3.584, -1.848)],
)
def himmelblau(p):
    x, y = p
    return squares([x**2 + y - 11, x + y**2 - 7])


@problem("beale", [(-4.5, 4.5)], lambda n: [1.0, 1.0], lambda n: [[3, d("0.5")]])
def beale(p):
    x, y = p
    return squares([d(c) - x * (1 - y**k) for k, c in enumerate(("1.5", "2.25", "2.625"), 1)])


@problem(
    "goldstein-price", [(-2, 2)], lambda n: [1.0, 1.0],
    lambda n: [[0, -1], [d("-0.6"), d("-0.4")], [d("1.8"), d("0.2")], [d("1.2"), d("0.8")]],
)
def goldstein_price(p):
    x, y = p
    left = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    right = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
    return left * (30 + (2 * x - 3 * y) ** 2 * right)


@problem(
    "mccormick", [(-1.5, 4), (-3, 4)], lambda n: [0.0, 0.0],
    lambda n: [[d("0.5") - pi / 3, d("-0.5") - pi / 3],
               [d("0.5") + 2 * pi / 3, d("-0.5") + 2 * pi / 3]],
)
def mccormick(p):
    x, y = p
    return sin(x + y) + (x - y) ** 2 - d("1.5") * x + d("2.5") * y + 1


@problem(
    "three-hump-camel", [(-5, 5)], lambda n: [-1.0, 1.0],
    lambda n: [[0, 0], (-1.7476, 0.8738), (1.7476, -0.8738)],
)
def three_hump_camel(p):
    x, y = p
    return 2 * x**2 - d("1.05") * x**4 + x**6 / 6 + x * y + y**2


@problem(
    "six-hump-camel", [(-3, 3), (-2, 2)], lambda n: [1.0, 1.0],
    lambda n: [point for a, b in [(0.0898, -0.7127), (1.7036, -0.7961), (1.6071, 0.5687)]
               for point in [(a, b), (-a, -b)]],
)
def six_hump_camel(p):
    x, y = p
    return (4 - d("2.1") * x**2 + x**4 / 3) * x**2 + x * y + (-4 + 4 * y**2) * y**2


@problem(
    "branin", [(-5, 10), (0, 15)], lambda n: [2.5, 7.5],
    lambda n: [[-pi, d("12.275")], [pi, d("2.275")], [3 * pi, d("2.475")]],
)
def branin(p):
    x, y = p
    b, c, r, s, t = d("5.1") / (4 * pi**2), 5 / pi, 6, 10, 1 / (8 * pi)
    return (y - b * x**2 + c * x - r) ** 2 + s * (1 - t) * cos(x) + s


# f is 0 to double precision further out, so the points are taken near the hole.
@problem("easom", [(0, 6)], lambda n: [2.0, 2.0], lambda n: [[pi, pi]])
def easom(p):
    x, y = p
    return -cos(x) * cos(y) * exp(-((x - pi) ** 2 + (y - pi) ** 2))


@problem("levy13", [(-10, 10)], lambda n: [-4.0, 3.0], lambda n: [[1, 1]])
def levy13(p):
    x, y = p
    return (
        sin(3 * pi * x) ** 2 + (x - 1) ** 2 * (1 + sin(3 * pi * y) ** 2)
        + (y - 1) ** 2 * (1 + sin(2 * pi * y) ** 2)
    )


@problem("bohachevsky", [(-100, 100)], lambda n: [1.0, 1.0], lambda n: [[0, 0]])
def bohachevsky(p):
    x, y = p
    return x**2 + 2 * y**2 - d("0.3") * cos(3 * pi * x) - d("0.4") * cos(4 * pi * y) + d("0.7")


@problem("schaffer2", [(-100, 100)], lambda n: [1.0, 0.5], lambda n: [[0, 0]])
def schaffer2(p):
    x, y = p
    return d("0.5") + (sin(x**2 - y**2) ** 2 - d("0.5")) / (1 + d("0.001") * (x**2 + y**2)) ** 2


@problem("drop-wave", [(-5.12, 5.12)], lambda n: [1.0, 1.0])
def drop_wave(p):
    r = p[0] ** 2 + p[1] ** 2
    return -(1 + cos(12 * sqrt(r))) / (r / 2 + 2)


@problem(
    "sine-valley", [(1.5, 4.5), (-1, 4.5)], lambda n: [3.1, 1.8], lambda n: [[pi, 9 - 20 / pi]]
)
def sine_valley(p):
    x, y = p
    return sin(x) ** 2 + sin(10 + x * y / 2) * cos(x)


@problem("monkey-saddle", [(-2, 2)], lambda n: [1.0, 0.5])
def monkey_saddle(p):
    x, y = p
    return x**3 - 3 * x * y**2


@problem(
    "muller-brown", [(-1.5, 1), (-0.5, 2)], lambda n: [-0.5, 0.5],
    lambda n: [(-0.558, 1.442), (-0.050, 0.467), (0.623, 0.028)],
)
def muller_brown(p):
    x, y = p
    table = [
        (-200, -1, 0, -10, 1, 0), (-100, -1, 0, -10, 0, d("0.5")),
        (-170, d("-6.5"), 11, d("-6.5"), d("-0.5"), d("1.5")),
        (15, d("0.7"), d("0.6"), d("0.7"), -1, 1),
    ]
    return sum(
        A * exp(a * (x - u) ** 2 + b * (x - u) * (y - v) + c * (y - v) ** 2)
        for A, a, b, c, u, v in table
    )


@problem(
    "powell-badly-scaled", [(0, 10)], lambda n: [0.0, 1.0],
    lambda n: [(1.0981593e-5, 9.1061467), (9.1061467, 1.0981593e-5)],
)
def powell_badly_scaled(p):
    x, y = p
    return squares([10**4 * x * y - 1, exp(-x) + exp(-y) - d("1.0001")])


@problem(
    "brown-badly-scaled", [(0, 2e6), (0, 4e-6)], lambda n: [1.0, 1.0],
    lambda n: [[10**6, 2 * d("1e-6")]],
)
def brown_badly_scaled(p):
    x, y = p
    return squares([x - 10**6, y - 2 * d("1e-6"), x * y - 2])


@problem("jennrich-sampson", [(0, 0.5)], lambda n: [0.3, 0.4], lambda n: [(0.2578, 0.2578)])
def jennrich_sampson(p):
    x, y = p
    return squares([2 + 2 * i - (exp(i * x) + exp(i * y)) for i in range(1, 11)])


# MARK: Functions of any dimension


@problem("sphere", [(-5, 5)], everywhere(3.0), lambda n: [[0] * n], FAMILY)
def sphere(x):
    return squares(x)


@problem("sum-of-squares", [(-10, 10)], everywhere(3.0), lambda n: [[0] * n], FAMILY)
def sum_of_squares(x):
    return sum(i * v**2 for i, v in enumerate(x, 1))


@problem(
    "trid", [(-20, 20)], everywhere(0.0),
    lambda n: [[i * (n + 1 - i) for i in range(1, n + 1)]], FAMILY,
)
def trid(x):
    return squares([v - 1 for v in x]) - sum(a * b for a, b in zip(x, x[1:]))


@problem("zakharov", [(-5, 10)], everywhere(1.0), lambda n: [[0] * n], FAMILY)
def zakharov(x):
    s = sum(i * v / 2 for i, v in enumerate(x, 1))
    return squares(x) + s**2 + s**4


@problem(
    "rosenbrock", [(-2, 2)], lambda n: [(1.0 if i % 2 else -1.2) for i in range(n)],
    lambda n: [[1] * n], FAMILY,
)
def rosenbrock(x):
    return sum(100 * (b - a**2) ** 2 + (1 - a) ** 2 for a, b in zip(x, x[1:]))


@problem(
    "extended-rosenbrock", [(-2, 2)], lambda n: [-1.2, 1.0] * (n // 2),
    lambda n: [[1] * n], (2, 6),
)
def extended_rosenbrock(x):
    pairs = zip(x[0::2], x[1::2])
    return squares([r for a, b in pairs for r in (10 * (b - a**2), 1 - a)])


def dixon_price_minima(n):
    up = [d(2) ** (-(d(2) ** i - 2) / d(2) ** i) for i in range(1, n + 1)]
    return [up, up[:-1] + [-up[-1]]]


@problem("dixon-price", [(-10, 10)], everywhere(2.0), dixon_price_minima, FAMILY)
def dixon_price(x):
    return (x[0] - 1) ** 2 + sum(
        i * (2 * x[i - 1] ** 2 - x[i - 2]) ** 2 for i in range(2, len(x) + 1)
    )


@problem(
    "freudenstein-roth", [(-5, 15)], lambda n: [0.5, -2.0] * (n // 2),
    lambda n: [[5, 4] * (n // 2), (11.4128, -0.8968) * (n // 2)], (2, 6),
)
def freudenstein_roth(x):
    pairs = zip(x[0::2], x[1::2])
    return squares([
        r for a, b in pairs
        for r in (-13 + a + ((5 - b) * b - 2) * b, -29 + a + ((b + 1) * b - 14) * b)
    ])


@problem(
    "styblinski-tang", [(-5, 5)], everywhere(0.0), lambda n: [(-2.9035,) * n], FAMILY
)
def styblinski_tang(x):
    return sum(v**4 - 16 * v**2 + 5 * v for v in x) / 2


@problem("rastrigin", [(-5.12, 5.12)], everywhere(2.2), lambda n: [[0] * n], FAMILY)
def rastrigin(x):
    return 10 * len(x) + sum(v**2 - 10 * cos(2 * pi * v) for v in x)


@problem("griewank", [(-600, 600)], everywhere(10.0), lambda n: [[0] * n], FAMILY)
def griewank(x):
    return 1 + squares(x) / 4000 - product(cos(v / mp.sqrt(i)) for i, v in enumerate(x, 1))


@problem("ackley", [(-5, 5)], everywhere(1.5), sizes=FAMILY)
def ackley(x):
    n = len(x)
    return (
        -20 * exp(d("-0.2") * sqrt(squares(x) / n))
        - exp(sum(cos(2 * pi * v) for v in x) / n) + 20 + mp.e
    )


@problem("levy", [(-10, 10)], everywhere(-4.0), lambda n: [[1] * n], FAMILY)
def levy(x):
    w = [1 + (v - 1) / 4 for v in x]
    return (
        sin(pi * w[0]) ** 2
        + sum((v - 1) ** 2 * (1 + 10 * sin(pi * v + 1) ** 2) for v in w[:-1])
        + (w[-1] - 1) ** 2 * (1 + sin(2 * pi * w[-1]) ** 2)
    )


@problem(
    "powell-singular", [(-4, 5)], lambda n: [3.0, -1.0, 0.0, 1.0] * (n // 4),
    lambda n: [[0] * n], (4, 8),
)
def powell_singular(x):
    groups = [x[k : k + 4] for k in range(0, len(x), 4)]
    return squares([
        r for a, b, c, e in groups
        for r in (a + 10 * b, mp.sqrt(5) * (c - e), (b - 2 * c) ** 2, mp.sqrt(10) * (a - e) ** 2)
    ])


@problem(
    "wood", [(-4, 4)], lambda n: [-3.0, -1.0, -3.0, -1.0] * (n // 4), lambda n: [[1] * n], (4, 8)
)
def wood(x):
    groups = [x[k : k + 4] for k in range(0, len(x), 4)]
    return squares([
        r for a, b, c, e in groups
        for r in (
            10 * (b - a**2), 1 - a, mp.sqrt(90) * (e - c**2), 1 - c, mp.sqrt(10) * (b + e - 2),
            (b - e) / mp.sqrt(10),
        )
    ])


# MARK: Moré, Garbow and Hillstrom, any dimension


@problem(
    "penalty-1", [(-5, 5)], lambda n: [float(j) for j in range(1, n + 1)],
    lambda n: [({4: 0.25, 8: 0.177}[n],) * n], (4, 8),
)
def penalty_1(x):
    a = d("1e-5")
    return squares([mp.sqrt(a) * (v - 1) for v in x] + [squares(x) - d("0.25")])


@problem(
    "penalty-2", [(-2, 2)], everywhere(0.5),
    lambda n: [{4: (0.19999933, 0.19131671, 0.48010149, 0.51884365)}[n]] if n == 4 else [], (4, 8),
)
def penalty_2(x):
    n, a = len(x), d("1e-5")
    y = [mp.exp(d(i) / 10) + mp.exp(d(i - 1) / 10) for i in range(1, n + 1)]
    r = [x[0] - d("0.2")]
    r += [mp.sqrt(a) * (exp(x[i] / 10) + exp(x[i - 1] / 10) - y[i]) for i in range(1, n)]
    r += [mp.sqrt(a) * (exp(x[i] / 10) - mp.exp(d("-0.1"))) for i in range(1, n)]
    r += [sum((n - j) * x[j] ** 2 for j in range(n)) - 1]
    return squares(r)


@problem(
    "variably-dimensioned", [(-1, 3)], lambda n: [1 - j / n for j in range(1, n + 1)],
    lambda n: [[1] * n], FAMILY,
)
def variably_dimensioned(x):
    s = sum(j * (v - 1) for j, v in enumerate(x, 1))
    return squares([v - 1 for v in x] + [s, s**2])


@problem("trigonometric", [(-3, 3)], lambda n: [1 / n] * n, lambda n: [[0] * n], FAMILY)
def trigonometric(x):
    n, s = len(x), sum(cos(v) for v in x)
    return squares([n - s + i * (1 - cos(v)) - sin(v) for i, v in enumerate(x, 1)])


@problem(
    "brown-almost-linear", [(-2, 3)], everywhere(0.5),
    lambda n: [[1] * n] + ([[d("0.5"), 2]] if n == 2 else []), FAMILY,
)
def brown_almost_linear(x):
    n, s = len(x), sum(x)
    return squares([v + s - (n + 1) for v in x[:-1]] + [product(x) - 1])


def grid(n):
    return [j / (n + 1) for j in range(1, n + 1)]


# The boundary value problem and the integral equation have the same solutions.
DISCRETE = {2: (-0.1285, -0.1588), 5: (-0.0750, -0.1319, -0.1648, -0.1646, -0.1174)}


@problem(
    "discrete-boundary-value", [(-1, 1)], lambda n: [t * (t - 1) for t in grid(n)],
    lambda n: [DISCRETE[n]], FAMILY,
)
def discrete_boundary_value(x):
    n = len(x)
    h = 1 / d(n + 1)
    z = [0] + list(x) + [0]
    return squares([
        2 * z[i] - z[i - 1] - z[i + 1] + h**2 * (z[i] + i * h + 1) ** 3 / 2
        for i in range(1, n + 1)
    ])


@problem(
    "discrete-integral-equation", [(-1, 1)], lambda n: [t * (t - 1) for t in grid(n)],
    lambda n: [DISCRETE[n]], FAMILY,
)
def discrete_integral_equation(x):
    n = len(x)
    h = 1 / d(n + 1)
    t = [(i + 1) * h for i in range(n)]
    cube = [(x[i] + t[i] + 1) ** 3 for i in range(n)]
    residuals = []
    for i in range(n):
        below = sum(t[j] * cube[j] for j in range(i + 1))
        above = sum((1 - t[j]) * cube[j] for j in range(i + 1, n))
        residuals.append(x[i] + h * ((1 - t[i]) * below + t[i] * above) / 2)
    return squares(residuals)


@problem(
    "broyden-tridiagonal", [(-2, 2)], everywhere(-1.0),
    lambda n: [{2: (-0.45, -0.38), 5: (-0.5648, -0.6663, -0.6609, -0.5951, -0.4162)}[n]], FAMILY,
)
def broyden_tridiagonal(x):
    z = [0] + list(x) + [0]
    return squares([
        (3 - 2 * z[i]) * z[i] - z[i - 1] - 2 * z[i + 1] + 1 for i in range(1, len(x) + 1)
    ])


@problem(
    "broyden-banded", [(-2, 2)], everywhere(-1.0),
    lambda n: [{2: (-0.4273, -0.4273),
                8: (-0.4283, -0.4766, -0.5197, -0.5581, -0.5925, -0.6245, -0.6241, -0.5900)}[n]],
    (2, 8),
)
def broyden_banded(x):
    n = len(x)
    residuals = []
    for i in range(n):
        band = [j for j in range(max(0, i - 5), min(n - 1, i + 1) + 1) if j != i]
        residuals.append(x[i] * (2 + 5 * x[i] ** 2) + 1 - sum(x[j] * (1 + x[j]) for j in band))
    return squares(residuals)


# The three linear ones with m = 2n residuals.


@problem("linear-full-rank", [(-5, 5)], everywhere(1.0), lambda n: [[-1] * n], FAMILY)
def linear_full_rank(x):
    n, m = len(x), 2 * len(x)
    s = sum(x) * 2 / m
    return squares([v - s - 1 for v in x] + [-s - 1] * (m - n))


def rank_one_minimum(n):
    weight = 3 / d(4 * n + 1) / sum(j**2 for j in range(1, n + 1))
    return [[j * weight for j in range(1, n + 1)]]


@problem("linear-rank-one", [(-5, 5)], everywhere(1.0), rank_one_minimum, FAMILY)
def linear_rank_one(x):
    s = sum(j * v for j, v in enumerate(x, 1))
    return squares([i * s - 1 for i in range(1, 2 * len(x) + 1)])


def rank_one_zeros_minimum(n):
    weight = 3 / d(4 * n - 3) / sum(j**2 for j in range(2, n))
    return [[0] + [j * weight for j in range(2, n)] + [0]]


@problem("linear-rank-one-zeros", [(-5, 5)], everywhere(1.0), rank_one_zeros_minimum, (3, 5))
def linear_rank_one_zeros(x):
    n, m = len(x), 2 * len(x)
    s = sum(j * x[j - 1] for j in range(2, n))
    return squares([s * 0 - 1] + [(i - 1) * s - 1 for i in range(2, m)] + [s * 0 - 1])


@problem(
    "chebyquad", [(0, 1)], lambda n: [j / (n + 1) for j in range(1, n + 1)],
    lambda n: [{2: (0.2113, 0.7887), 5: (0.0838, 0.3127, 0.5, 0.6873, 0.9162)}[n]], FAMILY,
)
def chebyquad(x):
    n = len(x)
    before, now = [1] * n, [2 * v - 1 for v in x]
    residuals = []
    for i in range(1, n + 1):
        integral = 0 if i % 2 else -1 / d(i**2 - 1)
        residuals.append(sum(now) / n - integral)
        before, now = now, [2 * (2 * v - 1) * b - a for v, a, b in zip(x, before, now)]
    return squares(residuals)


WATSON = {
    6: (-0.015725, 1.012435, -0.232992, 1.260430, -1.513729, 0.992996),
    9: (-1.53e-5, 0.99979, 0.014764, 0.146342, 1.000821, -2.617731, 4.104403, -3.143612, 1.052627),
}


@problem("watson", [(-2, 2)], everywhere(0.0), lambda n: [WATSON[n]], (6, 9))
def watson(x):
    n = len(x)
    r = [x[0], x[1] - x[0] ** 2 - 1]
    for i in range(1, 30):
        t = d(i) / 29
        slope = sum((j - 1) * x[j - 1] * t ** (j - 2) for j in range(2, n + 1))
        r.append(slope - sum(x[j - 1] * t ** (j - 1) for j in range(1, n + 1)) ** 2 - 1)
    return squares(r)


# MARK: Moré, Garbow and Hillstrom, fixed dimension


@problem(
    "helical-valley", [(0.5, 2), (-1, 1), (-1, 1)], lambda n: [-1.0, 0.0, 0.0],
    lambda n: [[1, 0, 0]], sizes=(3,),
)
def helical_valley(p):
    x, y, z = p
    theta = atan(y / x) / (2 * pi)
    if x.value < 0:  # on the half of it where this is atan2
        theta = theta + d("0.5")
    return squares([10 * (z - 10 * theta), 10 * (sqrt(x**2 + y**2) - 1), z])


@problem(
    "bard", [(0, 2), (0.5, 3), (0.5, 3)], everywhere(1.0), lambda n: [(0.08241, 1.1330, 2.3437)],
    sizes=(3,),
)
def bard(x):
    y = "0.14 0.18 0.22 0.25 0.29 0.32 0.35 0.39 0.37 0.58 0.73 0.96 1.34 2.10 4.39".split()
    r = []
    for u in range(1, 16):
        v, w = 16 - u, min(u, 16 - u)
        r.append(d(y[u - 1]) - (x[0] + u / (v * x[1] + w * x[2])))
    return squares(r)


@problem(
    "gaussian", [(0, 1), (0, 2), (-1, 1)], lambda n: [0.4, 1.0, 0.0],
    lambda n: [(0.398956, 1.0000190, 0.0)], sizes=(3,),
)
def gaussian(x):
    y = "0.0009 0.0044 0.0175 0.0540 0.1295 0.2420 0.3521 0.3989".split()
    y = y + y[-2::-1]
    return squares([
        x[0] * exp(-x[1] * (d(8 - i) / 2 - x[2]) ** 2 / 2) - d(y[i - 1]) for i in range(1, 16)
    ])


@problem(
    "meyer", [(0, 0.03), (3000, 8000), (200, 400)], lambda n: [0.02, 4000.0, 250.0],
    lambda n: [(0.0056096, 6181.3463, 345.22363)], sizes=(3,),
)
def meyer(x):
    y = [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744,
         8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872]
    return squares([x[0] * exp(x[1] / (45 + 5 * i + x[2])) - y[i - 1] for i in range(1, 17)])


# With the minus sign that the print of 1981 lost: |yᵢ − x₂|.
@problem(
    "gulf", [(0.1, 100), (0, 25.6), (0, 3)], lambda n: [5.0, 2.5, 0.15],
    lambda n: [[50, 25, d("1.5")]], sizes=(3,),
)
def gulf(x):
    r = []
    for i in range(1, 100):
        t = d(i) / 100
        y = 25 + (-50 * mp.log(t)) ** (d(2) / 3)
        r.append(exp(-(absolute(y - x[1]) ** x[2]) / x[0]) - t)
    return squares(r)


@problem(
    "box-3d", [(-2, 20)], lambda n: [0.0, 10.0, 20.0], lambda n: [[1, 10, 1], [10, 1, -1]],
    sizes=(3,),
)
def box_3d(x):
    times = [d(i) / 10 for i in range(1, 11)]
    return squares([
        exp(-t * x[0]) - exp(-t * x[1]) - x[2] * (mp.exp(-t) - mp.exp(-10 * t)) for t in times
    ])


@problem(
    "kowalik-osborne", [(0, 1)], lambda n: [0.25, 0.39, 0.415, 0.39],
    lambda n: [(0.192807, 0.191282, 0.123057, 0.136062)], sizes=(4,),
)
def kowalik_osborne(x):
    y = "0.1957 0.1947 0.1735 0.1600 0.0844 0.0627 0.0456 0.0342 0.0323 0.0235 0.0246".split()
    u = "4 2 1 0.5 0.25 0.167 0.125 0.1 0.0833 0.0714 0.0625".split()
    return squares([
        d(v) - x[0] * (d(t) ** 2 + d(t) * x[1]) / (d(t) ** 2 + d(t) * x[2] + x[3])
        for v, t in zip(y, u)
    ])


@problem(
    "brown-dennis", [(-25, 25)], lambda n: [25.0, 5.0, -5.0, -1.0],
    lambda n: [(-11.59444, 13.20363, -0.403439, 0.236779)], sizes=(4,),
)
def brown_dennis(x):
    times = [d(i) / 5 for i in range(1, 21)]
    return squares([
        (x[0] + t * x[1] - mp.exp(t)) ** 2 + (x[2] + x[3] * mp.sin(t) - mp.cos(t)) ** 2
        for t in times
    ])


OSBORNE_1 = """
0.844 0.908 0.932 0.936 0.925 0.908 0.881 0.850 0.818 0.784 0.751 0.718 0.685 0.658 0.628 0.603
0.580 0.558 0.538 0.522 0.506 0.490 0.478 0.467 0.457 0.448 0.438 0.431 0.424 0.420 0.414 0.411
0.406
"""


@problem(
    "osborne-1", [(0, 1), (1, 3), (-3, 0), (0, 0.05), (0, 0.05)],
    lambda n: [0.5, 1.5, -1.0, 0.01, 0.02],
    lambda n: [(0.3754100, 1.9358469, -1.4646871, 0.01286753, 0.02212270)], sizes=(5,),
)
def osborne_1(x):
    return squares([
        d(y) - (x[0] + x[1] * exp(-10 * i * x[3]) + x[2] * exp(-10 * i * x[4]))
        for i, y in enumerate(OSBORNE_1.split())
    ])


@problem(
    "biggs-exp6", [(0, 20)], lambda n: [1.0, 2.0, 1.0, 1.0, 1.0, 1.0],
    lambda n: [[1, 10, 1, 5, 4, 3], [4, 10, 3, 5, 1, 1]], sizes=(6,),
)
def biggs_exp6(x):
    r = []
    for i in range(1, 14):
        t = d(i) / 10
        y = mp.exp(-t) - 5 * mp.exp(-10 * t) + 3 * mp.exp(-4 * t)
        r.append(x[2] * exp(-t * x[0]) - x[3] * exp(-t * x[1]) + x[5] * exp(-t * x[4]) - y)
    return squares(r)


OSBORNE_2 = """
1.366 1.191 1.112 1.013 0.991 0.885 0.831 0.847 0.786 0.725 0.746 0.679 0.608 0.655 0.616 0.606
0.602 0.626 0.651 0.724 0.649 0.649 0.694 0.644 0.624 0.661 0.612 0.558 0.533 0.495 0.500 0.423
0.395 0.375 0.372 0.391 0.396 0.405 0.428 0.429 0.523 0.562 0.607 0.653 0.672 0.708 0.633 0.668
0.645 0.632 0.591 0.559 0.597 0.625 0.739 0.710 0.729 0.720 0.636 0.581 0.428 0.292 0.162 0.098
0.054
"""


@problem(
    "osborne-2", [(0, 2)] * 5 + [(0, 8)] * 6,
    lambda n: [1.3, 0.65, 0.65, 0.7, 0.6, 3.0, 5.0, 7.0, 2.0, 4.5, 5.5],
    lambda n: [(1.309977, 0.431554, 0.633662, 0.599430, 0.754183, 0.904289, 1.365812, 4.823699,
                2.398685, 4.568875, 5.675341)], sizes=(11,),
)
def osborne_2(x):
    r = []
    for i, y in enumerate(OSBORNE_2.split()):
        t = d(i) / 10
        bells = sum(x[k] * exp(-((t - x[k + 7]) ** 2) * x[k + 4]) for k in (1, 2, 3))
        r.append(d(y) - (x[0] * exp(-t * x[4]) + bells))
    return squares(r)


# MARK: Tables


def polish(function, approximate):
    """Newton's method from a few digits to all of them."""
    point = mp.matrix(approximate)
    for _ in range(60):
        jet = evaluate(function, point)
        step = mp.lu_solve(mp.matrix(jet.hessian), mp.matrix(jet.gradient))
        point -= step
        if mp.norm(step) < mp.mpf(10) ** -50 * (1 + mp.norm(point)):
            break
    else:
        raise ArithmeticError("no convergence")
    moved = max(abs(a - b) for a, b in zip(point, approximate))
    assert moved < 1e-2 * max(1, mp.norm(point)), (approximate, point)
    return list(point)


def tidy(values):
    """Without what rounding leaves of exact zeros."""
    floor = max(map(abs, values)) * mp.mpf(10) ** -50
    return [mp.mpf(0) if abs(v) < floor else v for v in values]


def value_rows():
    for name, function, domain, start, _, sizes in PROBLEMS:
        for n in sizes:
            generator = random.Random(f"{name} {n}")
            ranges = domain if len(domain) > 1 else domain * n
            points = [[float(f"{generator.uniform(*r):.5g}") for r in ranges] for _ in range(3)]
            for point in points + [start(n)]:
                jet = evaluate(function, point)
                yield [
                    name, n, ";".join(map(repr, point)), text(jet.value),
                    ";".join(map(text, tidy(jet.gradient))),
                    ";".join(map(text, tidy([v for line in jet.hessian for v in line]))),
                ]


# What Moré, Garbow and Hillstrom give, where it is not 0.
PUBLISHED = {
    ("jennrich-sampson", 2): "124.362", ("bard", 3): "8.21487e-3", ("gaussian", 3): "1.12793e-8",
    ("meyer", 3): "87.9458", ("kowalik-osborne", 4): "3.07505e-4", ("brown-dennis", 4): "85822.2",
    ("osborne-1", 5): "5.46489e-5", ("osborne-2", 11): "4.01377e-2", ("watson", 6): "2.28767e-3",
    ("watson", 9): "1.39976e-6", ("penalty-1", 4): "2.24997e-5", ("penalty-2", 4): "9.37629e-6",
}


def minimum_rows():
    for name, function, _, _, minima, sizes in PROBLEMS:
        for n in sizes:
            for given in minima(n):
                point = polish(function, given) if isinstance(given, tuple) else given
                jet = evaluate(function, point)
                scale = max(1, max(abs(v) for line in jet.hessian for v in line))
                assert max(map(abs, jet.gradient)) < mp.mpf(10) ** -40 * scale, name
                assert min(mp.eigsy(mp.matrix(jet.hessian))[0]) > -mp.mpf(10) ** -40 * scale, name
                value = jet.value if abs(jet.value) > mp.mpf(10) ** -40 else mp.mpf(0)
                if (name, n) in PUBLISHED:
                    assert abs(value / d(PUBLISHED[name, n]) - 1) < 1e-5, name
                yield [name, n, ";".join(map(text, tidy(point))), text(value)]


# Ackley's function has a kink at its minimum, where no derivative can vanish; the drop wave is
# smooth, but written through a square root that is not.
UNPOLISHED = [
    ["drop-wave", 2, "0.0;0.0", "-1.0"],
    ["ackley", 2, "0.0;0.0", "0.0"],
    ["ackley", 5, "0.0;0.0;0.0;0.0;0.0", "0.0"],
]

if __name__ == "__main__":
    write(
        "library.csv", ["name", "dimension", "point", "f", "gradient", "hessian"], value_rows()
    )
    write(
        "library-minima.csv", ["name", "dimension", "minimiser", "minimum"],
        list(minimum_rows()) + UNPOLISHED,
    )
