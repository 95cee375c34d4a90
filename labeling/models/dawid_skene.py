"""Dawid–Skene for functions that abstain: EM over vote rates, held by a prior on trust.

After Dawid and Skene, "Maximum likelihood estimation of observer error-rates using the EM
algorithm", 1979. For every pair f (function j votes class l) the model knows the rate

    r_f(k) = P(j votes l | class is k),      p(k | row) ∝ pi_k * product over fired f of r_f(k)

so that a function with one class only still says something. Abstaining is no evidence, unless
`informative_abstains` makes it one more answer of every function,

    P(j abstains | class is k) = 1 - sum over l of r_jl(k)

which every row on which j is silent multiplies in, rows without any vote included.

Plain EM fails on labeling functions: rows carry one or two votes and functions are dependent, so
classes swap or one swallows the rest. Five things prevent it:

- rates start at, and are pulled toward (a Dirichlet prior), what each vote's rarity and gold say
  of its precision (`labeling.models.precision`);
- a vote is always evidence for its class, by a factor of at least exp(MIN_EVIDENCE);
- the class balance is learned only where rows have VOTES_FOR_BALANCE votes on the average;
- a row whose votes all agree keeps their class;
- functions that surely copy each other carry the evidence of one (`labeling.models.copies`): a vote
  counts as r_f(k) to the power of its discount.
"""

from dataclasses import dataclass

import numpy as np

from labeling.models.contract import ClassBalance, Floats
from labeling.models.copies import repeat_discounts
from labeling.models.fires import Fires
from labeling.models.precision import MIN_EVIDENCE, pair_distributions, start_precisions
from labeling.models.vote_model import VoteModel

VOTES_FOR_BALANCE = 3.0
PRIOR_ROWS = 20.0
PRIOR_SHARE = 0.5
"""The prior weighs as much as PRIOR_ROWS and this share of a class's expected rows."""
BALANCE_PRIOR_ROWS = 10.0
MAX_STEPS = 100
LEAST_SILENCE = 0.01
"""Where abstains are evidence, no function is taken to be silent on fewer rows of a class."""
TOLERANCE = 1e-3
"""Steps end when no log rate moves by more."""


@dataclass(frozen=True, eq=False)
class SettledRates:
    """Where EM ended after `n_iter` steps: r_f(k), float64 (m * k, k), and the balance, (k,)."""

    rates: Floats
    class_balance: Floats
    n_iter: int
    converged: bool


class DawidSkene(VoteModel):
    """Vote rates per function and class by anchored MAP-EM on distinct vote patterns.

    >>> votes = np.array([[0, 0, 1], [1, 1, 1], [0, 0, 0], [1, 1, 0]], dtype=np.int8)
    >>> DawidSkene(2).fit(votes).predict_proba(votes).argmax(axis=1).tolist()
    [0, 1, 0, 1]
    """

    def __init__(
        self,
        n_classes: int,
        seed: int = 0,
        class_balance: ClassBalance | None = None,
        *,
        informative_abstains: bool = False,
    ) -> None:
        super().__init__(n_classes, seed, class_balance)
        self.informative_abstains = informative_abstains

    def _learn(self, fires: Fires) -> None:
        key = (
            self.class_balance_.tobytes(),
            self.class_balance is not None,
            self.informative_abstains,
        )
        if key not in fires.settled_rates:
            fires.settled_rates[key] = self._settled(fires)
        found = fires.settled_rates[key]
        self.class_balance_ = found.class_balance
        self.converged_, self.n_iter_ = found.converged, found.n_iter
        self._weigh(found.rates, repeat_discounts(fires), fires)

    def _settled(self, fires: Fires) -> SettledRates:
        """Alternate between the rows' classes and the functions' rates until they settle."""
        balance, k = self.class_balance_, self.n_classes
        seen = fires.n_rows if self.informative_abstains else fires.covered_rows
        start = self._start_rates(fires, seen)
        prior_rows = PRIOR_ROWS + PRIOR_SHARE * seen / k
        learns_balance = (
            self.class_balance is None and fires.votes_per_covered_row >= VOTES_FOR_BALANCE
        )
        judged = ((fires.votes_per_pattern > 0) | self.informative_abstains).astype(np.float64)
        discounts = repeat_discounts(fires)
        log_rates = self._weigh(start, discounts, fires)
        for step in range(1, MAX_STEPS + 1):
            believed = fires.clamped(self.pattern_posterior(fires))
            class_rows = np.einsum("p,pk->k", judged, believed)
            fired_rows = np.asarray(fires.transposed @ believed)
            rates = (fired_rows + prior_rows * start) / (class_rows + prior_rows)
            # Of votes that were never cast nothing is learned, not even that they are rare.
            rates = np.where(fires.counts[:, None] > 0, rates, start)
            if learns_balance:
                self.class_balance_ = (class_rows + BALANCE_PRIOR_ROWS * balance) / (
                    class_rows.sum() + BALANCE_PRIOR_ROWS
                )
            before, log_rates = log_rates, self._weigh(rates, discounts, fires)
            self.n_iter_ = step
            self.converged_ = bool(np.abs(log_rates - before).max(initial=0.0) < TOLERANCE)
            if self.converged_:
                break
        return SettledRates(rates, self.class_balance_, self.n_iter_, self.converged_)

    def _start_rates(self, fires: Fires, seen: float) -> Floats:
        """Return r_f(k) before agreement says anything, (m * k, k), of `seen` rows."""
        balance, k = self.class_balance_, self.n_classes
        precisions = start_precisions(fires, balance, self.class_balance is not None).precisions
        fired_share = np.maximum(fires.counts, 1.0) / max(seen, 1.0)
        rates = fired_share[:, None] * pair_distributions(precisions, fires, balance) / balance
        if not self.informative_abstains:
            return np.asarray(rates, dtype=np.float64)
        # What a function votes and its silence are all its answers: together they sum to 1.
        voted = rates.reshape(-1, k, k).sum(axis=1, keepdims=True)
        within = np.minimum(1.0, (1 - LEAST_SILENCE) / voted)
        return np.asarray((rates.reshape(-1, k, k) * within).reshape(-1, k), dtype=np.float64)

    def _weigh(self, rates: Floats, discounts: Floats, fires: Fires) -> Floats:
        """Set what votes and silence add, and return it before discounts, (m * k, k)."""
        k = self.n_classes
        log_rates, silence = np.log(rates), np.zeros((fires.n_functions, k))
        if self.informative_abstains:
            votes = fires.by_function(fires.counts)[:, None] > 0
            silent = np.maximum(1 - rates.reshape(-1, k, k).sum(axis=1), LEAST_SILENCE)
            silence = np.where(votes, np.log(silent), 0.0)
            # Where a function votes it is not silent.
            log_rates = log_rates - np.repeat(silence, k, axis=0)
        log_rates = _always_evidence(log_rates, fires)
        self.weights_ = discounts[:, None, None] * log_rates.reshape(-1, k, k)
        self._silence = discounts @ silence
        return log_rates

    def start(self) -> Floats:
        """Return the log joint of a row without votes, (k,)."""
        return np.asarray(super().start() + self._silence, dtype=np.float64)


def _always_evidence(log_rates: Floats, fires: Fires) -> Floats:
    """Lower the rates of other classes where a vote would speak against its own class."""
    pairs = np.arange(fires.labels.size)
    own = log_rates[pairs, fires.labels]
    lowered = np.minimum(log_rates, own[:, None] - MIN_EVIDENCE)
    lowered[pairs, fires.labels] = own
    return np.asarray(lowered, dtype=np.float64)
