"""What a model expects of its labels, and how sure it is of that."""

import numpy as np
import pytest

from labeling.models import MODELS
from labeling.models import label_uncertainty as module
from labeling.models.evidence import SpecificityEvidence
from labeling.models.fires import fires_of
from labeling.models.label_uncertainty import label_uncertainty
from labeling.votes import Votes


def _rules(n: int, seed: int = 0) -> tuple[Votes, np.ndarray]:
    """Return votes of eight functions that vote on a fifth of the rows, and the truth."""
    rng = np.random.default_rng(seed)
    truth = (rng.random(n) < 0.4).astype(np.int64)
    right = rng.random((n, 8)) < rng.uniform(0.65, 0.95, 8)
    votes = np.where(right, truth[:, None], 1 - truth[:, None])
    votes[rng.random((n, 8)) > 0.2] = -1
    return votes.astype(np.int8), truth


@pytest.mark.parametrize("model", MODELS)
def test_intervals_hold_their_value(model: str) -> None:
    """Expected accuracy and class shares lie in their intervals, and shares sum to 1."""
    votes, _ = _rules(500)
    fires = fires_of(votes, 2, np.full(500, -1))
    found = label_uncertainty(MODELS[model](2).fit_fires(fires), fires)
    assert found is not None
    assert 0 <= found.accuracy_low <= found.accuracy <= found.accuracy_high <= 1
    assert sum(found.shares) == pytest.approx(1)
    for low, share, high in zip(found.shares_low, found.shares, found.shares_high, strict=True):
        assert 0 <= low <= share <= high <= 1


def test_the_truth_lies_in_most_intervals() -> None:
    """Over twenty sets at least sixteen intervals hold the true accuracy of the labels."""
    held = 0
    for seed in range(20):
        votes, truth = _rules(1500, seed)
        gold = np.where(np.arange(1500) < 150, truth, -1)
        fires = fires_of(votes, 2, gold)
        fitted = SpecificityEvidence(2).fit_fires(fires)
        found = label_uncertainty(fitted, fires)
        covered = (votes >= 0).any(axis=1)
        labels = fitted.predict_proba(votes).argmax(axis=1)
        accuracy = (labels == truth)[covered].mean()
        assert found is not None
        held += found.accuracy_low <= accuracy <= found.accuracy_high
    assert held >= 16


def test_gold_narrows_the_interval() -> None:
    """What is known of the functions is known of the labels."""
    votes, truth = _rules(1000)
    widths = []
    for gold in (np.full(1000, -1), truth):
        fires = fires_of(votes, 2, gold)
        found = label_uncertainty(SpecificityEvidence(2).fit_fires(fires), fires)
        assert found is not None
        widths.append(found.accuracy_high - found.accuracy_low)
    assert widths[1] < widths[0] / 2


def test_no_covered_rows_expect_nothing() -> None:
    """Without a vote there is no label to be right."""
    fires = fires_of(np.full((5, 2), -1, dtype=np.int8), 2, np.full(5, -1))
    assert label_uncertainty(SpecificityEvidence(2).fit_fires(fires), fires) is None


def test_few_patterns_show_the_same_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing over a part of the patterns gives nearly the interval of all."""
    votes, _ = _rules(3000)
    fires = fires_of(votes, 2, np.full(3000, -1))
    fitted = SpecificityEvidence(2).fit_fires(fires)
    whole = label_uncertainty(fitted, fires)
    monkeypatch.setattr(module, "DRAWN_PATTERNS", fires.rows.size // 2)
    part = label_uncertainty(fitted, fires)
    assert whole is not None
    assert part is not None
    assert part.accuracy == whole.accuracy
    assert part.accuracy_low == pytest.approx(whole.accuracy_low, abs=0.03)
