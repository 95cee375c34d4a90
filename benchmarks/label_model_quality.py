"""How right posteriors are, and how honest about it: one judge for every label model."""

from dataclasses import dataclass

import numpy as np

from labeling.models.comparison import LEAST_PROBABILITY
from labeling.models.contract import Floats, Ints

BINS = 15
"""Bins of equal width over the confidence, for the expected calibration error."""


@dataclass(frozen=True)
class Quality:
    """Accuracy and F1 in percent; log loss in nats; expected calibration error as a share."""

    accuracy: float
    f1_of_class_1: float
    macro_f1: float
    log_loss: float
    calibration_error: float

    def metric(self, name: str) -> float:
        """Return the figure by the name that `benchmarks.label_model_sets.METRICS` gives it."""
        return {
            "accuracy": self.accuracy,
            "F1 of class 1": self.f1_of_class_1,
            "macro F1": self.macro_f1,
        }[name]


def credit(posterior: Floats) -> Floats:
    """Return the chance of each class (n, k) when ties for the first place are drawn by lot."""
    first = np.isclose(posterior, posterior.max(axis=1, keepdims=True), rtol=0, atol=1e-9)
    return np.asarray(first / first.sum(axis=1, keepdims=True), dtype=np.float64)


def quality(posterior: Floats, gold: Ints) -> Quality:
    """Judge posteriors (n, k) by gold (n,).

    Log loss takes a probability of 0 for the least step of a float64 (2.2e-16, so that one
    certain error costs 36 nats), as scikit-learn's `log_loss` does.
    """
    labels = credit(posterior)
    rows = np.arange(gold.size)
    right = labels[rows, gold]
    truth = np.eye(posterior.shape[1])[gold]
    found = (labels * truth).sum(axis=0)
    f1 = 2 * found / np.maximum(labels.sum(axis=0) + truth.sum(axis=0), 1e-12)
    return Quality(
        accuracy=100 * float(right.mean()),
        f1_of_class_1=100 * float(f1[1]),
        macro_f1=100 * float(f1.mean()),
        log_loss=float(-np.log(np.clip(posterior[rows, gold], LEAST_PROBABILITY, 1.0)).mean()),
        calibration_error=_calibration_error(posterior.max(axis=1), right),
    )


def _calibration_error(confidence: Floats, right: Floats) -> float:
    found = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    gap = np.bincount(found, weights=right - confidence, minlength=BINS)
    return float(np.abs(gap).sum() / confidence.size)
