"""A project's end model: trained in the background, kept, outdated by a change, and damaged."""

import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from labeling import end_model_cache
from labeling.annotation_store import Annotation
from labeling.end_labels import EndLabels, EndModelChoice, TrainingStep
from labeling.errors import Cancelled, ModelError
from labeling.execution.local import LocalExecutor
from labeling.project import Project
from tests.projects import create, keyword, opened

NAIVE = EndModelChoice("naive-bayes")


@pytest.fixture
def folder(ready_folder: Path, tmp_path: Path) -> Path:
    """The eight rows with three functions that ran."""
    return shutil.copytree(ready_folder, tmp_path / "p")


@pytest.fixture
def project(folder: Path, executor: LocalExecutor) -> Iterator[Project]:
    """The same, opened."""
    with opened(folder, executor) as project:
        project.refresh()
        yield project


def unheard(step: TrainingStep) -> None:
    """Hear a step and do nothing."""


def trained(project: Project) -> EndLabels:
    """Return the labels of the project's end model, which is there."""
    labels = project.snapshot().end_model.labels
    assert labels is not None
    return labels


def test_it_labels_every_row_and_is_compared_on_dev_gold(project: Project) -> None:
    """Six covered rows and four of dev gold less two of test; uncovered rows are labelled, too."""
    project.end_model.train(NAIVE)
    assert project.end_model.wait().problem is None
    labels = trained(project)
    assert labels.probabilities.shape == (8, 2)
    assert (labels.learned_rows, labels.usable_rows, labels.gold_rows) == (5, 5, 4)
    assert labels.comparison is not None
    assert labels.comparison.all_rows.rows == 4
    assert not project.end_model.is_outdated()


def test_a_restart_finds_it_without_training(
    folder: Path, project: Project, executor: LocalExecutor
) -> None:
    """The same labels and figures are read back, and asking again trains nothing."""
    before = project.end_model.train_here(NAIVE, unheard)
    project.close()
    with opened(folder, executor) as again:
        after = trained(again)
        again.refresh()
        assert not again.end_model.is_outdated()
        steps: list[TrainingStep] = []
        again.end_model.train_here(NAIVE, steps.append)
    assert not steps
    np.testing.assert_array_equal(after.probabilities, before.probabilities)
    assert (after.comparison, after.choice, after.trained_at) == (
        before.comparison, before.choice, before.trained_at,
    )  # fmt: skip


def test_a_change_of_what_it_learned_from_outdates_it(project: Project) -> None:
    """Another label model does, and back again it is not; another function does."""
    project.end_model.train_here(NAIVE, unheard)
    project.choose_model("majority")
    project.refresh()
    assert project.end_model.is_outdated()
    project.choose_model("auto")
    project.refresh()
    assert not project.end_model.is_outdated()
    project.save_function(keyword("hello", ("hello",), "ham"))
    project.refresh()
    assert project.end_model.is_outdated()


def test_a_change_of_votes_or_classes_ends_a_training(project: Project) -> None:
    """Its labels would be outdated before they are there."""
    for change in (
        lambda: project.save_function(keyword("hello", ("hello",), "ham")),
        lambda: project.add_class("other"),
    ):
        project.end_model.train(EndModelChoice("random-forest"))
        change()
        project.refresh()
        problem = project.end_model.wait().problem
        assert problem is not None
        assert "votes or label model changed meanwhile" in problem
    assert project.snapshot().end_model.labels is None


def test_new_gold_does_not_end_a_training(project: Project) -> None:
    """A team annotates all the time; the labels come, and say that they are outdated."""
    project.end_model.train(NAIVE)
    project.annotate([Annotation(uuid4(), 6, "label", 0, "ann", datetime.now(UTC))])
    project.refresh()
    assert project.end_model.wait().problem is None
    assert trained(project).choice == NAIVE


def test_a_cancelled_training_keeps_the_labels_of_the_one_before(project: Project) -> None:
    """It ends at once, and the state says so."""
    project.end_model.train_here(NAIVE, unheard)
    project.end_model.train(EndModelChoice("random-forest"))
    project.end_model.cancel()
    state = project.end_model.wait()
    assert state.step is None
    assert not state.stopping
    assert state.problem == "The training of the end model was stopped."
    assert trained(project).choice == NAIVE


def test_only_one_is_trained_at_a_time(project: Project) -> None:
    """A second one is refused while the first is under way."""
    project.end_model.train(EndModelChoice("random-forest"))
    with pytest.raises(ModelError, match="being trained already"):
        project.end_model.train(NAIVE)
    project.end_model.cancel()


def test_the_callers_own_training_can_be_stopped(project: Project) -> None:
    """Whatever is told a step may end the training."""

    def stop(step: TrainingStep) -> None:
        raise Cancelled(f"Stopped at {step.says}.")

    with pytest.raises(Cancelled):
        project.end_model.train_here(NAIVE, stop)
    assert project.snapshot().end_model.labels is None


def test_an_unknown_classifier_is_refused_at_once(project: Project) -> None:
    """Nothing is started."""
    before = threading.active_count()
    with pytest.raises(ModelError, match="no end model"):
        project.end_model.train(EndModelChoice("magic"))
    assert threading.active_count() == before


def test_without_votes_there_is_nothing_to_learn(tmp_path: Path, executor: LocalExecutor) -> None:
    """The problem of a background training says what to do."""
    with opened(create(tmp_path / "p"), executor) as project:
        project.refresh()
        project.end_model.train(NAIVE)
        problem = project.end_model.wait().problem
    assert problem is not None
    assert "labeling function" in problem


def test_a_damaged_one_is_told_and_trained_again(
    folder: Path, project: Project, executor: LocalExecutor
) -> None:
    """Cut short, it is not shown; the message says what to do, and doing it helps."""
    labels = project.end_model.train_here(NAIVE, unheard)
    project.close()
    kept = folder / "cache" / "end-models" / f"{labels.key}.npy"
    kept.write_bytes(kept.read_bytes()[:-8])
    with opened(folder, executor) as again:
        state = again.snapshot().end_model
        assert state.labels is None
        assert state.problem is not None
        assert "Train it again" in state.problem
        again.refresh()
        repaired = again.end_model.train_here(NAIVE, unheard)
        np.testing.assert_array_equal(repaired.probabilities, labels.probabilities)


def test_a_pickle_is_never_read(folder: Path, project: Project) -> None:
    """An array of objects, which only a pickle can hold, is refused."""
    labels = project.end_model.train_here(NAIVE, unheard)
    cache = folder / "cache" / "end-models"
    np.save(cache / f"{labels.key}.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(ModelError, match="allow_pickle=False"):
        end_model_cache.kept(cache, labels.key)


def test_the_oldest_are_forgotten(project: Project, folder: Path) -> None:
    """Six trainings leave the newest five."""
    for seed in range(end_model_cache.KEPT + 1):
        project.end_model.train_here(EndModelChoice("naive-bayes", seed=seed), unheard)
    kept = list((folder / "cache" / "end-models").glob("*.json"))
    assert len(kept) == end_model_cache.KEPT
    assert trained(project).choice.seed == end_model_cache.KEPT
