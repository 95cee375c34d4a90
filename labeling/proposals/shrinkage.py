"""What is known of the best of many shares, without the luck that made it the best.

Of thousands of words some are right on 4 of 4 gold rows by luck, and those are looked at first: an
interval that knows nothing of the others is too high for them. So the others are asked. The true
share t of class k where a condition holds is taken for drawn from

    sum over j of w_j Beta(s_j m_k, s_j (1 - m_k))

with m_k the share of the class over all conditions, and strengths s_j from "words prove much" to
"words prove nothing". The weights w are those under which all that was counted is most likely, by
EM. Given r of n right, t has this prior times t^r (1 - t)^(n - r), whoever else was looked at, so
that a choice among many does not bias it (Efron, "Tweedie's formula and selection bias", 2011; the
mixture is after Stephens, "False discovery rates: a new deal", 2017).

Labels of the label model are no gold: they may be wrong, and are where other functions vote. What
they are worth is learned, too: from the conditions of which gold speaks as well.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc

_STRENGTHS = np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0])
_EDGES = np.linspace(0, 1, 401)
_SHARES = (_EDGES[1:] + _EDGES[:-1]) / 2
"""The shares that are looked at: the middles of small parts of 0 to 1."""
_ROUNDS = 60
_AT_ONCE = 2_000
_IMAGINED = 1.0
"""So many imagined conditions of each strength keep few real ones from looking like certainty."""
_TAIL = 0.025
_WORTHS = np.array([0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0])
"""How many gold rows one row with a label of the label model may be worth."""

Floats = npt.NDArray[np.float64]
Counts = tuple[Floats, Floats]

_NONE: Floats = np.empty((0, _STRENGTHS.size))


@dataclass(frozen=True, eq=False)
class Shares:
    """The mean of each true share, and the bounds it lies between with 95 %; all of one shape."""

    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Prior:
    """How good conditions are: `chances` (k, p) that its share of class k is in each small part."""

    chances: Floats

    def shares(self, right: Floats, n: Floats) -> Shares:
        """Return what is known of f shares of k classes: `right` of `n` rows each, all (f, k).

        Counts may be expected ones; they are rounded. Where n is 0 it is what is known of any.
        """
        known = []
        for code, chances in enumerate(self.chances):
            counts, which = _distinct(right[:, code], n[:, code])
            found = [_shares(some, chances) for some in _in_pieces(counts)]
            known.append(np.concatenate([*found, np.empty((0, 3))])[which])
        mean, low, high = np.moveaxis(np.stack(known, axis=1), 2, 0)
        return Shares(mean, low, high)


def learned(right: Floats, n: Floats) -> Prior:
    """Return the prior from conditions that speak for others, `right` of `n` rows each, (f, k)."""
    parts, likelihoods, times = [], [], []
    for code in range(right.shape[1]):
        counts, which = _distinct(right[:, code], n[:, code])
        often = np.bincount(which, minlength=len(counts)).astype(np.float64)
        of_class, of_all = often @ counts
        parts.append(_parts((of_class + 0.5) / (of_all + 1)))
        times.append(often)
        likelihoods += [_likely(some) @ parts[-1].T for some in _in_pieces(counts)]
    weights = _weights(np.concatenate([*likelihoods, _NONE]), np.concatenate(times))
    return Prior(np.stack([weights @ one for one in parts]))


def worth(prior: Prior, codes: npt.NDArray[np.int64], by_labels: Counts, by_gold: Counts) -> float:
    """Return how many gold rows one labelled row is worth, where both speak of f conditions.

    That is the one of _WORTHS under which `by_gold` is most likely after `by_labels`, both right
    and n, each (f,), of the votes for the classes `codes` (f,).
    """
    chances = prior.chances[codes]
    labels, gold = np.stack(by_labels, axis=1), np.stack(by_gold, axis=1)
    log = [0.0] * _WORTHS.size
    for piece in range(0, codes.size, _AT_ONCE):
        part = slice(piece, piece + _AT_ONCE)
        seen = _likely(gold[part])
        for i, one in enumerate(_WORTHS):
            before = chances[part] * _likely(one * labels[part])
            before /= before.sum(axis=1, keepdims=True)
            log[i] += float(np.log((before * seen).sum(axis=1)).sum())
    return float(_WORTHS[int(np.argmax(log))])


def _distinct(right: Floats, n: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return the different counts, right and n (u, 2), and which of them each condition has."""
    rounded = np.rint(np.stack([right, n], axis=1))
    rounded[:, 0] = np.minimum(rounded[:, 0], rounded[:, 1])
    counts, which = np.unique(rounded, axis=0, return_inverse=True)
    return counts, which.reshape(-1)


def _in_pieces(counts: Floats) -> list[Floats]:
    return [counts[i : i + _AT_ONCE] for i in range(0, len(counts), _AT_ONCE)]


def _parts(share: float) -> Floats:
    """Return how probable each strength makes each small part of 0 to 1, (j, p)."""
    s = _STRENGTHS[:, None]
    below: Floats = betainc(s * share, s * (1 - share), _EDGES)
    parts: Floats = np.diff(below, axis=1)
    return parts


def _likely(counts: Floats) -> Floats:
    """Return how likely each share makes each count (u, 2), (u, p), times a factor for each row."""
    right, n = counts[:, :1], counts[:, 1:]
    log = right * np.log(_SHARES) + (n - right) * np.log1p(-_SHARES)
    likely: Floats = np.exp(log - log.max(axis=1, keepdims=True))
    return likely


def _weights(likelihood: Floats, times: Floats) -> Floats:
    """Return the weight of each strength (j,), by EM over the counts (u, j) of all classes."""
    weights = np.full(_STRENGTHS.size, 1 / _STRENGTHS.size)
    for _ in range(_ROUNDS):
        belongs = likelihood * weights
        belongs /= belongs.sum(axis=1, keepdims=True)
        weights = times @ belongs + _IMAGINED
        weights /= weights.sum()
    return weights


def _shares(counts: Floats, chances: Floats) -> Floats:
    """Return mean, low and high (u, 3) of the shares behind some counts."""
    posterior = _likely(counts) * chances
    posterior /= posterior.sum(axis=1, keepdims=True)
    below = posterior.cumsum(axis=1)
    low = _EDGES[(below < _TAIL).sum(axis=1)]
    high = _EDGES[np.minimum((below < 1 - _TAIL).sum(axis=1) + 1, _EDGES.size - 1)]
    return np.stack([posterior @ _SHARES, low, high], axis=1)
