"""Our side of `benchmarks/engine.py`, in a process of its own: FOLDER ROWS FUNCTIONS.

Writes seconds and peak memory to FOLDER/own.json, and what Snorkel needs beside it.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import numpy as np

from benchmarks.engine_data import (
    CLASSES,
    pattern_function,
    pattern_text,
    python_source,
    words_of,
    write_rows,
)
from benchmarks.peers.jobs import peak_bytes
from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.live_counts import LiveCounts
from labeling.models import DEFAULT_MODEL, MODELS
from labeling.models.running import RunningVotes
from labeling.runs import Job
from labeling.votes import LabelMatrix, Votes

WARM_UP_SECONDS = 2.5
EDITS = 5
GOLD_EVERY = 50
T = TypeVar("T")


def main() -> None:
    """Measure one size."""
    folder, (n_rows, n_functions, share) = Path(sys.argv[1]), map(int, sys.argv[2:])
    # In a process of its own, whose memory is not the engine's.
    preparing = get_context("spawn").Process(
        target=prepare, args=(folder, n_rows, n_functions, share)
    )
    preparing.start()
    preparing.join()
    assert preparing.exitcode == 0
    found = json.loads((folder / "limits.json").read_text("utf-8"))
    gold = np.load(folder / "gold.npy")
    patterns = [pattern_function(i) for i in range(n_functions)]
    python = [
        LabelingFunction(f"python_{i}", "python", python_source(i)) for i in range(n_functions)
    ]
    with LocalExecutor(workers=2) as executor:
        executor.warm()
        run = Runs(executor, folder / "rows.arrow", n_rows)
        found["patterns"], columns = timed(lambda: run.all(patterns, 2), WARM_UP_SECONDS)
        found["python, 1 process"], _ = timed(lambda: run.all(python, 1), WARM_UP_SECONDS)
        found["python, 2 processes"], other = timed(lambda: run.all(python, 2), WARM_UP_SECONDS)
        np.save(folder / "python.npy", np.column_stack([*other.values()])[:share])
        del other
        matrix = LabelMatrix(columns, n_rows)
        np.save(folder / "votes.npy", np.asarray(matrix.votes))
        found |= votes_figures(matrix, gold, run)
    found["peak_bytes"] = peak_bytes()
    (folder / "own.json").write_text(json.dumps(found), "utf-8")


def prepare(folder: Path, n_rows: int, n_functions: int, share: int) -> None:
    """Write rows, gold, what Snorkel runs, and the limits."""
    texts, truth = write_rows(folder / "rows.arrow", n_rows)
    gold = np.where(np.arange(n_rows) % GOLD_EVERY == 0, truth, -1).astype(np.int64)
    np.save(folder / "gold.npy", gold)
    write_job(folder, texts[:share], n_functions)
    (folder / "limits.json").write_text(json.dumps(limits(texts, n_functions)), "utf-8")


def write_job(folder: Path, texts: Sequence[str], n_functions: int) -> None:
    """Write what Snorkel runs: the first texts and the same functions."""
    job = {
        "texts": list(texts),
        "patterns": [(pattern_text(i), words_of(i)[2]) for i in range(n_functions)],
        "python": [python_source(i) for i in range(n_functions)],
    }
    (folder / "job.json").write_text(json.dumps(job), "utf-8")


def limits(texts: list[str], n_functions: int) -> dict[str, float]:
    """Measure what no engine can do better: a bare scan and a bare call, on one core each."""
    import pyarrow as pa
    import pyarrow.compute as pc

    column = pa.array(texts)
    found = {"bare RE2 scan": 0.0, "bare Python call": 0.0}
    for i in range(n_functions):
        scan = rf"(?i)\b(?:{words_of(i)[0]}|{words_of(i)[1]})\b"
        seconds, _ = timed(lambda scan=scan: pc.match_substring_regex(column, scan))  # type: ignore[misc]
        found["bare RE2 scan"] += seconds
        space: dict[str, Any] = {}
        exec(python_source(i), space)  # noqa: S102
        seconds, _ = timed(lambda call=space[f"python_{i}"]: bare_calls(call, texts))  # type: ignore[misc]
        found["bare Python call"] += seconds
    return found


def bare_calls(function: Callable[[object], int], texts: Sequence[str]) -> None:
    """Call a function on every text, and do nothing else."""
    row = SimpleNamespace()
    for text in texts:
        row.text = text
        function(row)


class Runs:
    """Runs functions as the app does."""

    def __init__(self, executor: LocalExecutor, rows: Path, n_rows: int) -> None:
        self._executor, self._rows, self._n_rows = executor, rows, n_rows

    def one(self, function: LabelingFunction) -> Votes:
        """Return the votes of one function."""
        result = self._executor.run(Job(function, CLASSES, self._rows, 0, self._n_rows))
        assert result.complete, result.failure
        return result.votes

    def all(self, functions: Sequence[LabelingFunction], workers: int) -> dict[str, Votes]:
        """Return the votes of some functions, run by so many threads."""
        with ThreadPoolExecutor(workers) as threads:
            columns = list(threads.map(self.one, functions))
        return {function.name: votes for function, votes in zip(functions, columns, strict=True)}


def votes_figures(matrix: LabelMatrix, gold: Any, run: Runs) -> dict[str, float]:
    """Measure statistics, fits, and an edit of one function from its source to the histogram."""
    found: dict[str, float] = {}
    found["pass over the votes"], _ = timed(
        lambda: [np.count_nonzero(matrix.column(name) >= 0) for name in matrix.names]
    )
    found["statistics"], _ = timed(lambda: statistics(matrix, gold))
    running = RunningVotes(matrix.n_rows, len(CLASSES))
    found["cold refit"], _ = timed(lambda: refit(running, matrix))
    warm, warm_statistics, edits = [], [], []
    for i in range(EDITS):
        function = pattern_function(len(matrix.names) + i)
        running.settle()  # as the engine does before anybody waits for it
        time.sleep(WARM_UP_SECONDS)
        began = time.perf_counter()
        matrix = matrix.with_columns({matrix.names[i]: run.one(function)})
        ran = time.perf_counter()
        statistics(matrix, gold)
        counted = time.perf_counter()
        posterior = refit(running, matrix)
        fitted = time.perf_counter()
        np.histogram(posterior, 20)
        edits.append(time.perf_counter() - began)
        warm_statistics.append(counted - ran)
        warm.append(fitted - counted)
    found["statistics after an edit"] = float(np.median(warm_statistics))
    found["warm refit"] = float(np.median(warm))
    found["one edit"] = float(np.median(edits))
    return found


def statistics(matrix: LabelMatrix, gold: Any) -> None:
    """Count what the list of functions and the headline show."""
    counts = LiveCounts(matrix, len(CLASSES))
    counts.statistics(gold)
    counts.summary(gold)


def refit(running: RunningVotes, matrix: LabelMatrix) -> Any:
    """Return the probabilities of every row after a fit."""
    unknown = np.full(matrix.n_rows, -1, dtype=np.int64)
    running.update(matrix)
    fitted = MODELS[DEFAULT_MODEL](len(CLASSES)).fit_fires(running.fires(unknown))
    return running.posterior(fitted, matrix)


def timed(work: Callable[[], T], pause: float = 0.0) -> tuple[float, T]:
    """Return the seconds of some work, begun after a pause, and what it returned."""
    time.sleep(pause)
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


if __name__ == "__main__":
    main()
