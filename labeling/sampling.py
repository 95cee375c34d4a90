"""What to annotate next: each sampler names the rows where a label by hand would help most."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.analysis import conflicts
from labeling.votes import LabelMatrix, Votes, vote_patterns

RowIds = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SamplingContext:
    """What samplers may look at.

    `posterior` float64 (n, k), None before the first fit. `labelled` bool (n,): rows that have a
    label already. `eligible` bool (n,): rows that may be annotated at all. `gold` int8 (n,): dev
    gold, -1 where unknown; None where there is none. `texts` gives the texts of rows, None where
    there are none to read.
    """

    matrix: LabelMatrix
    posterior: npt.NDArray[np.float64] | None
    labelled: Mask
    eligible: Mask
    gold: npt.NDArray[np.int8] | None = None
    texts: Callable[[RowIds], list[str]] | None = None

    @property
    def candidates(self) -> Mask:
        """Rows that may be annotated and are not yet, bool (n,)."""
        return self.eligible & ~self.labelled


POOL_ROWS, DIVERSE_ROWS = 10_000, 1_000

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


def with_checks(chosen: RowIds, known: Mask, share: float, rng: np.random.Generator) -> RowIds:
    """Return `chosen` with about this share of its rows replaced by `known` ones, bool (n,).

    They come at random places, so that nobody can tell them; where nothing is chosen, none comes.

    >>> rng = np.random.default_rng(0)
    >>> rows = with_checks(np.arange(4), np.arange(9) > 6, 0.5, rng)
    >>> len(rows), bool((rows > 6).any())
    (4, True)
    """
    checks = rng.permutation(np.flatnonzero(known))[: rng.binomial(chosen.size, share)]
    kept = chosen[: chosen.size - checks.size]
    places = rng.integers(0, kept.size + 1, checks.size)
    return np.insert(kept, places, checks).astype(np.int64)


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


def _informative(context: SamplingContext, n: int, rng: np.random.Generator) -> RowIds:
    """Order covered rows by how much their gold narrows the intervals of functions' accuracies.

    Rows are taken one after the other, as if each had its label before the next is chosen. Of many
    rows, POOL_ROWS are looked at, and n of each function.
    """
    row_ids = _shuffled(context.candidates & context.matrix.covered, rng)
    if row_ids.size == 0 or n <= 0:
        return row_ids[:0]
    columns = [context.matrix.column(name) for name in context.matrix.names]
    row_ids = _pool(row_ids, columns, n)
    fires = np.stack([column[row_ids] >= 0 for column in columns], axis=1)
    patterns = vote_patterns(fires.astype(np.int8) - np.int8(1))
    fired = patterns.votes >= 0
    judged, right = _judged(context, columns)
    left = [list(rows) for rows in _rows_by_pattern(patterns.inverse, row_ids)]
    chosen: list[int] = []
    while len(chosen) < min(n, row_ids.size):
        gains = fired @ _narrowing(judged, right)
        gains[[not rows for rows in left]] = -1.0
        best = int(gains.round(9).argmax())
        chosen.append(left[best].pop(0))
        # Its label is expected to be right as often as the function is by now.
        right = right + fired[best] * (right + 1) / (judged + 2)
        judged = judged + fired[best]
    return np.array(chosen, dtype=np.int64)


def _diverse(context: SamplingContext, n: int, rng: np.random.Generator) -> RowIds:
    """Give a row from the middle of each of n clusters of texts, the largest cluster first.

    The clusters are those of DIVERSE_ROWS rows, by the words in their texts (k-means on hashed
    words, as in Sculley 2010).
    """
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.feature_extraction.text import HashingVectorizer

    row_ids = _shuffled(context.candidates, rng)[:DIVERSE_ROWS]
    n = min(n, row_ids.size)
    if n <= 0 or context.texts is None:
        return row_ids[: max(n, 0)]
    words = HashingVectorizer(n_features=2**11, alternate_sign=False).transform(
        context.texts(row_ids)
    )
    found = MiniBatchKMeans(n, n_init=1, random_state=int(rng.integers(2**31))).fit(words)
    distances = found.transform(words)
    sizes = np.bincount(found.labels_, minlength=n)
    chosen: list[int] = []
    for cluster in np.argsort(-sizes, kind="stable"):
        nearest = np.argsort(distances[:, cluster].round(9), kind="stable")
        chosen.append(next(int(i) for i in nearest if int(i) not in chosen))
    return row_ids[chosen]


def _pool(row_ids: RowIds, columns: list[Votes], n: int) -> RowIds:
    """Return the first POOL_ROWS rows, and the first n on which each function votes."""
    if row_ids.size <= POOL_ROWS:
        return row_ids
    kept = np.zeros(row_ids.size, dtype=np.bool_)
    kept[:POOL_ROWS] = True
    for column in columns:
        kept[np.flatnonzero(column[row_ids] >= 0)[:n]] = True
    return row_ids[kept]


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
    "diverse": Sampler(
        _diverse, "Many rows have words like these: together such rows show what there is."
    ),
    "informative": Sampler(
        _informative, "Functions vote here of which least is known: your label measures them."
    ),
}
"""Every way to choose rows to annotate, by name."""
