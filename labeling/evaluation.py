"""Fit a label model on the current votes and say how good it is."""

import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.intervals import wilson
from labeling.label_quality import leaders
from labeling.models import MODELS, LabelModel
from labeling.models.majority import MajorityVote
from labeling.snapshot import ModelReport
from labeling.votes import Votes


@dataclass(frozen=True, eq=False)
class FittedLabels:
    """Posterior float64 (n, k), estimated accuracy per function (m,), and the report on both."""

    posterior: npt.NDArray[np.float64]
    estimated_accuracies: tuple[float, ...]
    report: ModelReport


@dataclass(frozen=True)
class _Measured:
    """Expected numbers of right labels, where tied classes are drawn by lot."""

    correct: float
    majority_correct: float
    evaluated: int


def fit_labels(
    votes: Votes, dev_gold: npt.NDArray[np.int8], n_classes: int, model: str, seed: int
) -> FittedLabels:
    """Fit `model` on votes (n, m) with dev gold (n,) and measure it on gold it did not see."""
    started = time.perf_counter()
    fitted = MODELS[model](n_classes, seed=seed).fit(votes, gold=dev_gold)
    posterior = fitted.predict_proba(votes)
    seconds = time.perf_counter() - started
    measured = _cross_fitted(votes, dev_gold, n_classes, model, seed)
    return FittedLabels(
        posterior=posterior,
        estimated_accuracies=tuple(float(value) for value in fitted.accuracies_),
        report=_report(fitted, model, seed, seconds, measured),
    )


def _report(
    fitted: LabelModel, model: str, seed: int, seconds: float, measured: _Measured
) -> ModelReport:
    report = ModelReport(
        model=model,
        seed=seed,
        class_balance=tuple(float(share) for share in fitted.class_balance_),
        converged=bool(fitted.converged_),
        seconds=seconds,
    )
    n = measured.evaluated
    if n == 0:
        return report
    low, high = wilson(measured.correct, n)
    return ModelReport(
        **{
            **report.__dict__,
            "accuracy": measured.correct / n,
            "accuracy_low": low,
            "accuracy_high": high,
            "majority_accuracy": measured.majority_correct / n,
            "evaluated": n,
        }
    )


def _cross_fitted(
    votes: Votes, dev_gold: npt.NDArray[np.int8], n_classes: int, model: str, seed: int
) -> _Measured:
    """Judge each half of the covered gold rows by a fit that saw only the other half's gold."""
    judged = np.flatnonzero((dev_gold >= 0) & (votes >= 0).any(axis=1))
    fold = np.random.default_rng(seed).permutation(judged.size) % 2
    majority = MajorityVote(n_classes, seed=seed).fit(votes)
    correct = majority_correct = 0.0
    for half in (0, 1):
        rows = judged[fold == half]
        if rows.size == 0:
            continue
        seen = dev_gold.copy()
        seen[rows] = -1
        fitted = MODELS[model](n_classes, seed=seed).fit(votes, gold=seen)
        truth = dev_gold[rows]
        correct += _expected_correct(fitted.predict_proba(votes[rows]), truth)
        majority_correct += _expected_correct(majority.predict_proba(votes[rows]), truth)
    return _Measured(correct, majority_correct, judged.size)


def _expected_correct(posterior: npt.NDArray[np.float64], truth: npt.NDArray[np.int8]) -> float:
    """Count rows whose label is right; one whose k classes tie counts 1/k.

    To take the lowest class of a tie would credit a model for the order of the classes.
    """
    first = leaders(posterior)
    right = first[np.arange(truth.size), truth]
    return float((right / first.sum(axis=1)).sum())
