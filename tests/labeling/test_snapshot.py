"""What follows from a snapshot is worked out once for all later ones in which it is the same."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from labeling.annotation_store import Annotation
from labeling.execution.local import LocalExecutor
from labeling.project import Project
from labeling.snapshot import RunProgress, Snapshot
from storage import DuckDBOpener
from tests.projects import create, keyword, three_functions


@pytest.fixture
def snapshot(tmp_path_factory: pytest.TempPathFactory, executor: LocalExecutor) -> Snapshot:
    """Eight rows with labels."""
    folder = create(tmp_path_factory.mktemp("snapshot") / "p")
    with Project(folder, DuckDBOpener().open(folder), executor) as project:
        for function in three_functions():
            project.save_function(function)
        return project.refresh()


def test_labels_stay_known_while_functions_run(snapshot: Snapshot) -> None:
    """How far a run is changes no label, so none is looked for anew."""
    labels, buckets = snapshot.labels, snapshot.error_buckets
    later = snapshot.at(snapshot.version + 1, progress=RunProgress("money", 1, 8))
    assert later.labels is labels
    assert later.error_buckets is buckets


def test_labels_follow_the_posterior(snapshot: Snapshot) -> None:
    """Other probabilities make other labels, whatever was known before."""
    assert snapshot.posterior is not None
    before = snapshot.labels.copy()
    later = snapshot.at(snapshot.version + 1, posterior=snapshot.posterior[:, ::-1].copy())
    sure = snapshot.posterior.max(axis=1) > 0.5
    covered = (before >= 0) & sure
    assert covered.any()
    assert (later.labels[covered] == 1 - before[covered]).all()


def test_a_pass_without_new_votes_keeps_the_matrix(tmp_path: Path, executor: LocalExecutor) -> None:
    """What follows from votes is not worked out again because a pass begins, or for new gold."""
    folder = create(tmp_path / "p")
    with Project(folder, DuckDBOpener().open(folder), executor) as project:
        for function in three_functions():
            project.save_function(function)
        first = project.refresh()
        project.annotate([Annotation(uuid4(), 6, "label", 0, "ann", datetime.now(UTC))])
        second = project.refresh()
        project.save_function(keyword("money", ("money", "win"), "spam"), replaces="money")
        third = project.refresh()
    assert second.matrix is first.matrix
    assert second.dev_gold[6] == 0
    assert third.matrix is not first.matrix
    assert third.dev_gold is second.dev_gold
