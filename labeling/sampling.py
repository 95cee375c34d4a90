"""What to annotate next: each sampler names the rows where a label by hand would help most."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.analysis import conflicts
from labeling.votes import LabelMatrix

RowIds = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SamplingContext:
    """What samplers may look at.

    `posterior` float64 (n, k), None before the first fit. `labelled` bool (n,): rows that have a
    label already. `eligible` bool (n,): rows that may be annotated at all.
    """

    matrix: LabelMatrix
    posterior: npt.NDArray[np.float64] | None
    labelled: Mask
    eligible: Mask

    @property
    def candidates(self) -> Mask:
        """Rows that may be annotated and are not yet, bool (n,)."""
        return self.eligible & ~self.labelled


Choose = Callable[[SamplingContext, int, np.random.Generator], RowIds]


@dataclass(frozen=True)
class Sampler:
    """A way to choose rows, and one sentence that tells the annotator why a row was chosen."""

    choose: Choose
    reason: str

    def __call__(self, context: SamplingContext, n: int, rng: np.random.Generator) -> RowIds:
        """Return up to `n` different unlabelled rows, int64, the most useful first.

        There are fewer where fewer rows fit. The same context and generator state give the same.
        """
        return self.choose(context, n, rng)


def _random(context: SamplingContext, n: int, rng: np.random.Generator) -> RowIds:
    return _shuffled(context.candidates, rng)[: max(n, 0)]


def _uncovered(context: SamplingContext, n: int, rng: np.random.Generator) -> RowIds:
    return _shuffled(context.candidates & ~context.matrix.covered, rng)[: max(n, 0)]


def _uncertain(context: SamplingContext, n: int, rng: np.random.Generator) -> RowIds:
    """Order covered rows by the entropy of their posterior; before a fit, all are alike."""
    row_ids = _shuffled(context.candidates & context.matrix.covered, rng)
    if context.posterior is None:
        return row_ids[: max(n, 0)]
    shares = context.posterior[row_ids]
    entropy = -(shares * np.log(np.maximum(shares, 1e-300))).sum(axis=1)
    return _highest(row_ids, entropy, n)


def _conflicting(context: SamplingContext, n: int, rng: np.random.Generator) -> RowIds:
    """Order rows with conflicting votes by how evenly the votes are split."""
    row_ids = _shuffled(context.candidates & conflicts(context.matrix), rng)
    return _highest(row_ids, _evenness(context.matrix, row_ids), n)


def _evenness(matrix: LabelMatrix, row_ids: RowIds) -> Scores:
    """Return 1 minus the lead of the first class over the second as a share of all votes."""
    columns = [matrix.column(name)[row_ids] for name in matrix.names]
    total = np.zeros(row_ids.size)
    first, second = np.zeros(row_ids.size), np.zeros(row_ids.size)
    for code in sorted({int(code) for column in columns for code in np.unique(column)}):
        if code < 0:
            continue
        count = np.zeros(row_ids.size)
        for column in columns:
            count += column == code
        total += count
        second = np.maximum(second, np.minimum(first, count))
        first = np.maximum(first, count)
    return 1 - (first - second) / np.maximum(total, 1)


def _shuffled(mask: Mask, rng: np.random.Generator) -> RowIds:
    return rng.permutation(np.flatnonzero(mask)).astype(np.int64)


def _highest(row_ids: RowIds, scores: Scores, n: int) -> RowIds:
    """Return the ids of the n highest scores; equal scores keep the order of `row_ids`."""
    # Rounded, so that the last bit of a sum never decides between rows with the same votes.
    return row_ids[np.argsort(-scores.round(9), kind="stable")[: max(n, 0)]]


SAMPLERS: dict[str, Sampler] = {
    "random": Sampler(_random, "Drawn at random: these labels measure everything fairly."),
    "uncovered": Sampler(
        _uncovered, "No function votes on this row: it may show what a new one should catch."
    ),
    "uncertain": Sampler(
        _uncertain, "The label model is least sure here: your label settles the most."
    ),
    "conflicting": Sampler(
        _conflicting, "Functions vote for different classes here: your label says who is right."
    ),
}
"""Every way to choose rows to annotate, by name."""
