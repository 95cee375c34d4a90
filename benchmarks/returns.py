"""Measures what noting the `return` of each answer costs a Python function.

    python benchmarks/returns.py [ROWS]

Prints nanoseconds a row, the median of five pairs of runs that alternate, and how long it takes to
store, read and count the numbers.
"""

import statistics
import sys
import tempfile
import time
import zlib
from pathlib import Path

import numpy as np

from benchmarks.run_functions import CLASSES, write_rows
from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.kinds.python import known_returns
from labeling.return_statistics import return_statistics
from labeling.runs import Job, RunResult

PAIRS = 5
SOURCE = """def f(x):
    if "subscribe" in x.text:
        return "spam"
    if "word1" in x.text:
        return "ham"
    return None
"""


def main() -> None:
    """Run the benchmark."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    function = LabelingFunction("f", "python", SOURCE)
    with tempfile.TemporaryDirectory() as folder, LocalExecutor(workers=1) as executor:
        path = Path(folder) / "rows.arrow"
        write_rows(path, rows)
        plain = Job(function, CLASSES, path, 0, rows)
        noting = Job(function, CLASSES, path, 0, rows, note_returns=True)
        executor.run(plain)
        pairs = [(executor.run(plain), executor.run(noting)) for _ in range(PAIRS)]
    costs = [1e9 * (noted.seconds - bare.seconds) / rows for bare, noted in pairs]
    seconds = statistics.median(bare.seconds for bare, _ in pairs)
    print(f"{rows:,} rows, {1e9 * seconds / rows:.0f} ns a row without noting")
    print(f"noting returns: {statistics.median(costs):.0f} ns a row ({min(costs):.0f} to "
          f"{max(costs):.0f})")  # fmt: skip
    _after(function, pairs[-1][1])


def _after(function: LabelingFunction, result: RunResult) -> None:
    """Print what storing and counting takes."""
    lines, codes = known_returns(function), result.returns
    assert lines is not None and codes is not None
    began = time.perf_counter()
    packed = zlib.compress(codes.tobytes(), 1)
    print(f"packed: {1000 * (time.perf_counter() - began):.0f} ms, {len(packed):,} bytes")
    gold = np.where(np.arange(codes.size) % 100 == 0, result.votes, -1).astype(np.int8)
    began = time.perf_counter()
    return_statistics(lines, codes, result.votes, gold)
    print(f"counted: {1000 * (time.perf_counter() - began):.0f} ms")


if __name__ == "__main__":
    main()
