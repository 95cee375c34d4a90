"""Functions that say the same for another reason than being right: copies, and near-copies.

Two functions that vote independently given the class still vote together, because both follow it:
with r_i(l, k) the chance that function i votes class l on a row of class k, they vote l together on

    E_ij = sum over l, k of N_k r_i(l, k) r_j(l, k)

rows. What is together beyond that is shared error, or a shared keyword. It is measured on a scale
on which copies have 1 and independent functions 0, the Jaccard index corrected for chance:

    d_ij = (C_ij - E_ij) / (V_i + V_j - C_ij - E_ij)

with C_ij the rows on which both vote the same and V_i those on which i votes. The classes are the
label model's, so that very many copies of one function make each other look independent; exact
copies are discounted before (`labeling.models.copies`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from labeling.models.contract import Floats, LabelModel
from labeling.models.fires import Fires
from labeling.models.same_votes import LEAST_SHARED

DEPENDENT = 0.5
"""From here on two functions count as one cluster."""


@dataclass(frozen=True)
class DependentPair:
    """Two functions: on how many rows they vote the same, were to be expected to, and the excess.

    `excess` is 0 for independent functions and 1 for copies.
    """

    one: str
    other: str
    together: int
    expected: float
    excess: float


@dataclass(frozen=True)
class Dependence:
    """The dependent pairs, most dependent first; the clusters they form; the effective number.

    `excess` holds that of every two of the functions `names`, a row each, 0 on the diagonal.
    The effective number counts each function as one over one plus its excesses, so that c copies
    count as one function.
    """

    pairs: tuple[DependentPair, ...]
    clusters: tuple[tuple[str, ...], ...]
    functions: int
    effective: float
    names: tuple[str, ...] = ()
    excess: tuple[tuple[float, ...], ...] = ()


def dependence(model: LabelModel, fires: Fires, names: Sequence[str]) -> Dependence:
    """Return which functions depend on each other, by the classes that `model` sees."""
    together, expected = _together(fires), _expected(model, fires)
    votes = fires.by_function(fires.sampled_counts)
    rest = votes[:, None] + votes[None, :] - together - expected
    excess = np.where(rest > 1e-9, (together - expected) / np.maximum(rest, 1e-9), 0.0)
    excess[together < LEAST_SHARED] = 0.0
    np.fill_diagonal(excess, 0.0)
    strong = np.where(excess >= DEPENDENT, np.minimum(excess, 1.0), 0.0)
    first, second = np.nonzero(np.triu(strong))
    order = np.argsort(-strong[first, second], kind="stable")
    return Dependence(
        pairs=tuple(
            DependentPair(
                one=names[int(i)],
                other=names[int(j)],
                together=round(float(together[i, j])),
                expected=float(expected[i, j]),
                excess=float(strong[i, j]),
            )
            for i, j in zip(first[order], second[order], strict=True)
        ),
        clusters=_clusters(strong, names),
        functions=len(names),
        effective=float((1 / (1 + strong.sum(axis=1))).sum()),
        names=tuple(names),
        excess=tuple(tuple(row) for row in np.clip(excess, -1.0, 1.0).tolist()),
    )


def _together(fires: Fires) -> Floats:
    """Return on how many rows each two functions vote the same, (m, m)."""
    both, m, k = fires.together, fires.n_functions, fires.n_classes
    same = both.row % k == both.col % k
    cells = (both.data[same], (both.row[same] // k, both.col[same] // k))
    upper = coo_matrix(cells, shape=(m, m)).toarray()
    return np.asarray(upper + upper.T)


def _expected(model: LabelModel, fires: Fires) -> Floats:
    """Return on how many rows each two functions would vote the same if they were independent."""
    m, k = fires.n_functions, fires.n_classes
    believed = fires.clamped(model.pattern_posterior(fires))
    covered = believed[fires.votes_per_pattern > 0].sum(axis=0)
    # Among uncovered rows nobody votes; they say nothing of how functions meet.
    voted = np.asarray(fires.transposed @ believed).reshape(m, k, k)
    rates = voted / np.maximum(covered, 1e-9)
    return np.asarray(np.einsum("ilk,jlk->ij", voted, rates), dtype=np.float64)


def _clusters(strong: Floats, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    count, member = connected_components(strong > 0, directed=False)
    groups = [np.flatnonzero(member == number) for number in range(count)]
    return tuple(tuple(names[int(i)] for i in group) for group in groups if group.size > 1)
