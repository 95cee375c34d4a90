"""Which label an exported row gets where rare classes are favoured; counted by hand."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from labeling.execution.local import LocalExecutor
from labeling.export_labels import ExportOptions, choose_labels
from labeling.snapshot import Snapshot
from tests.projects import create, opened, three_functions


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """Eight rows and three functions that ran."""
    with LocalExecutor(workers=1) as executor, opened(create(tmp_path / "p"), executor) as project:
        for function in three_functions():
            project.save_function(function)
        return project.refresh()


def test_rebalanced_labels_are_what_votes_raise_most(snapshot: Snapshot) -> None:
    """A row at 60 % for a class of 80 % goes to the other; its confidence is 40 %."""
    assert snapshot.model is not None
    posterior = np.tile([0.6, 0.4], (snapshot.n_rows, 1))
    uneven = replace(
        snapshot,
        posterior=posterior,
        dev_gold=np.full(snapshot.n_rows, -1, dtype=np.int8),
        model=replace(snapshot.model, class_balance=(0.8, 0.2)),
    )
    covered = uneven.model_matrix.covered
    plain = choose_labels(uneven, ExportOptions())
    rebalanced = choose_labels(uneven, ExportOptions(rebalanced=True))
    assert set(plain.codes[covered]) == {0}
    assert set(rebalanced.codes[covered]) == {1}
    assert rebalanced.confidence[covered] == pytest.approx(0.4)
    assert (rebalanced.codes[~covered] == -1).all()
