"""Fill a queue of rows to annotate: by a sampler, with a share of rows drawn at random among them.

No sampler alone measures anything fairly: rows that it never takes have no chance to be seen. With
some rows drawn at random every row has a chance, and the chances are known, so that figures can be
reweighted by them (`labeling.reweighting`).
"""

from dataclasses import dataclass

import numpy as np

from labeling.draws import Draw
from labeling.sampling.context import Mask, RowIds, SamplingContext
from labeling.sampling.design import some_of
from labeling.sampling.samplers import SAMPLERS

RANDOM = "random"
"""The sampler of the rows that are drawn at random; alone, it needs no others among its rows."""


@dataclass(frozen=True)
class DrawnRow:
    """A row to annotate; `draw` is None for one that checks the annotator."""

    row_id: int
    draw: Draw | None


def fill(
    context: SamplingContext, sampler: str, n: int, random_share: float, rng: np.random.Generator
) -> tuple[DrawnRow, ...]:
    """Draw up to n rows by a sampler, about `random_share` of them from all candidates evenly.

    First the sampler draws its rows, a row i with the chance d_i, then k others are drawn evenly
    from the candidates that are left, so that a row's propensity is d_i + (1 - d_i) k / (N - m)
    with m rows of N candidates drawn before. The rows come in a random order: whoever stops within
    a queue has seen a random part of it. Where the sampler finds nothing there are no rows.
    """
    share = 0.0 if sampler == RANDOM else random_share
    candidates = int(np.count_nonzero(context.candidates))
    n = min(n, candidates)
    at_random = int(share * n + rng.random()) if n > 0 else 0
    design = SAMPLERS[sampler].design(context, n - at_random, rng)
    if n <= 0 or (design.rows.size == 0 and at_random < n):
        return ()
    left = context.candidates.copy()
    left[design.rows] = False
    others = some_of(np.flatnonzero(left), at_random, rng)
    rows = np.concatenate([design.rows, others]).astype(np.int64)
    chance = design.chance(rows)
    propensities = chance + (1 - chance) * min(
        share * n / max(candidates - design.rows.size, 1), 1.0
    )
    names = [sampler] * design.rows.size + [RANDOM] * others.size
    even = rows.size / candidates
    return tuple(
        DrawnRow(int(rows[i]), Draw(names[i], min(float(propensities[i]), 1.0), even))
        for i in rng.permutation(rows.size)
    )


def with_checks(
    drawn: tuple[DrawnRow, ...], known: Mask, share: float, rng: np.random.Generator
) -> tuple[DrawnRow, ...]:
    """Return `drawn` with about this share of its rows replaced by `known` ones, bool (n,).

    They come at random places, so that nobody can tell them; where nothing is drawn, none comes.

    >>> rows = tuple(DrawnRow(i, None) for i in range(4))
    >>> mixed = with_checks(rows, np.arange(9) > 6, 0.5, np.random.default_rng(0))
    >>> len(mixed), any(row.row_id > 6 for row in mixed)
    (4, True)
    """
    checks = rng.permutation(np.flatnonzero(known))[: rng.binomial(len(drawn), share)]
    mixed = list(drawn[: len(drawn) - checks.size])
    for row_id in checks:
        mixed.insert(int(rng.integers(0, len(mixed) + 1)), DrawnRow(int(row_id), None))
    return tuple(mixed)


def row_ids_of(rows: tuple[DrawnRow, ...]) -> RowIds:
    """Return the ids of rows, int64."""
    return np.array([row.row_id for row in rows], dtype=np.int64)
