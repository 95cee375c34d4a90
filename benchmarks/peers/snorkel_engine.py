"""Snorkel's side of `benchmarks/engine.py`, in its own environment: FOLDER ROWS.

The functions are applied to the texts in `job.json`, a share of the rows, and their time is taken
for all rows in proportion; statistics and model have every row's votes. Writes FOLDER/snorkel.json.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from snorkel.labeling import LabelingFunction, LFAnalysis, PandasLFApplier
from snorkel.labeling.model import LabelModel

from benchmarks.peers.jobs import peak_bytes

EPOCHS = 500


def main() -> None:
    """Measure one size."""
    folder, n_rows = Path(sys.argv[1]), int(sys.argv[2])
    job: dict[str, Any] = json.loads((folder / "job.json").read_text("utf-8"))
    frame = pd.DataFrame({"text": job["texts"]})
    votes, gold = np.load(folder / "votes.npy"), np.load(folder / "gold.npy")
    patterns = [pattern(i, *said) for i, said in enumerate(job["patterns"])]
    python = [written(i, source) for i, source in enumerate(job["python"])]
    scale = n_rows / len(frame)
    seconds, applied = faster(lambda: apply(patterns, frame))
    differ = int((applied != votes[: len(frame)]).sum())
    found: dict[str, float] = {"patterns": seconds * scale}
    seconds, applied = faster(lambda: apply(python, frame))
    differ += int((applied != np.load(folder / "python.npy")).sum())
    found["python"] = seconds * scale
    found["differ"] = differ
    seconds, _ = faster(lambda: apply(patterns[:1], frame))
    found["one function"] = seconds * scale
    dense = votes.astype(np.int64)
    del votes
    found["statistics"], _ = timed(lambda: LFAnalysis(dense).lf_summary(gold))
    found["refit"], _ = timed(lambda: fit(dense))
    found["peak_bytes"] = peak_bytes()
    (folder / "snorkel.json").write_text(json.dumps(found), "utf-8")


def pattern(number: int, text: str, label: int) -> LabelingFunction:
    """Return a function that votes where a pattern is found in any case."""
    search = re.compile(text, re.IGNORECASE).search
    return LabelingFunction(f"p{number}", f=lambda x: label if search(x.text) else -1)


def written(number: int, source: str) -> LabelingFunction:
    """Return a function in Python."""
    space: dict[str, Any] = {}
    exec(source, space)  # noqa: S102
    return LabelingFunction(f"f{number}", f=space[f"python_{number}"])


def apply(functions: list[LabelingFunction], frame: pd.DataFrame) -> Any:
    """Return the votes (n, m)."""
    return PandasLFApplier(functions).apply(frame, progress_bar=False)


def fit(votes: Any) -> Any:
    """Fit and return the probabilities of every row."""
    model = LabelModel(cardinality=2, verbose=False)
    model.fit(votes, n_epochs=EPOCHS, seed=0, progress_bar=False)
    return model.predict_proba(votes)


def faster(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of the faster of two runs, and what it returned."""
    return min((timed(work) for _ in range(2)), key=lambda run: run[0])


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of some work and what it returned."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


if __name__ == "__main__":
    main()
