"""Majority vote that knows how sure it is: all votes weigh the same, and gold sets how much.

The labels are those of majority vote; what is learned is one number, the log odds of a single vote.
The safety gate falls back on this model, because majority vote itself is certain of everything.
"""

import numpy as np
from scipy.special import expit, logit

from labeling.models.agreement_shift import agreement_shift
from labeling.models.fires import Fires
from labeling.models.gold_chances import gold_chances
from labeling.models.vote_model import VoteModel

START = 0.75
"""How often a vote is right, before gold and agreement say anything."""
WEIGHTS = np.exp(np.linspace(np.log(0.1), np.log(4.0), 48))


class EvenVotes(VoteModel):
    """One weight for every vote of every function.

    >>> votes = np.array([[0, 0, 1], [1, -1, -1]], dtype=np.int8)
    >>> EvenVotes(2).fit(votes).predict_proba(votes).argmax(axis=1).tolist()
    [0, 1]
    """

    def _learn(self, fires: Fires) -> None:
        log_odds = np.full(fires.labels.size, logit(START))
        right = float(expit(logit(START) + agreement_shift(log_odds, fires)))
        right = max(right, 1 / self.n_classes + 0.02)
        weight = np.log(right * (self.n_classes - 1) / (1 - right))
        ones = np.ones((fires.n_functions, self.n_classes))
        self.weights_ = ones * (self._by_gold(fires, weight) if fires.has_gold else weight)

    def _by_gold(self, fires: Fires, start: float) -> float:
        """Choose the weight by the likelihood of gold, near the start where there is little."""
        pattern, label = np.nonzero(fires.gold)
        counts = fires.gold[pattern, label]
        votes, even = fires.votes_for[pattern], np.zeros(self.n_classes)
        chances = gold_chances(WEIGHTS, votes, even, fires.sole[pattern], label)
        likelihood = (counts * np.log(chances)).sum(axis=1)
        losses = np.log(WEIGHTS / start) ** 2 / 0.5 - likelihood
        return float(WEIGHTS[int(np.argmin(losses))])
