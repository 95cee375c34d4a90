"""Trains an end model on a project's votes, judges it, and labels every row with it.

The label model is fitted anew on one snapshot, so that votes, gold and soft labels belong together
whatever happens to the project meanwhile.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime

import numpy as np

from labeling.end_inputs import end_model_inputs, end_model_key
from labeling.end_labels import EndLabels, EndModelChoice, EndModelComparison, TrainingStep
from labeling.end_model import (
    Codes,
    EndModel,
    LearnedRows,
    Learner,
    check_classes,
    examples_of,
    rows_to_learn,
)
from labeling.end_model_comparison import FOLDS, HeldOut, compared, held_out
from labeling.errors import ModelError
from labeling.evaluation import FittedLabels, first_labels, judged_labels
from labeling.few_threads import few_threads
from labeling.models.majority import MajorityVote
from labeling.models.running import RunningVotes
from labeling.snapshot import Snapshot
from labeling.store import Store

OnStep = Callable[[TrainingStep], None]
"""Told before each step of a training; may raise Cancelled to end it."""

STEPS = FOLDS + 4
"""Soft labels, features, the folds, learning from all rows, and labelling all rows."""


MakeLearner = Callable[[EndModelChoice, int], AbstractContextManager[Learner]]
"""Begins an end model of so many classes, and ends it."""


def learning_here(choice: EndModelChoice, n_classes: int) -> AbstractContextManager[Learner]:
    """Let an end model learn in this thread."""
    return nullcontext(EndModel(choice, n_classes))


def train(
    store: Store,
    snapshot: Snapshot,
    choice: EndModelChoice,
    on_step: OnStep,
    make_learner: MakeLearner = learning_here,
) -> EndLabels:
    """Train an end model on the votes and gold of a snapshot, and label every row with it.

    Raises:
        ModelError: there is nothing to learn from, or the choice cannot be made.
    """
    started = time.perf_counter()
    inputs = end_model_inputs(snapshot)
    if inputs is None or snapshot.model is None:
        raise ModelError(
            "There are no soft labels yet for an end model to learn from.",
            remedy="Write a labeling function that votes, and wait for the label model.",
        )
    with few_threads(), make_learner(choice, len(snapshot.classes)) as model:
        return _trained(store, snapshot, model, inputs, on_step, started)


def _trained(
    store: Store,
    snapshot: Snapshot,
    model: Learner,
    inputs: str,
    on_step: OnStep,
    started: float,
) -> EndLabels:
    choice = model.choice
    covered, gold, is_test = snapshot.model_matrix.covered, snapshot.dev_gold, snapshot.is_test

    soft = _label_model(snapshot, gold, TrainingStep("Making soft labels", 0, STEPS), on_step)
    learned = rows_to_learn(soft.posterior, covered, gold, is_test, choice.seed)
    everything_kept = np.zeros(snapshot.n_rows, dtype=np.bool_)
    examples = examples_of(learned, soft.posterior, covered, gold, leave_out=everything_kept)
    check_classes(examples)

    reading = TrainingStep("Reading texts", 1, STEPS)
    on_step(reading)
    texts = _texts(store, snapshot.n_rows, lambda: on_step(reading))
    features = model.learn_features(
        [texts[row_id] for row_id in learned.row_ids],
        _counting("Reading texts", 1, on_step),
    )
    judged = _held_out(model, snapshot, features, learned, on_step)

    learning = TrainingStep(f"Learning from {learned.row_ids.size:,} rows", FOLDS + 2, STEPS)
    on_step(learning)
    model.fit(features, examples, lambda _done, _total: on_step(learning))
    probabilities = model.label_texts(texts, _counting("Labelling rows", FOLDS + 3, on_step))
    if judged is not None:
        # What was learned by heart says nothing of how good the labels are.
        probabilities[judged.row_ids] = judged.end_model
    return EndLabels(
        choice=choice,
        key=end_model_key(inputs, choice),
        inputs=inputs,
        classes=snapshot.classes,
        label_model=soft.report.chosen,
        probabilities=probabilities,
        learned_rows=int(learned.row_ids.size),
        usable_rows=int(((covered | (gold >= 0)) & ~is_test).sum()),
        gold_rows=int((gold[learned.row_ids] >= 0).sum()),
        comparison=None if judged is None else _comparison(judged, snapshot),
        trained_at=datetime.now(UTC),
        seconds=time.perf_counter() - started,
    )


def _counting(says: str, number: int, on_step: OnStep) -> Callable[[int, int], None]:
    """Return what tells how far a step is, by how many of how many rows are done."""
    return lambda done, total: on_step(
        TrainingStep(f"{says}: {done:,} of {total:,}", number, STEPS)
    )


def _label_model(
    snapshot: Snapshot, gold: Codes, step: TrainingStep, on_step: OnStep
) -> FittedLabels:
    """Fit the project's label model with this gold; `on_step` is told the step again and again."""
    on_step(step)
    if snapshot.model is None:
        raise ModelError("There is no label model yet.", remedy="Wait until it is fitted.")
    matrix, seed = snapshot.model_matrix, snapshot.model.seed
    votes = RunningVotes(matrix.n_rows, len(snapshot.classes), seed)
    first = first_labels(
        votes, matrix, gold, snapshot.model.model, seed, class_weights=snapshot.class_weights
    )
    return judged_labels(votes, matrix, first, lambda: on_step(step))


def _held_out(
    model: Learner, snapshot: Snapshot, features: object, learned: LearnedRows, on_step: OnStep
) -> HeldOut | None:
    """Label dev gold by fits that have not seen it, None where there is too little."""
    at = TrainingStep("Judging on dev gold", 2, STEPS)

    def on_fold(fold: int, folds: int) -> None:
        nonlocal at
        at = TrainingStep(f"Judging on dev gold: fold {fold + 1} of {folds}", fold + 2, STEPS)
        on_step(at)

    return held_out(
        model,
        features,
        learned,
        snapshot.model_matrix.covered,
        snapshot.dev_gold,
        snapshot.is_test,
        refit=lambda seen: _label_model(snapshot, seen, at, on_step).posterior,
        on_fold=on_fold,
    )


def _comparison(judged: HeldOut, snapshot: Snapshot) -> EndModelComparison:
    """Lay the end model beside the label model and majority vote."""
    votes = snapshot.model_matrix.votes
    majority = MajorityVote(len(snapshot.classes)).fit(votes).predict_proba(votes)
    return compared(judged, majority, snapshot.model_matrix.covered, snapshot.dev_gold)


def _texts(store: Store, n_rows: int, go_on: Callable[[], None]) -> list[str]:
    """Return the text of the first `n_rows` rows; an empty cell is an empty text."""
    column = store.info().text_column
    texts: list[str] = []
    for batch in store.batches():
        go_on()
        values = batch.column(column).to_pylist()
        texts += ["" if value is None else str(value) for value in values]
    return texts[:n_rows]
