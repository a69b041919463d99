#!/usr/bin/env python3
"""Makes functions.csv and matrices.csv: the truth that the kernels are tested against.

Needs mpmath. Numbers are written so that they read back to the same double.
"""

import csv
import math
import random
from fractions import Fraction
from pathlib import Path

import mpmath as mp

mp.mp.dps = 50
random.seed(20240917)
here = Path(__file__).parent


def signed(low, high):
    return lambda: random.choice([-1, 1]) * math.ldexp(random.uniform(0.5, 1), random.randint(low, high))


def positive(low, high):
    return lambda: math.ldexp(random.uniform(0.5, 1), random.randint(low, high))


def uniform(low, high):
    return lambda: random.uniform(low, high)


def lgamma(x):
    return mp.log(abs(mp.gamma(x))) if x < 0 else mp.loggamma(x)


# Function: truth, ranges of each argument.
UNARY = {
    "sin": (mp.sin, [signed(-1070, 4), uniform(-40, 40), signed(4, 1024)]),
    "cos": (mp.cos, [signed(-1070, 4), uniform(-40, 40), signed(4, 1024)]),
    "tan": (mp.tan, [signed(-1020, 4), uniform(-40, 40), signed(4, 1024)]),
    "asin": (mp.asin, [signed(-1020, 0), uniform(-1, 1)]),
    "acos": (mp.acos, [signed(-60, 0), uniform(-1, 1)]),
    "atan": (mp.atan, [signed(-1020, 1024), uniform(-4, 4)]),
    "sinh": (mp.sinh, [signed(-1020, 9), uniform(-40, 40), uniform(708, 710.47), uniform(-710.47, -708)]),
    "cosh": (mp.cosh, [signed(-60, 9), uniform(-40, 40), uniform(708, 710.47)]),
    "tanh": (mp.tanh, [signed(-1020, 9), uniform(-20, 20)]),
    "asinh": (mp.asinh, [signed(-1020, 10), signed(10, 520), signed(500, 1024)]),
    "acosh": (mp.acosh, [uniform(1, 1.001), uniform(1, 50), positive(10, 520), positive(500, 1024)]),
    "atanh": (mp.atanh, [signed(-1020, 0), uniform(-1, 1)]),
    "exp": (mp.exp, [signed(-60, 9), uniform(-708, 709.7), uniform(-745, -700)]),
    "expm1": (mp.expm1, [signed(-1020, 2), uniform(-50, 709.7)]),
    "exp2": (lambda x: mp.mpf(2) ** x, [signed(-60, 9), uniform(-1022, 1023.9), uniform(-1074, -1020)]),
    "exp10": (lambda x: mp.mpf(10) ** x, [signed(-60, 8), uniform(-307, 308.2), uniform(-323, -306)]),
    "log": (mp.log, [positive(-1073, 1024), uniform(0.5, 2)]),
    "log1p": (mp.log1p, [signed(-1020, -1), positive(0, 1024), uniform(-1, -0.9)]),
    "log2": (lambda x: mp.log(x) / mp.log(2), [positive(-1073, 1024), uniform(0.5, 2)]),
    "log10": (mp.log10, [positive(-1073, 1024), uniform(0.5, 2)]),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), [signed(-1073, 1024), uniform(-10, 10)]),
    "erf": (mp.erf, [signed(-1010, 3), uniform(-4, 4)]),
    "erfc": (mp.erfc, [signed(-60, 2), uniform(-6, 6), uniform(6, 26)]),
    "lgamma": (lgamma, [uniform(0, 3), uniform(3, 200), positive(-1000, 900)]),
    "tgamma": (mp.gamma, [uniform(0, 5), uniform(5, 171.6), uniform(-170, 0), signed(-1020, -10)]),
}
BINARY = {
    "atan2": (mp.atan2, [(uniform(-5, 5), uniform(-5, 5)), (signed(-500, 500), signed(-500, 500))]),
    "power": (
        lambda x, y: x**y,
        [(uniform(0, 10), uniform(-20, 20)), (positive(-300, 300), uniform(-3, 3)),
         (uniform(0.99, 1.01), uniform(-30000, 30000)), (uniform(-9, 0), lambda: float(random.randint(-30, 30)))],
    ),
    "hypot": (mp.hypot, [(uniform(-5, 5), uniform(-5, 5)), (signed(-1000, 1000), signed(-1000, 1000)),
                         (signed(990, 1023), signed(990, 1023))]),
}

# What the limits are; -0 is told from 0.
INF, NAN = math.inf, math.nan
EDGES = [
    ("sin", 0.0, 0.0), ("sin", -0.0, -0.0), ("sin", INF, NAN), ("cos", 0.0, 1.0), ("cos", -INF, NAN), ("sin", NAN, NAN),
    ("tan", -0.0, -0.0), ("tan", INF, NAN), ("asin", 1.0, math.pi / 2), ("asin", 1.0000000000000002, NAN),
    ("acos", 1.0, 0.0), ("acos", 1.0000000000000002, NAN), ("acos", -1.0, math.pi), ("acos", NAN, NAN),
    ("atan", INF, math.pi / 2), ("atan", -INF, -math.pi / 2), ("atan", -0.0, -0.0),
    ("sinh", INF, INF), ("sinh", -INF, -INF), ("sinh", 711.0, INF), ("sinh", -711.0, -INF), ("sinh", NAN, NAN), ("sinh", -0.0, -0.0),
    ("cosh", -INF, INF), ("cosh", 711.0, INF), ("cosh", NAN, NAN), ("cosh", 0.0, 1.0),
    ("tanh", INF, 1.0), ("tanh", -INF, -1.0), ("tanh", 1e300, 1.0), ("asinh", INF, INF), ("asinh", -INF, -INF), ("asinh", NAN, NAN),
    ("asinh", -0.0, -0.0), ("acosh", 1.0, 0.0), ("acosh", 0.9999999999999999, NAN), ("acosh", INF, INF), ("acosh", -INF, NAN),
    ("acosh", -1e300, NAN), ("atanh", 1.0, INF), ("atanh", -1.0, -INF), ("atanh", 1.0000000000000002, NAN),
    ("exp", 0.0, 1.0), ("exp", -INF, 0.0), ("exp", INF, INF), ("exp", 710.0, INF), ("exp", -800.0, 0.0), ("exp", NAN, NAN),
    ("expm1", -0.0, -0.0), ("expm1", -INF, -1.0), ("expm1", INF, INF), ("exp2", 1024.0, INF), ("exp2", 10.0, 1024.0), ("exp10", 309.0, INF),
    ("exp10", 2.0, 100.0), ("log", 0.0, -INF), ("log", -0.0, -INF), ("log", -1.0, NAN), ("log", INF, INF), ("log", 1.0, 0.0), ("log", NAN, NAN),
    ("log1p", -1.0, -INF), ("log1p", -1.5, NAN), ("log1p", -0.0, -0.0), ("log1p", INF, INF), ("log2", 8.0, 3.0), ("log2", 0.0, -INF),
    ("log2", -2.0, NAN), ("log10", 1000.0, 3.0), ("log10", 0.0, -INF), ("log10", -2.0, NAN), ("cbrt", -27.0, -3.0), ("cbrt", -0.0, -0.0),
    ("cbrt", -INF, -INF), ("erf", INF, 1.0), ("erf", -INF, -1.0), ("erf", 0.0, 0.0), ("erfc", INF, 0.0), ("erfc", -INF, 2.0), ("erfc", 0.0, 1.0),
    ("lgamma", 1.0, 0.0), ("lgamma", 2.0, 0.0), ("lgamma", 0.0, INF), ("lgamma", -1.0, INF), ("lgamma", INF, INF),
    ("tgamma", 5.0, 24.0), ("tgamma", -1.0, NAN), ("tgamma", INF, INF), ("tgamma", 172.0, INF),
]
BINARY_EDGES = [
    ("atan2", 0.0, -1.0, math.pi), ("atan2", -0.0, -1.0, -math.pi), ("atan2", 0.0, 0.0, 0.0), ("atan2", 1.0, 0.0, math.pi / 2),
    ("atan2", INF, INF, math.pi / 4), ("atan2", NAN, 1.0, NAN),
    ("power", 2.0, 10.0, 1024.0), ("power", 0.0, 0.0, 1.0), ("power", NAN, 0.0, 1.0), ("power", -8.0, 0.5, NAN), ("power", 0.0, -1.0, INF),
    ("power", 0.0, 2.5, 0.0), ("power", INF, -1.0, 0.0), ("power", 10.0, 400.0, INF),
    ("hypot", 3.0, 4.0, 5.0), ("hypot", INF, NAN, INF), ("hypot", 0.0, 0.0, 0.0), ("hypot", 1.7e308, 1.7e308, INF),
]


def split(truth):
    """The nearest double, and what remains of the truth."""
    value = float(truth)
    return value, float(truth - mp.mpf(value))


def is_normal(value):
    return math.isfinite(value) and abs(value) >= 2.0**-1022


def write_functions():
    with open(here / "functions.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["function", "x", "y", "value", "remainder"])
        for name, x, value in EDGES:
            out.writerow([name, x, "", value, 0.0])
        for name, x, y, value in BINARY_EDGES:
            out.writerow([name, x, y, value, 0.0])
        for name, (truth, ranges) in UNARY.items():
            for draw in ranges:
                for _ in range(35):
                    x = draw()
                    value, remainder = split(mp.mpf(truth(mp.mpf(x))))
                    if is_normal(value):
                        out.writerow([name, x, "", value, remainder])
        for name, (truth, ranges) in BINARY.items():
            for draw_x, draw_y in ranges:
                for _ in range(35):
                    x, y = draw_x(), draw_y()
                    value, remainder = split(mp.mpf(truth(mp.mpf(x), mp.mpf(y))))
                    if is_normal(value):
                        out.writerow([name, x, y, value, remainder])


def exact(fraction):
    return mp.mpf(fraction.numerator) / mp.mpf(fraction.denominator)


def describe(a, b, c, g0, g1):
    """The row of a matrix [[a, b], [b, c]] and a gradient, None where the rule is on the edge."""
    A, B, C, G0, G1 = map(Fraction, (a, b, c, g0, g1))
    determinant = exact(A * C - B * B)
    mean, radius = exact((A + C) / 2), mp.hypot(exact((A - C) / 2), exact(B))
    dominant = mean - radius if mean < 0 else mean + radius
    other = determinant / dominant if dominant else mp.mpf(0)
    rank = 2
    x = y = mp.nan
    status = 0
    threshold = 2 * mp.mpf(2) ** -52 * abs(dominant)
    if dominant == 0:
        rank = 0
        if g0 == 0 and g1 == 0:
            x = y = mp.mpf(0)
        else:
            status = 1
    elif abs(other) <= threshold:
        if abs(other) > threshold / 2:
            return None
        rank = 1
        u = (exact(A) - other, exact(B)) if abs(a) > abs(c) else (exact(B), exact(C) - other)
        norm = mp.hypot(*u)
        u = (u[0] / norm, u[1] / norm)
        along = u[0] * exact(G0) + u[1] * exact(G1)
        across = abs(u[0] * exact(G1) - u[1] * exact(G0))
        bound = mp.mpf("1e-8") * mp.hypot(exact(G0), exact(G1))
        if bound / 2 < across < 2 * bound:
            return None
        if across <= bound:
            x, y = -along / dominant * u[0], -along / dominant * u[1]
        else:
            status = 1
    else:
        if abs(other) < 2 * threshold:
            return None
        D = A * C - B * B
        x, y = exact((B * G1 - C * G0) / D), exact((B * G0 - A * G1) / D)
    low, high = min(dominant, other), max(dominant, other)
    return [a, b, c, g0, g1, float(determinant), float(low), float(high), rank, float(x), float(y), status]


def matrices():
    yield from [
        (0.0, 0.0, 2.0, 0.0, 3.0), (0.0, 0.0, 2.0, 1.0, 3.0), (0.0, 0.0, -2.0, 0.0, 3.0), (2.0, 0.0, 0.0, 5.0, 0.0),
        (0.0, 0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0, 0.0), (1.0, 1.0, 1.0, 2.0, 2.0), (1.0, 1.0, 1.0, 2.0, -2.0),
        (1.0, -1.0, 1.0, 2.0, -2.0), (1.0, 2.0, 4.0, 3.0, 6.0), (0.0, 1.0, 0.0, 2.0, 3.0), (1.0, 0.0, -1.0, 2.0, 3.0),
        (2.0, 1.0, 2.0, 0.0, 0.0), (1.0, 1.0, 1.0, 0.0, 0.0), (1e200, 0.0, 1e-200, 1.0, 0.0), (1e200, 0.0, 1e-200, 1.0, 1.0),
        (1e200, 1e200, 1e200, 1.0, 1.0), (1e-200, 1e-200, 1e-200, 1.0, 1.0), (1e-200, 0.0, 2e-200, 1e-200, 1e-200),
        (1e200, 1e199, 2e200, 1e200, -1e200), (1e308, 0.0, 1e308, 1e300, 1e300), (1e308, 1e308, 1e308, 1e300, 1e300),
        (1e-310, 0.0, 1e-310, 1e-310, 2e-310), (5e-324, 0.0, 5e-324, 5e-324, 0.0), (3.0, 0.0, 5.0, 7.0, 0.0), (3.0, 0.0, 5.0, 0.0, 1e-300),
        (1e-300, 1.0, 1e-300, 1e-300, 1.0), (1.0, 1e-170, 1e-320, 1.0, 0.0), (1.0, 1e-170, 1e-320, 1.0, 1.0),
        (7.0, 0.0, 7.0, 1e300, 1e-300), (0.0, 1e-250, 0.0, 1e-300, 1e-280),
    ]
    general = signed(-4, 4)
    for _ in range(60):
        yield tuple(general() for _ in range(5))
    for scale in (200 / math.log10(2), -200 / math.log10(2)):
        for _ in range(30):
            s = math.ldexp(1.0, round(scale))
            t = math.ldexp(1.0, random.randint(-300, 300))
            yield general() * s, general() * s, general() * s, general() * t, general() * t
    for _ in range(60):
        yield tuple(signed(-1000, 1000)() for _ in range(5))
    for low in (-60, -45, -30, -15):  # nearly singular
        for _ in range(20):
            a, b = general(), general()
            yield a, b, b * b / a * (1 + signed(low, low)()), general(), general()
    for scale in (0, 660, -660):  # singular, the gradient in or out of its range
        for _ in range(20):
            u, v, s = random.randint(-999, 999), random.randint(-999, 999), math.ldexp(random.choice([-1, 1]), scale)
            out = random.choice([0, 1e-13, 1e-10, 1e-3])
            yield s * u * u, s * u * v, s * v * v, 3.0 * u - out * v, 3.0 * v + out * u


def write_matrices():
    with open(here / "matrices.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("a b c g0 g1 determinant minimum maximum rank x y status".split())
        for matrix in matrices():
            row = describe(*map(float, matrix))
            if row:
                out.writerow(row)


write_functions()
write_matrices()
