"""Shares chosen as the best of many, of which it is known how good they really are."""

import numpy as np
import numpy.typing as npt
import pytest

from labeling.intervals import wilson_bounds
from labeling.proposals.shrinkage import learned, worth

Floats = npt.NDArray[np.float64]


def both_classes(right: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Return counts of two classes of which one has what the other has not."""
    return np.stack([right, n - right], axis=1), np.stack([n, n], axis=1)


def drawn(seed: int, shares: Floats) -> tuple[Floats, Floats]:
    """Return how many of 3 to 20 rows are right, for each true share."""
    rng = np.random.default_rng(seed)
    n = rng.integers(3, 21, shares.size).astype(np.float64)
    return rng.binomial(n.astype(int), shares).astype(np.float64), n


def words(seed: int) -> Floats:
    """Return the true shares of 2,000 words that prove little and of 60 that prove much."""
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.beta(12, 12, 2_000), rng.beta(9, 1, 60)])


def test_the_best_of_many_lie_in_their_intervals() -> None:
    """Of the best 50 words 95 % do; Wilson intervals, which know of no others, hold fewer."""
    inside, by_wilson = [], []
    for seed in range(10):
        shares = words(seed)
        right, n = drawn(seed, shares)
        known = learned(*both_classes(right, n)).shares(*both_classes(right, n))
        low, high = wilson_bounds(right, n)
        best = np.argsort(-low, kind="stable")[:50]
        within = (known.low[:, 0] <= shares) & (shares <= known.high[:, 0])
        inside.append(within[best].mean())
        by_wilson.append(((low <= shares) & (shares <= high))[best].mean())
    assert np.mean(inside) > 0.92
    assert np.mean(by_wilson) < 0.85


def test_the_best_are_as_good_as_is_said() -> None:
    """What is said of the best 50 is right on average; what was counted is far too high."""
    said, counted, true = [], [], []
    for seed in range(10):
        shares = words(seed)
        right, n = drawn(seed, shares)
        known = learned(*both_classes(right, n)).shares(*both_classes(right, n))
        best = np.argsort(-wilson_bounds(right, n)[0], kind="stable")[:50]
        said.append(known.mean[best, 0].mean())
        counted.append((right / n)[best].mean())
        true.append(shares[best].mean())
    assert np.mean(said) == pytest.approx(np.mean(true), abs=0.05)
    assert np.mean(counted) > np.mean(true) + 0.1


def test_where_words_prove_much_little_is_taken_away() -> None:
    """Most words are of one class alone: 5 of 5 are believed."""
    right = np.tile([0.0, 5.0, 6.0, 0.0], 200)
    n = np.tile([5.0, 5.0, 6.0, 6.0], 200)
    known = learned(*both_classes(right, n)).shares(*both_classes(np.array([5.0]), np.array([5.0])))
    assert known.mean[0, 0] > 0.9


def test_where_words_prove_nothing_all_is_taken_away() -> None:
    """Every word is half and half, with as much spread as coins have: 8 of 8 is luck."""
    rng = np.random.default_rng(1)
    n = np.full(2_000, 8.0)
    right = rng.binomial(8, 0.5, 2_000).astype(np.float64)
    known = learned(*both_classes(right, n)).shares(*both_classes(np.array([8.0]), np.array([8.0])))
    assert known.mean[0, 0] < 0.65


def test_without_a_condition_to_learn_from_nothing_is_certain() -> None:
    """There is an answer, between none and all, for no rows and for 4 of 4."""
    nothing = np.empty((0, 2))
    right, n = both_classes(np.array([0.0, 4.0]), np.array([0.0, 4.0]))
    known = learned(nothing, nothing).shares(right, n)
    assert known.mean[0, 0] == pytest.approx(0.5, abs=0.01)
    assert 0.5 < known.mean[1, 0] < 1.0
    assert ((known.low < known.mean) & (known.mean < known.high)).all()


def test_labels_are_worth_what_gold_says() -> None:
    """Labels that are as gold is count whole, those that have nothing to do with it not at all."""
    shares = words(3)
    right, n = drawn(3, shares)
    prior = learned(*both_classes(right, n))
    codes = np.zeros(shares.size, dtype=np.int64)
    assert worth(prior, codes, drawn(4, shares), (right, n)) >= 0.5
    strangers = np.random.default_rng(5).permutation(shares)
    assert worth(prior, codes, drawn(4, strangers), (right, n)) <= 0.02
