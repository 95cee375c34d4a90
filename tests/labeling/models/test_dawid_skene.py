"""Dawid–Skene on crowds with a known truth, and its anchors."""

import numpy as np
import pytest

from labeling.models.dawid_skene import DawidSkene
from labeling.models.majority import MajorityVote
from labeling.votes import Votes


def crowd(
    balance: list[float], accuracies: list[float], n: int = 3000, seed: int = 3
) -> tuple[Votes, np.ndarray]:
    """Return votes of independent annotators, whose errors are spread evenly, and the truth."""
    rng = np.random.default_rng(seed)
    k = len(balance)
    truth = rng.choice(k, n, p=balance)
    other = (truth[:, None] + rng.integers(1, k, (n, len(accuracies)))) % k
    right = rng.random((n, len(accuracies))) < accuracies
    return np.where(right, truth[:, None], other).astype(np.int8), truth


def test_recovers_accuracies_and_balance() -> None:
    """With five independent annotators the estimates come close to what made the votes."""
    votes, truth = crowd([0.5, 0.3, 0.2], [0.9, 0.8, 0.7, 0.6, 0.5])
    fitted = DawidSkene(3).fit(votes)
    measured = (votes == truth[:, None]).mean(axis=0)
    assert fitted.converged_
    assert fitted.accuracies_ == pytest.approx(measured, abs=0.06)
    assert fitted.class_balance_ == pytest.approx([0.5, 0.3, 0.2], abs=0.05)


def test_beats_majority_on_a_crowd_of_unequal_skill() -> None:
    """Two experts among guessers are found."""
    votes, truth = crowd([0.5, 0.5], [0.92, 0.9, 0.5, 0.5, 0.5, 0.5])
    labels = DawidSkene(2).fit(votes).predict_proba(votes).argmax(axis=1)
    majority = MajorityVote(2).fit(votes).predict_proba(votes)
    assert (labels == truth).mean() > 0.85
    assert (labels == truth).mean() > majority[np.arange(len(truth)), truth].mean() + 0.05


def test_balance_stays_even_where_rows_have_few_votes() -> None:
    """With one vote a row nothing tells a common class from an eager function."""
    votes = np.full((100, 2), -1, dtype=np.int8)
    votes[:90, 0], votes[90:, 1] = 0, 1
    assert DawidSkene(2).fit(votes).class_balance_.tolist() == [0.5, 0.5]


def test_a_declared_balance_is_kept() -> None:
    """What the user knows is not learned again."""
    votes, _ = crowd([0.5, 0.5], [0.8, 0.8, 0.8, 0.8], n=300)
    fitted = DawidSkene(2, class_balance=[0.7, 0.3]).fit(votes)
    assert fitted.class_balance_ == pytest.approx([0.7, 0.3])


def test_gold_settles_what_votes_cannot() -> None:
    """Two functions that always disagree: gold on some rows says which one is right."""
    votes = np.array([[0, 1], [1, 0]] * 50, dtype=np.int8)
    gold = np.full(100, -1)
    gold[:30] = votes[:30, 1]
    fitted = DawidSkene(2).fit(votes, gold=gold)
    assert fitted.predict_proba(votes).argmax(axis=1).tolist() == votes[:, 1].tolist()
    assert fitted.accuracies_[1] > 0.8
    assert fitted.accuracies_[0] < 0.2


def test_functions_that_are_nearly_always_right_are_no_copies() -> None:
    """Experts share nearly all of their votes, and still outvote as many poor functions."""
    votes, truth = crowd([0.5, 0.5], [0.99, 0.98, 0.98, 0.97, 0.65, 0.6, 0.55, 0.55])
    labels = DawidSkene(2).fit(votes).predict_proba(votes).argmax(axis=1)
    assert (labels == truth).mean() > 0.99
