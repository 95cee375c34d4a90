"""Dawid–Skene for functions that abstain: EM over vote rates, held by a prior on trust.

After Dawid and Skene, "Maximum likelihood estimation of observer error-rates using the EM
algorithm", 1979. For every pair f (function j votes class l) the model knows the rate

    r_f(k) = P(j votes l | class is k),      p(k | row) ∝ pi_k * product over fired f of r_f(k)

so that a function with one class only still says something. Abstaining is no evidence.

Plain EM fails on labeling functions: rows carry one or two votes and functions are dependent, so
classes swap or one swallows the rest. Four things prevent it:

- rates start at, and are pulled toward (a Dirichlet prior), what each vote's rarity and gold say
  of its precision (`labeling.models.precision`);
- a vote is always evidence for its class, by a factor of at least exp(MIN_EVIDENCE);
- the class balance is learned only where rows have VOTES_FOR_BALANCE votes on the average;
- without gold, a row whose votes all agree keeps their class.
"""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

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
from labeling.models.precision import MIN_EVIDENCE, pair_distributions, start_precisions
from labeling.votes import Votes, vote_patterns

VOTES_FOR_BALANCE = 3.0
PRIOR_ROWS = 20.0
PRIOR_SHARE = 0.5
"""The prior weighs as much as PRIOR_ROWS and this share of a class's expected rows."""
BALANCE_PRIOR_ROWS = 10.0
MAX_STEPS = 100
TOLERANCE = 1e-3
"""Steps end when no log rate moves by more."""


class DawidSkene:
    """Vote rates per function and class by anchored MAP-EM on distinct vote patterns.

    >>> votes = np.array([[0, 0, 1], [1, 1, 1], [0, 0, 0], [1, 1, 0]], dtype=np.int8)
    >>> DawidSkene(2).fit(votes).predict_proba(votes).argmax(axis=1).tolist()
    [0, 1, 0, 1]
    """

    class_balance_: Floats
    accuracies_: Floats
    converged_: bool
    n_iter_: int

    def __init__(
        self, n_classes: int, seed: int = 0, class_balance: ClassBalance | None = None
    ) -> None:
        self.n_classes = checked_classes(n_classes)
        self.seed = seed
        self.class_balance = checked_balance(class_balance, n_classes)
        self._n_functions: int | None = None

    def fit(self, votes: Votes, gold: npt.NDArray[Any] | None = None) -> Self:
        """Alternate between the rows' classes and the functions' rates until they settle."""
        votes = checked_votes(votes, self.n_classes)
        known = checked_gold(gold, votes.shape[0], self.n_classes)
        self.class_balance_ = class_prior(self.class_balance, known, self.n_classes)
        fires = fires_of(votes, self.n_classes, known)
        self._keeps_unanimous = not fires.has_gold
        self._maximise(fires)
        self.accuracies_ = self._accuracies(fires)
        self._n_functions = votes.shape[1]
        return self

    def predict_proba(self, votes: Votes) -> Floats:
        """Return the probability of each class from a row's votes, float64 (n, k)."""
        votes = checked_votes(votes, self.n_classes)
        checked_same_functions(votes, self._n_functions)
        patterns = vote_patterns(votes)
        return self._posterior(fire_matrix(patterns, self.n_classes))[patterns.inverse]

    def _maximise(self, fires: Fires) -> None:
        balance = self.class_balance_
        precisions = start_precisions(fires, balance, self.class_balance is not None)
        fired_share = np.maximum(fires.counts, 1.0) / max(fires.covered_rows, 1.0)
        start = fired_share[:, None] * pair_distributions(precisions, fires, balance) / balance
        prior_rows = PRIOR_ROWS + PRIOR_SHARE * fires.covered_rows / self.n_classes
        learns_balance = (
            self.class_balance is None and fires.votes_per_covered_row >= VOTES_FOR_BALANCE
        )
        covered = fires.votes_per_pattern > 0
        self._log_rates = np.log(start)
        self.converged_ = False
        for step in range(1, MAX_STEPS + 1):
            believed = fires.clamped(self._posterior(fires.matrix))
            class_rows = believed[covered].sum(axis=0)
            fired_rows = np.asarray(fires.matrix.T @ believed)
            rates = (fired_rows + prior_rows * start) / (class_rows + prior_rows)
            # Of votes that were never cast nothing is learned, not even that they are rare.
            rates = np.where(fires.counts[:, None] > 0, rates, start)
            log_rates = _always_evidence(np.log(rates), fires)
            if learns_balance:
                self.class_balance_ = (class_rows + BALANCE_PRIOR_ROWS * balance) / (
                    class_rows.sum() + BALANCE_PRIOR_ROWS
                )
            moved = np.abs(log_rates - self._log_rates).max(initial=0.0)
            self._log_rates, self.n_iter_ = log_rates, step
            if moved < TOLERANCE:
                self.converged_ = True
                break

    def _posterior(self, fired: sparse.csr_matrix) -> Floats:
        log_joint = np.log(self.class_balance_) + np.asarray(fired @ self._log_rates)
        if self._keeps_unanimous:
            _keep_unanimous(log_joint, fired, self.n_classes)
        return normalised(log_joint)

    def _accuracies(self, fires: Fires) -> Floats:
        """Return how often each function's votes are right, by the posterior of its own rows."""
        pairs = np.arange(fires.labels.size)
        first_vote = normalised(np.log(self.class_balance_) + self._log_rates)[pairs, fires.labels]
        return fires.accuracies(fires.clamped(self._posterior(fires.matrix)), first_vote)


def _always_evidence(log_rates: Floats, fires: Fires) -> Floats:
    """Lower the rates of other classes where a vote would speak against its own class."""
    pairs = np.arange(fires.labels.size)
    own = log_rates[pairs, fires.labels]
    lowered = np.minimum(log_rates, own[:, None] - MIN_EVIDENCE)
    lowered[pairs, fires.labels] = own
    return np.asarray(lowered, dtype=np.float64)


def _keep_unanimous(log_joint: Floats, fired: sparse.csr_matrix, n_classes: int) -> None:
    """Lift, in place, the only class that a pattern's votes name to just above every other."""
    pattern, pair = fired.nonzero()
    named = np.zeros(log_joint.shape, dtype=np.bool_)
    named[pattern, pair % n_classes] = True
    one = np.flatnonzero(named.sum(axis=1) == 1)
    label = named[one].argmax(axis=1)
    others = np.where(named[one], -np.inf, log_joint[one]).max(axis=1)
    log_joint[one, label] = np.maximum(log_joint[one, label], others + 0.05)
