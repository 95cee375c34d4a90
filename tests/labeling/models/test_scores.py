"""The pass over all votes gives what adding up one vote after the other gives."""

import numpy as np
import pytest

from labeling.models.scores import finished, summed, to_probabilities
from labeling.models.vote_blocks import BLOCK_ROWS
from labeling.votes import Votes


def _votes(n: int, m: int, k: int) -> Votes:
    return np.random.default_rng(0).integers(-1, k, (n, m)).astype(np.int8)


def _as_it_is(sums: np.ndarray, sole: np.ndarray) -> None:
    """Leave the sums as they are."""


@pytest.mark.parametrize("m", [0, 1, 4])
def test_sums_equal_those_of_a_plain_loop(m: int) -> None:
    """Every vote adds what its pair adds; rows without votes have what they start with."""
    n, k = 50, 3
    votes, start = _votes(n, m, k), np.array([0.5, 0.0, -1.0])
    by_pair = np.random.default_rng(1).normal(size=(m * k, k))
    expected = np.tile(start, (n, 1))
    for row in range(n):
        for function, label in enumerate(votes[row]):
            if label >= 0:
                expected[row] += by_pair[function * k + label]
    assert summed(votes, by_pair, start, _as_it_is) == pytest.approx(expected)


def test_very_many_pairs() -> None:
    """More pairs than 16 bits count are told apart."""
    m, k = 700, 100
    votes = np.full((3, m), -1, dtype=np.int8)
    votes[0, 0], votes[1, 655], votes[2, 699] = 5, 35, 99
    by_pair = np.arange(m * k, dtype=np.float64)[:, None] * np.ones(k)
    sums = summed(votes, by_pair, np.zeros(k), _as_it_is)
    assert sums[:, 0].tolist() == [5, 65_535, 69_999]


def test_blocks_do_not_show() -> None:
    """More rows than a block holds are answered as in one piece, in either memory order."""
    votes = np.tile(_votes(97, 3, 2), (BLOCK_ROWS // 40, 1))
    by_pair, start = np.random.default_rng(2).normal(size=(6, 2)), np.zeros(2)
    answers = summed(votes, by_pair, start, _as_it_is)
    assert votes.shape[0] > 2 * BLOCK_ROWS
    assert np.array_equal(answers[:97], answers[-97:])
    assert np.array_equal(answers, summed(np.asfortranarray(votes), by_pair, start, _as_it_is))


def test_more_patterns_than_a_block_has_rows() -> None:
    """Sums of any number of rows become probabilities, also where no block is worked on."""
    sums = np.random.default_rng(3).normal(size=(BLOCK_ROWS + 5, 3))
    nowhere = np.full(len(sums), -1, dtype=np.int64)
    answer = finished(sums, np.zeros(3), nowhere, to_probabilities)
    assert answer == pytest.approx(np.exp(sums) / np.exp(sums).sum(axis=1, keepdims=True))
