"""Functions that copy each other count as one; functions that are right alike do not copy."""

import numpy as np
import pytest

from labeling.models import MODELS
from labeling.models.auto import Auto
from labeling.models.copies import copied_discounts, repeat_discounts
from labeling.models.dawid_skene import DawidSkene
from labeling.models.fires import Fires, fires_of
from labeling.models.majority import MajorityVote
from labeling.models.pair_agreement import pair_agreement
from labeling.models.safety_gate import reason_to_fall_back
from labeling.votes import Votes

ANNOTATORS = [0.45, 0.9, 0.85, 0.8, 0.75, 0.7, 0.7, 0.6]
EXPERTS = [0.99, 0.98, 0.98, 0.97, 0.65, 0.6, 0.55, 0.55]


def _crowd(
    accuracies: list[float], k: int = 3, n: int = 2000, silent: float = 0.4, seed: int = 5
) -> tuple[Votes, np.ndarray]:
    """Return votes of annotators who err independently, and the truth."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, k, n)
    wrong = (truth[:, None] + rng.integers(1, k, (n, len(accuracies)))) % k
    right = rng.random((n, len(accuracies))) < accuracies
    votes = np.where(right, truth[:, None], wrong)
    votes[rng.random(votes.shape) < silent] = -1
    return votes.astype(np.int8), truth


def _beside_copies(votes: Votes, copied: int, times: int = 4, dropped: float = 0.1) -> Votes:
    """Return the votes, and beside them copies that each leave out some votes of the original."""
    copies = np.repeat(votes[:, [copied]], times, axis=1)
    copies[np.random.default_rng(9).random(copies.shape) < dropped] = -1
    return np.hstack([votes, copies])


def _fires(votes: Votes, k: int = 3) -> Fires:
    return fires_of(votes, k, np.full(len(votes), -1))


def _right(model: str, votes: Votes, truth: np.ndarray, covered: np.ndarray, k: int = 3) -> float:
    labels = MODELS[model](k).fit(votes).predict_proba(votes).argmax(axis=1)
    return float((labels == truth)[covered].mean())


def test_agreement_beyond_chance_by_hand() -> None:
    """Of 40 common rows 30 are alike; by chance it would be half of them: kappa is a half."""
    votes = np.repeat([[0, 0], [1, 1], [0, 1], [1, 0], [0, -1]], [15, 15, 5, 5, 7], axis=0)
    found = pair_agreement(_fires(votes.astype(np.int8), 2))
    assert (found.one.tolist(), found.other.tolist(), found.rows.tolist()) == ([0], [1], [40.0])
    assert found.kappa == pytest.approx([0.5])
    assert found.variance(found.kappa) == pytest.approx([(0.75 * 0.25 + 1 / 40) / 40 / 0.5**2])


def test_agreement_of_functions_with_one_class_says_nothing() -> None:
    """Where both name nothing else they cannot but agree; and a few common rows are too few."""
    votes = np.repeat([[0, 0, 1], [0, 0, 0], [-1, 0, -1]], [10, 9, 30], axis=0).astype(np.int8)
    assert pair_agreement(_fires(votes, 2)).one.size == 0


@pytest.mark.parametrize(
    "model", ["auto", "dawid-skene", "evidence", "triplet", "weighted-majority"]
)
@pytest.mark.parametrize("dropped", [0.0, 0.1, 0.4])
def test_copies_do_not_outvote_the_others(model: str, dropped: float) -> None:
    """Copies of the worst annotator, whole or in part, hardly change a label."""
    votes, truth = _crowd(ANNOTATORS)
    covered = (votes >= 0).any(axis=1)
    beside = _beside_copies(votes, 0, dropped=dropped)
    before = _right(model, votes, truth, covered)
    assert _right("majority", beside, truth, covered) < before - 0.08
    assert _right(model, beside, truth, covered) > before - 0.02


def test_four_of_five_copies_weigh_as_one() -> None:
    """Copies that keep nine tenths of the votes carry hardly more than the original."""
    votes, _ = _crowd(ANNOTATORS)
    discounts = repeat_discounts(_fires(_beside_copies(votes, 0)))
    assert discounts[1:8].tolist() == [1.0] * 7
    # The original's votes are repeated by 4 * .9 others.
    assert discounts[0] == pytest.approx(1 / (1 + 4 * 0.9), abs=0.01)


@pytest.mark.parametrize("n", [500, 3000, 20_000])
@pytest.mark.parametrize("silent", [0.0, 0.4])
def test_functions_that_are_nearly_always_right_are_no_copies(n: int, silent: float) -> None:
    """Experts share nearly all of their votes, and nobody counts less for it."""
    votes, truth = _crowd(EXPERTS, k=2, n=n, silent=silent)
    assert repeat_discounts(_fires(votes, 2)).tolist() == [1.0] * 8
    if not silent:
        assert _right("dawid-skene", votes, truth, np.full(n, True), k=2) > 0.99


@pytest.mark.parametrize("seed", range(5))
def test_two_experts_among_guessers_are_no_copies(seed: int) -> None:
    """Nobody else says how good they are, so that nothing speaks against them."""
    votes, _ = _crowd([0.995, 0.995, 0.5, 0.5, 0.5, 0.5], k=2, silent=0.0, seed=seed)
    assert repeat_discounts(_fires(votes, 2)).tolist() == [1.0] * 6


def test_experts_beside_poor_functions_that_err_together_are_no_copies() -> None:
    """Poor functions that share their errors make good ones look as if they copied each other."""
    rng = np.random.default_rng(3)
    votes, _ = _crowd([0.95, 0.94, 0.96, 0.6, 0.6, 0.55, 0.5], n=3000, silent=0.0)
    shared = rng.integers(0, 3, 3000)
    together = rng.random((3000, 4)) < 0.4
    votes[:, 3:][together] = np.broadcast_to(shared[:, None], together.shape)[together]
    fires = _fires(votes)
    assert repeat_discounts(fires).tolist() == [1.0] * 7
    assert fires.copies.suspects.tolist() == [True] * 3 + [False] * 4


def test_two_clusters_of_copies_are_both_found() -> None:
    """Copies of one function do not hide that others copy another one."""
    votes, _ = _crowd(ANNOTATORS)
    discounts = repeat_discounts(_fires(_beside_copies(_beside_copies(votes, 0, 3), 7, 3)))
    assert (discounts[[0, 7, *range(8, 14)]] < 0.3).all()
    assert discounts[1:7].tolist() == [1.0] * 6


def test_too_few_rows_say_nothing() -> None:
    """On thirty rows anybody may agree with anybody."""
    votes, _ = _crowd(ANNOTATORS, n=30)
    assert repeat_discounts(_fires(_beside_copies(votes, 0))).tolist() == [1.0] * 12


def test_silent_functions_are_no_copies() -> None:
    """The votes of two that never vote are the same, and nothing follows from it."""
    votes = np.hstack([_crowd([0.8] * 3, n=50)[0], np.full((50, 2), -1, dtype=np.int8)])
    assert repeat_discounts(_fires(votes)).tolist() == [1.0] * 5


def test_order_is_irrelevant_to_copies() -> None:
    """Permuting functions and classes permutes the discounts."""
    votes, _ = _crowd(ANNOTATORS)
    beside = _beside_copies(votes, 0)
    order = np.random.default_rng(1).permutation(beside.shape[1])
    renamed = np.array([2, 0, 1, -1], dtype=np.int8)[beside][:, order]
    expected = repeat_discounts(_fires(beside))[order]
    assert repeat_discounts(_fires(renamed)) == pytest.approx(expected, rel=1e-9)


def test_the_default_says_that_functions_copy() -> None:
    """Its reason counts copies as one, so that copies do not make a crowd."""
    votes, _ = _crowd(ANNOTATORS)
    fitted = Auto(3).fit(_beside_copies(votes, 0))
    alone = Auto(3).fit(votes)
    assert "(5 functions that copy each other count as 1.1)" in fitted.reason_
    assert fitted.chosen_ == alone.chosen_
    assert "copy" not in alone.reason_


def test_copies_with_changes_are_suspected_and_rare_votes_trusted_more() -> None:
    """Copies that decide a tenth of the votes anew mislead agreement, and the default says so."""
    votes, truth = _crowd(ANNOTATORS)
    beside, rng = _beside_copies(votes, 0, dropped=0.0), np.random.default_rng(2)
    changed = (rng.random((2000, 4)) < 0.1) & (beside[:, 8:] >= 0)
    beside[:, 8:][changed] = rng.integers(0, 3, changed.sum())
    fires = _fires(beside)
    assert fires.copies.suspects.tolist() == [True] + [False] * 7 + [True] * 4
    assert copied_discounts(fires).tolist() == [1.0] * 12
    fitted = Auto(3).fit(beside)
    assert fitted.chosen_ == "evidence"
    assert "but 5 functions agree with each other more than being right explains" in fitted.reason_
    covered = (votes >= 0).any(axis=1)
    majority = _right("majority", beside, truth, covered)
    assert _right("auto", beside, truth, covered) > majority + 0.1
    assert _right("dawid-skene", beside, truth, covered) < majority


@pytest.mark.parametrize("accuracies", [ANNOTATORS, EXPERTS, [0.95, 0.95, 0.5, 0.5, 0.5, 0.5]])
@pytest.mark.parametrize("k", [2, 5])
def test_nobody_is_suspected_in_an_independent_crowd(accuracies: list[float], k: int) -> None:
    """However good some are, and however poor the others."""
    votes, _ = _crowd(accuracies, k=k, silent=0.2)
    assert not _fires(votes, k).copies.suspects.any()


@pytest.mark.parametrize("seed", [30, 31])
def test_nobody_is_suspected_for_the_luck_of_one_pair_among_thousands(seed: int) -> None:
    """Of 200 good functions some two agree far more than they should."""
    fires = _fires(_crowd([0.8] * 200, k=8, n=300, silent=0.5, seed=seed)[0], 8)
    assert not fires.copies.suspects.any()
    assert not fires.copies.rows.any()


def test_the_majority_of_copies_is_no_sign_of_swapped_classes() -> None:
    """A fit that thirty copies do not mislead may be against most rows' plain majority."""
    votes, _ = _crowd([0.35, *ANNOTATORS[1:]], silent=0.1)
    beside = _beside_copies(votes, 0, times=30)
    fires = _fires(beside)
    fitted = DawidSkene(3).fit_fires(fires)
    plain = MajorityVote(3).fit_fires(fires).pattern_posterior(fires)
    kept = fitted.pattern_posterior(fires).argmax(axis=1) == plain.argmax(axis=1)
    assert (fires.rows * kept).sum() < 0.5 * fires.rows.sum()
    assert reason_to_fall_back(fitted, fires, None) is None


def test_functions_with_the_very_same_votes_are_copies_to_dawid_skene_alone() -> None:
    """Two keywords of a rare class may find the same rows, and both be right."""
    votes = np.full((200, 3), -1, dtype=np.int8)
    votes[:, 0] = 0
    votes[:20, 1:] = 1
    fires = _fires(votes)
    assert repeat_discounts(fires).tolist() == [1.0, 0.5, 0.5]
    assert copied_discounts(fires).tolist() == [1.0, 1.0, 1.0]
