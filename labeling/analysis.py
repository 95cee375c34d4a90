"""What labeling functions do to rows: coverage, overlaps, conflicts, accuracy, and which rows.

All definitions are those of the user guide: shares are of all rows, a row without gold counts
neither right nor wrong, and only a class code is a vote (abstains, errors and rows not yet run are
not). Everything works on whole int8 columns, so that a million rows take milliseconds.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.intervals import wilson
from labeling.reweighting import ReweightedShare
from labeling.votes import LabelMatrix

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class FunctionStatistics:
    """How one function votes, over all rows, and how often it is right, on rows with gold.

    `polarity` holds the class codes it votes for, ascending. Accuracy and its 95 % interval are
    None where no gold row has a vote. `reweighted` is the accuracy as it would be on gold drawn at
    random, None where that is the same.
    """

    name: str
    polarity: tuple[int, ...]
    votes: int
    coverage: float
    overlaps: float
    conflicts: float
    correct: int
    incorrect: int
    accuracy: float | None
    accuracy_low: float | None
    accuracy_high: float | None
    reweighted: ReweightedShare | None = None

    @property
    def gold(self) -> int:
        """On how many gold rows it votes."""
        return self.correct + self.incorrect

    @property
    def fair_accuracy(self) -> float | None:
        """The reweighted accuracy, and the plain one where that is the same."""
        return self.fair[0]

    @property
    def fair(self) -> tuple[float | None, float | None, float | None]:
        """The fair accuracy with its 95 % interval."""
        if self.reweighted is None:
            return self.accuracy, self.accuracy_low, self.accuracy_high
        return self.reweighted.share, self.reweighted.low, self.reweighted.high


@dataclass(frozen=True)
class Summary:
    """The votes of all functions together; counts are rows unless named otherwise.

    covered_rows + uncovered_rows = rows, and conflict_rows <= overlap_rows <= covered_rows.
    `gold_by_class` counts rows with gold of each class, `covered_gold_rows` those with a vote.
    """

    rows: int
    covered_rows: int
    uncovered_rows: int
    overlap_rows: int
    conflict_rows: int
    votes: int
    votes_per_covered_row: float
    gold_rows: int
    covered_gold_rows: int
    gold_by_class: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Pairwise:
    """How often two functions vote on the same row; each int64 (m, m), symmetric.

    overlap = agreement + conflict; the diagonal of overlap is each function's own votes.
    """

    names: tuple[str, ...]
    overlap: Counts
    agreement: Counts
    conflict: Counts


@dataclass(frozen=True, eq=False)
class _RowVotes:
    """Per row: how many functions vote, and whether for more than one class."""

    count: npt.NDArray[np.int32]
    conflict: Mask


def function_statistics(
    matrix: LabelMatrix, gold: Codes, n_classes: int
) -> tuple[FunctionStatistics, ...]:
    """Return the statistics of every function; `gold` int8 (n,) is dev gold, -1 where unknown."""
    rows = _row_votes(matrix)
    overlap = rows.count > 1
    gold_rows = np.flatnonzero(gold >= 0)
    statistics = []
    for name in matrix.names:
        column = matrix.column(name)
        voted = column >= 0
        gold_votes = column[gold_rows]
        correct = int((gold_votes == gold[gold_rows]).sum())
        incorrect = int((gold_votes >= 0).sum()) - correct
        accuracy, low, high = _accuracy(correct, incorrect)
        statistics.append(
            FunctionStatistics(
                name=name,
                polarity=tuple(code for code in range(n_classes) if (column == code).any()),
                votes=int(np.count_nonzero(voted)),
                coverage=_share(voted, matrix.n_rows),
                overlaps=_share(voted & overlap, matrix.n_rows),
                conflicts=_share(voted & rows.conflict, matrix.n_rows),
                correct=correct,
                incorrect=incorrect,
                accuracy=accuracy,
                accuracy_low=low,
                accuracy_high=high,
            )
        )
    return tuple(statistics)


def project_summary(matrix: LabelMatrix, gold: Codes, n_classes: int) -> Summary:
    """Return the totals over all functions; `gold` int8 (n,) is dev gold, -1 where unknown."""
    rows = _row_votes(matrix)
    covered = rows.count > 0
    covered_rows = int(np.count_nonzero(covered))
    votes = int(rows.count.sum())
    known = gold >= 0
    return Summary(
        rows=matrix.n_rows,
        covered_rows=covered_rows,
        uncovered_rows=matrix.n_rows - covered_rows,
        overlap_rows=int(np.count_nonzero(rows.count > 1)),
        conflict_rows=int(np.count_nonzero(rows.conflict)),
        votes=votes,
        votes_per_covered_row=votes / covered_rows if covered_rows else 0.0,
        gold_rows=int(np.count_nonzero(known)),
        covered_gold_rows=int(np.count_nonzero(known & covered)),
        gold_by_class=tuple(int(count) for count in np.bincount(gold[known], minlength=n_classes)),
    )


def pairwise(matrix: LabelMatrix) -> Pairwise:
    """Count, for every two functions, the rows on which both vote, agree and disagree."""
    n_functions = len(matrix.names)
    columns = [matrix.column(name) for name in matrix.names]
    overlap = _common_rows([column >= 0 for column in columns])
    agreement = np.zeros((n_functions, n_functions), dtype=np.int64)
    highest = max((int(column.max(initial=-1)) for column in columns), default=-1)
    for code in range(highest + 1):
        voters = [j for j, column in enumerate(columns) if (column == code).any()]
        common = _common_rows([columns[j] == code for j in voters])
        agreement[np.ix_(voters, voters)] += common
    return Pairwise(matrix.names, overlap, agreement, overlap - agreement)


def hits(matrix: LabelMatrix, name: str) -> Mask:
    """Return the rows on which a function votes, bool (n,)."""
    return matrix.column(name) >= 0


def overlaps(matrix: LabelMatrix, name: str | None = None) -> Mask:
    """Return the rows on which two functions vote, one of them `name` where it is given."""
    return _narrowed(_row_votes(matrix).count > 1, matrix, name)


def conflicts(matrix: LabelMatrix, name: str | None = None) -> Mask:
    """Return the rows with votes for different classes, one by `name` where it is given."""
    return _narrowed(_row_votes(matrix).conflict, matrix, name)


def uncovered(matrix: LabelMatrix) -> Mask:
    """Return the rows on which no function votes, bool (n,)."""
    return ~matrix.covered


def right_on_gold(matrix: LabelMatrix, gold: Codes, name: str) -> Mask:
    """Return the rows with gold on which a function votes for it, bool (n,)."""
    return np.asarray((gold >= 0) & (matrix.column(name) == gold), dtype=np.bool_)


def wrong_on_gold(matrix: LabelMatrix, gold: Codes, name: str) -> Mask:
    """Return the rows with gold on which a function votes for another class, bool (n,)."""
    column = matrix.column(name)
    return np.asarray((gold >= 0) & (column >= 0) & (column != gold), dtype=np.bool_)


def _row_votes(matrix: LabelMatrix) -> _RowVotes:
    count = np.zeros(matrix.n_rows, dtype=np.int32)
    highest = np.full(matrix.n_rows, -1, dtype=np.int8)
    lowest = np.full(matrix.n_rows, 255, dtype=np.uint8)
    for name in matrix.names:
        column = matrix.column(name)
        count += column >= 0
        np.maximum(highest, column, out=highest)
        # Seen as uint8, every code that is no vote lies above every class code.
        np.minimum(lowest, column.view(np.uint8), out=lowest)
    return _RowVotes(count, (highest >= 0) & (lowest != highest.view(np.uint8)))


def _narrowed(mask: Mask, matrix: LabelMatrix, name: str | None) -> Mask:
    return mask if name is None else mask & hits(matrix, name)


def _share(mask: Mask, n_rows: int) -> float:
    return int(np.count_nonzero(mask)) / n_rows if n_rows else 0.0


def _accuracy(correct: int, incorrect: int) -> tuple[float | None, float | None, float | None]:
    judged = correct + incorrect
    if judged == 0:
        return None, None, None
    return correct / judged, *wilson(correct, judged)


def _common_rows(masks: list[Mask]) -> Counts:
    """Return how many rows each two masks share, int64 (len, len), from bitsets."""
    common = np.zeros((len(masks), len(masks)), dtype=np.int64)
    bitsets = [_bitset(mask) for mask in masks]
    for i, first in enumerate(bitsets):
        for j in range(i + 1):
            shared = int(np.bitwise_count(first & bitsets[j]).sum(dtype=np.int64))
            common[i, j] = common[j, i] = shared
    return common


def _bitset(mask: Mask) -> npt.NDArray[np.uint64]:
    packed = np.packbits(mask)
    return np.pad(packed, (0, -packed.size % 8)).view(np.uint64)
