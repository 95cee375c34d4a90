"""Functions whose votes are not the same twice are found by running some rows again."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.ledger import ledger_record
from labeling.project import Project
from labeling.runs import NOT_RUN, Job, RunResult, StabilityCheck
from labeling.stability import HASH_SEED, SAMPLE_ROWS, sampled_rows, warning
from storage import DuckDBOpener
from tests.projects import create, keyword, opened

HEAD = "id,text,gold,split\n"
ROWS = HEAD + "".join(f"{i},message {i} of many,,\n" for i in range(2_000))


@pytest.fixture
def project(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Two thousand rows, no function."""
    with opened(create(tmp_path / "p", ROWS), executor) as project:
        yield project


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return 'ham' if list({*x.text.split()})[0] == 'many' else 'spam'\n",
        "import random\ndef f(x):\n    return random.choice(['ham', 'spam'])\n",
        "import time\ndef f(x):\n    return 'ham' if time.time_ns() // 1000 % 2 else 'spam'\n",
        "n = 0\ndef f(x):\n    global n\n    n += 1\n    return 'ham' if n < 900 else 'spam'\n",
        "def f(x):\n    return 'ham' if hash(x.text) % 2 else 'spam'\n",
    ],
    ids=["set order", "random", "time", "memory", "hash"],
)
def test_votes_that_depend_on_anything_else_are_found(project: Project, source: str) -> None:
    """The function is warned of, with a row to look at, and stays in the label model."""
    project.save_function(LabelingFunction("f", "python", source))
    before = project.refresh()
    snapshot = project.check_stability()
    state = snapshot.state("f")
    assert snapshot.figures > before.figures
    assert state is not None
    assert state.status == "ready"
    assert state.stability is not None
    assert state.stability.rows == SAMPLE_ROWS
    said = warning(state.stability)
    assert said is not None
    assert f"of 500 rows, such as row {state.stability.differing[0]}" in said


def test_votes_that_depend_on_the_row_alone_are_the_same(project: Project) -> None:
    """Rows that fail in both runs are no difference either, and no page is drawn anew for it."""
    source = (
        "def f(x):\n    if x.id.endswith('7'):\n        1 / 0\n"
        "    return 'ham' if int(x.id) % 3 == 0 else None\n"
    )
    project.save_function(LabelingFunction("f", "python", source))
    before = project.refresh()
    snapshot = project.check_stability()
    state = snapshot.state("f")
    assert snapshot.figures == before.figures
    assert state is not None
    assert state.stability is not None
    assert (state.stability.rows, state.stability.differing) == (500, ())
    assert warning(state.stability) is None


def test_the_check_is_stored_with_its_run(tmp_path: Path, executor: LocalExecutor) -> None:
    """It is not made again by the next process, but is by the next run of all rows."""
    source = "import random\ndef f(x):\n    return random.choice(['ham', 'spam'])\n"
    with opened(create(tmp_path / "p", ROWS), executor) as project:
        project.save_function(LabelingFunction("f", "python", source))
        project.refresh()
        found = project.check_stability().state("f")
    with opened(tmp_path / "p", executor) as project:
        again = project.refresh().state("f")
        assert again is not None
        assert found is not None
        assert again.stability == found.stability
        project.run_again("f")
        anew = project.refresh().state("f")
        assert anew is not None
        assert anew.stability is None


def checks(project: Project) -> dict[str, StabilityCheck | None]:
    """Return what is known of each function now."""
    return {"f": None} | {
        state.function.name: state.stability for state in project.snapshot().functions
    }


def test_the_engine_checks_when_it_has_nothing_else_to_do(project: Project) -> None:
    """Nobody has to ask; kinds that cannot vary are not run again."""
    project.save_function(keyword("many", ("many",), "ham"))
    project.save_function(LabelingFunction("f", "python", "def f(x):\n    return 'ham'\n"))
    project.start()
    assert waited_for(lambda: checks(project)["f"]) is not None
    assert checks(project)["many"] is None


class ExecutorWithoutSecondRuns:
    """Runs jobs as usual, but not the second run of a function named `broken`."""

    def __init__(self, executor: LocalExecutor) -> None:
        self._executor = executor
        self.refused = 0

    def run(self, job: Job, *arguments: Any, **named: Any) -> RunResult:
        """Raise what nobody expects, where the hash seed is that of a check."""
        if job.function.name == "broken" and job.hash_seed == HASH_SEED:
            self.refused += 1
            raise RuntimeError("no such luck")
        return self._executor.run(job, *arguments, **named)


def test_a_check_that_fails_is_said_and_the_engine_lives_on(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """The function is named once and not tried in a circle; the next one is checked, and run."""
    broken = LabelingFunction("broken", "python", "def broken(x):\n    return 'ham'\n")
    f = LabelingFunction("f", "python", "def f(x):\n    return 'spam'\n")
    fake = ExecutorWithoutSecondRuns(executor)
    folder = create(tmp_path / "p", ROWS)
    with Project(folder, DuckDBOpener().open(folder), fake) as project:
        project.save_function(broken)
        project.refresh()
        project.start()
        waited_for(lambda: project.snapshot().problems)
        assert project.snapshot().problems == (
            "broken: Votes could not be checked: "
            "Labelwright failed (RuntimeError: no such luck); see the log.",
        )
        project.save_function(f)
        assert waited_for(lambda: checks(project)["f"]) == StabilityCheck(SAMPLE_ROWS, ())
        assert checks(project)["broken"] is None
        assert fake.refused == 2  # once when idle, once after the change


class SecondRunsThatEnd(ExecutorWithoutSecondRuns):
    """Runs jobs as usual, but second runs end before their first row."""

    def run(self, job: Job, *arguments: Any, **named: Any) -> RunResult:
        """Return what a worker reports that could not prepare the function."""
        if job.hash_seed != HASH_SEED:
            return self._executor.run(job, *arguments, **named)
        votes = np.full(job.stop - job.start, NOT_RUN, dtype=np.int8)
        return RunResult(
            job.function.version, job.start, job.stop, votes, (), 0, "", 0.1, "out of luck."
        )


def test_a_second_run_that_fails_at_once_is_no_check(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """The reason is in the ledger and among the problems; the next process checks anew."""
    with opened(create(tmp_path / "p", ROWS), SecondRunsThatEnd(executor)) as project:
        project.save_function(LabelingFunction("f", "python", "def f(x):\n    return 'ham'\n"))
        project.refresh()
        state, errors = project.ledger("f")
        assert state.stability is None
        record = ledger_record(state, errors)
        assert record["run_twice"] is None
        assert record["not_checked"] == "The second run compared no row: out of luck."
        assert project.snapshot().problems == (
            "f: Votes could not be checked: The second run compared no row: out of luck.",
        )
    with opened(tmp_path / "p", executor) as project:
        project.refresh()
        assert checks(project)["f"] is None
        state, _ = project.ledger("f")
        assert (state.stability, state.unchecked) == (StabilityCheck(SAMPLE_ROWS, ()), None)


def waited_for(shown: Callable[[], Any]) -> Any:
    """Return what is shown as soon as it is something, and what it is after 30 seconds."""
    deadline = time.monotonic() + 30
    while not shown() and time.monotonic() < deadline:
        time.sleep(0.02)
    return shown()


def test_half_of_the_sample_has_a_vote_where_there_are_enough() -> None:
    """Where there are few votes all are in, and where there is little else more are."""
    votes = np.full(10_000, -1, dtype=np.int8)
    votes[:600] = 1
    assert (sampled_rows(votes) < 600).sum() == 250
    votes[100:600] = -2
    assert (sampled_rows(votes) < 100).sum() == 100
    assert sampled_rows(np.ones(10_000, dtype=np.int8)).size == 500
    assert sampled_rows(np.full(9, -2, dtype=np.int8)).size == 0
