"""Which label model is chosen, why, and when majority vote labels instead."""

import numpy as np
import pytest

from labeling.models import MODELS
from labeling.models import fires as fires_module
from labeling.models import guarded as guarded_module
from labeling.models.auto import Auto
from labeling.models.comparison import Judged, judged
from labeling.models.contract import Floats
from labeling.models.dawid_skene import DawidSkene
from labeling.models.even_votes import EvenVotes
from labeling.models.evidence import SpecificityEvidence
from labeling.models.fires import Fires, fires_of, fires_of_rows, pair_counts
from labeling.models.guarded import guarded
from labeling.models.independence import independent
from labeling.models.majority import MajorityVote
from labeling.models.safety_gate import expected_gain, reason_to_fall_back
from labeling.models.same_votes import repeated_rows
from labeling.votes import Votes


def _crowd(n: int, m: int, votes_a_row: float, seed: int = 0) -> tuple[Votes, np.ndarray]:
    """Return votes of unequal annotators for three classes, and the truth."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 3, n)
    right = rng.random((n, m)) < rng.uniform(0.4, 0.95, m)
    wrong = (truth[:, None] + rng.integers(1, 3, (n, m))) % 3
    votes = np.where(right, truth[:, None], wrong)
    votes[rng.random((n, m)) > votes_a_row / m] = -1
    return votes.astype(np.int8), truth


def _fires(votes: Votes, gold: np.ndarray | None = None, k: int = 3) -> Fires:
    known = np.full(len(votes), -1) if gold is None else gold
    return fires_of(votes, k, known.astype(np.int64))


def _misleading() -> tuple[Votes, np.ndarray]:
    """Return votes whose rarest function is nearly always wrong, and the truth."""
    truth = np.zeros(400, dtype=np.int64)
    votes = np.full((400, 4), -1, dtype=np.int8)
    votes[:, :3] = 0
    votes[::8, 3] = 1
    votes[::16, 1:3] = -1
    return votes, truth


def test_few_votes_a_row_are_weighed_by_rarity() -> None:
    """Functions of the usual kind tell little about each other."""
    fitted = Auto(3).fit(_crowd(500, 8, 1.5)[0])
    assert fitted.chosen_ == "evidence"
    assert "too little to learn from agreement" in fitted.reason_


def _sharing_keywords(n: int) -> tuple[Votes, np.ndarray]:
    """Return few votes a row of functions that fire on the same rows and err together."""
    rng = np.random.default_rng(5)
    truth = rng.integers(0, 3, n)
    topic = rng.integers(0, 4, n)
    said = np.where(rng.random(n) < 0.7, truth, rng.integers(0, 3, n))
    fires = (np.arange(8)[None, :] % 4 == topic[:, None]) & (rng.random((n, 8)) < 0.8)
    return np.where(fires, said[:, None], -1).astype(np.int8), truth


def test_independent_functions_are_learned_from_agreement() -> None:
    """Where votes meet as by chance, agreement tells who is right even with few votes a row."""
    votes, truth = _crowd(3_000, 10, 2.7)
    fitted = Auto(3).fit(votes)
    assert fitted.chosen_ == "dawid-skene"
    assert "as often as independent ones would" in fitted.reason_
    covered = (votes >= 0).any(axis=1)
    right = fitted.predict_proba(votes).argmax(axis=1) == truth
    evidence = SpecificityEvidence(3).fit(votes).predict_proba(votes).argmax(axis=1) == truth
    assert right[covered].mean() > evidence[covered].mean() + 0.01


def test_functions_that_share_keywords_are_weighed_by_rarity() -> None:
    """Where votes meet more often than by chance, agreement is no confirmation."""
    fitted = Auto(3).fit(_sharing_keywords(3_000)[0])
    assert fitted.chosen_ == "evidence"
    assert "vote together more or less than by chance" in fitted.reason_


def test_a_sample_of_rows_is_judged_as_all_rows() -> None:
    """Rows that stand for many vary more; that is no sign of dependence."""
    votes, _ = _crowd(20_000, 10, 2.7)
    whole = _fires(votes)
    drawn = np.random.default_rng(1).random(20_000) < 0.2
    weights, known = np.full(drawn.sum(), 5.0), np.full(drawn.sum(), -1)
    counts = pair_counts(votes, 3)
    sample = fires_of_rows(votes[drawn], weights, known, counts, 20_000, whole.covered_rows)
    assert sample.rows_per_draw == 5
    for fires in (whole, sample):
        assert independent(DawidSkene(3).fit_fires(fires), fires)
    shared, _ = _sharing_keywords(20_000)
    rows, weights = np.flatnonzero(drawn), np.full(drawn.sum(), 5.0)
    fires = fires_of_rows(shared[rows], weights, known, pair_counts(shared, 3), 20_000, 20_000)
    assert independent(DawidSkene(3).fit_fires(fires), fires) is False


def test_a_crowd_is_learned_from_agreement() -> None:
    """Many votes a row tell who is right, and the labels are better than majority vote's."""
    votes, truth = _crowd(800, 10, 6.0)
    fitted = Auto(3).fit(votes)
    assert fitted.chosen_ == "dawid-skene"
    labels = fitted.predict_proba(votes).argmax(axis=1)
    majority = MajorityVote(3).fit(votes).predict_proba(votes)
    assert (labels == truth).mean() > majority[np.arange(800), truth].mean() + 0.02


def test_functions_that_repeat_others_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither once more by the fit that was chosen, nor for each fold of gold."""
    looked: list[Fires] = []

    def look(fires: Fires) -> Floats:
        looked.append(fires)
        return repeated_rows(fires)

    monkeypatch.setattr(fires_module, "repeated_rows", look)
    votes, truth = _crowd(400, 12, 6.0)
    gold = np.where(np.arange(400) < 200, truth, -1)
    fitted = Auto(3).fit_fires(_fires(votes, gold))
    assert fitted.chosen_ == "dawid-skene"
    assert len(looked) == 1


def test_gold_chooses_by_log_loss() -> None:
    """With enough gold the candidate that predicts it clearly better labels, whatever votes say."""
    votes, truth = _crowd(900, 20, 5.0, seed=2)
    assert Auto(3).fit(votes).chosen_ == "dawid-skene"
    gold = np.where(np.arange(900) < 600, truth, -1)
    fires = _fires(votes, gold)
    evidence = judged(lambda: SpecificityEvidence(3), fires)
    dawid_skene = judged(lambda: DawidSkene(3), fires)
    assert evidence is not None
    assert dawid_skene is not None
    assert evidence.clearly_better_than(dawid_skene)
    fitted = Auto(3).fit(votes, gold=gold)
    assert fitted.chosen_ == "evidence"
    assert f"{evidence.log_loss:.3f}, clearly below {dawid_skene.log_loss:.3f}" in fitted.reason_


def test_a_small_difference_on_gold_changes_nothing() -> None:
    """The model that the votes speak for stays where the other is better by luck at most."""
    gold = np.zeros(60, dtype=np.int64)
    right = np.ones(60)
    high = np.where(np.arange(60) % 2, 0.80, 0.70)
    low = np.where(np.arange(60) % 2, 0.68, 0.80)
    one, other = (Judged(right, np.stack([p, 1 - p], axis=1), gold, right) for p in (high, low))
    assert one.log_loss < other.log_loss
    assert not one.clearly_better_than(other)
    sure = Judged(right, np.tile([0.9, 0.1], (60, 1)), gold, right)
    assert sure.clearly_better_than(one)


def test_a_model_worse_than_majority_falls_back() -> None:
    """Gold shows that the fit loses to counting votes: then votes are counted, and it is said."""
    votes, truth = _misleading()
    gold = np.where(np.arange(400) % 5 == 0, truth, -1)

    class Backwards(SpecificityEvidence):
        def _learn(self, fires: Fires) -> None:
            super()._learn(fires)
            self.weights_ = np.where(np.arange(4) == 3, 9.0, 0.1)[:, None] * np.ones((4, 2))

    fires = _fires(votes, gold, 2)
    result = guarded(lambda: Backwards(2), fires, judged(lambda: Backwards(2), fires))
    assert result.fallback is not None
    assert "less often than majority vote" in result.fallback
    majority = MajorityVote(2).fit(votes).predict_proba(votes)
    clear = majority.max(axis=1) == 1
    labels = result.model.predict_proba(votes).argmax(axis=1)
    assert (labels[clear] == majority[clear].argmax(axis=1)).all()


def test_what_the_gate_says_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it has anything against a fit, the labels are those of even votes, and it is said."""
    votes, _ = _crowd(300, 6, 3.0)
    trusted = Auto(3).fit(votes).predict_proba(votes)
    monkeypatch.setattr(guarded_module, "reason_to_fall_back", lambda *_: "it lost")
    fitted = Auto(3).fit(votes)
    even = EvenVotes(3).fit(votes).predict_proba(votes)
    assert fitted.guarded_.fallback == "it lost"
    assert np.array_equal(fitted.predict_proba(votes), even)
    assert not np.allclose(trusted, even)


def test_swapped_classes_fall_back() -> None:
    """A fit against most clear majorities is not believed, with or without gold."""
    votes, _ = _crowd(300, 6, 4.0)

    class Swapped(MajorityVote):
        def pattern_posterior(self, fires: Fires) -> np.ndarray:
            return np.roll(super().pattern_posterior(fires), 1, axis=1)

    reason = reason_to_fall_back(Swapped(3).fit(votes), _fires(votes), None)
    assert reason is not None
    assert "classes have swapped" in reason


def test_steps_without_end_fall_back() -> None:
    """An EM that did not settle says nothing that can be relied on."""
    votes, _ = _crowd(100, 5, 3.0)
    fitted = DawidSkene(3).fit(votes)
    fitted.converged_ = False
    reason = reason_to_fall_back(fitted, _fires(votes), None)
    assert reason is not None
    assert "did not settle" in reason


def test_a_function_learned_below_chance_falls_back() -> None:
    """Distrust that no gold supports is the model's mistake, and names the function."""
    votes, _ = _crowd(300, 5, 4.0)
    fitted = DawidSkene(3).fit(votes)
    fitted.accuracies_[2], fitted.accuracies_high_[2] = 0.1, 0.2
    reason = reason_to_fall_back(fitted, _fires(votes), None, ["a", "b", "bad_idea", "d", "e"])
    assert reason is not None
    assert "that bad_idea is right on 10 %" in reason


def test_half_a_row_of_gold_does_not_decide() -> None:
    """One tied row in a hundred is no reason to give up a model that is better elsewhere."""
    even = np.ones(100)
    once = even.copy()
    once[0] = 0.5
    gold, posterior = np.zeros(100, dtype=np.int64), np.tile([0.9, 0.1], (100, 1))
    assert expected_gain(Judged(once, posterior, gold, even)) > 0
    assert expected_gain(Judged(np.repeat([0.0, 1.0], [12, 88]), posterior, gold, even)) < 0


def test_judging_never_shows_a_fold_its_own_gold() -> None:
    """A model that only repeats the gold it saw is right on no row it is judged on."""
    votes = np.zeros((60, 1), dtype=np.int8)
    gold = np.zeros(60, dtype=np.int64)
    seen: list[float] = []

    class Repeats(MajorityVote):
        def _learn(self, fires: Fires) -> None:
            super()._learn(fires)
            seen.append(float(fires.gold.sum()))

    beside = judged(lambda: Repeats(2), _fires(votes, gold, 2))
    assert beside is not None
    assert beside.rows == 60
    assert seen[:5] == [48.0] * 5


@pytest.mark.parametrize("model", MODELS)
def test_intervals_hold_their_accuracy(model: str) -> None:
    """Every estimate lies in its interval, and gold narrows it."""
    votes, truth = _crowd(600, 6, 2.0)
    without = MODELS[model](3).fit(votes)
    with_gold = MODELS[model](3).fit(votes, gold=truth)
    for fitted in (without, with_gold):
        assert (fitted.accuracies_low_ <= fitted.accuracies_).all()
        assert (fitted.accuracies_ <= fitted.accuracies_high_).all()
    width = without.accuracies_high_ - without.accuracies_low_
    assert ((with_gold.accuracies_high_ - with_gold.accuracies_low_) < width).all()
