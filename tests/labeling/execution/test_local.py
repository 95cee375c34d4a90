"""When the executor of this machine starts its processes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from labeling.execution import local
from labeling.execution.local import LocalExecutor
from labeling.execution.pool import WorkerPool
from labeling.functions import LabelingFunction
from labeling.runs import Job
from web import services

from .conftest import CLASSES

Opened = list[WorkerPool]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The pools that were opened, the oldest first."""
    pools: Opened = []

    def noted(*how: object) -> WorkerPool:
        pools.append(WorkerPool(*how))  # type: ignore[arg-type]
        return pools[-1]

    monkeypatch.setattr(local, "WorkerPool", noted)
    return pools


def run(executor: LocalExecutor, rows: Path) -> None:
    """Run a function over one row."""
    function = LabelingFunction("f", "python", "def f(x):\n    return 1\n")
    assert executor.run(Job(function, CLASSES, rows, 0, 1)).complete


@pytest.mark.parametrize(
    "need", [run, lambda executor, _: executor.isolation(), lambda executor, _: executor.warm()]
)
def test_processes_start_when_they_are_needed(
    opened: Opened, rows_path: Path, need: Callable[[LocalExecutor, Path], object]
) -> None:
    """Most commands run nothing; whoever runs something again finds them there."""
    with LocalExecutor(workers=1) as executor:
        assert opened == []
        need(executor, rows_path)
        need(executor, rows_path)
        assert len(opened) == 1


def test_the_browser_app_has_them_before_somebody_asks(opened: Opened) -> None:
    """The first preview need not wait for Python to start."""
    with services._executor():
        assert len(opened) == 1
