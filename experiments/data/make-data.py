#!/usr/bin/env python3
"""Makes the tables of this folder: python3 make-data.py

Every table is the same on every machine: the random numbers are those of Python's Mersenne Twister by
random.random() alone, whose sequence is fixed by the seed.

line.csv    x, y        40 points of y = 0.5 + 2x with noise: which rates fit a line?
exam.csv    hours, sleep, passed    120 students; the chance to pass is sigmoid(1.2*hours + 0.5*sleep - 9),
                        so no line parts them and the best weights are finite
moons.csv   x, y, label 100 points of two half circles that hold each other, for a small tanh network
few.csv     a … g, y    4 rows for 7 weights: infinitely many of them fit without error
"""

import math
import pathlib
import random

folder = pathlib.Path(__file__).parent


def gauss(numbers):
    """A normal number, from twelve uniform ones: no function of the machine's library in it."""
    return sum(numbers.random() for _ in range(12)) - 6


def write(name, columns, rows):
    lines = [",".join(columns)] + [",".join(f"{v:.4g}" for v in row) for row in rows]
    (folder / name).write_text("\n".join(lines) + "\n", newline="\n")


numbers = random.Random(1)
xs = [i / 10 for i in range(40)]
write("line.csv", ["x", "y"], [(x, round(0.5 + 2 * x + 0.6 * gauss(numbers), 2)) for x in xs])

numbers = random.Random(2)
rows = []
for _ in range(120):
    hours, sleep = round(8 * numbers.random(), 1), round(4 + 5 * numbers.random(), 1)
    chance = 1 / (1 + math.exp(9 - 1.2 * hours - 0.5 * sleep))
    rows.append((hours, sleep, int(numbers.random() < chance)))
write("exam.csv", ["hours", "sleep", "passed"], rows)

numbers = random.Random(3)
rows = []
for i in range(100):
    angle = math.pi * (i // 2 + 0.5) / 50
    x, y = (math.cos(angle), math.sin(angle)) if i % 2 else (1 - math.cos(angle), 0.5 - math.sin(angle))
    rows.append((x + 0.12 * gauss(numbers), y + 0.12 * gauss(numbers), i % 2))
write("moons.csv", ["x", "y", "label"], [(round(x, 2), round(y, 2), k) for x, y, k in rows])

numbers = random.Random(4)
rows = [[round(2 * numbers.random() - 1, 2) for _ in range(8)] for _ in range(4)]
write("few.csv", [*"abcdefg", "y"], rows)
