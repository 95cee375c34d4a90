"""The figures of `labeling.analysis`, from sets of bits that outlive a change of the votes.

`labeling.analysis` is the reference and says what each figure means; here they are the same in a
tenth of the time, and in a hundredth where one function of many changed.
"""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from labeling.analysis import Codes, FunctionStatistics, Pairwise, Summary
from labeling.intervals import wilson
from labeling.vote_bits import Crowd, VoteBits, bits_of, packed, popcount, unpacked
from labeling.votes import LabelMatrix, Votes


class Gold:
    """Dev gold int8 (n,), -1 where unknown, as rows and bits by class."""

    def __init__(self, gold: Codes) -> None:
        self.by_class = {int(code): packed(gold == code) for code in np.unique(gold[gold >= 0])}
        self.known = packed(gold >= 0)

    def judged(self, bits: VoteBits) -> tuple[int, int]:
        """Return on how many rows a function is right and wrong."""
        right = sum(
            popcount(bits.of_class(k) & rows)
            for k, rows in self.by_class.items()
            if k in bits.counts
        )
        return right, popcount(bits.voted & self.known) - right


class LiveCounts:
    """The votes of a matrix, counted; of columns that were counted before nothing is done again."""

    def __init__(self, matrix: LabelMatrix, n_classes: int) -> None:
        self.names, self.n_rows, self.n_classes = matrix.names, matrix.n_rows, n_classes
        self._bits = {name: bits_of(matrix.column(name)) for name in matrix.names}

    @cached_property
    def crowd(self) -> Crowd:
        """What all functions say together."""
        return Crowd([*self._bits.values()], self.n_rows)

    def others(self, name: str | None) -> Crowd:
        """Return what all functions but this one say together."""
        return Crowd([bits for one, bits in self._bits.items() if one != name], self.n_rows)

    @cached_property
    def covered(self) -> npt.NDArray[np.bool_]:
        """Whether at least one function votes, bool (n,)."""
        return unpacked(self.crowd.covered, self.n_rows)

    def statistics(self, gold: Codes) -> tuple[FunctionStatistics, ...]:
        """Return what `analysis.function_statistics` does."""
        known, crowd = Gold(gold), self.crowd
        return tuple(
            _statistics(
                name,
                bits,
                popcount(bits.voted & crowd.overlap),
                popcount(bits.voted & crowd.conflict),
                known.judged(bits),
                self.n_rows,
                self.n_classes,
            )
            for name, bits in self._bits.items()
        )

    def summary(self, gold: Codes) -> Summary:
        """Return what `analysis.project_summary` does."""
        known, crowd = Gold(gold), self.crowd
        covered_rows = popcount(crowd.covered)
        votes = sum(bits.votes for bits in self._bits.values())
        by_class = {code: popcount(rows) for code, rows in known.by_class.items()}
        return Summary(
            rows=self.n_rows,
            covered_rows=covered_rows,
            uncovered_rows=self.n_rows - covered_rows,
            overlap_rows=popcount(crowd.overlap),
            conflict_rows=popcount(crowd.conflict),
            votes=votes,
            votes_per_covered_row=votes / covered_rows if covered_rows else 0.0,
            gold_rows=sum(by_class.values()),
            covered_gold_rows=popcount(known.known & crowd.covered),
            gold_by_class=tuple(by_class.get(code, 0) for code in range(self.n_classes)),
        )


def counted_pairs(matrix: LabelMatrix) -> Pairwise:
    """Return what `analysis.pairwise` does."""
    functions = [bits_of(matrix.column(name)) for name in matrix.names]
    overlap, agreement = np.zeros((2, len(functions), len(functions)), dtype=np.int64)
    for i, one in enumerate(functions):
        for j, other in enumerate(functions[: i + 1]):
            both, same = one.beside(other)
            overlap[i, j] = overlap[j, i] = both
            agreement[i, j] = agreement[j, i] = same
    return Pairwise(matrix.names, overlap, agreement, overlap - agreement)


def statistics_beside(
    name: str, votes: Votes, others: Crowd, gold: Gold, rows: int, n_classes: int
) -> FunctionStatistics:
    """Return the statistics of votes int8 (n,) beside other functions, as shares of `rows`.

    Votes on a sample of so many rows abstain on all others.
    """
    bits = VoteBits(votes)
    conflicts = sum(
        popcount(bits.of_class(code) & _other_classes(others, code)) for code in bits.counts
    )
    overlaps = popcount(bits.voted & others.covered)
    return _statistics(name, bits, overlaps, conflicts, gold.judged(bits), rows, n_classes)


def _statistics(
    name: str,
    bits: VoteBits,
    overlaps: int,
    conflicts: int,
    judged: tuple[int, int],
    rows: int,
    n_classes: int,
) -> FunctionStatistics:
    correct, incorrect = judged
    known = correct + incorrect
    low, high = wilson(correct, known) if known else (None, None)
    return FunctionStatistics(
        name=name,
        polarity=tuple(code for code in bits.counts if code < n_classes),
        votes=bits.votes,
        coverage=bits.votes / rows if rows else 0.0,
        overlaps=overlaps / rows if rows else 0.0,
        conflicts=conflicts / rows if rows else 0.0,
        correct=correct,
        incorrect=incorrect,
        accuracy=correct / known if known else None,
        accuracy_low=low,
        accuracy_high=high,
    )


def _other_classes(crowd: Crowd, code: int) -> npt.NDArray[np.uint64]:
    rows = np.zeros_like(crowd.covered)
    for other, bits in crowd.by_class.items():
        if other != code:
            rows |= bits
    return rows
