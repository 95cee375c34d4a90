"""Batches for one person alone, and a queue that pauses."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest

from labeling.annotation_store import Annotation
from labeling.assignments import Overlap
from labeling.batches import BatchProgress
from labeling.errors import ProjectError
from labeling.event_words import described
from labeling.execution.local import LocalExecutor
from labeling.history import can_undo
from labeling.leases import Holder
from labeling.project import Project
from tests.projects import create, opened

ROWS = 400
DATA = "id,text,gold,split,score\n" + "".join(f"r{i},text {i},,,1\n" for i in range(ROWS))
ANN, BEN = Holder("ann", "1"), Holder("ben", "2")


@pytest.fixture
def project(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Four hundred rows, each wanted from one person."""
    with opened(create(tmp_path / "p", DATA), executor) as project:
        yield project


def label(project: Project, who: str, rows: list[int]) -> None:
    """Label rows as somebody."""
    now = datetime.now(UTC)
    project.annotate([Annotation(uuid4(), row, "label", 0, who, now) for row in rows])


def get(
    project: Project, holder: Holder, count: int, waiting: list[int] | None = None
) -> list[int]:
    """Ask for rows."""
    drawn = project.queues.draw("random", count, leave_out=waiting or [], holder=holder)
    return [row.row_id for row in drawn]


def give(project: Project, who: str, count: int) -> list[int]:
    """Give somebody a batch; return its rows."""
    return list(project.queues.give_batch(who, count, author="rita").rows)


def progress(project: Project) -> list[tuple[str, int, int]]:
    """Return of each batch whose it is, what is done and what is left."""
    return [
        (one.batch.annotator, one.done, one.left) for one in project.assignments.batch_progress()
    ]


def test_a_batch_comes_first_and_to_its_person_alone(project: Project) -> None:
    """In its order, then the open queue; nobody else gets a row of it."""
    rows = give(project, "ann", 10)
    first = get(project, ANN, 6)
    assert first == rows[:6]
    second = get(project, ANN, 20, first)
    assert second == rows[6:]
    third = get(project, ANN, 20, rows)
    assert len(third) == 20
    assert not set(third) & set(rows)
    assert not set(get(project, BEN, ROWS)) & set(rows)
    assert project.still_wanted(rows, BEN) == []
    assert progress(project) == [("ann", 0, 10)]


def test_a_batch_goes_before_what_waits_already(project: Project) -> None:
    """But for the rows that may be on the screen; the others go to whoever comes."""
    waiting = get(project, ANN, 20)
    rows = give(project, "ann", 30)
    assert not set(rows) - set(range(ROWS))
    kept = project.still_wanted(waiting, ANN)
    assert kept[:3] == waiting[:3]
    assert set(kept) == {*waiting[:3], *(set(waiting) & set(rows))}
    more = get(project, ANN, 20, kept)
    assert set(more) <= set(rows)
    assert project.still_wanted([*kept, *more], ANN) == [*kept, *more]


def test_how_far_a_batch_is_counts_what_its_person_did(project: Project) -> None:
    """What others said of other rows does not, and a settled row is left to nobody."""
    rows = give(project, "ann", 10)
    label(project, "ann", rows[:4])
    label(project, "ben", [row for row in range(ROWS) if row not in rows][:5])
    assert progress(project) == [("ann", 4, 6)]
    project.annotators.decide(rows[9], 1, "rita")
    assert progress(project) == [("ann", 4, 5)]
    again = give(project, "ann", 5)
    assert not set(again) & set(rows)
    assert progress(project) == [("ann", 4, 5), ("ann", 0, 5)]


def test_what_is_left_of_a_batch_that_is_taken_back_is_open(project: Project) -> None:
    """Its person's answers stay, and a second time there is nothing to take back."""
    batch = project.queues.give_batch("ann", 10, author="rita")
    label(project, "ann", list(batch.rows[:4]))
    project.assignments.take_back(batch.number, "rita")
    assert progress(project) == []
    assert set(batch.rows[4:]) <= set(get(project, BEN, ROWS))
    with pytest.raises(ProjectError, match="no batch number"):
        project.assignments.take_back(batch.number)


def test_rows_in_another_queue_or_batch_are_not_given(project: Project) -> None:
    """So nobody loses a row that is on the screen."""
    waiting = get(project, BEN, 100)
    first, second = give(project, "ann", 150), give(project, "cat", ROWS)
    assert not set(first) & set(waiting)
    assert not set(second) & {*waiting, *first}
    assert len(second) == 150
    with pytest.raises(ProjectError, match="No row is left for dan"):
        give(project, "dan", 1)


def test_a_batch_keeps_how_its_rows_were_drawn(project: Project) -> None:
    """Figures are reweighted by it, whoever answers when."""
    batch = project.queues.give_batch("ann", 10, "random", author="rita")
    drawn = project.queues.draw("uncertain", 10, holder=ANN)
    assert tuple(row.draw for row in drawn) == batch.draws
    assert {draw.sampler for draw in batch.draws if draw} == {"random"}
    assert all(draw and draw.propensity == pytest.approx(10 / ROWS) for draw in batch.draws)


def test_a_batch_outlives_the_server(tmp_path: Path, executor: LocalExecutor) -> None:
    """And so does the pause."""
    folder = create(tmp_path / "p", DATA)
    with opened(folder, executor) as project:
        rows = give(project, "ann", 10)
        project.assignments.pause("rita")
    with opened(folder, executor) as project:
        assert project.assignments.paused()
        project.assignments.resume("rita")
        assert get(project, ANN, 10) == rows
        assert not set(get(project, BEN, ROWS)) & set(rows)


def test_whoever_loads_the_page_anew_goes_on_with_the_batch(project: Project) -> None:
    """Before the open queue, although the rows wait in the old page's queue, too."""
    rows = give(project, "ann", 10)
    assert get(project, ANN, 20) == rows
    assert get(project, Holder("ann", "another page"), 20) == rows


def test_a_batch_of_rows_wanted_from_several_is_open_to_others_once_answered(
    project: Project,
) -> None:
    """Until then it is for its person alone, and the overlap is never exceeded."""
    project.assignments.set_overlap(Overlap(2, 1.0))
    rows = give(project, "ann", 10)
    assert not set(get(project, BEN, ROWS)) & set(rows)
    label(project, "ann", rows)
    assert set(rows) <= set(get(project, BEN, ROWS))
    label(project, "ben", rows)
    assert not set(get(project, Holder("cat", "3"), ROWS)) & set(rows)


@pytest.mark.parametrize("who", ["", " ", "a\nb", "x" * 81])
def test_a_batch_needs_a_name(project: Project, who: str) -> None:
    """A batch of nobody would be closed to everybody."""
    with pytest.raises(ProjectError, match="nobody's name"):
        give(project, who, 5)


def test_a_batch_needs_rows_and_a_sampler(project: Project) -> None:
    """The sampler of a search has nothing to search for."""
    with pytest.raises(ProjectError, match="cannot have 0 rows"):
        give(project, "ann", 0)
    with pytest.raises(ProjectError, match="Unknown way to choose a batch: 'search'"):
        project.queues.give_batch("ann", 5, "search")


def test_fifty_people_at_once_get_their_own_batches_and_every_row_as_often_as_wanted(
    project: Project,
) -> None:
    """Batches are given and taken back, and the queue pauses, while all annotate."""
    overlap = Overlap(3, 0.25)
    project.assignments.set_overlap(overlap)
    shown: dict[int, list[str]] = {}
    managed = Event()
    first = [project.queues.give_batch(f"person {number}", 4) for number in range(20)]
    reserved = {row: batch.annotator for batch in first for row in batch.rows}

    def annotate(number: int) -> list[int]:
        holder, done, waits = Holder(f"person {number}", f"s{number}"), [], 0
        while waits < 2:
            managing_is_over = managed.is_set()
            rows = get(project, holder, 7)
            waits = 0 if rows or not managing_is_over else waits + 1
            if not rows:
                managed.wait(0.01)
            for row in rows:
                shown.setdefault(row, []).append(holder.annotator)
            label(project, holder.annotator, rows)
            done += rows
        return done

    def manage() -> None:
        try:
            for _ in range(5):
                project.assignments.pause("rita")
                with suppress(ProjectError):  # no row may be left by then
                    batch = project.queues.give_batch("person 49", 3)
                    project.assignments.take_back(batch.number)
                project.assignments.resume("rita")
        finally:
            managed.set()

    with ThreadPoolExecutor(51) as threads:
        managing = threads.submit(manage)
        done = list(threads.map(annotate, range(50)))
        managing.result()
    left = annotate(50)
    times = Counter(row for rows in (*done, left) for row in rows)
    assert [times[row] for row in range(ROWS)] == overlap.wanted(ROWS).tolist()
    assert all(shown[row][0] == annotator for row, annotator in reserved.items())
    assert all(left == 0 for _who, _done, left in progress(project))


def test_batches_that_are_given_at_once_have_no_row_in_common(project: Project) -> None:
    """Twenty reviewers for ten people, while others get rows of the open queue."""

    def one(number: int) -> list[int]:
        if number % 3 == 0:
            return get(project, Holder(f"other {number}", f"s{number}"), 5)
        return give(project, f"person {number % 10}", 5)

    with ThreadPoolExecutor(30) as threads:
        rows = [row for found in threads.map(one, range(30)) for row in found]
    assert len(rows) == 150
    assert len(set(rows)) == 150


def test_a_paused_queue_gives_nothing_and_keeps_everything(project: Project) -> None:
    """What waits stays leased, what comes is saved, and nobody else gets it afterwards."""
    waiting = get(project, ANN, 10)
    project.assignments.pause("rita")
    assert get(project, ANN, 10, waiting) == []
    assert get(project, BEN, 10) == []
    assert project.still_wanted(waiting, ANN) == waiting
    label(project, "ann", waiting[:2])
    assert [one.row_id for one in project.annotations()] == waiting[:2]
    project.assignments.resume("rita")
    assert project.still_wanted(waiting, ANN) == waiting[2:]
    assert not set(get(project, BEN, ROWS)) & set(waiting)


def test_whoever_annotates_is_told_of_each_change(project: Project) -> None:
    """Of a batch, a pause and another overlap; what changes nothing tells nobody."""
    told: list[int] = []
    project.assignments._tell = told.append
    project.assignments.pause()
    project.assignments.pause()
    project.assignments.resume()
    project.assignments.set_overlap(Overlap(2, 0.5))
    project.assignments.set_overlap(Overlap(2, 0.5))
    batch = project.queues.give_batch("ann", 3)
    project.assignments.take_back(batch.number)
    assert len(told) == 5
    assert told == sorted(set(told))
    assert project.assignments.version() == told[-1]


def test_batches_and_pauses_are_in_the_history(project: Project) -> None:
    """A batch that was given can be undone; that takes it back."""
    batch = project.queues.give_batch("ann", 3, author="rita")
    project.assignments.pause("rita")
    pause, given, _import = project.history.timeline().events
    assert (given.author, described(given, ())) == ("rita", "gave ann a batch of 3 rows")
    assert described(pause, ()) == "queue: open → paused"
    project.history.undo(given.event_id, "rae")
    assert progress(project) == []
    taken_back = next(one for one in project.history.timeline().events if one.kind == "batch")
    assert described(taken_back, ()) == f"took batch {batch.number} of ann back"
    assert (taken_back.author, can_undo(taken_back)) == ("rae", False)
    with pytest.raises(ProjectError, match="cannot be given again"):
        project.history.undo(taken_back.event_id)
    project.history.undo(pause.event_id)
    assert not project.assignments.paused()


def test_a_batch_that_is_done_is_still_told_of(project: Project) -> None:
    """Until it is taken back: then its rows are like any others."""
    rows = give(project, "ann", 3)
    label(project, "ann", rows)
    (found,) = project.assignments.batch_progress()
    assert found == BatchProgress(found.batch, done=3, left=0)
