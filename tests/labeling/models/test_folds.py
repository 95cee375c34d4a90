"""Folds are even, and follow from what the rows are and not from where they stand."""

import numpy as np

from labeling.models.fires import Fires, fires_of
from labeling.models.folds import dealt_folds

K = 3


def _cases(fires: Fires) -> tuple[np.ndarray, np.ndarray]:
    pattern, gold = np.nonzero(fires.gold)
    times = fires.gold[pattern, gold].astype(int)
    return np.repeat(pattern, times), np.repeat(gold, times)


def _votes(seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    votes = random.integers(-1, K, (120, 5)).astype(np.int8)
    return votes, random.integers(-1, K, 120)


def test_folds_are_even() -> None:
    """No fold has two rows more than another, and each seed deals anew."""
    votes, gold = _votes(0)
    fires = fires_of(votes, K, gold)
    one, other = (dealt_folds(fires, *_cases(fires), 5, seed) for seed in (0, 1))
    sizes = np.bincount(one, minlength=5)
    assert sizes.sum() == (gold >= 0).sum()
    assert sizes.max() - sizes.min() <= 1
    assert not np.array_equal(one, other)


def test_shuffled_functions_and_classes_deal_the_same_folds() -> None:
    """The same rows are together; each is known again by its votes and its gold."""
    votes, gold = _votes(1)
    functions, classes = np.array([3, 0, 4, 1, 2]), np.array([2, 0, 1])
    moved = np.where(votes >= 0, classes[votes], -1).astype(np.int8)[:, functions]
    moved_gold = np.where(gold >= 0, classes[gold], -1)
    assert _named(votes, gold) == {
        (tuple(_back(row, functions, classes)), int(np.argsort(classes)[label]), fold)
        for row, label, fold in _named(moved, moved_gold)
    }


def _named(votes: np.ndarray, gold: np.ndarray) -> set[tuple[tuple[int, ...], int, int]]:
    fires = fires_of(votes, K, gold)
    pattern, label = _cases(fires)
    folds = dealt_folds(fires, pattern, label, 5, seed=0)
    return {
        (tuple(fires.votes[p].tolist()), int(g), int(f))
        for p, g, f in zip(pattern, label, folds, strict=True)
    }


def _back(row: tuple[int, ...], functions: np.ndarray, classes: np.ndarray) -> list[int]:
    original = np.empty(len(row), dtype=int)
    named = np.array(row)
    original[functions] = np.where(named >= 0, np.argsort(classes)[named], -1)
    return [int(vote) for vote in original]
