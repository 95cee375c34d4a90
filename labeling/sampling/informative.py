"""Rows whose gold would narrow the intervals of functions' accuracies the most."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from labeling.sampling.context import RowIds, SamplingContext, Scores
from labeling.sampling.design import Design, shuffled
from labeling.votes import Votes, vote_patterns

POOL_ROWS = 10_000


def informative(context: SamplingContext, n: int, rng: np.random.Generator) -> Design:
    """Take covered rows by how much their gold narrows the intervals of functions' accuracies.

    Rows are taken one after the other, as if each had its label before the next is chosen, and of
    those on which the same functions vote, at random. Of many rows, POOL_ROWS are looked at, and n
    of each function.
    """
    among = context.candidates & context.matrix.covered
    row_ids = shuffled(among, rng)
    if row_ids.size == 0 or n <= 0:
        return Design(row_ids[:0], lambda rows: np.zeros(rows.size))
    columns = [context.matrix.column(name) for name in context.matrix.names]
    pool = _pool(row_ids, columns, n)
    patterns = vote_patterns(_fires(columns, pool).astype(np.int8) - np.int8(1))
    fired = patterns.votes >= 0
    judged, right = _judged(context, columns)
    rows_of = _rows_by_pattern(patterns.inverse, pool)
    taken = np.zeros(len(rows_of), dtype=np.int64)
    sizes = np.array([rows.size for rows in rows_of])
    chosen: list[int] = []
    while len(chosen) < min(n, pool.size):
        gains = fired @ _narrowing(judged, right)
        gains[taken == sizes] = -1.0
        best = int(gains.round(9).argmax())
        chosen.append(rows_of[best][taken[best]])
        taken[best] += 1
        # Its label is expected to be right as often as the function is by now.
        right = right + fired[best] * (right + 1) / (judged + 2)
        judged = judged + fired[best]
    shares = {key.tobytes(): taken[i] / sizes[i] for i, key in enumerate(fired)}
    in_pool = _chance_of_pool(row_ids, columns, n)

    def chance(rows: RowIds) -> Scores:
        fires = _fires(columns, rows)
        by_pattern = np.array([shares.get(one.tobytes(), 0.0) for one in fires])
        return np.where(among[rows], in_pool(fires) * by_pattern, 0.0)

    return Design(np.array(chosen, dtype=np.int64), chance)


def _fires(columns: list[Votes], row_ids: RowIds) -> npt.NDArray[np.bool_]:
    """Return which functions vote on each row, bool (rows, m)."""
    fires = np.empty((row_ids.size, len(columns)), dtype=np.bool_)
    for j, column in enumerate(columns):
        fires[:, j] = column[row_ids] >= 0
    return fires


def _pool(row_ids: RowIds, columns: list[Votes], n: int) -> RowIds:
    """Return the first POOL_ROWS rows, and the first n on which each function votes."""
    if row_ids.size <= POOL_ROWS:
        return row_ids
    kept = np.zeros(row_ids.size, dtype=np.bool_)
    kept[:POOL_ROWS] = True
    for column in columns:
        kept[np.flatnonzero(column[row_ids] >= 0)[:n]] = True
    return row_ids[kept]


def _chance_of_pool(
    row_ids: RowIds, columns: list[Votes], n: int
) -> Callable[[npt.NDArray[np.bool_]], Scores]:
    """Return what tells how likely rows were to be in the pool, from what fires on them (r, m).

    The first rows of a random order are taken as if drawn one by one, each function's apart from
    the others'; of few rows all are in the pool.
    """
    if row_ids.size <= POOL_ROWS:
        return lambda fires: np.ones(len(fires))
    voters = np.array([np.count_nonzero(column[row_ids] >= 0) for column in columns])
    missed = 1 - np.minimum(n / np.maximum(voters, 1), 1.0)
    outside = 1 - POOL_ROWS / row_ids.size
    return lambda fires: 1 - outside * np.where(fires, missed, 1.0).prod(axis=1)


def _judged(context: SamplingContext, columns: list[Votes]) -> tuple[Scores, Scores]:
    """Return on how many gold rows each function votes, and on how many it is right, (m,)."""
    if context.gold is None:
        return np.zeros(len(columns)), np.zeros(len(columns))
    known = np.flatnonzero(context.gold >= 0)
    gold, votes = context.gold[known], np.stack([column[known] for column in columns])
    judged, right = (votes >= 0).sum(axis=1), (votes == gold).sum(axis=1)
    return judged.astype(np.float64), right.astype(np.float64)


def _narrowing(judged: Scores, right: Scores) -> Scores:
    """Return by how much one gold row more narrows each function's interval (Wilson 1927), (m,)."""
    share = (right + 1) / (judged + 2)
    return _width(share, judged) - _width(share, judged + 1)


def _width(share: Scores, rows: Scores) -> Scores:
    z = 1.96
    spread = share * (1 - share) * rows + z**2 / 4
    return 2 * z * np.sqrt(spread) / (rows + z**2)


def _rows_by_pattern(inverse: RowIds, row_ids: RowIds) -> list[RowIds]:
    """Return the rows of each pattern, in the order of `row_ids`."""
    order = np.argsort(inverse, kind="stable")
    return np.split(row_ids[order], np.cumsum(np.bincount(inverse))[:-1])
