"""The pass over all votes gives what adding up one vote after the other gives."""

import numpy as np
import pytest

from labeling.models.scores import BLOCK_ROWS, summed
from labeling.votes import Votes


def _votes(n: int, m: int, k: int) -> Votes:
    return np.random.default_rng(0).integers(-1, k, (n, m)).astype(np.int8)


def _as_it_is(sums: np.ndarray, sole: np.ndarray) -> None:
    """Leave the sums as they are."""


@pytest.mark.parametrize("full", [False, True])
def test_sums_equal_those_of_a_plain_loop(full: bool) -> None:
    """One weight per vote, or one per vote and class."""
    n, m, k = 50, 4, 3
    votes, start = _votes(n, m, k), np.array([0.5, 0.0, -1.0])
    weights = np.random.default_rng(1).normal(size=(m, k, k) if full else (m, k))
    expected = np.tile(start, (n, 1))
    for row in range(n):
        for function, label in enumerate(votes[row]):
            if label >= 0 and full:
                expected[row] += weights[function, label]
            elif label >= 0:
                expected[row, label] += weights[function, label]
    assert summed(votes, weights, start, _as_it_is) == pytest.approx(expected)


def test_blocks_do_not_show() -> None:
    """More rows than a block holds are answered as in one piece, in either memory order."""
    votes = np.tile(_votes(97, 3, 2), (BLOCK_ROWS // 40, 1))
    weights, start = np.random.default_rng(2).normal(size=(3, 2)), np.zeros(2)
    answers = summed(votes, weights, start, _as_it_is)
    assert votes.shape[0] > 2 * BLOCK_ROWS
    assert np.array_equal(answers[:97], answers[-97:])
    assert np.array_equal(answers, summed(np.asfortranarray(votes), weights, start, _as_it_is))
