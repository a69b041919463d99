"""What others take for the same work: polars for a table of traces, matplotlib for a contour plot.

Prints seconds, one line each. Needs: pip install polars matplotlib numpy
"""

import os
import statistics
import sys
import tempfile
import time


def median_time(rounds, work):
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times[1:])


def traces(path):
    """Writes the table at a path again, with all cores."""
    import polars

    table = polars.read_csv(path)
    with tempfile.TemporaryDirectory() as folder:
        print(f"rows {table.height} columns {table.width}", file=sys.stderr)
        return median_time(4, lambda: table.write_csv(os.path.join(folder, "copy.csv")))


def figure():
    """A filled contour plot of 20 levels with labels, 1080 x 900, as a PNG."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as pyplot
    import numpy

    x, y = numpy.meshgrid(numpy.linspace(-2, 8, 400), numpy.linspace(-1, 9, 400))

    def draw():
        z = numpy.sin(x) ** 2 + numpy.sin(10 + x * y / 2) * numpy.cos(x)
        sheet, axes = pyplot.subplots(figsize=(7.2, 6), dpi=150)
        fill = axes.contourf(x, y, z, 20)
        lines = axes.contour(x, y, z, levels=fill.levels, colors="k", linewidths=0.5)
        axes.clabel(lines, fontsize=8)
        sheet.colorbar(fill)
        with tempfile.TemporaryDirectory() as folder:
            sheet.savefig(os.path.join(folder, "contour.png"))
        pyplot.close(sheet)

    return median_time(6, draw)


if __name__ == "__main__":
    print(traces(sys.argv[2]) if sys.argv[1] == "traces" else figure())
