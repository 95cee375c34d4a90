"""One fit in a process of its own: read votes, answer with posteriors, measure time and memory.

A job is a folder. `job.json` names the method and what is known, `votes.npy` int8 (n, m) holds the
votes and `known.npy` int64 (n,) the gold that is given to the fit, -1 elsewhere. The answer is
`posterior.npy` float64 (n, k) and `measured.json`. This file runs in the environments of all
peers, so it imports nothing but the standard library and numpy.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Posterior = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Job:
    """Votes to fit on and to answer for; `class_balance` and `known` where they are given."""

    method: str
    n_classes: int
    seed: int
    class_balance: list[float] | None
    votes: npt.NDArray[np.int8]
    known: npt.NDArray[np.int64] | None


def answer_jobs(compute: Callable[[Job], Posterior]) -> None:
    """Answer each job whose folder the command line names, in their order."""
    for folder in map(Path, sys.argv[1:]):
        before = _resident_bytes()
        job = _read(folder)
        started = time.perf_counter()
        posterior = compute(job)
        seconds = time.perf_counter() - started
        peak = peak_bytes()
        measured = {"seconds": seconds, "peak_bytes": peak, "added_bytes": peak - before}
        np.save(folder / "posterior.npy", posterior)
        # Written last: where it is, the answer is whole.
        (folder / "measured.json").write_text(json.dumps(measured), "utf-8")


def _read(folder: Path) -> Job:
    asked: dict[str, Any] = json.loads((folder / "job.json").read_text("utf-8"))
    known = folder / "known.npy"
    return Job(
        **asked,
        votes=np.load(folder / "votes.npy"),
        known=np.load(known) if known.exists() else None,
    )


def _resident_bytes() -> int:
    return _status_bytes("VmRSS")


def peak_bytes() -> int:
    """Return the most memory that this process ever held."""
    return _status_bytes("VmHWM")


def _status_bytes(field: str) -> int:
    """Return a figure of the kernel about this process; without /proc, the peak so far."""
    status = Path("/proc/self/status")
    if not status.exists():
        # macOS counts bytes here.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = status.read_text("utf-8").splitlines()
    (line,) = [line for line in lines if line.startswith(f"{field}:")]
    return int(line.split()[1]) * 1024
