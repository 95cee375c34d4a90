"""How long it takes after an edit until labels are there, and until it is known how good they are.

    PYTHONPATH=. python benchmarks/judge.py

Votes are those of `benchmarks/refit.py`, with gold on GOLD_ROWS rows and the default model. Prints
processor time, which other work on the machine moves little: the least of EDITS edits, each of
another function.
"""

import time

import numpy as np

from benchmarks.refit import column
from labeling.evaluation import first_labels, judged_labels
from labeling.models.running import RunningVotes
from labeling.votes import LabelMatrix

SIZES = ((10_000, 10), (100_000, 50), (1_000_000, 50))
GOLD_ROWS = 200
EDITS = 9


def measured(rows: int, functions: int, n_classes: int) -> tuple[float, float]:
    """Return the least milliseconds of processor time to labels, and from there to figures."""
    rng = np.random.default_rng(7)
    truth = rng.integers(0, n_classes, rows)
    columns = {f"f{j}": column(truth, n_classes, 100 + j) for j in range(functions)}
    known = rng.choice(rows, GOLD_ROWS, replace=False)
    gold = np.full(rows, -1, dtype=np.int8)
    gold[known] = truth[known]
    running, report = RunningVotes(rows, n_classes), None
    fitting, judging = [], []
    for edit in range(EDITS + 1):
        columns[f"f{edit % functions}"] = column(truth, n_classes, 1_000 + edit)
        matrix = LabelMatrix(dict(columns), rows)
        started = time.process_time()
        first = first_labels(running, matrix, gold, "auto", 0, report)
        labelled = time.process_time()
        report = judged_labels(running, matrix, first).report
        fitting.append(1_000 * (labelled - started))
        judging.append(1_000 * (time.process_time() - labelled))
        running.settle()
    # The first one counts all functions.
    return min(fitting[1:]), min(judging[1:])


def main() -> None:
    """Print one table line for each size and 2 and 10 classes."""
    print("| rows | functions | classes | labels | how good they are |")
    print("|--:|--:|--:|--:|--:|")
    for rows, functions in SIZES:
        for n_classes in (2, 10):
            labels, figures = measured(rows, functions, n_classes)
            print(f"| {rows:,} | {functions} | {n_classes} | {labels:.0f} ms | {figures:.0f} ms |")


if __name__ == "__main__":
    main()
