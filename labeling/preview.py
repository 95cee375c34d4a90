"""What an unsaved function would do, from a run on the first rows."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from labeling.analysis import FunctionStatistics, function_statistics
from labeling.execution import Executor
from labeling.functions import LabelingFunction
from labeling.runs import Job, Limits, RunResult
from labeling.snapshot import Snapshot
from labeling.votes import ABSTAIN, LabelMatrix

PREVIEW_LIMITS = Limits(row_seconds=1.0, run_seconds=10.0, row_timeouts=3)


@dataclass(frozen=True)
class VoteDiff:
    """How votes differ from the saved version's, in rows of the preview."""

    gained: int
    lost: int
    flipped: int


@dataclass(frozen=True, eq=False)
class FunctionPreview:
    """What a function does on rows 0..rows-1 of total_rows.

    `hits` are the ids of rows it votes on. `diff` is None where no version was saved before.
    """

    rows: int
    total_rows: int
    result: RunResult
    statistics: FunctionStatistics
    hits: tuple[int, ...]
    diff: VoteDiff | None


def preview_function(
    function: LabelingFunction, snapshot: Snapshot, executor: Executor, rows_path: Path, rows: int
) -> FunctionPreview:
    """Run `function` on the first `rows` rows beside the saved functions' votes."""
    count = min(rows, snapshot.n_rows)
    result = executor.run(
        Job(function, snapshot.classes, rows_path, start=0, stop=count, limits=PREVIEW_LIMITS)
    )
    others = {
        name: np.ascontiguousarray(snapshot.matrix.column(name)[:count])
        for name in snapshot.matrix.names
        if name != function.name
    }
    matrix = LabelMatrix({**others, function.name: result.votes}, count)
    statistics = function_statistics(matrix, snapshot.dev_gold[:count], len(snapshot.classes))
    return FunctionPreview(
        rows=count,
        total_rows=snapshot.n_rows,
        result=result,
        statistics=next(entry for entry in statistics if entry.name == function.name),
        hits=tuple(int(row) for row in np.flatnonzero(result.votes > ABSTAIN)),
        diff=_vote_diff(function.name, snapshot, result),
    )


def _vote_diff(name: str, snapshot: Snapshot, result: RunResult) -> VoteDiff | None:
    if name not in snapshot.matrix.names:
        return None
    before = snapshot.matrix.column(name)[: result.votes.size]
    voted, votes = before > ABSTAIN, result.votes > ABSTAIN
    return VoteDiff(
        gained=int((votes & ~voted).sum()),
        lost=int((voted & ~votes).sum()),
        flipped=int((voted & votes & (before != result.votes)).sum()),
    )
