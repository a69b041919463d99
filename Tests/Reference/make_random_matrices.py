#!/usr/bin/env python3
"""Writes random-matrices.csv, beside this file: what numpy makes of random symmetric matrices.

    python3 make_random_matrices.py

Needs numpy. A matrix is not stored: RandomMatricesTests.swift makes the same one, bit for bit, from
SplitMix64 with the seed n: the upper triangle row by row, then a vector, each number 53 bits between
-1 and 1, the entries times a power of two near sqrt(3/n), which keeps the eigenvalues between -2 and 2
or so and the determinant in range. Of longer results sixteen numbers are kept, evenly spread.
"""

import csv
import math
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = list(range(1, 21)) + [24, 31, 32, 33, 48, 63, 64, 65, 100, 127, 128, 129, 200, 256, 384, 512]
KEPT = 16


def numbers(seed):
    """SplitMix64, as numbers between -1 and 1."""
    mask = 2**64 - 1
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        z ^= z >> 31
        yield (z >> 11) * 2.0**-52 - 1


def problem(n):
    generator = numbers(n)
    scale = 2.0 ** math.floor(math.log2(3 / n) / 2)
    a = np.zeros((n, n))
    for i in range(n):
        for j in range(i, n):
            a[i, j] = a[j, i] = next(generator) * scale
    return a, np.array([next(generator) for _ in range(n)])


def spread(values):
    """All of up to sixteen values, or sixteen of them, the first and the last among them."""
    last = len(values) - 1
    kept = range(len(values)) if last < KEPT else [k * last // (KEPT - 1) for k in range(KEPT)]
    return ";".join(repr(float(values[k])) for k in kept)


def rows():
    for n in SIZES:
        a, v = problem(n)
        values, vectors = np.linalg.eigh(a)
        absolute = (vectors * abs(values)) @ vectors.T
        yield [
            n, repr(float(np.linalg.det(a))), repr(float(np.linalg.cond(a))), spread(values),
            spread(np.linalg.solve(a, v)), spread(absolute[np.triu_indices(n)]),
        ]


if __name__ == "__main__":
    with open(os.path.join(HERE, "random-matrices.csv"), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["size", "determinant", "condition", "eigenvalues", "solution", "absolute"])
        writer.writerows(rows())
