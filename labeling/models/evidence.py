"""Specificity-prior evidence: each vote adds what its precision is worth, rare votes more.

    p(k | row) ∝ pi_k exp(T * sum over fired pairs f of d_f [ln q_f(k) - ln pi_k])

with q_f(k) = a_f for the class that f votes for and (1 - a_f) pi_k / (1 - pi_l) for another. That
bracket is one constant for every class but the voted one, so a vote touches one class only, with
weight logit a_f - logit pi_l. `labeling.models.precision` says where a_f comes from, and
`labeling.models.copies` the discount d_f of functions that copy each other.

Two things are learned when there is something to learn from: agreement between functions, if rows
carry four votes on the average (below that, votes of dependent functions mislead it), and the
temperature T, from gold that each judgement leaves out.
"""

import numpy as np
from scipy.special import logit

from labeling.models.contract import Floats, Ints
from labeling.models.copies import copied_discounts, copy_discounts
from labeling.models.fires import Fires
from labeling.models.gold_chances import gold_chances
from labeling.models.precision import PRECISION_RANGE, bounded, start_precisions
from labeling.models.vote_model import VoteModel

VOTES_TO_LEARN_FROM = 4
"""Agreement is learned on rows with this many votes, where rows have as many on the average."""
AGREEMENT_STEPS = 5
TEMPERATURES = np.exp(np.linspace(np.log(0.25), np.log(2.0), 37))


class SpecificityEvidence(VoteModel):
    """A naive Bayes of votes whose precisions start from how rare each vote is.

    >>> votes = np.array([[0, -1], [0, 1], [0, -1], [0, -1]], dtype=np.int8)
    >>> SpecificityEvidence(2).fit(votes).predict_proba(votes).argmax(axis=1).tolist()
    [0, 1, 0, 0]
    """

    def _learn(self, fires: Fires) -> None:
        declared = self.class_balance is not None
        start = start_precisions(fires, self.class_balance_, declared)
        precisions, self._prior_rows = start.precisions, start.prior_rows
        copied = np.repeat(copied_discounts(fires), self.n_classes)
        self._discounts = np.minimum(copy_discounts(fires), copied)
        if fires.votes_per_covered_row >= VOTES_TO_LEARN_FROM:
            self.n_iter_ = AGREEMENT_STEPS
            precisions = self._from_agreement(fires, precisions)
        self._precisions = precisions
        if fires.has_gold:
            self.temperature_ = self._temperature(fires)
        self._weigh(precisions, self.temperature_)

    def _weigh(self, precisions: Floats, temperature: float = 1.0) -> None:
        """Set what each vote adds to its class, (m, k)."""
        k = self.n_classes
        weights = logit(precisions).reshape(-1, k) - logit(self.class_balance_)
        self.weights_ = temperature * weights * self._discounts.reshape(-1, k)

    def _from_agreement(self, fires: Fires, start: Floats) -> Floats:
        """Let functions that agree with the others gain trust, one coin per function."""
        rich = (fires.votes_per_pattern >= VOTES_TO_LEARN_FROM)[:, None]
        function = np.arange(fires.labels.size) // self.n_classes
        prior_rows = 5 + fires.by_function(fires.sampled_counts)[function]
        voted = fires.by_function(fires.transposed @ (fires.rows * rich[:, 0]))[function]
        precisions = start
        for _ in range(AGREEMENT_STEPS):
            self._weigh(precisions)
            believed = fires.clamped(self.pattern_posterior(fires))
            right = fires.by_function(fires.right_rows(believed * rich))[function]
            precisions = (right + prior_rows * start) / (voted + prior_rows)
            precisions = bounded(precisions, fires, self.class_balance_)
        return precisions

    def _temperature(self, fires: Fires) -> float:
        """Choose T by the likelihood of gold rows, each judged without its own gold."""
        pattern, label = np.nonzero(fires.gold)
        counts = fires.gold[pattern, label]
        evidence = self._evidence_without_own_gold(fires, pattern, label)
        chances = gold_chances(TEMPERATURES, evidence, self.start(), fires.sole[pattern], label)
        likelihood = (counts * np.log(np.maximum(chances, 1e-300))).sum(axis=1)
        losses = np.log(TEMPERATURES) ** 2 / 0.5 - likelihood
        return float(TEMPERATURES[int(np.argmin(losses))])

    def _evidence_without_own_gold(self, fires: Fires, pattern: Ints, label: Ints) -> Floats:
        """Return what votes add to each class, (c, k), for the gold cases (pattern, label)."""
        entries = fires.matrix[pattern].tocoo()
        case, pair = entries.row, entries.col
        voted = fires.labels[pair]
        agrees = (voted == label[case]).astype(np.float64)
        seen = fires.gold_fired[pair]
        # Take the case's own gold row out of (right + prior rows * start) / (fired + prior rows).
        rows = seen + self._prior_rows
        without = (self._precisions[pair] * rows - agrees) / (rows - 1)
        weights = logit(np.clip(without, *PRECISION_RANGE)) - logit(self.class_balance_)[voted]
        evidence = np.zeros((pattern.size, self.n_classes))
        np.add.at(evidence, (case, voted), weights * self._discounts[pair])
        return evidence
