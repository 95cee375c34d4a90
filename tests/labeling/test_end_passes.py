"""Fits in passes: the same classifier as in one go, and an end between any two passes."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression

from labeling.end_labels import EndModelChoice
from labeling.end_model import EndModel
from labeling.end_passes import fit_in_passes
from labeling.errors import Cancelled

RANDOM = np.random.default_rng(5)
FEATURES = csr_matrix(RANDOM.random((300, 40)))
LABELS = np.asarray(FEATURES.sum(axis=1)).ravel().argsort().argsort() * 3 // 300
WEIGHTS = RANDOM.random(300) + 0.1


def unheard(_done: int, _total: int) -> None:
    """Hear of a pass and do nothing."""


def test_a_forest_grows_the_trees_of_one_fit() -> None:
    """Ten at a time or all at once, each says the same."""
    in_passes = RandomForestClassifier(n_estimators=35, random_state=3)
    at_once = RandomForestClassifier(n_estimators=35, random_state=3)
    fit_in_passes(in_passes, FEATURES, LABELS, WEIGHTS, unheard)
    at_once.fit(FEATURES, LABELS, sample_weight=WEIGHTS)
    assert len(in_passes.estimators_) == 35
    np.testing.assert_array_equal(
        in_passes.predict_proba(FEATURES), at_once.predict_proba(FEATURES)
    )


def test_logistic_regression_descends_to_the_same_minimum() -> None:
    """However often it pauses; and it ends there, long before the most passes allowed."""
    passes: list[int] = []
    in_passes = LogisticRegression(max_iter=1000, C=30.0, tol=1e-6)
    fit_in_passes(in_passes, FEATURES, LABELS, WEIGHTS, lambda done, _total: passes.append(done))
    at_once = LogisticRegression(max_iter=1000, C=30.0, tol=1e-6)
    at_once.fit(FEATURES, LABELS, sample_weight=WEIGHTS)
    np.testing.assert_allclose(
        in_passes.predict_proba(FEATURES), at_once.predict_proba(FEATURES), atol=1e-3
    )
    assert 2 <= len(passes) < 50
    assert passes == list(range(len(passes)))


@pytest.mark.parametrize("classifier", [LogisticRegression(max_iter=500), RandomForestClassifier()])
def test_a_fit_ends_between_two_passes(
    classifier: LogisticRegression | RandomForestClassifier,
) -> None:
    """What `done` raises ends it; nothing more is learned."""

    def stop_at_second(done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled("Enough.")

    with pytest.raises(Cancelled, match="Enough"):
        fit_in_passes(classifier, FEATURES, LABELS, WEIGHTS, stop_at_second)


def test_reading_texts_ends_between_two_of_them() -> None:
    """The words of a million texts take minutes to learn; somebody who stops does not wait."""
    heard: list[int] = []

    def stop_at_third(done: int, _total: int) -> None:
        heard.append(done)
        if len(heard) == 3:
            raise Cancelled("Enough.")

    with pytest.raises(Cancelled):
        EndModel(EndModelChoice(), 2).learn_features(["some words"] * 5_000, stop_at_third)
    assert heard == [0, 1_000, 2_000]
