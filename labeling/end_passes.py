"""Fits a scikit-learn classifier in short passes, between which a training can be stopped.

Nothing ends scikit-learn in the middle of a `fit`. Classifiers that can go on from where they are
(`warm_start`) are given a little more work each time; others are fitted in one pass.
"""

import warnings
from collections.abc import Callable
from typing import Any

from labeling.end_classifiers import Classifier

PassDone = Callable[[int, int], None]
"""Told how many passes are done of how many at most; may raise to end it."""

_STEPS = {"LogisticRegression": ("max_iter", 20), "RandomForestClassifier": ("n_estimators", 10)}
"""By its class, the parameter that limits a classifier's work, and how much of it a pass does."""


def fit_in_passes(
    classifier: Classifier, features: Any, labels: Any, weights: Any, done: PassDone
) -> Classifier:
    """Fit `classifier` on features (e, d), labels (e,) and weights (e,), and return it.

    The work is that of one fit: a forest grows the same trees, and logistic regression descends to
    the same minimum, from where it stood. Whatever `fit` raises is raised here.
    """
    name = type(classifier).__name__
    if name not in _STEPS:
        done(0, 1)
        classifier.fit(features, labels, sample_weight=weights)
        return classifier
    parameter, step = _STEPS[name]
    estimator: Any = classifier
    most = estimator.get_params()[parameter]
    estimator.set_params(warm_start=True)
    for reached in range(0, most, step):
        done(reached // step, -(-most // step))
        allowed = min(reached + step, most) if parameter == "n_estimators" else step
        estimator.set_params(**{parameter: allowed})
        with warnings.catch_warnings():
            # A pass that ends before the minimum is what a pass is for.
            warnings.filterwarnings("ignore", message="lbfgs failed to converge")
            estimator.fit(features, labels, sample_weight=weights)
        if parameter == "max_iter" and estimator.n_iter_.max() < step:
            break
    return classifier
