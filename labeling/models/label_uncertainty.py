"""How sure the labels as a whole are: their expected accuracy and class shares, with intervals.

The model's answer follows from the accuracies of the functions, and those it knows only so well. So
the accuracies are drawn DRAWS times from their own distributions, and each draw says anew how many
of the labels are right and how large the classes are. What the model cannot know, such as errors
that functions share, is not in these intervals: where there is gold, trust the measured accuracy.
"""

from dataclasses import dataclass

import numpy as np

from labeling.models.contract import Floats, Ints, LabelModel
from labeling.models.fires import Fires

DRAWS = 60
DRAWN_PATTERNS = 3_000
"""So many patterns show the spread of draws well enough."""


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
    if fires.covered_rows == 0:
        return None
    accuracy, shares = _as_it_is(model, fires)
    fewer = fires.thinned(DRAWN_PATTERNS, seed)
    middle = _as_it_is(model, fewer)
    labels, rng = _labels(model, fewer), np.random.default_rng((seed, 11_681))
    drawn = model.drawn_posteriors(fewer, rng, DRAWS)
    accuracies, class_shares = zip(*(_expected(some, labels, fewer) for some in drawn), strict=True)
    # So many labels are not right exactly as often as each of them is expected to be.
    chance = rng.normal(0, np.sqrt(accuracy * (1 - accuracy) / fires.covered_rows), DRAWS)
    low, high = _spread(np.concatenate(accuracies) + chance, middle[0], accuracy)
    shares_low, shares_high = _spread(np.concatenate(class_shares), middle[1], shares)
    return LabelUncertainty(
        accuracy=accuracy,
        accuracy_low=float(low),
        accuracy_high=float(high),
        shares=tuple(float(share) for share in shares),
        shares_low=tuple(float(share) for share in shares_low),
        shares_high=tuple(float(share) for share in shares_high),
    )


def _labels(model: LabelModel, fires: Fires) -> Ints:
    return np.asarray(fires.clamped(model.pattern_posterior(fires)).argmax(axis=1))


def _as_it_is(model: LabelModel, fires: Fires) -> tuple[float, Floats]:
    """Return the expected share of right labels among covered rows, and of each class (k,)."""
    posterior = model.pattern_posterior(fires)
    accuracies, shares = _expected(posterior[None], _labels(model, fires), fires)
    return float(accuracies[0]), shares[0]


def _expected(posteriors: Floats, labels: Ints, fires: Fires) -> tuple[Floats, Floats]:
    """Return the same for d posteriors (d, p, k) with these labels (p,): (d,) and (d, k)."""
    believed = fires.clamped(posteriors)
    covered = (fires.votes_per_pattern > 0).astype(np.float64)
    rows = max(float((fires.rows * covered).sum()), 1e-300)
    right = believed[:, np.arange(labels.size), labels]
    accuracies = np.einsum("p,dp->d", covered, right) / rows
    return accuracies, np.einsum("p,dpk->dk", covered, believed) / rows


def _spread(draws: Floats, middle: float | Floats, value: float | Floats) -> tuple[Floats, Floats]:
    """Return the 95 % interval of draws around `middle`, moved to `value`, within 0 and 1."""
    low, high = np.quantile(draws, [0.025, 0.975], axis=0) - middle + value
    return np.clip(np.minimum(low, value), 0, 1), np.clip(np.maximum(high, value), 0, 1)
