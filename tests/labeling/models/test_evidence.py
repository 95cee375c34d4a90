"""Specificity-prior evidence, computed by hand, and what gold does to it."""

import numpy as np
import pytest

from labeling.models.evidence import SpecificityEvidence
from labeling.models.fires import fires_of
from labeling.models.precision import start_precisions
from labeling.votes import Votes

VOTES = np.array([[0, -1], [-1, 1], [0, -1], [0, -1]], dtype=np.int8)


def sigmoid(log_odds: float) -> float:
    """Return the probability with these log odds."""
    return 1 / (1 + float(np.exp(-log_odds)))


def test_rare_votes_outweigh_common_ones() -> None:
    """A vote adds logit .75 - .27 ln (10 c), where c is the share of rows on which it is cast."""
    common = np.log(3) - 0.27 * np.log(7.5)
    rare = np.log(3) - 0.27 * np.log(2.5)
    both = np.array([[0, 1]], dtype=np.int8)
    fitted = SpecificityEvidence(2).fit(VOTES)
    assert fitted.predict_proba(VOTES)[0, 0] == pytest.approx(sigmoid(common))
    assert fitted.predict_proba(both)[0, 1] == pytest.approx(sigmoid(rare - common))


def test_trust_in_a_rare_vote_is_bounded() -> None:
    """However rare, a vote starts at a precision of .9 at most; however common, .6 at least."""
    votes = np.full((100_000, 2), -1, dtype=np.int8)
    votes[0, 0] = 1
    votes[1:, 1] = 0
    posterior = SpecificityEvidence(2).fit(votes).predict_proba(votes[:2])
    assert posterior[0, 1] == pytest.approx(0.9)
    assert posterior[1, 0] == pytest.approx(sigmoid(np.log(3) - 0.27 * np.log(9.9999)), abs=1e-6)


def test_gold_moves_the_precision_of_each_vote() -> None:
    """Gold that confirms adds trust; gold that refutes takes it, but never inverts a vote."""
    votes = np.array([[0, 0]] * 30 + [[0, -1]] * 30 + [[-1, 1]] * 30, dtype=np.int8)
    gold = np.array([0] * 30 + [0] * 15 + [-1] * 15 + [0] * 20 + [1] * 10)
    even = [0.5, 0.5]
    before = SpecificityEvidence(2, class_balance=even).fit(votes)
    after = SpecificityEvidence(2, class_balance=even).fit(votes, gold=gold)
    assert after.accuracies_[0] > before.accuracies_[0]
    assert after.accuracies_[1] < before.accuracies_[1]
    alone: Votes = np.array([[-1, 1]], dtype=np.int8)
    assert 0.5 < after.predict_proba(alone)[0, 1] < before.predict_proba(alone)[0, 1]


def test_functions_that_agree_start_with_more_trust() -> None:
    """Agreement where votes meet raises the precision of every vote, disagreement lowers it."""
    alone: Votes = np.array([[0, -1, -1]], dtype=np.int8)
    agreeing = np.array([[0, 0]] * 20 + [[0, -1]] * 20 + [[-1, 0]] * 20 + [[1, 1]] * 20)
    opposed = np.array([[0, 1]] * 20 + [[0, -1]] * 20 + [[-1, 1]] * 20 + [[1, 0]] * 20)
    trust = {}
    for name, votes in {"agreeing": agreeing, "opposed": opposed}.items():
        both = np.hstack([votes, np.full((80, 1), -1)]).astype(np.int8)
        trust[name] = SpecificityEvidence(2).fit(both).predict_proba(alone)[0, 0]
    assert trust["agreeing"] > trust["opposed"] + 0.1


def test_copies_count_little_more_than_once() -> None:
    """Three copies of a function do not outvote two others of the same kind."""
    rng = np.random.default_rng(0)
    columns = [np.where(rng.random(2000) < 0.2, label, -1) for label in (0, 1, 1)]
    votes = np.stack([columns[0], *[columns[0]] * 2, *columns[1:]], axis=1).astype(np.int8)
    conflict: Votes = np.array([[0, 0, 0, 1, 1]], dtype=np.int8)
    assert SpecificityEvidence(2).fit(votes).predict_proba(conflict)[0, 1] > 0.5


def test_gold_sets_the_temperature() -> None:
    """Gold that overconfident votes often miss cools them down; without gold nothing changes."""
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 2, 300)
    shared = np.where(rng.random(300) < 0.7, truth, 1 - truth).astype(np.int8)
    own = np.where(rng.random((300, 3)) < 0.7, truth[:, None], 1 - truth[:, None])
    votes = np.where(rng.random((300, 3)) < 0.75, shared[:, None], own).astype(np.int8)
    cooled = SpecificityEvidence(2).fit(votes, gold=truth)
    assert SpecificityEvidence(2).fit(votes).temperature_ == 1.0
    assert cooled.temperature_ < 0.8
    assert cooled.predict_proba(votes).max() < 0.85


def test_agreement_is_learned_where_rows_have_many_votes() -> None:
    """With five votes a row, a function that contradicts the others loses weight."""
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 2, 500)
    right = rng.random((500, 5)) < [0.9, 0.9, 0.9, 0.9, 0.5]
    votes = np.where(right, truth[:, None], 1 - truth[:, None]).astype(np.int8)
    fitted = SpecificityEvidence(2).fit(votes)
    assert fitted.n_iter_ == 5
    assert fitted.accuracies_[:4].min() > 0.8
    assert fitted.accuracies_[4] < 0.65


def test_gold_says_how_much_starts_are_worth() -> None:
    """Where functions differ more than chance explains, their starts are worth fewer gold rows."""
    rng = np.random.default_rng(4)
    truth = rng.integers(0, 2, 4_000)

    def start_worth(accuracies: list[float]) -> float:
        right = rng.random((4_000, 8)) < accuracies
        votes = np.where(right, truth[:, None], 1 - truth[:, None]).astype(np.int8)
        votes[rng.random((4_000, 8)) > 0.2] = -1
        gold = np.where(np.arange(4_000) < 1_000, truth, -1)
        return start_precisions(fires_of(votes, 2, gold), np.full(2, 0.5), True).prior_rows

    assert start_worth([0.5, 0.97] * 4) < 12 < start_worth([0.75] * 8)


def test_one_gold_row_is_shrunk_toward_the_start() -> None:
    """A function that is wrong on the only gold row it votes on keeps most of its trust."""
    votes = np.full((200, 2), -1, dtype=np.int8)
    votes[:20, 0], votes[20:60, 1] = 0, 1
    gold = np.full(200, -1)
    gold[0] = 1
    precision = start_precisions(fires_of(votes, 2, gold), np.full(2, 0.5), False).precisions[0]
    assert 0.62 < precision < 0.75


def test_the_temperature_leaves_out_a_rows_own_gold() -> None:
    """Each of many functions votes on one gold row: what it gains there says nothing of others."""
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 2, 60)
    votes = np.full((60, 60), -1, dtype=np.int8)
    votes[np.arange(60), np.arange(60)] = np.where(np.arange(60) % 5 < 3, truth, 1 - truth)
    assert SpecificityEvidence(2).fit(votes, gold=truth).temperature_ < 1
