"""How long the label model takes after one function of many was edited.

    python benchmarks/refit.py [ROWS] [FUNCTIONS]

Each function votes on a tenth of the rows (default 1,000,000 rows, 50 functions). Prints the time
of the first fit and posterior, and the median and slowest of ten edits, each of another function:
with the default model, no gold, and nothing kept but what `labeling.models.running` keeps. After an
edit it settles, as the engine does when it has nothing else to do; of edits without a pause, it
does not.
"""

import statistics
import sys
import time

import numpy as np
import numpy.typing as npt

from labeling.models import DEFAULT_MODEL, MODELS
from labeling.models.running import RunningVotes
from labeling.votes import LabelMatrix, Votes

COVERAGE = 0.1
RIGHT = 0.75
EDITS = 10


def column(truth: npt.NDArray[np.int64], n_classes: int, seed: int) -> Votes:
    """Return one function's votes: right with RIGHT, else any class."""
    rng = np.random.default_rng(seed)
    votes = np.full(truth.size, -1, dtype=np.int8)
    fired = np.flatnonzero(rng.random(truth.size) < COVERAGE)
    right = rng.random(fired.size) < RIGHT
    votes[fired] = np.where(right, truth[fired], rng.integers(0, n_classes, fired.size))
    return votes


def refit(running: RunningVotes, matrix: LabelMatrix, n_classes: int) -> float:
    """Return the seconds from changed votes to the posterior of every row."""
    unknown = np.full(matrix.n_rows, -1, dtype=np.int64)
    started = time.perf_counter()
    running.update(matrix)
    fitted = MODELS[DEFAULT_MODEL](n_classes).fit_fires(running.fires(unknown))
    running.posterior(fitted, matrix)
    return time.perf_counter() - started


def main() -> None:
    """Print one table line for 2 and one for 10 classes."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    functions = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    print("| rows | functions | classes | first fit | one edit, median | slowest "
          "| without a pause, median | slowest |")  # fmt: skip
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    for n_classes in (2, 10):
        truth = np.random.default_rng(7).integers(0, n_classes, rows)
        matrix = LabelMatrix(
            {f"f{j}": column(truth, n_classes, 100 + j) for j in range(functions)}, rows
        )
        running = RunningVotes(rows, n_classes)
        first = refit(running, matrix, n_classes)
        shown = []
        for pause in (True, False):
            edits = []
            for i in range(EDITS):
                if pause:
                    running.settle()
                name = f"f{i % functions}"
                matrix = matrix.with_columns({name: column(truth, n_classes, 1_000 + i)})
                edits.append(refit(running, matrix, n_classes))
            shown += [statistics.median(edits), max(edits)]
        seconds = " | ".join(f"{1000 * one:.0f} ms" for one in shown)
        print(f"| {rows:,} | {functions} | {n_classes} | {first:.2f} s | {seconds} |")


if __name__ == "__main__":
    main()
