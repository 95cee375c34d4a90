"""Majority vote, counted by hand."""

import numpy as np

from labeling.models.majority import MajorityVote

VOTES = np.array([[0, 0, 1], [2, 1, -1], [-1, -1, -1], [1, 1, 1], [0, 1, 2]], dtype=np.int8)


def test_ties_share_the_mass() -> None:
    """The most votes win; equally many share evenly; none gives the class balance."""
    posterior = MajorityVote(3).fit(VOTES).predict_proba(VOTES)
    third = 1 / 3
    assert np.allclose(
        posterior,
        [[1, 0, 0], [0, 0.5, 0.5], [third] * 3, [0, 1, 0], [third] * 3],
    )


def test_accuracy_is_agreement_with_the_majority() -> None:
    """The first function is right for 1, 1/2, 1 and 1/3 of its four votes."""
    accuracies = MajorityVote(3).fit(VOTES).accuracies_
    assert np.allclose(
        accuracies, [(1 + 1 / 2 + 1 + 1 / 3) / 4, (1 + 1 / 2 + 1 + 1 / 3) / 4, 4 / 9]
    )
