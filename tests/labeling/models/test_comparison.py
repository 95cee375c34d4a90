"""Models that are judged on the same folds are judged as each of them alone."""

import numpy as np
import pytest

from labeling.models import MODELS
from labeling.models.comparison import gold_folds, judged
from labeling.models.fires import Fires, fires_of
from labeling.models.precision import start_precisions


def _fires() -> Fires:
    """Return the votes of four functions on 200 rows, of which 40 have gold, in two classes."""
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 2, 200)
    right = rng.random((200, 4)) < 0.8
    votes = np.where(right, truth[:, None], 1 - truth[:, None])
    votes[rng.random((200, 4)) < 0.5] = -1
    return fires_of(votes.astype(np.int8), 2, np.where(np.arange(200) < 40, truth, -1))


@pytest.mark.parametrize("first", ["evidence", "dawid-skene"])
def test_shared_folds_change_nothing(first: str) -> None:
    """Whichever model came first, what it counted is what the other one counts."""
    fires = _fires()
    folds = gold_folds(fires)
    for name in (first, *MODELS):
        shared = judged(lambda name=name: MODELS[name](2), fires, folds=folds)
        alone = judged(lambda name=name: MODELS[name](2), _fires())
        assert shared is not None and alone is not None
        assert np.array_equal(shared.posterior, alone.posterior)
        assert np.array_equal(shared.gold, alone.gold)


def test_each_fold_leaves_out_its_own_gold() -> None:
    """All folds together hold each covered gold row once."""
    fires = _fires()
    folds = gold_folds(fires)
    assert np.sum(folds.held, axis=0).tolist() == [1] * folds.gold.size
    for held, seen in zip(folds.held, folds.seen, strict=True):
        assert seen.gold.sum() == fires.gold.sum() - held.sum()


def test_starts_are_kept_by_class_balance() -> None:
    """Another balance, or one that is known for sure, is another start."""
    fires = _fires()
    balances = [(np.array([0.5, 0.5]), False), (np.array([0.1, 0.9]), False)]
    balances.append((balances[1][0], True))
    found = [start_precisions(fires, *one).precisions for one in balances]
    again = [start_precisions(fires, *one).precisions for one in balances]
    assert all(one is other for one, other in zip(found, again, strict=True))
    fresh = [start_precisions(_fires(), *one).precisions for one in balances]
    assert all(np.array_equal(one, other) for one, other in zip(found, fresh, strict=True))
    assert not np.array_equal(found[0], found[1])
    assert not np.array_equal(found[1], found[2])
