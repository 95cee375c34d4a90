"""Starts fits in processes of their own (`benchmarks.peers.jobs`) and reads their answers."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.label_model_trials import Trial
from labeling.errors import WorkerError
from labeling.models.contract import Floats

ROOT = Path(__file__).resolve().parent.parent
SECONDS_A_JOB = 900.0


@dataclass(frozen=True, eq=False)
class Answer:
    """A posterior (n, k) for all votes of a trial, and what fit and predict took.

    `peak_bytes` is the process's most memory, `added_bytes` what of it came after its imports.
    """

    posterior: Floats
    seconds: float
    peak_bytes: int
    added_bytes: int


def write_job(folder: Path, method: str, asked: Trial) -> None:
    """Write a trial as a job to a folder that exists."""
    (folder / "job.json").write_text(job_text(method, asked), "utf-8")
    np.save(folder / "votes.npy", asked.votes)
    if asked.known is not None:
        np.save(folder / "known.npy", asked.known)


def job_text(method: str, asked: Trial) -> str:
    """Return a job's plain values as JSON."""
    balance = asked.class_balance
    return json.dumps(
        {
            "method": method,
            "n_classes": asked.n_classes,
            "seed": asked.seed,
            "class_balance": None if balance is None else balance.tolist(),
        }
    )


def run_jobs(python: Path, module: str, folders: list[Path]) -> None:
    """Answer the jobs in these folders, one after the other in one process.

    Raises WorkerError where the process fails or takes longer than SECONDS_A_JOB for each job.
    """
    command = [str(python), "-m", module, *map(str, folders)]
    seconds = SECONDS_A_JOB * len(folders)
    try:
        ended = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=seconds
        )
    except FileNotFoundError as fault:
        raise WorkerError(
            f"There is no {python.name} to run it.", where=module, remedy="Run make bench-models."
        ) from fault
    except subprocess.TimeoutExpired as fault:
        raise WorkerError(f"Stopped after {seconds:,.0f} s.", where=module) from fault
    if ended.returncode != 0:
        said = ended.stderr.strip().splitlines() or [f"exit code {ended.returncode}"]
        raise WorkerError(said[-1], where=module)


def read_answer(folder: Path) -> Answer:
    """Read what a job answered."""
    measured = json.loads((folder / "measured.json").read_text("utf-8"))
    return Answer(posterior=np.load(folder / "posterior.npy"), **measured)
