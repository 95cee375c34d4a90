"""How far to trust a vote before seeing how votes agree: rare votes more than common ones.

On 14 of 18 public weak-supervision sets a function's accuracy falls with its coverage. So the
precision of a pair f (function j votes class l), a_f = P(class is l | j votes l), starts at

    logit a_f = clip(logit .75 + .27 ln(.1 / c_f), logit .6, logit .9) + max(0, logit pi_l)

where c_f is the share of rows on which f fires and pi the class balance. A vote is always evidence
for its class: a_f stays above pi_l. Gold moves all pairs by one shared shift b, found by Newton's
method, and then each pair by its own counts. How many gold rows the start is worth against these
counts, gold says itself: where functions are further from their starts than chance explains, the
start is worth few (empirical Bayes, as Efron and Morris 1973, for binomial counts).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, expit, logit

from labeling.models.agreement_shift import agreement_shift
from labeling.models.contract import Floats
from labeling.models.fires import Fires

MIN_EVIDENCE = 0.3
"""The least log odds that a vote adds to its class: a poor function is ignored, not inverted."""
GOLD_PRIOR_ROWS = 12.0
"""How many gold rows the start of a pair's precision is worth, before gold says anything."""
PRIOR_ROWS_RANGE = np.exp(np.linspace(np.log(2.0), np.log(200.0), 30))
PRECISION_RANGE = (0.03, 0.97)
"""No vote is trusted or distrusted entirely, however few rows speak for it."""


@dataclass(frozen=True, eq=False)
class StartPrecisions:
    """a_f of every pair, float64 (m * k,), and how many gold rows its start was worth."""

    precisions: Floats
    prior_rows: float


def start_precisions(fires: Fires, class_balance: Floats, declared: bool) -> StartPrecisions:
    """Return how far to trust each pair, from coverage, class balance and gold.

    `declared`: the class balance is known for sure, so that a pair cannot be right on more rows
    than its class has.
    """
    key = class_balance.tobytes(), declared
    if key not in fires.starts:
        fires.starts[key] = _start_precisions(fires, class_balance, declared)
    return fires.starts[key]


def _start_precisions(fires: Fires, class_balance: Floats, declared: bool) -> StartPrecisions:
    log_odds = _specificity_log_odds(fires, class_balance, declared)
    log_odds = log_odds + agreement_shift(log_odds, fires)
    precisions, prior_rows = np.asarray(expit(log_odds), dtype=np.float64), GOLD_PRIOR_ROWS
    if fires.has_gold:
        right, fired = fires.gold_right, fires.gold_fired
        precisions = expit(log_odds + _shared_shift(log_odds, right, fired))
        prior_rows = _prior_rows(precisions, right, fired)
        precisions = (right + prior_rows * precisions) / (fired + prior_rows)
    return StartPrecisions(bounded(precisions, fires, class_balance), prior_rows)


def bounded(precisions: Floats, fires: Fires, class_balance: Floats) -> Floats:
    """Return precisions within PRECISION_RANGE that still speak for the class voted."""
    least = expit(logit(class_balance) + MIN_EVIDENCE)[fires.labels]
    return np.asarray(np.maximum(np.clip(precisions, *PRECISION_RANGE), least), dtype=np.float64)


def _specificity_log_odds(fires: Fires, class_balance: Floats, declared: bool) -> Floats:
    n_rows = max(fires.n_rows, 1)
    fired_share = np.maximum(fires.counts, 1.0) / n_rows
    class_log_odds = logit(class_balance)[fires.labels]
    log_odds = np.clip(
        logit(0.75) + 0.27 * np.log(0.1 / fired_share), logit(0.6), logit(0.9)
    ) + np.maximum(0.0, class_log_odds)
    if declared:
        most = np.minimum(0.9 * class_balance[fires.labels] / fired_share, 1 - 1e-9)
        log_odds = np.minimum(log_odds, logit(most))
    return np.asarray(log_odds, dtype=np.float64)


def _prior_rows(start: Floats, right: Floats, fired: Floats) -> float:
    """Return the number of rows that makes the counts most likely, near GOLD_PRIOR_ROWS.

    With s rows, a pair's precision is drawn from Beta(s * start, s * (1 - start)).
    """
    rows = PRIOR_ROWS_RANGE[:, None]
    a, b = rows * start, rows * (1 - start)
    likelihood = (betaln(a + right, b + fired - right) - betaln(a, b)).sum(axis=1)
    prior = np.log(PRIOR_ROWS_RANGE / GOLD_PRIOR_ROWS) ** 2 / 2
    return float(PRIOR_ROWS_RANGE[int(np.argmax(likelihood - prior))])


def _shared_shift(log_odds: Floats, right: Floats, fired: Floats) -> float:
    """Maximise sum_f [right ln s(lo + b) + wrong ln(1 - s(lo + b))] - b^2 over b."""
    shift = 0.0
    for _ in range(50):
        expected = expit(log_odds + shift)
        slope = float((right - fired * expected).sum()) - 2 * shift
        curvature = float((fired * expected * (1 - expected)).sum()) + 2
        # Far from the top the curve is nearly straight, and a full step would overshoot.
        step = min(max(slope / curvature, -1.0), 1.0)
        shift += step
        if abs(step) < 1e-10:
            break
    return shift


def pair_distributions(precisions: Floats, fires: Fires, class_balance: Floats) -> Floats:
    """Return P(class | f), (m * k, k): a_f for the class voted, the rest by class balance."""
    voted = class_balance[fires.labels]
    others = (1 - precisions) / (1 - voted)
    distributions = others[:, None] * class_balance[None, :]
    distributions[np.arange(fires.labels.size), fires.labels] = precisions
    return np.asarray(distributions, dtype=np.float64)
