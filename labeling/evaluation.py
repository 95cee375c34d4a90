"""Fit a label model on the current votes, and then say how good it is.

Labels come in two steps, so that whoever edits a function sees them at once: first those of the
model that most likely labels, which is the one that did before; then the choice of the model, its
comparison with majority vote on gold, the safety gate and all figures. Where these speak for
another model, the labels change once more. What comes out does not depend on the first step.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from labeling.calibration import measured_calibration, threshold_curve
from labeling.dependence import dependence
from labeling.intervals import wilson
from labeling.model_report import MeasuredAccuracy, ModelReport
from labeling.models import MODELS
from labeling.models.auto import Choice, choose, choose_by_votes
from labeling.models.comparison import Judged, go_on, judged
from labeling.models.contract import LabelModel
from labeling.models.even_votes import EvenVotes
from labeling.models.fires import Fires
from labeling.models.guarded import Guarded, heeded
from labeling.models.label_uncertainty import label_uncertainty
from labeling.models.running import RunningVotes
from labeling.votes import LabelMatrix

Gold = npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class FittedLabels:
    """Posterior float64 (n, k), estimated accuracies (m, 3) with low and high, and the report.

    `judged` is the model on dev gold that it did not see, None without covered dev gold.
    """

    posterior: npt.NDArray[np.float64]
    estimated_accuracies: npt.NDArray[np.float64]
    report: ModelReport
    judged: Judged | None


@dataclass(frozen=True, eq=False)
class FirstLabels:
    """Labels of the model that most likely labels, with a report that is still pending.

    `own` is that model, fitted on `fires`. It is the one named `report.chosen`, or, where the
    report has a fallback, the one with the labels of majority vote.
    """

    posterior: npt.NDArray[np.float64]
    estimated_accuracies: npt.NDArray[np.float64]
    report: ModelReport
    own: LabelModel
    fires: Fires


def fit_labels(
    votes: RunningVotes, matrix: LabelMatrix, dev_gold: Gold, model: str, seed: int
) -> FittedLabels:
    """Fit `model` on a matrix with dev gold (n,), and lay it beside majority vote."""
    return judged_labels(votes, matrix, first_labels(votes, matrix, dev_gold, model, seed))


def first_labels(
    votes: RunningVotes,
    matrix: LabelMatrix,
    dev_gold: Gold,
    model: str,
    seed: int,
    before: ModelReport | None = None,
    class_weights: npt.NDArray[np.float64] | None = None,
) -> FirstLabels:
    """Label by what labelled `before`, or else by the model that the votes speak for.

    `votes` is brought up to date with `matrix`; functions that are in it already cost little.
    `class_weights` (k,): for how many rows gold of each class counts (`Fires.class_weights`).
    """
    started = time.perf_counter()
    votes.update(matrix)
    fires = votes.fires(dev_gold)
    if class_weights is not None:
        fires = replace(fires, class_weights=class_weights)
    known = before is not None and (before.model, before.seed) == (model, seed)
    report = before if before is not None and known else _unjudged(fires, model, seed)
    make = MODELS[report.chosen] if report.fallback is None else EvenVotes
    own = make(fires.n_classes, seed).fit_fires(fires)
    posterior = votes.posterior(own, matrix)
    return FirstLabels(
        posterior=posterior,
        estimated_accuracies=_accuracies(own),
        report=replace(
            report,
            class_balance=_shares(own),
            temperature=own.temperature_,
            converged=bool(own.converged_),
            seconds=time.perf_counter() - started,
            pending=True,
        ),
        own=own,
        fires=fires,
    )


def judged_labels(
    votes: RunningVotes,
    matrix: LabelMatrix,
    first: FirstLabels,
    before_fold: Callable[[], None] = go_on,
) -> FittedLabels:
    """Choose the model, lay it beside majority vote, and say how good its labels are.

    Majority vote labels instead where the safety gate finds the fit worse
    (`labeling.models.safety_gate`); the report says so. `before_fold` is called before each fit;
    what it raises ends the work.
    """
    started = time.perf_counter()
    fires, wanted, seed = first.fires, first.report.model, first.report.seed
    choice = _choice(fires, wanted, seed, before_fold)
    fitted = _guarded(first, choice, matrix.names, before_fold)
    same = fitted.model is first.own
    posterior = first.posterior if same else votes.posterior(fitted.model, matrix)
    before_fold()
    report = _report(wanted, choice, fitted, fires, matrix.names, posterior, matrix.covered)
    seconds = first.report.seconds + time.perf_counter() - started
    return FittedLabels(
        posterior=posterior,
        estimated_accuracies=_accuracies(fitted.model),
        report=replace(report, seconds=seconds),
        judged=fitted.judged,
    )


def _choice(fires: Fires, model: str, seed: int, before_fold: Callable[[], None]) -> Choice:
    if model == "auto":
        return choose(fires, seed, before_fold=before_fold)
    make = partial(MODELS[model], fires.n_classes, seed)
    found = judged(make, fires, seed, before_fold=before_fold)
    return Choice(model, make, _by_hand(model), found)


def _by_hand(model: str) -> str:
    said = "It was chosen by hand."
    if model == "dawid-skene-abstains":
        said += (
            " It takes silence for an answer: right where annotators skip what they find hard, "
            "misleading where a function is silent because its keyword is missing."
        )
    return said


def _guarded(
    first: FirstLabels, choice: Choice, names: Sequence[str], before_fold: Callable[[], None]
) -> Guarded:
    """Return the model that labels: the first one itself where it is the one."""
    fell_back = first.report.fallback is not None
    same = choice.name == first.report.chosen and not fell_back
    fitted = first.own if same else choice.make().fit_fires(first.fires)
    if choice.name == "majority":
        return Guarded(fitted, choice.judged, None)
    found = heeded(fitted, first.fires, choice.judged, names, before_fold)
    return replace(found, model=first.own) if found.fallback and fell_back else found


def _unjudged(fires: Fires, model: str, seed: int) -> ModelReport:
    """Return a report that says no more than which model it is, and why."""
    likely = choose_by_votes(fires, seed) if model == "auto" else None
    return ModelReport(
        model=model,
        chosen=likely.name if likely else model,
        reason=likely.reason if likely else _by_hand(model),
        fallback=None,
        seed=seed,
        class_balance=(),
        temperature=1.0,
        converged=True,
        seconds=0.0,
        measured=None,
        expected=None,
        dependence=None,
        calibration=None,
        thresholds=(),
        pending=True,
    )


def _report(
    wanted: str,
    choice: Choice,
    fitted: Guarded,
    fires: Fires,
    names: Sequence[str],
    posterior: npt.NDArray[np.float64],
    covered: npt.NDArray[np.bool_],
) -> ModelReport:
    own, found = fitted.model, fitted.judged
    return ModelReport(
        model=wanted,
        chosen=choice.name,
        reason=choice.reason,
        fallback=fitted.fallback,
        seed=own.seed,
        class_balance=_shares(own),
        temperature=own.temperature_,
        converged=bool(own.converged_),
        seconds=0.0,
        measured=None if found is None else _measured(found),
        expected=label_uncertainty(own, fires, own.seed),
        dependence=dependence(own, fires, names),
        calibration=None if found is None else measured_calibration(found),
        thresholds=threshold_curve(posterior, covered, found),
    )


def _shares(own: LabelModel) -> tuple[float, ...]:
    return tuple(float(share) for share in own.class_balance_)


def _accuracies(own: LabelModel) -> npt.NDArray[np.float64]:
    return np.stack([own.accuracies_, own.accuracies_low_, own.accuracies_high_], axis=1)


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
