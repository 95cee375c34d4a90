"""What a fit is given, and that it is never judged by gold it was given."""

import numpy as np
import pytest

from benchmarks.label_model_sets import VoteSet
from benchmarks.label_model_trials import BALANCE, GOLD_50, NOTHING, Setting, trial


def vote_set(train: int, valid: int, test: int, train_gold: bool = True) -> VoteSet:
    """Return a set whose function 0 votes on each second row, and whose gold is row mod 2."""
    n = train + valid + test
    votes = np.full((n, 2), -1, dtype=np.int8)
    votes[::2, 0] = 1
    gold = np.arange(n) % 2
    if not train_gold:
        gold[:train] = -1
    split = np.repeat(["train", "valid", "test"], [train, valid, test])
    return VoteSet("set", votes, gold, split, 2)


def test_nothing_known_judges_covered_training_rows() -> None:
    """A fit sees the training rows and no gold; uncovered rows judge nothing."""
    asked = trial(vote_set(train=8, valid=4, test=4), NOTHING)
    assert asked is not None
    assert asked.votes.shape == (8, 2)
    assert asked.known is None
    assert asked.class_balance is None
    assert asked.judged.tolist() == [0, 2, 4, 6]


def test_test_rows_that_judge_are_fitted_too() -> None:
    """Peers answer only for rows they were fitted on, so every model is."""
    asked = trial(vote_set(train=4, valid=0, test=4, train_gold=False), NOTHING)
    assert asked is not None
    assert asked.votes.shape == (6, 2)
    assert asked.judged.tolist() == [4, 5]


def test_a_known_class_balance_is_that_of_the_judging_split() -> None:
    """Five of ten training rows have class 1."""
    asked = trial(vote_set(train=10, valid=1, test=0), BALANCE)
    assert asked is not None
    assert asked.class_balance == pytest.approx([0.5, 0.5])


def test_gold_comes_from_other_splits_where_they_have_enough() -> None:
    """All training rows still judge; the rows with given gold are fitted as well."""
    asked = trial(vote_set(train=100, valid=30, test=30), GOLD_50)
    assert asked is not None
    assert asked.known is not None
    assert asked.votes.shape == (150, 2)
    assert (asked.known[:100] == -1).all()
    assert (asked.known[100:] >= 0).all()
    assert asked.judged.size == 50


def test_gold_from_the_judging_split_judges_no_more() -> None:
    """With too little gold elsewhere, given rows are taken from those that judge."""
    asked = trial(vote_set(train=200, valid=10, test=10), GOLD_50)
    assert asked is not None
    assert asked.known is not None
    assert asked.votes.shape == (200, 2)
    assert (asked.known >= 0).sum() == 50
    assert (asked.known[asked.judged] == -1).all()
    assert asked.judged.size == 100 - (asked.known[::2] >= 0).sum()


def test_seeds_draw_other_gold_and_the_same_seed_the_same() -> None:
    """A draw is repeatable."""
    votes = vote_set(train=200, valid=60, test=60)
    one, again, other = (trial(votes, GOLD_50, seed) for seed in (0, 0, 1))
    assert one is not None
    assert again is not None
    assert other is not None
    assert np.array_equal(one.votes, again.votes)
    assert one.known is not None
    assert not np.array_equal(one.known, other.known)


@pytest.mark.parametrize(
    ("rows", "setting"),
    [(40, GOLD_50), (80, Setting("most", "Most rows given", gold_rows=60))],
)
def test_too_little_gold_gives_no_trial(rows: int, setting: Setting) -> None:
    """Neither fewer gold rows than asked, nor fewer than 20 left to judge, will do."""
    assert trial(vote_set(train=rows, valid=0, test=0), setting) is None
