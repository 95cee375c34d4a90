"""Each row as often as it is wanted, and nobody a row twice."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from labeling.annotation_store import Annotation
from labeling.answers import Answers
from labeling.assignments import Assignments, Overlap
from labeling.errors import ProjectError
from labeling.execution.local import LocalExecutor
from labeling.leases import LEASE_SECONDS, Holder
from labeling.project import Project
from storage import DuckDBOpener
from tests.projects import create, opened

ROWS = 400
DATA = "id,text,gold,split,score\n" + "".join(f"r{i},text {i},,,1\n" for i in range(ROWS))


@pytest.fixture
def project(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    with opened(create(tmp_path / "p", DATA), executor) as project:
        yield project


def say(project: Project, who: str, rows: list[int], code: int = 0) -> None:
    now = datetime.now(UTC)
    project.annotate([Annotation(uuid4(), row, "label", code, who, now) for row in rows])


def got(
    project: Project, holder: Holder, count: int, waiting: list[int] | None = None
) -> list[int]:
    rows = project.next_rows("random", count, leave_out=waiting or [], holder=holder)
    return [row.row_id for row in rows]


def test_fifty_annotators_at_once_get_every_row_as_often_as_wanted(project: Project) -> None:
    """Drawn, labelled and drawn again in fifty threads until nothing is left."""
    overlap = Overlap(3, 0.25)
    project.assignments.set_overlap(overlap)

    def annotate(number: int) -> list[int]:
        holder, done = Holder(f"person {number}", f"s{number}"), []
        while rows := got(project, holder, 7):
            say(project, holder.annotator, rows, number % 2)
            done += rows
        return done

    with ThreadPoolExecutor(50) as threads:
        done = list(threads.map(annotate, range(50)))
    wanted = overlap.wanted(ROWS)
    assert 60 < (wanted == 3).sum() < 140
    times = Counter(row for rows in done for row in rows)
    assert [times[row] for row in range(ROWS)] == wanted.tolist()
    assert all(len(set(rows)) == len(rows) for rows in done)


def test_a_row_in_a_queue_is_nobody_elses_until_the_lease_ends(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    now = [0.0]
    folder = create(tmp_path / "p", DATA)
    store = DuckDBOpener().open(folder)
    assignments = Assignments(store, Answers(store), clock=lambda: now[0])
    ann, ben = Holder("ann", "1"), Holder("ben", "2")
    nothing = np.empty(0, dtype=np.int64)
    first = assignments.grant(ann, nothing, lambda closed: np.flatnonzero(~closed)[:10])
    assert assignments.closed(ben)[first].all()
    assert not assignments.closed(ann)[first].any()

    now[0] = LEASE_SECONDS - 1
    assignments.grant(ann, first[:4], lambda closed: nothing)
    assert assignments.closed(ben)[first].tolist() == [True] * 4 + [False] * 6
    now[0] = 2 * LEASE_SECONDS
    assert not assignments.closed(ben).any()
    store.close()


def test_whoever_is_at_work_keeps_the_lease_however_slow(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """Each look at the queue renews it; who comes back after its end leases what is still free."""
    now = [0.0]
    store = DuckDBOpener().open(create(tmp_path / "p", DATA))
    assignments = Assignments(store, Answers(store), clock=lambda: now[0])
    ann, ben = Holder("ann", "1"), Holder("ben", "2")
    nothing = np.empty(0, dtype=np.int64)
    rows = assignments.grant(ann, nothing, lambda closed: np.flatnonzero(~closed)[:10]).tolist()
    for _ in range(5):
        now[0] += LEASE_SECONDS - 1
        assert assignments.keep(ann, rows) == rows
        assert assignments.closed(ben)[rows].all()

    now[0] += LEASE_SECONDS + 1
    taken = assignments.grant(ben, nothing, lambda closed: np.flatnonzero(~closed)[:4]).tolist()
    assert taken == rows[:4]
    assert assignments.keep(ann, rows) == rows[4:]
    assert assignments.closed(ben)[rows[4:]].all()
    store.close()


def test_a_session_keeps_its_rows_under_another_name(project: Project) -> None:
    rows = got(project, Holder("annotator", "1"), 5)
    assert project.still_wanted(rows, Holder("ann", "1")) == rows
    assert project.still_wanted(rows, Holder("ann", "2")) == []


def test_two_sessions_of_one_person_never_wait_for_the_same_row(project: Project) -> None:
    project.assignments.set_overlap(Overlap(2, 1.0))
    first = got(project, Holder("ann", "1"), ROWS // 2)
    second = got(project, Holder("ann", "2"), ROWS)
    assert not set(first) & set(second)
    assert len(second) == ROWS - len(first)


def test_who_loads_the_page_anew_gets_the_rows_that_waited(project: Project) -> None:
    """Only once nothing else is left, for both pages may be open."""
    before, after = Holder("ann", "1"), Holder("ann", "2")
    rows = got(project, before, ROWS)
    say(project, "ann", rows[10:])
    assert sorted(got(project, after, ROWS)) == sorted(rows[:10])
    assert project.still_wanted(rows[:10], after) == rows[:10]
    assert got(project, Holder("ben", "3"), ROWS) == []


def test_who_answered_a_row_does_not_keep_it_leased_as_well(project: Project) -> None:
    project.assignments.set_overlap(Overlap(2, 1.0))
    ann, ben = Holder("ann", "1"), Holder("ben", "2")
    rows = got(project, ann, 5)
    say(project, "ann", rows)
    assert project.still_wanted(rows, ben) == rows
    assert project.still_wanted(rows, ann) == []


def test_overlap_can_change_midway_and_a_larger_share_holds_a_smaller_one(
    project: Project,
) -> None:
    ann, ben = Holder("ann", "1"), Holder("ben", "2")
    rows = got(project, ann, ROWS)
    say(project, "ann", rows)
    assert got(project, ben, ROWS) == []
    project.assignments.set_overlap(Overlap(2, 0.2))
    fifth = set(got(project, ben, ROWS))
    assert 50 < len(fifth) < 110
    project.assignments.set_overlap(Overlap(2, 0.5))
    assert fifth < set(got(project, ben, ROWS))
    assert project.assignments.overlap() == Overlap(2, 0.5)


def annotate_all(project: Project, number: int) -> None:
    """Draw and label as one person until nothing is left several times in a row."""
    holder, waits = Holder(f"person {number}", f"s{number}"), 0
    while waits < 5:
        rows = got(project, holder, 7)
        waits = 0 if rows else waits + 1
        say(project, holder.annotator, rows)


def test_more_labels_wanted_while_fifty_annotate_are_given_exactly(project: Project) -> None:
    """Whoever is at work goes on with what is wanted by then."""
    overlap = Overlap(3, 0.25)
    with ThreadPoolExecutor(50) as threads:
        working = [threads.submit(annotate_all, project, number) for number in range(50)]
        for step in (Overlap(2, 0.1), Overlap(2, 0.25), overlap):
            project.assignments.set_overlap(step)
        for one in working:
            one.result()
    annotate_all(project, 50)
    annotate_all(project, 51)
    given = Counter(one.row_id for one in project.annotations())
    assert [given[row] for row in range(ROWS)] == overlap.wanted(ROWS).tolist()


def test_fewer_labels_wanted_while_fifty_annotate_are_never_exceeded_anew(
    project: Project,
) -> None:
    """A row has no more than were wanted at its time, and each has at least one."""
    before, after = Overlap(4, 0.5), Overlap(2, 0.25)
    project.assignments.set_overlap(before)
    with ThreadPoolExecutor(50) as threads:
        working = [threads.submit(annotate_all, project, number) for number in range(50)]
        project.assignments.set_overlap(after)
        for one in working:
            one.result()
    given = Counter(one.row_id for one in project.annotations())
    counts = np.array([given[row] for row in range(ROWS)])
    assert (counts <= before.wanted(ROWS)).all()
    assert (counts >= after.wanted(ROWS)).all()


def test_a_settled_row_is_wanted_from_nobody(project: Project) -> None:
    project.assignments.set_overlap(Overlap(3, 1.0))
    project.annotators.decide(7, 1, "rita")
    assert 7 not in got(project, Holder("ann"), ROWS)


def test_known_rows_are_mixed_in_for_everybody_and_each_gets_one_once(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """Rows 0 to 29 have imported gold; all others are wanted from one person."""
    data = "id,text,gold,split,score\n" + "".join(
        f"r{i},text {i},{'ham' if i < 30 else ''},,1\n" for i in range(ROWS)
    )
    with opened(create(tmp_path / "p", data), executor) as project:
        ann, ben = Holder("ann", "1"), Holder("ben", "2")
        assert min(got(project, ann, ROWS)) >= 30
        project.assignments.set_check_share(0.2)
        first = got(project, ann, 100)
        checks = [row for row in first if row < 30]
        assert 8 <= len(checks) <= 30
        assert first != sorted(first)
        assert project.still_wanted(first, ann) == first
        say(project, "ann", first)
        second = got(project, ann, 100)
        assert not set(first) & set(second)
        others = got(project, ben, 100)
        assert any(row < 30 for row in others)
        assert not {row for row in first if row >= 30} & set(others)
        with pytest.raises(ProjectError, match=r"Give a number from 0 to 0\.5"):
            project.assignments.set_check_share(0.6)


@pytest.mark.parametrize("overlap", [Overlap(0, 0.5), Overlap(51, 0.5), Overlap(2, 1.5)])
def test_what_cannot_be_wanted_is_refused(project: Project, overlap: Overlap) -> None:
    with pytest.raises(ProjectError, match="Give a number from"):
        project.assignments.set_overlap(overlap)
    assert project.assignments.overlap() == Overlap()
