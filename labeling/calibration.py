"""Whether confidence means what it says, and what a least confidence costs and brings.

Everything here is measured on dev gold rows whose labels come from fits that did not see their gold
(`labeling.models.comparison`). Intervals are 95 % bootstrap intervals over these rows.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from labeling.intervals import wilson
from labeling.label_quality import CalibrationBin, calibration, confidences
from labeling.models.comparison import LEAST_PROBABILITY, Judged
from labeling.models.contract import Floats

BINS = 10
RESAMPLES = 200
DRAWN_AT_ONCE = 1 << 18
"""So many rows are drawn at once, which takes 5 MB, or those of one draw."""
THRESHOLDS = np.arange(50) / 50


@dataclass(frozen=True)
class Figure:
    """A figure with the ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Calibration:
    """How honest confidences are on `rows` covered dev gold rows.

    `error` is the expected calibration error: the mean distance between confidence and accuracy
    over BINS bins, as a share. `log_loss` in nats. `brier` is the mean squared distance between the
    probabilities and the truth, summed over classes, from 0 to 2 (Brier 1950).
    """

    rows: int
    error: Figure
    log_loss: Figure
    brier: Figure
    bins: tuple[CalibrationBin, ...]


@dataclass(frozen=True)
class Threshold:
    """What is left when labels below a confidence are left out.

    `rows` covered rows keep their label, `share` of all covered rows; `expected` is the mean of
    their confidences. `accuracy` with its interval is measured on the `gold` judged rows of that
    confidence; None without any.
    """

    confidence: float
    rows: int
    share: float
    expected: float
    accuracy: float | None
    low: float | None
    high: float | None
    gold: int


def measured_calibration(judged: Judged, seed: int = 0) -> Calibration:
    """Return the calibration of the labels of judged rows."""
    labels = judged.posterior.argmax(axis=1)
    own = judged.posterior[np.arange(judged.rows), judged.gold]
    truth = np.eye(judged.posterior.shape[1])[judged.gold]
    squares = ((judged.posterior - truth) ** 2).sum(axis=1)
    losses = -np.log(np.maximum(own, LEAST_PROBABILITY))
    confidence = confidences(judged.posterior)
    gaps = np.zeros((judged.rows, BINS))
    of_bin = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    gaps[np.arange(judged.rows), of_bin] = judged.right - confidence
    # Means of these columns over some rows give all three figures of these rows.
    columns = np.column_stack([losses, squares, gaps])
    whole, drawn = columns.mean(axis=0), _means_of_draws(columns, seed)
    return Calibration(
        rows=judged.rows,
        error=_figure(np.abs(whole[2:]).sum(), np.abs(drawn[:, 2:]).sum(axis=1)),
        log_loss=_figure(whole[0], drawn[:, 0]),
        brier=_figure(whole[1], drawn[:, 1]),
        bins=calibration(judged.posterior, labels.astype(np.int8), judged.gold.astype(np.int8)),
    )


def threshold_curve(
    posterior: Floats, covered: npt.NDArray[np.bool_], judged: Judged | None
) -> tuple[Threshold, ...]:
    """Return what every threshold of THRESHOLDS leaves, of posterior (n, k) and covered (n,)."""
    confidence = confidences(posterior)[covered]
    # The last threshold that each confidence reaches; rounding must not push it below one.
    reached = ((confidence + 1e-9) * len(THRESHOLDS)).astype(np.int64)
    reached = np.minimum(reached, len(THRESHOLDS) - 1)
    rows_above, sums_above = (
        np.bincount(reached, weights, len(THRESHOLDS))[::-1].cumsum()[::-1]
        for weights in (None, confidence)
    )
    curve = []
    for value, rows, total in zip(THRESHOLDS, rows_above, sums_above, strict=True):
        if rows == 0:
            break
        accuracy, low, high, gold = _accuracy_above(judged, float(value))
        curve.append(
            Threshold(
                confidence=float(value),
                rows=int(rows),
                share=int(rows) / confidence.size,
                expected=float(total / rows),
                accuracy=accuracy,
                low=low,
                high=high,
                gold=gold,
            )
        )
    return tuple(curve)


def threshold_for(curve: tuple[Threshold, ...], accuracy: float) -> Threshold | None:
    """Return the lowest threshold whose labels are expected to be right so often, None if none is.

    Measured accuracy decides where at least 20 gold rows are behind it, else the expected one.
    """
    for entry in curve:
        trusted = entry.accuracy if entry.gold >= 20 else entry.expected
        if trusted is not None and trusted >= accuracy:
            return entry
    return None


def _accuracy_above(
    judged: Judged | None, threshold: float
) -> tuple[float | None, float | None, float | None, int]:
    if judged is None:
        return None, None, None, 0
    kept = confidences(judged.posterior) >= threshold - 1e-9
    gold = int(kept.sum())
    if gold == 0:
        return None, None, None, 0
    correct = float(judged.right[kept].sum())
    low, high = wilson(correct, gold)
    return correct / gold, low, high, gold


def _means_of_draws(columns: Floats, seed: int) -> Floats:
    """Return the means of columns (g, c) over g rows drawn again, RESAMPLES times, (RESAMPLES, c).

    Each draw is a row of a sparse matrix that counts how often it has each of the rows.
    """
    rng = np.random.default_rng((seed, 11_682))
    rows, means = columns.shape[0], np.empty((RESAMPLES, columns.shape[1]))
    at_once = max(DRAWN_AT_ONCE // rows, 1)
    for first in range(0, RESAMPLES, at_once):
        some = means[first : first + at_once]
        drawn = rng.integers(0, rows, some.shape[0] * rows)
        ends = np.arange(0, drawn.size + 1, rows)
        times = sparse.csr_matrix((np.ones(drawn.size), drawn, ends), (some.shape[0], rows))
        some[:] = times @ columns / rows
    return means


def _figure(value: float, draws: Floats) -> Figure:
    """Return the figure of all rows, with the spread it has when rows are drawn again."""
    low, high = np.quantile(draws, [0.025, 0.975])
    return Figure(float(value), min(float(low), float(value)), max(float(high), float(value)))
