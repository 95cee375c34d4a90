"""Counting votes exactly, and learning from a sample that stands for all rows."""

import numpy as np
import pytest

from labeling.models import drawn_rows as module
from labeling.models.evidence import SpecificityEvidence
from labeling.models.fires import fires_of
from labeling.votes import Votes


def _rules(n: int) -> tuple[Votes, np.ndarray]:
    """Return votes of functions that cover from 0.02 % to 40 % of the rows, and the truth."""
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 2, n)
    votes = np.full((n, 6), -1, dtype=np.int8)
    for j, share in enumerate([0.0002, 0.005, 0.02, 0.1, 0.2, 0.4]):
        fired = rng.random(n) < share
        right = np.where(rng.random(n) < 0.8, truth, 1 - truth)
        votes[fired, j] = right[fired]
    return votes, truth


def test_counts_are_of_all_rows() -> None:
    """How often each pair fires is never estimated."""
    votes, _ = _rules(module.SAMPLED_ABOVE + 50_000)
    fires = fires_of(votes, 2, np.full(len(votes), -1))
    expected = [[(votes[:, j] == label).sum() for label in (0, 1)] for j in range(6)]
    assert fires.counts.reshape(6, 2).tolist() == expected
    assert fires.n_rows == len(votes)
    assert fires.covered_rows == (votes >= 0).any(axis=1).sum()
    assert len(fires.rows) < 30_000


def test_the_sample_stands_for_all_rows() -> None:
    """Weighted counts come near the true ones, and rare functions keep all their votes."""
    votes, _ = _rules(module.SAMPLED_ABOVE + 50_000)
    fires = fires_of(votes, 2, np.full(len(votes), -1))
    assert fires.rows.sum() == pytest.approx(len(votes), rel=0.02)
    assert fires.sampled_counts == pytest.approx(fires.counts, rel=0.1)
    assert fires.sampled_counts[:2] == pytest.approx(fires.counts[:2])


def test_gold_rows_are_always_learned_from() -> None:
    """No gold row is left to chance."""
    votes, truth = _rules(module.SAMPLED_ABOVE + 50_000)
    gold = np.full(len(votes), -1)
    gold[::1000] = truth[::1000]
    fires = fires_of(votes, 2, gold)
    assert fires.gold.sum() == (gold >= 0).sum()
    expected = [((votes[:, j] >= 0) & (gold >= 0)).sum() for j in range(6)]
    assert fires.by_function(fires.gold_fired).tolist() == expected


def test_sampling_hardly_moves_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fit on the sample labels as the fit on all rows does."""
    votes, _ = _rules(module.SAMPLED_ABOVE + 50_000)
    sampled = SpecificityEvidence(2).fit(votes).predict_proba(votes)
    monkeypatch.setattr(module, "SAMPLED_ABOVE", 10**9)
    whole = SpecificityEvidence(2).fit(votes).predict_proba(votes)
    assert np.abs(sampled - whole).max() < 0.02
    assert (sampled.argmax(axis=1) == whole.argmax(axis=1)).mean() > 0.999


def test_other_gold_keeps_what_votes_say() -> None:
    """Counts of votes hold with other gold; what is counted of gold is counted anew."""
    votes, truth = _rules(400)
    fires = fires_of(votes, 2, truth)
    less = np.where(np.arange(400) < 200, truth, -1)
    kept, anew = fires.with_gold(fires_of(votes, 2, less).gold), fires_of(votes, 2, less)
    assert kept.together is fires.together
    assert fires.gold_fired.sum() > kept.gold_fired.sum() > 0
    for name in ("gold_right", "gold_fired", "sampled_counts", "sole", "votes_for"):
        assert np.array_equal(getattr(kept, name), getattr(anew, name)), name
