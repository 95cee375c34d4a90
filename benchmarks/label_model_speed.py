"""How long a million rows take and how much memory, each model in a process of its own."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.label_model_jobs import Answer, read_answer, run_jobs, write_job
from benchmarks.label_model_peers import PEERS, installed_version, peers_python
from benchmarks.label_model_quality import quality
from benchmarks.label_model_trials import Trial
from labeling.errors import WorkerError
from labeling.models.contract import Ints
from labeling.votes import ABSTAIN, Votes

OWN = ("auto", "evidence", "dawid-skene", "majority")
OWN_CALLER = "benchmarks.label_model_own"
SNORKEL = "Snorkel LabelModel"
N_ROWS, N_FUNCTIONS = 1_000_000, 50


@dataclass(frozen=True)
class Size:
    """How many classes there are, and between which shares of rows the functions vote on."""

    title: str
    n_classes: int
    least_coverage: float
    most_coverage: float


SIZES = (Size("2 classes", 2, 0.005, 0.2), Size("10 classes", 10, 0.005, 0.2))


@dataclass(frozen=True)
class Speed:
    """What one model took for one size; `needed_bytes` are those of votes and posterior."""

    size: str
    model: str
    accuracy: float
    seconds: float
    added_bytes: int
    peak_bytes: int
    needed_bytes: int


def simulated(size: Size, n_rows: int, n_functions: int = N_FUNCTIONS) -> tuple[Votes, Ints]:
    """Return votes int8 (n, m) of independent functions, and the truth (n,).

    Coverage is drawn evenly on a logarithmic scale, accuracy evenly from .6 to .95; errors are
    spread evenly over the other classes. Every function votes every class, so that nearly every
    row with several votes is a pattern of its own: the hard case for models that count patterns.
    """
    rng = np.random.default_rng(1)
    truth = rng.integers(0, size.n_classes, n_rows)
    votes = np.full((n_rows, n_functions), ABSTAIN, dtype=np.int8)
    for j in range(n_functions):
        coverage = np.exp(rng.uniform(np.log(size.least_coverage), np.log(size.most_coverage)))
        rows = np.flatnonzero(rng.random(n_rows) < coverage)
        wrong = rng.random(rows.size) >= rng.uniform(0.6, 0.95)
        step = rng.integers(1, size.n_classes, rows.size)
        votes[rows, j] = (truth[rows] + wrong * step) % size.n_classes
    return votes, truth


def measure_speed(
    n_rows: int = N_ROWS, peers: bool = True, sizes: Sequence[Size] = SIZES
) -> tuple[list[Speed], dict[str, str]]:
    """Return what each model took for each size, and by name what was not run and why."""
    found: list[Speed] = []
    not_run: dict[str, str] = {}
    for size in sizes:
        votes, truth = simulated(size, n_rows)
        for model in (*OWN, SNORKEL) if peers else OWN:
            print(f"{n_rows:,} x {N_FUNCTIONS}, {size.title}: {model}", flush=True)
            try:
                answer = _answer(model, size, votes)
            except WorkerError as fault:
                not_run[f"{model} on {n_rows:,} rows, {size.title}"] = str(fault)
                continue
            covered = np.flatnonzero((votes >= 0).any(axis=1))
            found.append(
                Speed(
                    size=size.title,
                    model=model,
                    accuracy=quality(answer.posterior[covered], truth[covered]).accuracy,
                    seconds=answer.seconds,
                    added_bytes=answer.added_bytes,
                    peak_bytes=answer.peak_bytes,
                    needed_bytes=votes.nbytes + answer.posterior.nbytes,
                )
            )
    return found, not_run


def _answer(model: str, size: Size, votes: Votes) -> Answer:
    none = np.zeros(0, dtype=np.int64)
    asked = Trial(votes, None, None, judged=none, gold=none, n_classes=size.n_classes, seed=0)
    python, caller = Path(sys.executable), OWN_CALLER
    if model == SNORKEL:
        package = PEERS[SNORKEL].package
        installed_version(package)
        python, caller = peers_python(), package.caller
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_job(folder, model, asked)
        run_jobs(python, caller, [folder])
        return read_answer(folder)
