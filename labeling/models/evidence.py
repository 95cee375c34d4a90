"""Specificity-prior evidence: each vote adds what its precision is worth, rare votes more.

    p(k | row) ∝ pi_k exp(T * sum over fired pairs f of [ln q_f(k) - ln pi_k])

with q_f(k) = a_f for the class that f votes for and (1 - a_f) pi_k / (1 - pi_l) for another. That
bracket is one constant for every class but the voted one, so a vote touches one class only, with
weight logit a_f - logit pi_l. `labeling.models.precision` says where a_f comes from.

Two things are learned when there is something to learn from: agreement between functions, if rows
carry four votes on the average (below that, votes of dependent functions mislead it), and the
temperature T, from gold that each judgement leaves out.
"""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.special import logit

from labeling.models.contract import (
    ClassBalance,
    Floats,
    checked_balance,
    checked_classes,
    checked_gold,
    checked_same_functions,
    checked_votes,
    class_prior,
)
from labeling.models.fires import Fires, fire_matrix, fires_of, normalised
from labeling.models.precision import (
    GOLD_PRIOR_ROWS,
    PRECISION_RANGE,
    bounded,
    start_precisions,
)
from labeling.votes import Votes, vote_patterns

VOTES_TO_LEARN_FROM = 4
"""Agreement is learned on rows with this many votes, where rows have as many on the average."""
AGREEMENT_STEPS = 5
TEMPERATURES = np.exp(np.linspace(np.log(0.25), np.log(2.0), 37))


class SpecificityEvidence:
    """A naive Bayes of votes whose precisions start from how rare each vote is.

    >>> votes = np.array([[0, -1], [0, 1], [0, -1], [0, -1]], dtype=np.int8)
    >>> SpecificityEvidence(2).fit(votes).predict_proba(votes).argmax(axis=1).tolist()
    [0, 1, 0, 0]
    """

    class_balance_: Floats
    accuracies_: Floats
    converged_: bool
    n_iter_: int
    temperature_: float

    def __init__(
        self, n_classes: int, seed: int = 0, class_balance: ClassBalance | None = None
    ) -> None:
        self.n_classes = checked_classes(n_classes)
        self.seed = seed
        self.class_balance = checked_balance(class_balance, n_classes)
        self._n_functions: int | None = None

    def fit(self, votes: Votes, gold: npt.NDArray[Any] | None = None) -> Self:
        """Set the precision of every pair, and the temperature where there is gold."""
        votes = checked_votes(votes, self.n_classes)
        known = checked_gold(gold, votes.shape[0], self.n_classes)
        self.class_balance_ = class_prior(self.class_balance, known, self.n_classes)
        fires = fires_of(votes, self.n_classes, known)
        start = start_precisions(fires, self.class_balance_, self.class_balance is not None)
        learns = fires.votes_per_covered_row >= VOTES_TO_LEARN_FROM
        self.n_iter_ = AGREEMENT_STEPS if learns else 0
        self._precisions = self._from_agreement(fires, start) if learns else start
        self.temperature_ = self._temperature(fires) if fires.has_gold else 1.0
        self.accuracies_ = fires.accuracies(
            self._believed(fires, self._precisions, self.temperature_), self._precisions
        )
        self.converged_ = True
        self._n_functions = votes.shape[1]
        return self

    def predict_proba(self, votes: Votes) -> Floats:
        """Return the probability of each class from a row's votes, float64 (n, k)."""
        votes = checked_votes(votes, self.n_classes)
        checked_same_functions(votes, self._n_functions)
        patterns = vote_patterns(votes)
        fired = fire_matrix(patterns, self.n_classes)
        evidence = fired @ self._weights(self._precisions)
        return self._posterior(evidence, self.temperature_)[patterns.inverse]

    def _weights(self, precisions: Floats) -> Floats:
        """Return what each pair adds to each class, (m * k, k), nonzero for its own class only."""
        pairs = np.arange(precisions.size)
        labels = pairs % self.n_classes
        weights = np.zeros((precisions.size, self.n_classes))
        weights[pairs, labels] = logit(precisions) - logit(self.class_balance_)[labels]
        return weights

    def _posterior(self, evidence: Floats, temperature: float) -> Floats:
        return normalised(np.log(self.class_balance_) + temperature * np.asarray(evidence))

    def _from_agreement(self, fires: Fires, start: Floats) -> Floats:
        """Let functions that agree with the others gain trust, one coin per function."""
        rich = (fires.votes_per_pattern >= VOTES_TO_LEARN_FROM)[:, None]
        function = np.arange(fires.labels.size) // self.n_classes
        prior_rows = 5 + fires.by_function(fires.counts)[function]
        voted = fires.by_function(fires.matrix.T @ (fires.rows * rich[:, 0]))[function]
        precisions = start
        for _ in range(AGREEMENT_STEPS):
            believed = self._believed(fires, precisions)
            right = fires.by_function(fires.right_rows(believed * rich))[function]
            precisions = (right + prior_rows * start) / (voted + prior_rows)
            precisions = bounded(precisions, fires, self.class_balance_)
        return precisions

    def _believed(self, fires: Fires, precisions: Floats, temperature: float = 1.0) -> Floats:
        """Return rows per pattern and class (p, k): gold where known, the posterior elsewhere."""
        evidence = fires.matrix @ self._weights(precisions)
        return fires.clamped(self._posterior(evidence, temperature))

    def _temperature(self, fires: Fires) -> float:
        """Choose T by the likelihood of gold rows, each judged without its own gold."""
        pattern, label = np.nonzero(fires.gold)
        counts = fires.gold[pattern, label]
        entries = fires.matrix[pattern].tocoo()
        case, pair = entries.row, entries.col
        agrees = (fires.labels[pair] == label[case]).astype(np.float64)
        seen = fires.gold_fired[pair]
        # Take the case's own gold row out of (right + 6 s) / (fired + 6).
        without = (self._precisions[pair] * (seen + GOLD_PRIOR_ROWS) - agrees) / (
            seen + GOLD_PRIOR_ROWS - 1
        )
        voted = fires.labels[pair]
        weights = logit(np.clip(without, *PRECISION_RANGE)) - logit(self.class_balance_)[voted]
        evidence = np.zeros((counts.size, self.n_classes))
        np.add.at(evidence, (case, voted), weights)
        losses = []
        for temperature in TEMPERATURES:
            posterior = self._posterior(evidence, float(temperature))
            likelihood = np.log(np.maximum(posterior[np.arange(counts.size), label], 1e-300))
            losses.append(float(-(counts * likelihood).sum()) + np.log(temperature) ** 2 / 0.5)
        return float(TEMPERATURES[int(np.argmin(losses))])
