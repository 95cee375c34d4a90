"""An end model's votes as a labeling function: kept, out of the label model until accepted."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from labeling.end_labels import EndLabels, EndModelChoice
from labeling.errors import ExportError, FunctionError
from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.kinds import KINDS
from labeling.kinds.model import ModelParameters
from labeling.project import Project
from labeling.store import ImportPlan
from tests.projects import CSV, create, opened, three_functions

PARAMETERS = ModelParameters("naive-bayes", "tfidf", 0, 0.6, "0123456789abcdef")


def train(project: Project) -> EndLabels:
    """Train the quickest end model."""
    return project.end_model.train_here(EndModelChoice("naive-bayes"), lambda step: None)


def test_it_votes_where_it_is_sure_enough(project: Project) -> None:
    """On the surest half of the rows, by the median of its own probabilities."""
    labels = train(project)
    top = labels.probabilities.max(axis=1)
    threshold = float(np.sort(top)[4])
    project.end_model.use_as_function("learned", threshold)
    votes = project.refresh().matrix.column("learned")
    np.testing.assert_array_equal(votes, np.where(top >= threshold, labels.codes, -1))
    assert (votes >= 0).any()
    assert (votes < 0).any()


def test_it_is_out_of_the_label_model_until_it_is_accepted(project: Project) -> None:
    """Nothing of the labels changes before, so the end model is not outdated by its own votes."""
    train(project)
    before = project.refresh()
    project.end_model.use_as_function("learned", 0.5)
    after = project.refresh()
    state = after.state("learned")
    assert state is not None
    assert state.status == "errors"
    assert state.statistics is not None
    assert after.model_matrix.names == before.model_matrix.names
    assert not project.end_model.is_outdated()

    project.accept_function("learned")
    accepted = project.refresh()
    assert "learned" in accepted.model_matrix.names
    assert project.end_model.is_outdated()


def test_its_votes_are_kept_over_a_restart(
    project: Project, tmp_path: Path, executor: LocalExecutor
) -> None:
    """They are read as those of any function that ran."""
    train(project)
    project.end_model.use_as_function("learned", 0.5)
    votes = project.refresh().matrix.column("learned")
    project.close()
    with opened(tmp_path / "p", executor) as again:
        np.testing.assert_array_equal(again.refresh().matrix.column("learned"), votes)


def test_rows_that_came_later_have_no_votes_and_it_says_so(
    project: Project, tmp_path: Path
) -> None:
    """It fails with what to do, instead of being silent on rows that it never saw."""
    train(project)
    project.end_model.use_as_function("learned", 0.5)
    more = tmp_path / "more.csv"
    more.write_text("id,text,gold,split,score\ni,money,,,1\n", "utf-8")
    project.import_rows(ImportPlan(more, "text", "id", "gold", "split"))
    state = project.refresh().state("learned")
    assert state is not None
    assert state.run is not None
    assert state.status == "failed"
    assert "Train the end model again" in str(state.run.failure)
    train(project)
    project.end_model.use_as_function("learned", 0.5)
    assert project.refresh().matrix.column("learned").shape == (9,)


def test_votes_that_were_lost_come_back_with_the_same_end_model(project: Project) -> None:
    """To run it again fails, for nothing can be run; to use the end model once more mends it."""
    train(project)
    project.end_model.use_as_function("learned", 0.5)
    votes = project.refresh().matrix.column("learned")
    project.run_again("learned")
    assert "learned" not in project.refresh().matrix.names
    project.end_model.use_as_function("learned", 0.5)
    np.testing.assert_array_equal(project.refresh().matrix.column("learned"), votes)


def test_an_outdated_end_model_does_not_vote(project: Project) -> None:
    """Its votes would not be those that the source names."""
    train(project)
    project.choose_model("majority")
    project.refresh()
    with pytest.raises(ExportError, match="Train it again"):
        project.end_model.use_as_function("learned", 0.5)


def test_it_takes_no_other_functions_name(project: Project) -> None:
    """A function that somebody wrote is not overwritten."""
    train(project)
    with pytest.raises(FunctionError, match="'money' already"):
        project.end_model.use_as_function("money", 0.5)


@pytest.mark.parametrize("threshold", [-0.1, 1.5, float("nan"), True])
def test_a_threshold_that_is_no_probability_is_refused(threshold: float) -> None:
    """The message says what it must be."""
    with pytest.raises(FunctionError, match="from 0 to 1"):
        replace(PARAMETERS, threshold=threshold)


def test_its_source_tells_what_the_votes_came_from() -> None:
    """The parameters survive the way through the source, and a damaged one is refused."""
    assert ModelParameters.from_source(PARAMETERS.to_source()) == PARAMETERS
    with pytest.raises(FunctionError, match="lacks the parameter 'features'"):
        KINDS["model"].check(LabelingFunction("f", "model", '{"end_model": "x"}'), [], [])


UNIQUE_WORDS = """i,aardvark,spam,dev,0
j,bassoon,ham,dev,0
k,cinnabar,spam,dev,0
l,dulcimer,ham,dev,0
"""


def test_votes_on_dev_gold_are_those_of_fits_that_have_not_seen_it(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """Words that one row has can be learned by heart only, and count as what they were worth."""
    with opened(create(tmp_path / "q", CSV + UNIQUE_WORDS), executor) as project:
        for function in three_functions():
            project.save_function(function)
        project.refresh()
        labels = train(project)
        assert labels.comparison is not None
        judged = labels.comparison.all_rows.end_model.accuracy
        assert judged < 1
        project.end_model.use_as_function("learned", 0.0)
        state = project.refresh().state("learned")
        assert state is not None
        assert state.statistics is not None
        assert state.statistics.accuracy == judged
