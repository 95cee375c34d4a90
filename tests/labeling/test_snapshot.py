"""What follows from a snapshot is worked out once for all later ones in which it is the same."""

import pytest

from labeling.execution.local import LocalExecutor
from labeling.project import Project
from labeling.snapshot import RunProgress, Snapshot
from storage import DuckDBOpener
from tests.projects import create, three_functions


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
