"""What each labeling function is worth: what is lost without it.

The label model is fitted again without one function after the other, on the patterns of votes
(`labeling.models.fires`), with the same folds of dev gold each time, so that accuracies are
compared row by row. A row that nobody votes on any more has the class balance as its answer. The
expected log loss assumes that the whole model is right:

    sum over rows, k of p_k (ln p_k - ln q_k) / rows,   p with, q without the function.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from labeling.background import Background, Known
from labeling.errors import Cancelled
from labeling.intervals import paired_gain
from labeling.models import MODELS
from labeling.models.comparison import LEAST_PROBABILITY, credit
from labeling.models.contract import Floats, Ints, LabelModel, ModelFactory
from labeling.models.even_votes import EvenVotes
from labeling.models.fires import Fires, fires_of
from labeling.snapshot import Snapshot

FOLDS = 3
"""Each function costs a fit per fold, and one more."""
AFTER_SECONDS = 0.7
"""By then the labels that changed are judged and drawn."""


@dataclass(frozen=True)
class MarginalValue:
    """What is lost without one function.

    `rows` have a vote of it alone. `accuracy` is how much of the label accuracy on `gold` covered
    dev gold rows it brings, with its 95 % interval; None without such rows. `log_loss` is what it
    saves of the expected log loss, in nats a covered row.
    """

    function: str
    rows: int
    accuracy: float | None
    accuracy_low: float | None
    accuracy_high: float | None
    gold: int
    log_loss: float


class Marginals:
    """The marginal values of a project's functions, worked out beside everything else."""

    def __init__(self, snapshot: Callable[[], Snapshot], announce: Callable[[], None]) -> None:
        self._snapshot = snapshot
        self._background: Background[tuple[MarginalValue, ...]] = Background(
            "marginal", announce, after=AFTER_SECONDS
        )

    def values(self) -> Known[tuple[MarginalValue, ...]]:
        """Return what is known at once; what is not is worked out, and announced when it is."""
        snapshot = self._snapshot()
        return self._background.ask("", _key(snapshot), partial(marginal_values, snapshot))

    def close(self) -> None:
        """Stop working."""
        self._background.close()


def marginal_values(
    snapshot: Snapshot, cancelled: threading.Event | None = None
) -> tuple[MarginalValue, ...]:
    """Return what each function of the label model is worth, in its order; raise Cancelled."""
    matrix, report = snapshot.model_matrix, snapshot.model
    if report is None:
        return ()
    gold = snapshot.dev_gold.astype(np.int64)
    counted = fires_of(matrix.votes, len(snapshot.classes), gold, report.seed)
    fires = replace(counted, class_weights=snapshot.class_weights)
    factory: ModelFactory = EvenVotes if report.fallback is not None else MODELS[report.chosen]
    make = partial(factory, fires.n_classes, report.seed)
    cases = _gold_cases(fires)
    whole, right = _believed(make, fires, cases)
    alone = sole_votes(snapshot)
    values = []
    for j, name in enumerate(matrix.names):
        if cancelled is not None and cancelled.is_set():
            raise Cancelled("The votes changed.")
        other, other_right = _believed(make, without(fires, j, alone[name]), cases)
        gain, low, high = paired_gain(right, other_right) if right.size else (None, None, None)
        lost = _divergence(fires, whole, other)
        values.append(MarginalValue(name, alone[name], gain, low, high, right.size, lost))
    return tuple(values)


def sole_votes(snapshot: Snapshot) -> dict[str, int]:
    """Return on how many rows each function of the label model is the only one to vote."""
    matrix = snapshot.model_matrix
    times = np.zeros(matrix.n_rows, dtype=np.int16)
    for name in matrix.names:
        times += matrix.column(name) >= 0
    once = times == 1
    return {name: int((once & (matrix.column(name) >= 0)).sum()) for name in matrix.names}


def without(fires: Fires, function: int, covered_alone: int) -> Fires:
    """Return the same patterns without the votes of one function, by its number."""
    k = fires.n_classes
    kept = np.delete(np.arange(fires.n_functions * k), np.s_[function * k : (function + 1) * k])
    return replace(
        fires,
        votes=np.delete(fires.votes, function, axis=1),
        matrix=fires.matrix[:, kept],
        counts=fires.counts[kept],
        covered_rows=fires.covered_rows - covered_alone,
        n_functions=fires.n_functions - 1,
    )


def _gold_cases(fires: Fires) -> tuple[Ints, Ints]:
    """Return the pattern and the class of each gold row that has a vote with all functions."""
    rows = np.where(fires.votes_per_pattern[:, None] > 0, fires.gold, 0).astype(np.int64)
    pattern, gold = np.nonzero(rows)
    times = rows[pattern, gold]
    return np.repeat(pattern, times), np.repeat(gold, times)


def _believed(
    make: Callable[[], LabelModel], fires: Fires, cases: tuple[Ints, Ints]
) -> tuple[Floats, Floats]:
    """Return the posterior per pattern (p, k), and how right unseen gold rows are (g,)."""
    pattern, gold = cases
    if fires.n_functions == 0:
        even = np.full((fires.rows.size, fires.n_classes), 1 / fires.n_classes)
        return even, credit(even[pattern], gold)
    posterior = make().fit_weights(fires).pattern_posterior(fires)
    fold = np.random.default_rng(11_681).permutation(pattern.size) % FOLDS
    unseen = np.empty((pattern.size, fires.n_classes))
    for number in range(min(FOLDS, pattern.size)):
        held = fold == number
        seen = fires.gold.copy()
        np.subtract.at(seen, (pattern[held], gold[held]), 1.0)
        fitted = make().fit_weights(fires.with_gold(seen))
        unseen[held] = fitted.pattern_posterior(fires)[pattern[held]]
    return posterior, credit(unseen, gold)


def _divergence(fires: Fires, whole: Floats, other: Floats) -> float:
    """Return the expected extra log loss of `other` (p, k), if `whole` (p, k) is right."""
    covered = fires.votes_per_pattern > 0
    p = np.maximum(whole[covered], LEAST_PROBABILITY)
    q = np.maximum(other[covered], LEAST_PROBABILITY)
    rows = fires.rows[covered]
    return float((rows[:, None] * p * (np.log(p) - np.log(q))).sum() / max(rows.sum(), 1e-300))


def _key(snapshot: Snapshot) -> tuple[object, ...]:
    """Return all that decides the values; a version stands for the votes of its function."""
    versions = tuple(
        (one.function.version, one.run.votes if one.run else None) for one in snapshot.functions
    )
    report = snapshot.model
    model = None if report is None else (report.chosen, report.fallback, report.seed)
    names = snapshot.model_matrix.names
    weights = None if snapshot.gold_weights is None else snapshot.gold_weights.tobytes()
    return versions, names, snapshot.n_rows, model, snapshot.dev_gold.tobytes(), weights
