"""Copies are found and counted once; functions that are merely right together are not."""

import numpy as np
import pytest

from labeling.dependence import dependence
from labeling.models.evidence import SpecificityEvidence
from labeling.models.fires import Fires, fires_of
from labeling.votes import Votes


def _independent(n: int, shares: list[float], seed: int = 0) -> Votes:
    """Return votes of functions for either class, independent given the class."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 2, n)
    votes = np.full((n, len(shares)), -1, dtype=np.int8)
    for j, share in enumerate(shares):
        label = j % 2
        votes[rng.random(n) < np.where(truth == label, share, share / 6), j] = label
    return votes


def _found(votes: Votes) -> tuple[SpecificityEvidence, Fires, list[str]]:
    fires = fires_of(votes, 2, np.full(len(votes), -1))
    names = [f"f{j}" for j in range(votes.shape[1])]
    return SpecificityEvidence(2).fit_fires(fires), fires, names


def test_independent_functions_are_no_cluster() -> None:
    """Functions that follow the same class meet often, and that is no dependence."""
    found = dependence(*_found(_independent(3000, [0.4, 0.4, 0.3, 0.3, 0.5, 0.5])))
    assert found.pairs == ()
    assert found.clusters == ()
    assert found.effective == found.functions == 6


def test_exact_copies_count_as_one() -> None:
    """Three copies are one cluster, and six functions are worth four."""
    votes = _independent(3000, [0.3, 0.3, 0.2, 0.2])
    found = dependence(*_found(np.column_stack([votes, votes[:, 0], votes[:, 0]])))
    assert found.clusters == (("f0", "f4", "f5"),)
    assert {(pair.one, pair.other) for pair in found.pairs} == {
        ("f0", "f4"),
        ("f0", "f5"),
        ("f4", "f5"),
    }
    assert found.effective == pytest.approx(4.0, abs=0.1)
    assert found.pairs[0].together == (votes[:, 0] >= 0).sum()


def test_near_copies_are_found_with_their_excess() -> None:
    """A function that drops a tenth of another's votes depends on it strongly, not fully."""
    votes = _independent(3000, [0.3, 0.3, 0.2, 0.2])
    near = votes[:, 1].copy()
    near[np.random.default_rng(5).random(3000) < 0.1] = -1
    (pair,) = dependence(*_found(np.column_stack([votes, near]))).pairs
    assert (pair.one, pair.other) == ("f1", "f4")
    assert 0.7 < pair.excess < 1.0
    assert pair.together > 1.8 * pair.expected


def test_no_functions_have_no_dependence() -> None:
    """An empty project has nothing to depend on."""
    found = dependence(*_found(np.empty((5, 0), dtype=np.int8)))
    assert (found.functions, found.effective, found.clusters) == (0, 0.0, ())
