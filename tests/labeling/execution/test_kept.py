"""Workers of patterns are used again, and those that ran an author's code never."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from labeling.execution import local
from labeling.execution.local import LocalExecutor
from labeling.execution.process import WorkerProcess
from labeling.functions import LabelingFunction
from labeling.runs import Job, Limits

from .conftest import CLASSES

PATTERN = json.dumps({"column": "text", "pattern": "song$|nice", "label": "ham"})
OTHER = json.dumps({"column": "text", "words": ["größe"], "label": "spam"})


class Watching:
    """An executor, and the processes in which it ran something."""

    def __init__(self, executor: LocalExecutor, rows: Path) -> None:
        self._executor, self._rows = executor, rows
        self.workers: list[WorkerProcess] = []

    def votes(self, kind: str, source: str, stop: int, limits: Limits | None = None) -> list[int]:
        """Run a function over rows up to `stop`."""
        function = LabelingFunction("f", kind, source)
        job = Job(function, CLASSES, self._rows, 0, stop, limits or Limits())
        result = self._executor.run(job)
        assert result.complete, result.failure
        votes: list[int] = result.votes.tolist()
        return votes


@pytest.fixture
def watching(rows_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watching]:
    """An executor of one worker at a time."""
    supervised = local._supervised
    with LocalExecutor(workers=1) as executor:
        watching = Watching(executor, rows_path)

        def noted(worker: WorkerProcess, *how: object) -> object:
            watching.workers.append(worker)
            return supervised(worker, *how)  # type: ignore[arg-type]

        monkeypatch.setattr(local, "_supervised", noted)
        yield watching
    assert all(worker.exit_code(5) is not None for worker in watching.workers)


def test_patterns_follow_each_other_in_one_process(watching: Watching) -> None:
    """Runs of other lengths and kinds leave nothing of theirs to the next."""
    assert watching.votes("regex", PATTERN, 9) == [-1, 0, -1, -1, -1, -1, 0, -1, -1]
    assert watching.votes("keyword", OTHER, 4) == [-1, -1, -1, 1]
    assert watching.votes("regex", PATTERN, 7_000).count(0) == 1_400
    assert len({worker.pid for worker in watching.workers}) == 1


def test_code_gets_a_process_of_its_own(watching: Watching) -> None:
    """Before and after a pattern; a pattern with other limits as well."""
    code = "def f(x):\n    return 1\n"
    watching.votes("python", code, 1)
    watching.votes("regex", PATTERN, 1)
    watching.votes("python", code, 1)
    watching.votes("regex", PATTERN, 1, Limits(memory_mb=300))
    watching.votes("regex", PATTERN, 1)
    first, pattern, second, other, again = (worker.pid for worker in watching.workers)
    assert pattern == again
    assert len({first, pattern, second, other}) == 4


def test_a_kept_worker_that_died_is_replaced(watching: Watching) -> None:
    """Whatever killed it is not blamed on the next function."""
    watching.votes("regex", PATTERN, 1)
    os.kill(watching.workers[0].pid, signal.SIGKILL)
    assert watching.workers[0].exit_code(5) == -signal.SIGKILL
    assert watching.votes("regex", PATTERN, 2) == [-1, 0]
