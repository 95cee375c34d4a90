"""What somebody types is run at once, on a sample first, and beside everything else."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from labeling.analysis import function_statistics
from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.kinds.python import python_functions
from labeling.preview import PreviewState, stages
from labeling.project import Project
from labeling.row_sample import sampled_ids, sampled_rows
from labeling.runs import NOT_RUN
from labeling.votes import ABSTAIN, LabelMatrix
from storage import DuckDBOpener
from tests.labeling.test_engine import GatedExecutor
from tests.projects import create, keyword, three_functions

ROWS = 50_000


class Watched:
    """A project with a saved function `early`, and every state that session `me` was told of."""

    def __init__(self, folder: Path, executor: LocalExecutor) -> None:
        self.executor = GatedExecutor(executor)
        self.states: list[PreviewState] = []
        self._heard = threading.Condition()
        self.project = Project(folder, DuckDBOpener().open(folder), self.executor, tell=self._told)
        self.project.put_function(keyword("early", ("early",), "spam"))
        self.project.start()
        self.project.wait_idle()

    def _told(self, session: str, number: int) -> None:
        state = self.project.previews.state(session)
        if session == "me" and state is not None:
            assert state.number >= number
            with self._heard:
                self.states.append(state)
                self._heard.notify_all()

    def preview(self, function: LabelingFunction, replaces: str | None = None) -> PreviewState:
        """Preview a function to its end."""
        started = self.project.previews.start("me", function, replaces)
        return self.wait_until_told(lambda state: state.done and state.number > started.number)

    def wait_until_told(self, shows: Callable[[PreviewState], bool]) -> PreviewState:
        """Return the first state that was told and shows it."""
        with self._heard:
            assert self._heard.wait_for(lambda: any(map(shows, self.states)), 60)
            return next(filter(shows, self.states))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sorted rows: the first third says `early`, and every fifth has gold."""
    lines = ["id,text,gold,split,score"]
    for i in range(ROWS):
        gold = ("spam" if i % 10 else "ham") if i % 5 == 0 else ""
        lines.append(f"{i},{'early' if i < ROWS / 3 else 'late'} number {i},{gold},dev,1")
    return create(tmp_path_factory.mktemp("large") / "p", "\n".join(lines) + "\n")


@pytest.fixture
def watched(large: Path, executor: LocalExecutor) -> Iterator[Watched]:
    watched = Watched(large, executor)
    yield watched
    watched.project.close()


def python(body: str, name: str = "typed") -> LabelingFunction:
    (function,) = python_functions(f"def {name}(x):\n    {body}\n", "f.py")
    return function


def test_it_grows_over_random_samples_to_all_rows(watched: Watched) -> None:
    """Each state has the statistics of exactly the rows that were run, beside `early`."""
    watched.preview(python('return "ham" if "early" in x.text else ABSTAIN'))
    snapshot = watched.project.snapshot()
    measured = [state for state in watched.states if state.statistics is not None]
    assert [state.rows for state in measured][:3] == [2_000, 20_000, ROWS]
    for state in measured:
        rows = np.flatnonzero(state.votes != NOT_RUN)
        assert rows.size == state.rows
        columns = {"typed": state.votes[rows], "early": snapshot.matrix.column("early")[rows]}
        few = LabelMatrix(columns, rows.size)
        assert state.statistics == function_statistics(few, snapshot.dev_gold[rows], 2)[0]
    assert all(state.votes_number == state.number for state in watched.states[:-1])
    assert watched.states[-1].votes_number == watched.states[-2].number  # only labels came last
    first = measured[0].statistics
    assert first is not None
    assert abs(first.coverage - 1 / 3) < 0.05  # the first 2,000 rows would say 100 %


def test_pinned_rows_are_run_beside_the_first_sample(watched: Watched) -> None:
    """How the tests of a saved function do is known before all rows are run."""
    pins, sampled = watched.project.pins, set(sampled_ids(ROWS, 20_000).tolist())
    pinned = [row for row in range(ROWS) if row not in sampled][:2]
    for row_id in pinned:
        pins.pin("early", row_id, 0)
    function = python(f'return "ham" if x.text.endswith("number {pinned[0]}") else ABSTAIN')
    done = watched.preview(function, "early")
    first = next(state for state in watched.states if state.pinned)
    assert first.rows == 2_000
    assert list(first.pinned) == pinned
    assert list(first.pinned.values()) == done.votes[pinned].tolist() == [0, ABSTAIN]
    found = pins.check_votes("early", first.votes_for_tests)
    assert [(one.pin.row_id, one.passed) for one in found] == [
        (pinned[1], False),
        (pinned[0], True),
    ]
    for row_id in pinned:
        pins.unpin("early", row_id)


def test_few_rows_and_queries_are_run_whole() -> None:
    """There is one run, of all rows."""
    for kind, rows in (("python", 5_000), ("sql", 10**6)):
        (only,) = stages(kind, rows)
        assert (only.sample, only.start, only.stop) == (None, 0, rows)


def test_whole_columns_are_previewed_whole(watched: Watched) -> None:
    """A pattern needs no sample of 50,000 rows; what only `re` can read is run on one first."""
    watched.preview(keyword("typed", ("early",), "ham"))
    assert [state.rows for state in watched.states if state.statistics] == [ROWS, ROWS]
    watched.states.clear()
    source = {"column": "text", "pattern": r"(?<=early )n", "label": "ham"}
    watched.preview(LabelingFunction("typed", "regex", json.dumps(source)))
    assert next(state.rows for state in watched.states if state.statistics) == 2_000


def test_who_waits_for_a_state_is_not_told_of_it_as_well(watched: Watched) -> None:
    """The page that waited draws it; it would be drawn again for nothing."""
    threading.Timer(0.2, watched.executor.released.set).start()
    watched.project.previews.start("me", keyword("slow", ("early",), "ham"))
    counts = watched.project.previews.wait_for_counts("me", 60)
    assert counts is not None
    assert counts.statistics is not None
    watched.wait_until_told(lambda state: state.done)
    assert counts.number not in {state.number for state in watched.states}


def test_a_newer_text_ends_the_run_of_the_older(watched: Watched) -> None:
    """The older one is cancelled while it waits; nothing of it is told afterwards."""
    watched.project.previews.start("me", python("return ABSTAIN", "slow"))
    newer = watched.preview(python('return "ham"', "newer"))
    assert newer.statistics is not None
    assert newer.statistics.votes == ROWS
    assert {state.function.name for state in watched.states if state.rows} == {"newer"}
    assert "slow" not in watched.executor.ran


def test_sessions_do_not_end_each_others_previews(watched: Watched) -> None:
    """Two people type at once, and both are answered."""
    watched.project.previews.start("other", python('return "spam"', "other"))
    mine = watched.preview(python('return "ham"', "mine"))
    theirs = watched.project.previews.wait("other", 60)
    assert theirs is not None
    assert [mine.function.name, theirs.function.name] == ["mine", "other"]
    assert theirs.whole


def test_typing_does_not_queue_behind_saves(large: Path) -> None:
    """With the only place for saved functions taken, a preview still gets its first rows."""
    with LocalExecutor(workers=1) as executor:
        watched = Watched(large, executor)
        try:
            watched.project.put_function(python("while True: pass", "endless"))
            watched.project.previews.start("me", python('return "ham"'))
            seen = threading.Event()
            while not any(state.rows == 20_000 for state in watched.states):
                assert not seen.wait(0.01)
        finally:
            watched.project.remove_function("endless")
            watched.project.close()


def test_errors_are_of_the_rows_of_the_project(watched: Watched) -> None:
    """A sample has its rows in another order; the ids are still theirs."""
    state = watched.preview(python('return "ham" if int(x.id) % 1000 else 1 / 0'))
    assert state.error_count == ROWS // 1000
    assert {error.row_id % 1000 for one in watched.states for error in one.errors} == {0}


def test_a_function_that_cannot_run_says_why(watched: Watched) -> None:
    """The rows after it are not tried."""
    state = watched.preview(python("import os; os._exit(3)"))
    assert state.failure is not None
    assert "exit code 3" in state.failure
    assert not state.whole
    assert state.failure.endswith(f" on row {sampled_ids(ROWS, 20_000)[0]}.")


def test_the_saved_version_is_compared_on_the_rows_that_were_run(watched: Watched) -> None:
    """Of a sample, the diff holds rows of that sample alone."""
    watched.preview(python('return "spam" if "late" in x.text else None'), replaces="early")
    first = next(state for state in watched.states if state.diff is not None)
    assert first.diff is not None
    assert first.diff.gained.size + first.diff.lost.size == first.rows == 2_000
    assert set(first.diff.lost) <= set(sampled_ids(ROWS, 2_000))
    assert first.before is not None
    assert first.before.votes == round(ROWS / 3 + 0.5)


def test_labels_change_as_said_once_it_is_saved(tmp_path: Path, executor: LocalExecutor) -> None:
    """The label diff of a preview is the difference of the labels before and after the save."""
    folder = create(tmp_path / "p")
    with Project(folder, DuckDBOpener().open(folder), executor) as project:
        project.choose_model("evidence")
        for function in three_functions():
            project.put_function(function)
        project.start()
        before = project.wait_idle()
        changed = keyword("free", ("win", "hello"), "spam")
        project.previews.start("me", changed, replaces="free")
        state = project.previews.wait("me", 20)
        assert state is not None
        assert state.label_diff is not None
        untouched = project.snapshot()
        assert untouched.posterior is before.posterior
        project.put_function(changed)
        after = project.wait_idle()
        gained = (before.labels < 0) & (after.labels >= 0)
        flipped = (before.labels >= 0) & (after.labels >= 0) & (before.labels != after.labels)
        assert state.label_diff.gained.tolist() == np.flatnonzero(gained).tolist() == [6]
        assert state.label_diff.flipped.tolist() == np.flatnonzero(flipped).tolist()


def test_a_sample_is_random_and_begins_as_a_smaller_one(tmp_path: Path) -> None:
    """Its file has the rows of the ids, in their order."""
    rows = tmp_path / "rows-1.arrow"
    table = pa.table({"row_id": range(30_000), "text": [f"text {i}" for i in range(30_000)]})
    with pa.OSFile(str(rows), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    path, row_ids = sampled_rows(rows, 30_000, 10_000)
    assert np.unique(row_ids).size == 10_000
    assert row_ids[:500].tolist() == sampled_ids(30_000, 500).tolist()
    assert 14_000 < row_ids[:500].mean() < 16_000
    with pa.memory_map(str(path)) as mapped:
        sampled = pa.ipc.open_file(mapped).read_all()
        assert sampled["row_id"].to_pylist() == row_ids.tolist()
        assert sampled["text"][7].as_py() == f"text {row_ids[7]}"


def test_counts_need_not_wait_for_the_labels(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who types sees them while it is worked out how labels would change."""
    released = threading.Event()

    def slow_diff(*_: object) -> None:
        assert released.wait(60)

    monkeypatch.setattr("labeling.previews.label_diff", slow_diff)
    watched.project.previews.start("me", keyword("typed", ("early",), "ham"))
    state = watched.project.previews.wait_for_counts("me", 60)
    assert state is not None
    assert state.statistics is not None
    assert not state.done
    released.set()
    whole = watched.project.previews.wait("me", 60)
    assert whole is not None
    assert whole.done
