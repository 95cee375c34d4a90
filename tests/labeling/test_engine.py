"""A slow function holds up nothing but itself."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from labeling.annotation_store import Annotation
from labeling.errors import Cancelled, LabelwrightError
from labeling.execution.local import LocalExecutor
from labeling.export import ExportResult, write_export
from labeling.export_labels import ExportOptions
from labeling.functions import LabelingFunction
from labeling.inputs import read_inputs
from labeling.models.running import RunningVotes
from labeling.project import Project
from labeling.runs import Job, RunResult
from labeling.snapshot import Snapshot
from storage import DuckDBOpener
from tests.projects import create, keyword


class GatedExecutor:
    """Runs jobs as usual, but functions whose name begins with `slow` only once released."""

    def __init__(self, executor: LocalExecutor) -> None:
        self._executor = executor
        self.released = threading.Event()
        self.ran: list[str] = []

    def run(
        self,
        job: Job,
        on_progress: Callable[[int, int], None] | None = None,
        cancelled: threading.Event | None = None,
    ) -> RunResult:
        """Wait for the release where the name says so, then run the job."""
        while job.function.name.startswith("slow") and not self.released.wait(0.01):
            if cancelled is not None and cancelled.is_set():
                raise Cancelled("The run was cancelled.")
        self.ran.append(job.function.name)
        return self._executor.run(job, on_progress, cancelled)

    def close(self) -> None:
        """The executor inside is closed by its owner."""


class Watched:
    """A running project and a way to wait for what its snapshots show."""

    def __init__(self, folder: Path, executor: GatedExecutor) -> None:
        self._changed = threading.Condition()
        self.executor = executor
        self.seen: list[Snapshot] = []
        self.said: list[Snapshot] = []
        self.project = Project(
            folder,
            DuckDBOpener().open(folder),
            executor,
            self._published,
            say=lambda _version: self.said.append(self.project.snapshot()),
        )
        self.project.start()

    def _published(self, _version: int) -> None:
        with self._changed:
            self.seen.append(self.project.snapshot())
            self._changed.notify_all()

    def wait(self, shows: Callable[[Snapshot], bool]) -> Snapshot:
        """Return the first snapshot that shows it."""
        with self._changed:
            assert self._changed.wait_for(lambda: shows(self.project.snapshot()), timeout=60)
            return self.project.snapshot()


@pytest.fixture
def watched(tmp_path: Path, executor: LocalExecutor) -> Iterator[Watched]:
    """Eight rows and a function `slow` that waits to be released."""
    watched = Watched(create(tmp_path / "p"), GatedExecutor(executor))
    watched.project.save_function(keyword("slow", ("hello",), "ham"))
    watched.wait(lambda snapshot: is_at(snapshot, "slow", "running"))
    yield watched
    watched.project.close()


def is_at(snapshot: Snapshot, name: str, status: str) -> bool:
    state = snapshot.state(name)
    return state is not None and state.status == status


def test_a_function_saved_meanwhile_is_measured_and_makes_labels(watched: Watched) -> None:
    """`quick` has its three votes and a posterior while `slow` still runs."""
    watched.project.save_function(keyword("quick", ("money",), "spam"))
    snapshot = watched.wait(lambda s: is_at(s, "quick", "ready") and s.model is not None)
    state = snapshot.state("quick")
    assert state is not None
    assert state.statistics is not None
    assert state.statistics.votes == 3
    assert snapshot.posterior is not None
    assert is_at(snapshot, "slow", "running")
    assert snapshot.phase == "running"


def test_a_saved_function_waits_in_the_snapshot_before_anything_is_read(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page says at once that it runs, however long a pass takes to begin."""
    begin = threading.Event()

    def held(store: Any, before: Any) -> Any:
        assert begin.wait(30)
        return read_inputs(store, before)

    monkeypatch.setattr("labeling.engine.read_inputs", held)
    watched.project.save_function(keyword("quick", ("money",), "spam"))
    watched.project.save_function(keyword("slow", ("see",), "ham"), replaces="slow")
    snapshot = watched.project.snapshot()
    assert [is_at(snapshot, name, "queued") for name in ("quick", "slow")] == [True, True]
    assert snapshot.phase == "running"
    assert watched.said[-1] is snapshot
    state = snapshot.state("slow")
    assert state is not None
    assert state.function.source == keyword("slow", ("see",), "ham").source
    watched.executor.released.set()
    begin.set()
    assert watched.wait(lambda s: s.phase == "idle" and is_at(s, "slow", "ready"))


def test_an_annotation_meanwhile_is_gold_at_once(watched: Watched) -> None:
    """The label of row 6 counts while `slow` still runs."""
    label = Annotation(uuid4(), 6, "label", 0, "ann", datetime.now(UTC))
    watched.project.annotate([label])
    snapshot = watched.wait(lambda s: s.dev_gold[6] == 0)
    assert is_at(snapshot, "slow", "running")


def test_labels_that_keep_coming_wait_for_a_rest_and_an_edit_does_not(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest after a pass is made endless; what is edited ends it, and the label counts too."""
    monkeypatch.setattr("labeling.engine.REST", 1e6)
    watched.executor.released.set()
    watched.project.put_function(keyword("quick", ("money",), "spam"))
    watched.project.wait_idle()
    watched.project.annotate([Annotation(uuid4(), 6, "label", 0, "ann", datetime.now(UTC))])
    with pytest.raises(LabelwrightError, match="still being computed"):
        watched.project.wait_idle(0.5)
    assert watched.project.snapshot().dev_gold[6] == -1
    watched.project.put_function(keyword("quick", ("free",), "spam"))
    assert watched.project.wait_idle().dev_gold[6] == 0


def test_how_far_the_work_is_makes_no_other_figures(watched: Watched) -> None:
    """Only votes that came do: pages that show figures need not be drawn for anything else."""
    watched.executor.released.set()
    before = watched.project.wait_idle()
    watched.executor.released.clear()
    watched.project.put_function(keyword("slow", ("money",), "spam"))
    running = watched.wait(lambda s: is_at(s, "slow", "queued") or is_at(s, "slow", "running"))
    assert running.figures == before.figures
    assert running.states > before.states
    watched.executor.released.set()
    after = watched.project.wait_idle()
    assert after.figures > before.figures
    assert after.states >= after.figures


def test_what_functions_are_worth_makes_no_other_figures(watched: Watched) -> None:
    """Charts and rows need not be drawn for it; a look at test gold stands among the figures."""
    watched.executor.released.set()
    before = watched.project.wait_idle().numbers
    watched.project.marginals.values()
    after = watched.wait(lambda s: s.beside > before.beside)
    assert (after.figures, after.states) == (before.figures, before.states)
    watched.project.held_out.look("mara")
    assert watched.wait(lambda s: s.figures > before.figures)


def test_what_was_held_up_arrives_in_the_end(watched: Watched) -> None:
    """Released, `slow` votes on the one row with its word."""
    watched.executor.released.set()
    snapshot = watched.project.wait_idle()
    assert is_at(snapshot, "slow", "ready")
    assert snapshot.phase == "idle"
    assert snapshot.matrix.column("slow").tolist().count(0) == 1


def test_a_function_removed_before_its_turn_never_runs(watched: Watched) -> None:
    """With both places taken, `third` waits; removed, it is not run when they are free."""
    watched.project.save_function(keyword("slow_too", ("hello",), "ham"))
    watched.wait(lambda snapshot: is_at(snapshot, "slow_too", "running"))
    watched.project.save_function(keyword("third", ("money",), "spam"))
    watched.wait(lambda snapshot: is_at(snapshot, "third", "queued"))
    watched.project.remove_function("third")
    watched.executor.released.set()
    watched.project.wait_idle()
    assert sorted(watched.executor.ran) == ["slow", "slow_too"]


def test_a_function_removed_while_a_pass_begins_never_runs(watched: Watched) -> None:
    """The pass read the functions before, and submits `third` after, it was removed."""
    watched.project.save_function(keyword("slow_too", ("hello",), "ham"))
    watched.wait(lambda snapshot: is_at(snapshot, "slow_too", "running"))
    engine = watched.project._engine
    passes = engine._passes
    with engine._lock:  # no pass of the engine's own reads the functions in between
        assert passes._state.wait_for(lambda: passes._answered >= passes._asked, timeout=60)
    store, runs = watched.project._store, engine._runs
    store.save_function(keyword("third", ("money",), "spam"))
    inputs = read_inputs(store)
    store.remove_function("third")
    runs.submit(inputs)
    watched.executor.released.set()
    watched.project.wait_idle()
    assert sorted(watched.executor.ran) == ["slow", "slow_too"]


def test_a_function_removed_while_it_runs_is_cancelled(watched: Watched) -> None:
    """The project is idle again although nobody released `slow`."""
    watched.project.remove_function("slow")
    assert watched.project.wait_idle().functions == ()
    assert watched.executor.ran == []


def test_an_edit_while_it_runs_starts_the_new_version(watched: Watched) -> None:
    """The votes shown are those of the version saved last."""
    watched.project.put_function(keyword("slow", ("money",), "spam"))
    watched.executor.released.set()
    snapshot = watched.project.wait_idle()
    assert snapshot.matrix.column("slow").tolist().count(1) == 3


def test_labels_come_before_their_figures(watched: Watched) -> None:
    """A page sees the new votes' labels as pending, and then what is measured of them."""
    watched.project.save_function(keyword("quick", ("money",), "spam"))
    watched.wait(lambda s: s.model is not None and not s.is_pending)
    labelled = [s for s in watched.seen if s.posterior is not None]
    assert labelled[0].is_pending
    assert labelled[0].phase == "running"
    assert labelled[-1].model is not None
    assert labelled[-1].model.expected is not None


def test_statistics_before_the_last_change_stand_beside_those_after_it(watched: Watched) -> None:
    """An edit moves the figures of others, too; what is no edit leaves them."""
    watched.executor.released.set()
    watched.project.wait_idle()
    watched.project.save_function(keyword("quick", ("free",), "spam"))
    first = watched.project.wait_idle().state("quick")
    assert first is not None
    assert first.earlier is None
    watched.project.put_function(keyword("quick", ("free", "hello"), "spam"))
    snapshot = watched.project.wait_idle()
    quick, slow = snapshot.state("quick"), snapshot.state("slow")
    assert quick is not None
    assert slow is not None
    assert quick.earlier == first.statistics
    assert slow.earlier is not None
    assert slow.statistics is not None
    assert (slow.earlier.conflicts, slow.statistics.conflicts) == (0, 1 / 8)
    watched.project.choose_model("majority")
    kept = watched.project.wait_idle().state("quick")
    assert kept is not None
    assert kept.earlier == first.statistics
    assert kept.earlier_estimate == first.estimated_accuracy is not None


def test_runs_that_follow_each_other_are_no_changes(watched: Watched) -> None:
    """Functions of a project that is opened for the first time have nothing to be compared with."""
    watched.project.save_function(keyword("quick", ("free", "hello"), "spam"))
    alone = watched.wait(lambda s: is_at(s, "quick", "ready")).state("quick")
    watched.executor.released.set()
    snapshot = watched.project.wait_idle()
    quick, slow = snapshot.state("quick"), snapshot.state("slow")
    assert alone is not None
    assert quick is not None
    assert slow is not None
    assert alone.statistics != quick.statistics
    assert (quick.earlier, slow.earlier) == (None, None)


def test_votes_settle_when_there_is_nothing_else_to_do(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next edit is faster for it; people do not wait for that."""
    settled = threading.Event()
    monkeypatch.setattr(RunningVotes, "settle", lambda _votes: settled.set())
    watched.project.save_function(keyword("quick", ("money",), "spam"))
    watched.wait(lambda s: s.model is not None and not s.is_pending)
    assert not settled.is_set()  # `slow` has not run
    watched.executor.released.set()
    watched.project.wait_idle()
    assert settled.wait(10)


def test_an_export_waits_for_the_figures_of_its_labels(
    watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its manifest never names a model that was not judged."""
    exported: list[Snapshot] = []

    def write(store: Any, snapshot: Snapshot, *how: Any) -> ExportResult:
        exported.append(snapshot)
        return write_export(store, snapshot, *how)

    monkeypatch.setattr("labeling.exports.write_export", write)
    watched.executor.released.set()
    for word in ("money", "free", "call", "now"):
        watched.project.put_function(keyword("quick", (word,), "spam"))
        watched.project.exports.write(tmp_path / f"{word}.csv", ExportOptions())
    assert [snapshot.is_pending for snapshot in exported] == [False] * 4


class _BrokenExecutor:
    """Cannot run anything."""

    def run(self, job: Job, **_: object) -> RunResult:
        raise RuntimeError("no such luck")

    def close(self) -> None:
        """Nothing to end."""


def test_what_cannot_be_run_is_said_once_and_tried_again_at_the_next_change(
    tmp_path: Path,
) -> None:
    """The project is idle with a problem that names the function and the cause."""
    folder = create(tmp_path / "p")
    with Project(folder, DuckDBOpener().open(folder), _BrokenExecutor()) as project:
        project.start()
        project.save_function(LabelingFunction("free", "keyword", keyword_source()))
        snapshot = project.wait_idle()
        assert snapshot.phase == "idle"
        (problem,) = snapshot.problems
        assert problem.startswith("free: Labelwright failed (RuntimeError: no such luck)")


def test_a_publish_that_fails_stops_neither_runs_nor_labels(
    tmp_path: Path, executor: LocalExecutor, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged; what it was to announce is there, and so is what comes after."""

    def broken(version: int) -> None:
        raise RuntimeError(f"nobody hears of {version}")

    folder = create(tmp_path / "p")
    with Project(folder, DuckDBOpener().open(folder), executor, broken, say=broken) as project:
        project.start()
        for name, word in (("free", "free"), ("money", "money")):
            project.save_function(keyword(name, (word,), "spam"))
            snapshot = project.wait_idle(timeout=20)
            assert snapshot.problems == ()
            assert is_at(snapshot, name, "ready")
            assert snapshot.posterior is not None
    assert "RuntimeError: nobody hears of" in caplog.text


class UnsavableExecutor:
    """Runs jobs as usual, and adds half a character to what they print, which no table takes."""

    def __init__(self, executor: LocalExecutor) -> None:
        self._executor = executor
        self.runs = 0

    def run(self, job: Job, *arguments: Any, **named: Any) -> RunResult:
        """Run the job, and count it."""
        self.runs += 1
        return replace(self._executor.run(job, *arguments, **named), stdout="\ud800")

    def close(self) -> None:
        """The executor inside is closed by its owner."""


def test_a_run_that_cannot_be_saved_is_said_and_not_repeated_at_every_change(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """It would fail again; whoever wants it tried says so."""
    folder = create(tmp_path / "p")
    unsavable = UnsavableExecutor(executor)
    with Project(folder, DuckDBOpener().open(folder), unsavable) as project:
        project.start()
        project.save_function(keyword("free", ("free",), "spam"))
        before = project.wait_idle().problems
        project.annotate([Annotation(uuid4(), 6, "label", 0, "ann", datetime.now(UTC))])
        after = project.wait_idle().problems
        assert unsavable.runs == 1
        project.run_again("free")
        project.wait_idle()
        assert unsavable.runs == 2
    assert after == before
    (problem,) = after
    assert problem.startswith("free: Its votes could not be saved (")
    assert problem.endswith("); see the log, and run it again.")


def keyword_source() -> str:
    return keyword("free", ("free",), "spam").source
