"""Majority vote: every vote counts one, and classes with equally many share the row."""

import numpy as np

from labeling.models.contract import Floats
from labeling.models.fires import Fires
from labeling.models.scores import shares_of_winners
from labeling.models.vote_model import VoteModel
from labeling.votes import Votes


def majority_shares(fires: Fires, otherwise: Floats, counts: Floats | None = None) -> Floats:
    """Return the majority's classes of each pattern, (p, k); `otherwise` (k,) without any vote.

    `counts` (m,): for how many votes one of each function counts, None for one vote each.
    """
    votes = fires.votes_for
    if counts is not None and (counts != 1).any():
        per_class = counts[:, None, None] * np.eye(fires.n_classes)
        votes = np.asarray(fires.matrix @ per_class.reshape(-1, fires.n_classes))
    return shares_of_winners(np.ascontiguousarray(votes.T), otherwise).T


class MajorityVote(VoteModel):
    """The class with the most votes is certain; tied classes share the mass equally.

    It counts every vote, those of copies too: it is what other models are laid beside.
    Gold decides nothing but the class balance, which is the answer for rows without votes.
    `accuracies_` is how often each function agrees with the majority it is part of.

    >>> votes = np.array([[0, 0, 1], [0, 1, -1], [-1, -1, -1]], dtype=np.int8)
    >>> MajorityVote(2).fit(votes).predict_proba(votes).tolist()
    [[1.0, 0.0], [0.5, 0.5], [0.5, 0.5]]
    """

    def _learn(self, fires: Fires) -> None:
        self.weights_ = np.ones((fires.n_functions, self.n_classes))

    def _accuracies(self, fires: Fires) -> Floats:
        """Return how often each function agrees with the majority, 1/k where it never votes."""
        agreed = fires.rows[:, None] * self.pattern_posterior(fires)
        return fires.accuracies(agreed, np.full(fires.labels.size, 1 / self.n_classes))

    def start(self) -> Floats:
        """Return no votes for any class, (k,)."""
        return np.zeros(self.n_classes)

    def finish(self, log_joint: Floats, sole: Votes) -> None:
        """Turn counts of votes (k, b) into shares, in place."""
        log_joint[:] = shares_of_winners(log_joint, self.class_balance_)
