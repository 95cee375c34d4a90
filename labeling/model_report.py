"""What is known of the label model behind the labels, and how right these are."""

from dataclasses import dataclass

from labeling.calibration import Calibration, Threshold
from labeling.dependence import Dependence
from labeling.models.label_uncertainty import LabelUncertainty
from labeling.unseen_gold import UnseenLabels


@dataclass(frozen=True)
class MeasuredAccuracy:
    """The labels beside majority vote on covered dev gold rows that the fit did not see.

    `accuracy` and `majority` are shares of `rows`, `low` and `high` the 95 % interval of
    `accuracy`; a row whose k classes tie counts 1/k in both. `gain` is their difference with its
    paired interval.
    """

    accuracy: float
    low: float
    high: float
    majority: float
    gain: float
    gain_low: float
    gain_high: float
    rows: int


@dataclass(frozen=True)
class ModelReport:
    """The label model behind the posterior.

    `model` is what the project asks for, `chosen` the model fitted for it and `reason` one sentence
    on why. `fallback` says why that model was not trusted, so that the labels are those of majority
    vote; None where it was. `measured` is None without covered dev gold, `expected` (what the model
    itself thinks of its labels) without covered rows. `dependence` says which functions
    copy each other. `unseen` is how right the labels are on gold that nobody had seen when the last
    function was edited, None without any.

    `pending`: the labels are new, and it has not been judged yet which model should make them. Then
    `reason`, `fallback`, `measured`, `expected`, `dependence`, `calibration`, `thresholds` and
    `unseen` are those of the labels before, empty where there were none.
    """

    model: str
    chosen: str
    reason: str
    fallback: str | None
    seed: int
    class_balance: tuple[float, ...]
    temperature: float
    converged: bool
    seconds: float
    measured: MeasuredAccuracy | None
    expected: LabelUncertainty | None
    dependence: Dependence | None
    calibration: Calibration | None
    thresholds: tuple[Threshold, ...]
    pending: bool = False
    unseen: UnseenLabels | None = None
