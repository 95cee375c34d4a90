"""How sure the labels as a whole are: their expected accuracy and class shares, with intervals.

The model's answer follows from the accuracies of the functions, and those it knows only so well. So
the accuracies are drawn DRAWS times from their own distributions, and each draw says anew how many
of the labels are right and how large the classes are. What the model cannot know, such as errors
that functions share, is not in these intervals: where there is gold, trust the measured accuracy.
"""

from dataclasses import dataclass

import numpy as np

from labeling.models.contract import Floats, LabelModel
from labeling.models.fires import Fires

DRAWS = 60


@dataclass(frozen=True)
class LabelUncertainty:
    """Expected accuracy of the labels of covered rows, and class shares (k,) among these rows.

    Each with the ends of its 95 % interval.
    """

    accuracy: float
    accuracy_low: float
    accuracy_high: float
    shares: tuple[float, ...]
    shares_low: tuple[float, ...]
    shares_high: tuple[float, ...]


def label_uncertainty(model: LabelModel, fires: Fires, seed: int = 0) -> LabelUncertainty | None:
    """Return what `model` expects of its labels, None where no row has a vote."""
    covered = fires.votes_per_pattern > 0
    rows = fires.rows[covered]
    if rows.sum() == 0:
        return None
    answer = fires.clamped(model.pattern_posterior(fires))[covered] / rows[:, None]
    labels = answer.argmax(axis=1)
    accuracy, shares = _expected(answer, labels, rows)
    rng = np.random.default_rng((seed, 11_681))
    accuracies, balances = [], []
    for _ in range(DRAWS):
        drawn = fires.clamped(model.drawn(rng).pattern_posterior(fires))[covered] / rows[:, None]
        one_accuracy, one_balance = _expected(drawn, labels, rows)
        accuracies.append(one_accuracy)
        balances.append(one_balance)
    low, high = np.quantile(accuracies, [0.025, 0.975])
    shares_low, shares_high = np.quantile(balances, [0.025, 0.975], axis=0)
    return LabelUncertainty(
        accuracy=accuracy,
        accuracy_low=min(float(low), accuracy),
        accuracy_high=max(float(high), accuracy),
        shares=tuple(float(share) for share in shares),
        shares_low=tuple(float(share) for share in np.minimum(shares_low, shares)),
        shares_high=tuple(float(share) for share in np.maximum(shares_high, shares)),
    )


def _expected(answer: Floats, labels: np.ndarray, rows: Floats) -> tuple[float, Floats]:
    """Return the expected share of right labels, and of each class (k,)."""
    right = answer[np.arange(labels.size), labels]
    return float((rows * right).sum() / rows.sum()), (rows @ answer) / rows.sum()
