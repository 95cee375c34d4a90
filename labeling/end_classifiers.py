"""The classifiers that an end model can be: some by a short name, others of scikit-learn by theirs.

scikit-learn is imported where a classifier is made, so that whatever needs no end model starts
without it.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from labeling.errors import ModelError


class Classifier(Protocol):
    """What an end model needs of a scikit-learn classifier."""

    classes_: npt.NDArray[np.int64]

    def fit(self, features: Any, labels: npt.NDArray[np.int64], sample_weight: Any) -> Any:
        """Learn from features (t, d), labels (t,) and the weight of each (t,)."""
        ...

    def predict_proba(self, features: Any) -> npt.NDArray[np.float64]:
        """Return the probability of each of `classes_`, (n, number of classes_)."""
        ...


def _logistic_regression(seed: int) -> Classifier:
    from sklearn.linear_model import LogisticRegression

    made: Classifier = LogisticRegression(max_iter=1000, random_state=seed)
    return made


def _stochastic_logistic_regression(seed: int) -> Classifier:
    from sklearn.linear_model import SGDClassifier

    made: Classifier = SGDClassifier(loss="log_loss", average=True, random_state=seed)
    return made


def _linear_svm(seed: int) -> Classifier:
    """A linear SVM with the smoothed hinge loss, which gives probabilities by itself."""
    from sklearn.linear_model import SGDClassifier

    made: Classifier = SGDClassifier(loss="modified_huber", average=True, random_state=seed)
    return made


def _naive_bayes(_seed: int) -> Classifier:
    from sklearn.naive_bayes import ComplementNB

    made: Classifier = ComplementNB()
    return made


def _random_forest(seed: int) -> Classifier:
    from sklearn.ensemble import RandomForestClassifier

    made: Classifier = RandomForestClassifier(n_estimators=100, random_state=seed)
    return made


def _hist_gradient_boosting(seed: int) -> Classifier:
    from sklearn.ensemble import HistGradientBoostingClassifier

    # Its own early stopping would judge it on copies of rows that it learned from.
    made: Classifier = HistGradientBoostingClassifier(
        max_iter=50, max_leaf_nodes=15, early_stopping=False, random_state=seed
    )
    return made


END_MODELS: Mapping[str, Callable[[int], Classifier]] = {
    "logistic-regression": _logistic_regression,
    "sgd-logistic-regression": _stochastic_logistic_regression,
    "linear-svm": _linear_svm,
    "naive-bayes": _naive_bayes,
    "random-forest": _random_forest,
    "hist-gradient-boosting": _hist_gradient_boosting,
}
"""Each name with what makes its classifier from a seed."""


def make_classifier(name: str, seed: int = 0) -> Classifier:
    """Return a new classifier by a short name, or by the name of a class of scikit-learn.

    >>> type(make_classifier("sklearn.ensemble.ExtraTreesClassifier")).__name__
    'ExtraTreesClassifier'

    Raises:
        ModelError: there is none of that name, or it cannot be an end model.
    """
    if name in END_MODELS:
        return END_MODELS[name](seed)
    found = _sklearn_class(name)
    _check_usable(found, name)
    made = found()
    if "random_state" in made.get_params():
        made.set_params(random_state=seed)
    _check_probabilities(made, name)
    return made  # type: ignore[no-any-return]


def needs_dense(classifier: Classifier) -> bool:
    """Whether a classifier cannot read sparse features."""
    from sklearn.utils import get_tags

    return not get_tags(classifier).input_tags.sparse


def needs_counts(classifier: Classifier) -> bool:
    """Whether a classifier cannot read features below 0."""
    from sklearn.utils import get_tags

    return bool(get_tags(classifier).input_tags.positive_only)


def _sklearn_class(name: str) -> Any:
    """Return the class that scikit-learn lists as a classifier; nothing a name says is imported."""
    from sklearn.utils import all_estimators

    package, _, wanted = name.rpartition(".")
    found = dict(all_estimators(type_filter="classifier")).get(wanted)
    if found is None or not _is_within(found.__module__, package):
        raise ModelError(
            f"There is no end model {name!r}.",
            choices=list(END_MODELS),
            remedy="Or name a classifier of scikit-learn: sklearn.ensemble.ExtraTreesClassifier.",
        )
    return found


def _is_within(module: str, package: str) -> bool:
    return not package or module == package or module.startswith(package + ".")


def _check_usable(found: Any, name: str) -> None:
    needed = [
        parameter.name
        for parameter in inspect.signature(found).parameters.values()
        if parameter.default is parameter.empty
        and parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
    ]
    if needed:
        raise _unusable(name, f"it is made around another one ({', '.join(needed)})")


def _check_probabilities(made: Any, name: str) -> None:
    from sklearn.utils.validation import has_fit_parameter

    if not hasattr(made, "predict_proba"):
        raise _unusable(name, "it gives no probabilities (no predict_proba)")
    if not has_fit_parameter(made, "sample_weight"):
        raise _unusable(name, "it cannot weigh rows (no sample_weight), which soft labels need")


def _unusable(name: str, reason: str) -> ModelError:
    return ModelError(
        f"{name} cannot be an end model: {reason}.",
        choices=list(END_MODELS),
        remedy="Choose one of these, or another classifier of scikit-learn.",
    )
