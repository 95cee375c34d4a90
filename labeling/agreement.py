"""How far annotators agree beyond chance, from who labelled which row as what.

A row of `ratings` is a data row, a column an annotator; -1 means not labelled. All measures take
rows that only some of the annotators labelled.

- Cohen's kappa of two annotators: Cohen, "A coefficient of agreement for nominal scales", 1960. Of
  more than two, the mean over pairs, each weighed by its rows (after Light 1971).
- Fleiss' kappa: Fleiss, "Measuring nominal scale agreement among many raters", 1971. Where rows
  have different numbers of labels, each row with two or more counts with its own number.
- Krippendorff's alpha for nominal data: Krippendorff, "Computing Krippendorff's
  Alpha-Reliability", 2011.

Intervals are percentile bootstraps over rows (Efron 1979). Rows with the same labels are one
pattern with a count, so that a resample costs by the number of patterns.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np
import numpy.typing as npt

from labeling.calibration import Figure
from labeling.votes import Patterns, vote_patterns

Ratings = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

Measure = Callable[[Floats], Floats]
"""Takes how often each pattern counts, (b, p); returns (b,) or (b, values)."""

RESAMPLES = 1_000
LEAST_RESAMPLES = 200
MOST_WORK = 100_000_000
"""Fewer resamples are drawn where one of them has more than a hundred thousand pairs of labels."""
MOST_CELLS = 10_000_000


@dataclass(frozen=True)
class PairAgreement:
    """Two annotators on the rows that both labelled.

    `confusion[a][b]`: on how many rows the first said class a and the second class b. `agreement`
    is the share of `rows` with one class. `kappa` is None where chance alone explains everything:
    both named the same single class.
    """

    first: str
    second: str
    rows: int
    agreement: float
    kappa: Figure | None
    confusion: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class ClassAgreement:
    """One class against all others: how many labels name it, and how far annotators agree on it."""

    name: str
    labels: int
    fleiss_kappa: Figure | None
    krippendorff_alpha: Figure | None


@dataclass(frozen=True)
class Agreement:
    """How far the annotators of a project agree.

    `rows` have two labels or more, and on `disagreeing_rows` these differ. A figure is None where
    it is not defined: without such rows, or where only one class was ever named.
    """

    annotators: tuple[str, ...]
    rows: int
    disagreeing_rows: int
    pairs: tuple[PairAgreement, ...]
    classes: tuple[ClassAgreement, ...]
    cohen_kappa: Figure | None
    fleiss_kappa: Figure | None
    krippendorff_alpha: Figure | None


def agreement(
    ratings: Ratings, annotators: Sequence[str], classes: Sequence[str], seed: int = 0
) -> Agreement:
    """Return how far annotators agree, for `ratings` int8 (r, a) of class codes, -1 = no label."""
    shared = np.ascontiguousarray(ratings[(ratings >= 0).sum(axis=1) >= 2])
    patterns = vote_patterns(shared)
    counts = _class_counts(patterns.votes, len(classes))
    pairs = _Pairs(patterns.votes, len(classes))
    by_class = [_against_rest(counts, code) for code in range(len(classes))]
    measures: list[Measure] = [
        pairs.kappas,
        pairs.mean_kappa,
        partial(fleiss_kappa, counts),
        partial(krippendorff_alpha, counts),
        *(partial(fleiss_kappa, own) for own in by_class),
        *(partial(krippendorff_alpha, own) for own in by_class),
    ]
    each, mean, fleiss, alpha, *of_classes = _measured(measures, patterns, seed)
    return Agreement(
        annotators=tuple(annotators),
        rows=shared.shape[0],
        disagreeing_rows=int(patterns.counts[(counts > 0).sum(axis=1) > 1].sum()),
        pairs=pairs.described(patterns.counts.astype(np.float64), annotators, each),
        classes=tuple(
            ClassAgreement(name, int((ratings == code).sum()), kappa[0], alpha_of_it[0])
            for code, (name, kappa, alpha_of_it) in enumerate(
                zip(classes, of_classes[: len(classes)], of_classes[len(classes) :], strict=True)
            )
        ),
        cohen_kappa=mean[0],
        fleiss_kappa=fleiss[0],
        krippendorff_alpha=alpha[0],
    )


def cohen_kappa(confusion: Floats) -> Floats:
    """Return kappa of confusion matrices (..., k, k), NaN where chance explains everything."""
    total = confusion.sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        agreed = np.trace(confusion, axis1=-2, axis2=-1) / total
        first, second = confusion.sum(axis=-1), confusion.sum(axis=-2)
        expected = (first * second).sum(axis=-1) / total**2
        return np.asarray((agreed - expected) / (1 - expected), dtype=np.float64)


def fleiss_kappa(counts: Floats, weights: Floats) -> Floats:
    """Return kappa for each line of `weights` (b, p): how often each pattern of rows counts.

    `counts` (p, k): how many annotators named each class on the rows of a pattern, two or more in
    all. NaN where only one class was named.
    """
    labels = counts.sum(axis=1)
    agreed = ((counts**2).sum(axis=1) - labels) / (labels * (labels - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = weights @ agreed / weights.sum(axis=1)
        shares = weights @ counts / (weights @ labels)[:, None]
        expected = (shares**2).sum(axis=1)
        return np.asarray((observed - expected) / (1 - expected), dtype=np.float64)


def krippendorff_alpha(counts: Floats, weights: Floats) -> Floats:
    """Return alpha for each line of `weights`; the rest as for `fleiss_kappa`."""
    labels = counts.sum(axis=1)
    differing = (labels**2 - (counts**2).sum(axis=1)) / (labels - 1)
    totals = weights @ counts
    n = totals.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = weights @ differing / n
        expected = (n**2 - (totals**2).sum(axis=1)) / (n * (n - 1))
        return np.asarray(1 - observed / expected, dtype=np.float64)


class _Pairs:
    """Each two annotators that labelled a row in common, over the patterns `votes` (p, a)."""

    def __init__(self, votes: Ratings, n_classes: int) -> None:
        self._n_classes = n_classes
        self._named: list[tuple[int, int]] = []
        patterns, cells = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        for first, second in combinations(range(votes.shape[1]), 2):
            both = np.flatnonzero((votes[:, first] >= 0) & (votes[:, second] >= 0))
            if both.size:
                cell = votes[both, first].astype(np.int64) * n_classes + votes[both, second]
                cells.append(cell + len(self._named) * n_classes**2)
                patterns.append(both)
                self._named.append((first, second))
        self._pattern, self._cell = np.concatenate(patterns), np.concatenate(cells)

    def confusions(self, weights: Floats) -> Floats:
        """Return the confusion matrices of all pairs, (b, pairs, k, k), for weights (b, p)."""
        shape = (len(self._named), self._n_classes, self._n_classes)
        size = int(np.prod(shape))
        counted = [
            np.bincount(self._cell, weights=one[self._pattern], minlength=size).reshape(shape)
            for one in weights
        ]
        return np.stack(counted)

    def kappas(self, weights: Floats) -> Floats:
        """Return Cohen's kappa of all pairs, (b, pairs)."""
        return cohen_kappa(self.confusions(weights))

    def mean_kappa(self, weights: Floats) -> Floats:
        """Return the mean of the kappas that are defined, each weighed by its rows, (b,)."""
        confusions = self.confusions(weights)
        kappas, rows = cohen_kappa(confusions), confusions.sum(axis=(2, 3))
        rows = np.where(np.isfinite(kappas), rows, 0.0)
        with np.errstate(invalid="ignore"):
            return np.asarray((np.nan_to_num(kappas) * rows).sum(axis=1) / rows.sum(axis=1))

    def described(
        self, counts: Floats, annotators: Sequence[str], kappas: Sequence[Figure | None]
    ) -> tuple[PairAgreement, ...]:
        """Return what is known of each pair, for patterns that so many rows show, (p,)."""
        found = self.confusions(counts[None])[0]
        return tuple(
            PairAgreement(
                annotators[first],
                annotators[second],
                int(found[i].sum()),
                float(np.trace(found[i]) / found[i].sum()),
                kappas[i],
                tuple(tuple(int(count) for count in line) for line in found[i]),
            )
            for i, (first, second) in enumerate(self._named)
        )


def _class_counts(votes: Ratings, n_classes: int) -> Floats:
    """Return how many annotators named each class, (p, k), for votes (p, a)."""
    named = [(votes == code).sum(axis=1) for code in range(n_classes)]
    return np.stack(named, axis=1).astype(np.float64)


def _against_rest(counts: Floats, code: int) -> Floats:
    """Return the counts of a class and of all others together, (p, 2)."""
    own = counts[:, code]
    return np.stack([own, counts.sum(axis=1) - own], axis=1)


def _measured(
    measures: Sequence[Measure], patterns: Patterns, seed: int
) -> list[list[Figure | None]]:
    """Return each measure's figures, with intervals from the same resamples of the rows."""
    rows = int(patterns.counts.sum())
    if rows == 0:
        return [[None] for _ in measures]
    drawn: list[list[Floats]] = [[] for _ in measures]
    for weights in _resamples(patterns, rows, seed):
        for values, measure in zip(drawn, measures, strict=True):
            values.append(measure(weights))
    exact = patterns.counts[None].astype(np.float64)
    return [
        _figures(measure(exact)[0], np.concatenate(values))
        for measure, values in zip(measures, drawn, strict=True)
    ]


def _resamples(patterns: Patterns, rows: int, seed: int) -> Iterator[Floats]:
    """Give, some at a time, how often each pattern is drawn in a resample of the rows, (b, p)."""
    labels = (patterns.votes >= 0).sum(axis=1)
    work = int((labels * (labels - 1) // 2).sum())
    left = int(np.clip(MOST_WORK // max(work, 1), LEAST_RESAMPLES, RESAMPLES))
    rng = np.random.default_rng((seed, 11_687))
    at_once = max(1, MOST_CELLS // patterns.counts.size)
    while left > 0:
        times = min(left, at_once)
        yield rng.multinomial(rows, patterns.counts / rows, size=times).astype(np.float64)
        left -= times


def _figures(values: Floats, drawn: Floats) -> list[Figure | None]:
    """Return figures with the middle 95 % of what resamples gave; None where one is undefined."""
    return [
        _figure(float(value), of_it)
        for value, of_it in zip(np.atleast_1d(values), drawn.reshape(len(drawn), -1).T, strict=True)
    ]


def _figure(value: float, drawn: Floats) -> Figure | None:
    defined = drawn[np.isfinite(drawn)]
    if not np.isfinite(value) or defined.size == 0:
        return None
    low, high = np.quantile(defined, (0.025, 0.975))
    return Figure(value, float(low), float(high))
