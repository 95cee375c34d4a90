"""Measures what running a function in a worker costs, next to a bare loop in this process.

    python benchmarks/run_functions.py [ROWS]

Prints rows a second of a Python, a keyword, a regex and a SQL function through LocalExecutor, the
ratio to a loop without rows, labels, limits or processes, and how long a preview of 200 rows takes
from a warm and from a cold start. A query answers for all rows, also in a preview.
"""

import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.kinds.keyword import KeywordParameters
from labeling.kinds.regex import RegexParameters
from labeling.runs import Job

CLASSES = ("ham", "spam")
WORDS = ("check out", "channel", "subscribe", *(f"word{number}" for number in range(80)))
PREVIEW_ROWS = 200
PREVIEWED = ("python", "sql")
WARM_UP_SECONDS = 2.0

PYTHON = "def f(x):\n    return 'spam' if 'subscribe' in x.text else None\n"
KEYWORD = KeywordParameters("text", ("subscribe", "channel", "check out"), "spam").to_source()
REGEX = RegexParameters("text", r"subscribe|my\s+channel", "spam").to_source()
SQL = "SELECT row_id, 'spam' AS label FROM rows WHERE contains(text, 'subscribe')"

_KEYWORD_RE = re.compile(r"(?<!\w)(?:subscribe|channel|check out)(?!\w)", re.IGNORECASE)
_REGEX_RE = re.compile(r"subscribe|my\s+channel", re.IGNORECASE)

Case = tuple[str, LabelingFunction, Callable[[str], object]]
CASES: tuple[Case, ...] = (
    ("python", LabelingFunction("f", "python", PYTHON), lambda text: "subscribe" in text),
    ("keyword", LabelingFunction("f", "keyword", KEYWORD), _KEYWORD_RE.search),
    ("regex", LabelingFunction("f", "regex", REGEX), _REGEX_RE.search),
    ("sql", LabelingFunction("f", "sql", SQL), lambda text: "subscribe" in text),
)


def main() -> None:
    """Run the benchmark."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.arrow"
        texts = write_rows(path, rows)
        for name, function, _ in CASES:
            if name in PREVIEWED:
                previews(Job(function, CLASSES, path, 0, min(PREVIEW_ROWS, rows)))
        print(f"\n{rows:,} rows     worker s   rows/s   bare loop s   ratio   overhead us/row")
        with LocalExecutor(workers=1) as executor:
            for name, function, hits in CASES:
                compare(executor, Job(function, CLASSES, path, 0, rows), name, hits, texts)


def write_rows(path: Path, rows: int) -> list[str]:
    """Write rows of short texts made with a fixed seed, and return the texts."""
    draws = np.random.default_rng(0).integers(len(WORDS), size=(rows, 8))
    texts = [f"{' '.join(WORDS[word] for word in draw)} {i}" for i, draw in enumerate(draws)]
    table = pa.table({"row_id": pa.array(range(rows), pa.int64()), "text": texts})
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table, max_chunksize=65_536)
    return texts


def previews(job: Job) -> None:
    """Print how long the first rows of a large file take."""
    name = f"{job.function.kind} preview of {job.stop} rows"
    began = time.perf_counter()
    with LocalExecutor(workers=1) as executor:
        executor.run(job)
        print(f"{name}, cold: {1000 * (time.perf_counter() - began):.0f} ms")
        time.sleep(WARM_UP_SECONDS)
        began = time.perf_counter()
        executor.run(job)
        print(f"{name}, warm: {1000 * (time.perf_counter() - began):.0f} ms")


def compare(
    executor: LocalExecutor, job: Job, name: str, hits: Callable[[str], object], texts: list[str]
) -> None:
    """Run one function both ways, check that the votes agree, and print the figures."""
    time.sleep(WARM_UP_SECONDS)
    began = time.perf_counter()
    bare = [1 if hits(text) else -1 for text in texts]
    bare_seconds = time.perf_counter() - began
    began = time.perf_counter()
    result = executor.run(job)
    seconds = time.perf_counter() - began
    assert result.complete and np.array_equal(result.votes, bare)
    overhead = 1e6 * (seconds - bare_seconds) / len(texts)
    print(
        f"{name:<12} {seconds:>12.2f} {len(texts) / seconds:>10,.0f} {bare_seconds:>11.2f} "
        f"{seconds / bare_seconds:>9.1f} {overhead:>12.2f}"
    )


if __name__ == "__main__":
    main()
