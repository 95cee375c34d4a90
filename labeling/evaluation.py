"""Fit a label model on the current votes and say how good it is."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from labeling.calibration import measured_calibration, threshold_curve
from labeling.dependence import dependence
from labeling.intervals import wilson
from labeling.models import MODELS
from labeling.models.auto import Choice, choose
from labeling.models.comparison import Judged, judged
from labeling.models.fires import Fires
from labeling.models.guarded import Guarded, guarded
from labeling.models.label_uncertainty import label_uncertainty
from labeling.models.running import RunningVotes
from labeling.snapshot import MeasuredAccuracy, ModelReport
from labeling.votes import LabelMatrix


@dataclass(frozen=True, eq=False)
class FittedLabels:
    """Posterior float64 (n, k), estimated accuracies (m, 3) with low and high, and the report.

    `judged` is the model on dev gold that it did not see, None without covered dev gold.
    """

    posterior: npt.NDArray[np.float64]
    estimated_accuracies: npt.NDArray[np.float64]
    report: ModelReport
    judged: Judged | None


def fit_labels(
    votes: RunningVotes,
    matrix: LabelMatrix,
    dev_gold: npt.NDArray[np.int8],
    model: str,
    seed: int,
) -> FittedLabels:
    """Fit `model` on a matrix with dev gold (n,), and lay it beside majority vote.

    `votes` is brought up to date with `matrix`; functions that are in it already cost little.
    Majority vote labels instead where the safety gate finds the fit worse
    (`labeling.models.safety_gate`); the report says so.
    """
    started = time.perf_counter()
    votes.update(matrix)
    fires = votes.fires(dev_gold.astype(np.int64))
    choice = _choice(fires, model, seed)
    fitted = (
        Guarded(choice.make().fit_fires(fires), choice.judged, None)
        if model == "majority"
        else guarded(choice.make, fires, choice.judged, matrix.names)
    )
    posterior = votes.posterior(fitted.model, matrix)
    seconds = time.perf_counter() - started
    own = fitted.model
    return FittedLabels(
        posterior=posterior,
        estimated_accuracies=np.stack(
            [own.accuracies_, own.accuracies_low_, own.accuracies_high_], axis=1
        ),
        report=_report(
            model, choice, fitted, fires, matrix.names, posterior, matrix.covered, seconds
        ),
        judged=fitted.judged,
    )


def _choice(fires: Fires, model: str, seed: int) -> Choice:
    if model == "auto":
        return choose(fires, seed)
    make = partial(MODELS[model], fires.n_classes, seed)
    return Choice(model, make, "It was chosen by hand.", judged(make, fires, seed))


def _report(
    wanted: str,
    choice: Choice,
    fitted: Guarded,
    fires: Fires,
    names: Sequence[str],
    posterior: npt.NDArray[np.float64],
    covered: npt.NDArray[np.bool_],
    seconds: float,
) -> ModelReport:
    own = fitted.model
    return ModelReport(
        model=wanted,
        chosen=choice.name,
        reason=choice.reason,
        fallback=fitted.fallback,
        seed=own.seed,
        class_balance=tuple(float(share) for share in own.class_balance_),
        temperature=own.temperature_,
        converged=bool(own.converged_),
        seconds=seconds,
        measured=None if fitted.judged is None else _measured(fitted.judged),
        expected=label_uncertainty(own, fires, own.seed),
        dependence=dependence(own, fires, names),
        calibration=None if fitted.judged is None else measured_calibration(fitted.judged),
        thresholds=threshold_curve(posterior, covered, fitted.judged),
    )


def _measured(found: Judged) -> MeasuredAccuracy:
    low, high = wilson(float(found.right.sum()), found.rows)
    return MeasuredAccuracy(
        accuracy=found.accuracy,
        low=low,
        high=high,
        majority=found.majority_accuracy,
        gain=found.gain,
        gain_low=found.gain_interval[0],
        gain_high=found.gain_interval[1],
        rows=found.rows,
    )
