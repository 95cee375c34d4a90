"""Whether a function votes the same again: a sample of its rows in a second process.

The second process has another hash seed, so that the order of sets of strings differs, and rows
come in another surrounding, so that a function that counts or remembers rows differs as well.
"""

import threading
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from labeling.errors import WorkerError
from labeling.execution import Executor
from labeling.execution.scratch import ScratchFolder
from labeling.functions import LabelingFunction
from labeling.runs import NOT_RUN, Job, Limits, StabilityCheck
from labeling.votes import ABSTAIN, Votes

SAMPLE_ROWS = 500
HASH_SEED = 1
LIMITS = Limits(run_seconds=10.0, row_timeouts=3)


def check_stability(
    function: LabelingFunction,
    votes: Votes,
    classes: tuple[str, ...],
    rows_path: Path,
    executor: Executor,
    cancelled: threading.Event | None = None,
) -> StabilityCheck:
    """Run up to SAMPLE_ROWS rows again and compare with `votes` int8 (n,), those of the first run.

    Rows that failed the first time are not compared, nor those that were too slow the second
    time: that may be the machine's doing.

    Raises:
        WorkerError: the second run ended before there was a row to compare.
    """
    sample = sampled_rows(votes)
    with ScratchFolder("labelwright-check-") as folder:
        path = folder / "sample.arrow"
        _write_sample(rows_path, sample, path)
        job = Job(function, classes, path, 0, sample.size, LIMITS, hash_seed=HASH_SEED)
        again = executor.run(job, cancelled=cancelled)
    compared = again.votes != NOT_RUN
    compared[[error.row_id for error in again.errors if error.error == "TimeoutError"]] = False
    if again.failure is not None and not compared.any():
        raise WorkerError(f"The second run compared no row: {again.failure}")
    differing = sample[compared & (again.votes != votes[sample])]
    return StabilityCheck(int(compared.sum()), tuple(int(row) for row in differing))


def warning(check: StabilityCheck | None) -> str | None:
    """Say what the check found, None where the votes were the same.

    >>> warning(StabilityCheck(500, (17, 20)))
    'Votes differ between two runs on 2 of 500 rows, such as row 17. Set order, time, random?'
    """
    if check is None or not check.differing:
        return None
    return (
        f"Votes differ between two runs on {len(check.differing):,} of {check.rows:,} rows, "
        f"such as row {check.differing[0]}. Set order, time, random?"
    )


def sampled_rows(votes: Votes) -> npt.NDArray[np.int64]:
    """Return the rows to run again, ascending, int64: up to half of them with a vote."""
    rng = np.random.default_rng(0)
    voted = rng.permutation(np.flatnonzero(votes > ABSTAIN))
    silent = rng.permutation(np.flatnonzero(votes == ABSTAIN))
    few = max(SAMPLE_ROWS - silent.size, SAMPLE_ROWS // 2)
    chosen = np.concatenate([voted[:few], silent])[:SAMPLE_ROWS]
    return np.sort(chosen).astype(np.int64)


def _write_sample(rows_path: Path, row_ids: npt.NDArray[np.int64], path: Path) -> None:
    with pa.memory_map(str(rows_path), "r") as rows, pa.ipc.open_file(rows) as reader:
        sample = reader.read_all().take(pa.array(row_ids)).combine_chunks()
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, sample.schema) as writer:
            writer.write_table(sample)
