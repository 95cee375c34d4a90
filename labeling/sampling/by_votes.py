"""Rows by what functions and the label model say of them."""

import numpy as np

from labeling.analysis import conflicts
from labeling.sampling.context import RowIds, SamplingContext, Scores
from labeling.sampling.design import Design, evenly, highest, in_proportion
from labeling.votes import LabelMatrix

ALPHA = 0.5
"""The power of the uncertainty in `selected`; 1/2 makes chances those of Neyman's allocation."""


def at_random(context: SamplingContext, n: int, rng: np.random.Generator) -> Design:
    """Draw from all candidates evenly."""
    return evenly(context.candidates, n, rng)


def uncovered(context: SamplingContext, n: int, rng: np.random.Generator) -> Design:
    """Draw from the rows without a vote evenly."""
    return evenly(context.candidates & ~context.matrix.covered, n, rng)


def found(context: SamplingContext, n: int, rng: np.random.Generator) -> Design:
    """Draw from the hits of the annotator's search evenly; without a search there are none."""
    hits = np.zeros_like(context.candidates) if context.found is None else context.found
    return evenly(context.candidates & hits, n, rng)


def uncertain(context: SamplingContext, n: int, rng: np.random.Generator) -> Design:
    """Take covered rows by the entropy of their posterior; before a fit, all are alike."""
    posterior = context.posterior

    def entropy(row_ids: RowIds) -> Scores:
        if posterior is None:
            return np.zeros(row_ids.size)
        shares = posterior[row_ids]
        return np.asarray(-(shares * np.log(np.maximum(shares, 1e-300))).sum(axis=1))

    return highest(context.candidates & context.matrix.covered, entropy, n, rng)


def conflicting(context: SamplingContext, n: int, rng: np.random.Generator) -> Design:
    """Take rows with conflicting votes by how evenly the votes are split."""

    def evenness(row_ids: RowIds) -> Scores:
        return _evenness(context.matrix, row_ids)

    return highest(context.candidates & conflicts(context.matrix), evenness, n, rng)


def selected(
    context: SamplingContext, n: int, rng: np.random.Generator, alpha: float = ALPHA
) -> Design:
    """Draw rows in proportion to [sum_k p_k (1 - p_k)] ** alpha of their posterior p.

    With two classes this is the scheme of G. Kolossov, A. Montanari and P. Tandon, "Towards a
    statistical theory of data selection under weak supervision", 2023, section 2, with the label
    model as the surrogate. Before a fit, all rows are alike.
    """
    posterior = context.posterior

    def uncertainty(row_ids: RowIds) -> Scores:
        if posterior is None:
            return np.ones(row_ids.size)
        shares = posterior[row_ids]
        return np.asarray(np.maximum((shares * (1 - shares)).sum(axis=1), 0.0) ** alpha)

    return in_proportion(context.candidates, uncertainty, n, rng)


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
