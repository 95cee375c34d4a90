"""The end model: a text classifier that learns from the label model's soft labels.

A label model knows a row by its votes alone, and nothing of a row without any. A classifier that
reads the texts says something of every row, and often more than the votes it learned from: it finds
the words that go with a class and that no function names.

Every covered row is repeated once per class, weighed by the class's probability (so the loss is the
expected one under the soft label); classes below LEAST_PROBABILITY are left out. A row with dev
gold has its one class, with the weight of GOLD_WEIGHT rows. Rows of the test split are never
learned from, so that whatever is exported can be judged on them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from labeling.end_classifiers import Classifier, make_classifier
from labeling.end_labels import EndModelChoice
from labeling.end_passes import PassDone, fit_in_passes
from labeling.errors import ModelError
from labeling.text_features import BlockDone, TextFeatures, make_features

LEAST_PROBABILITY = 0.01
GOLD_WEIGHT = 10.0
MAX_LEARNED_ROWS = 50_000
LEAST_ROWS_OF_CLASS = 2_000
"""A sample keeps about so many rows of each class, or all."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class LearnedRows:
    """The rows that an end model learns from, ascending, int64 (t,), and the weight of each (t,).

    A sample is drawn by class, so a row of a frequent class may stand for more than one of a rare.
    """

    row_ids: Ints
    weights: Floats


@dataclass(frozen=True, eq=False)
class Examples:
    """What a classifier is fitted on: positions among the learned rows, a class and a weight each.

    All are (e,). A row stands here once for each class that it may have.
    """

    positions: Ints
    labels: Ints
    weights: Floats


def unheard(_done: int, _total: int) -> None:
    """Stand for somebody who listens."""


class Learner(Protocol):
    """What a training needs of an end model, wherever that learns.

    `features` is whatever `learn_features` returned.
    """

    choice: EndModelChoice

    def learn_features(self, texts: Sequence[str], done: BlockDone = ...) -> Any:
        """Learn what features texts have."""
        ...

    def fit(self, features: Any, examples: Examples, done: PassDone = ...) -> Any:
        """Learn from the examples, whose positions are those of the texts."""
        ...

    def predict_at(self, features: Any, positions: Ints) -> Floats:
        """Return the probability of each class of some of the texts, float64 (g, k)."""
        ...

    def label_texts(self, texts: Sequence[str], done: BlockDone = ...) -> npt.NDArray[np.float32]:
        """Return the probability of each class of texts, float32 (n, k)."""
        ...


class EndModel:
    """A classifier with the features it reads; `predict_proba` is about all k classes."""

    def __init__(self, choice: EndModelChoice, n_classes: int) -> None:
        self.choice = choice
        self.n_classes = n_classes
        self._features: TextFeatures = make_features(
            choice, make_classifier(choice.classifier, choice.seed)
        )
        self._only_class: int | None = None

    def learn_features(self, texts: Sequence[str], done: BlockDone = unheard) -> Any:
        """Learn what features texts have, and return theirs (t, d)."""
        return self._features.fit_transform(texts, done)

    def fit(self, features: Any, examples: Examples, done: PassDone = unheard) -> "EndModel":
        """Learn from the examples, whose positions are rows of `features`, pass by pass."""
        classes = np.unique(examples.labels)
        self._only_class = int(classes[0]) if classes.size == 1 else None
        if self._only_class is None:
            self._classifier = self._fitted(features, examples, done)
        return self

    def predict_proba(self, features: Any) -> Floats:
        """Return the probability of each class, float64 (n, k); a class never seen has 0."""
        probabilities = np.zeros((features.shape[0], self.n_classes))
        if self._only_class is not None:
            probabilities[:, self._only_class] = 1.0
        else:
            found = self._classifier.predict_proba(features)
            probabilities[:, self._classifier.classes_] = found
        return probabilities

    def predict_at(self, features: Any, positions: Ints) -> Floats:
        """Return the probability of each class at some rows of `features`, float64 (g, k)."""
        return self.predict_proba(features[positions])

    def label_texts(
        self, texts: Sequence[str], done: BlockDone = unheard
    ) -> npt.NDArray[np.float32]:
        """Return the probability of each class of texts, float32 (n, k), block by block."""
        labelled = np.empty((len(texts), self.n_classes), dtype=np.float32)
        block_rows = self._features.block_rows
        for start in range(0, len(texts), block_rows):
            done(start, len(texts))
            block = texts[start : start + block_rows]
            labelled[start : start + len(block)] = self.predict_proba(
                self._features.transform(block)
            )
        return labelled

    def _fitted(self, features: Any, examples: Examples, done: PassDone) -> Classifier:
        """Return a classifier fitted on the examples, with a fault of scikit-learn's told."""
        classifier = make_classifier(self.choice.classifier, self.choice.seed)
        read = features[examples.positions]
        try:
            return fit_in_passes(classifier, read, examples.labels, examples.weights, done)
        except (ValueError, TypeError) as error:
            raise ModelError(
                f"{self.choice.classifier} could not learn from {examples.labels.size:,} "
                f"examples ({error}).",
                remedy="Choose another classifier.",
            ) from error


def rows_to_learn(
    posterior: Floats, covered: Mask, dev_gold: Codes, is_test: Mask, seed: int = 0
) -> LearnedRows:
    """Return the rows to learn from: those with a vote or dev gold, none of the test split.

    Of more than MAX_LEARNED_ROWS a sample is drawn, with all of dev gold in it. Each class, by the
    label model's label, keeps LEAST_ROWS_OF_CLASS rows or all, and a row weighs one over its chance
    to be drawn, so that the sample stands for all.
    """
    usable = np.flatnonzero((covered | (dev_gold >= 0)) & ~is_test)
    if usable.size <= MAX_LEARNED_ROWS:
        return LearnedRows(usable, np.ones(usable.size))
    share = MAX_LEARNED_ROWS / usable.size
    labels = posterior[usable].argmax(axis=1)
    of_class = np.bincount(labels, minlength=posterior.shape[1])
    chance = np.clip(LEAST_ROWS_OF_CLASS / np.maximum(of_class, 1), share, 1.0)[labels]
    chance[dev_gold[usable] >= 0] = 1.0
    drawn = np.random.default_rng((seed, 41_213)).random(usable.size) < chance
    return LearnedRows(usable[drawn], share / chance[drawn])


def examples_of(
    learned: LearnedRows, posterior: Floats, covered: Mask, dev_gold: Codes, leave_out: Mask
) -> Examples:
    """Return the examples of learned rows, none of a row in `leave_out` (n,).

    Raises:
        ModelError: there is no row to learn from.
    """
    rows = learned.row_ids
    soft = np.where(posterior[rows] >= LEAST_PROBABILITY, posterior[rows], 0.0)
    soft *= (learned.weights * covered[rows])[:, None]
    known = dev_gold[rows] >= 0
    soft[known] = 0.0
    soft[known, dev_gold[rows][known]] = GOLD_WEIGHT
    soft[leave_out[rows]] = 0.0
    positions, labels = np.nonzero(soft)
    if positions.size == 0:
        raise ModelError(
            "There is nothing for an end model to learn from.",
            remedy="Write a labeling function that votes, or annotate some rows.",
        )
    return Examples(positions, labels, soft[positions, labels])


def check_classes(examples: Examples) -> None:
    """Raise a ModelError where the examples have one class only."""
    if np.unique(examples.labels).size < 2:
        raise ModelError(
            "All rows to learn from have one class, and an end model needs two.",
            remedy="Write a labeling function for another class, or annotate rows of it.",
        )


def folds_of(dev_gold: Codes, is_test: Mask, folds: int, seed: int) -> Iterator[Ints]:
    """Yield the rows of each fold: dev gold dealt out at random, whether covered or not."""
    gold_rows = np.flatnonzero((dev_gold >= 0) & ~is_test)
    dealt = np.random.default_rng((seed, 41_214)).permutation(gold_rows.size) % folds
    for number in range(min(folds, gold_rows.size)):
        yield gold_rows[dealt == number]
