"""Leases outlive the server: what waits in open browsers is nobody else's after a restart."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from labeling.annotation_store import Annotation
from labeling.assignment_store import SavedLease
from labeling.assignments import Overlap
from labeling.execution.local import LocalExecutor
from labeling.leases import LEASE_SECONDS, Holder, Leases
from labeling.project import Project
from labeling.store import Store
from storage import DuckDBOpener
from tests.projects import create, opened

ROWS = 400
DATA = "id,text,gold,split,score\n" + "".join(f"r{i},text {i},,,1\n" for i in range(ROWS))
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
ANN, BEN = Holder("ann", "1"), Holder("ben", "2")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An open project."""
    store = DuckDBOpener().open(create(tmp_path / "p", DATA))
    yield store
    store.close()


def label(project: Project, who: str, rows: list[int]) -> None:
    """Label rows as somebody."""
    now = datetime.now(UTC)
    project.annotate([Annotation(uuid4(), row, "label", 0, who, now) for row in rows])


def get(project: Project, holder: Holder, count: int) -> list[int]:
    """Ask for rows."""
    return [row.row_id for row in project.next_rows("random", count, holder=holder)]


def test_rows_in_open_browsers_are_not_given_out_anew_after_a_restart(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """Fifty have rows, the server starts anew, others ask first, and the fifty answer at last."""
    overlap = Overlap(3, 0.5)
    folder = create(tmp_path / "p", DATA)
    before = [Holder(f"person {number}", f"before {number}") for number in range(50)]
    with opened(folder, executor) as project:
        project.assignments.set_overlap(overlap)
        with ThreadPoolExecutor(50) as threads:
            waiting = list(threads.map(lambda holder: get(project, holder, 12), before))

    with opened(folder, executor) as project:

        def annotate(number: int) -> None:
            holder = Holder(f"person {number}", f"after {number}")
            while rows := get(project, holder, 7):
                label(project, holder.annotator, rows)

        with ThreadPoolExecutor(25) as threads:
            list(threads.map(annotate, range(50, 75)))
        for holder, rows in zip(before, waiting, strict=True):
            label(project, holder.annotator, rows)
        for number in range(50):
            annotate(number)
        given = Counter(one.row_id for one in project.annotations())
        pairs = Counter((one.row_id, one.annotator) for one in project.annotations())
    assert [given[row] for row in range(ROWS)] == overlap.wanted(ROWS).tolist()
    assert set(pairs.values()) == {1}


def test_a_queue_keeps_its_rows_when_the_server_starts_anew(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """The browser that still has them may go on with them."""
    folder = create(tmp_path / "p", DATA)
    with opened(folder, executor) as project:
        rows = get(project, ANN, 10)
    with opened(folder, executor) as project:
        assert project.still_wanted(rows, BEN) == []
        assert project.still_wanted(rows, ANN) == rows


def restored(store: Store, now: datetime) -> Leases:
    """Return what a server knows that starts at this time."""
    return Leases(store, clock=lambda: 0.0, now=lambda: now)


def test_a_lease_that_ended_while_nothing_ran_is_over(store: Store) -> None:
    """The rows are free again at the time that they would have been."""
    Leases(store, now=lambda: BEGIN).take(ANN, [1, 2]).result()
    early, late = (BEGIN + timedelta(seconds=LEASE_SECONDS + step) for step in (-1, 1))
    assert restored(store, early).of_others(BEN) == {"ann": {1, 2}}
    assert restored(store, late).of_others(BEN) == {}


def test_a_clock_that_was_set_back_makes_no_lease_longer(store: Store) -> None:
    """It ends after LEASE_SECONDS of the new server's own time."""
    now = [0.0]
    Leases(store, now=lambda: BEGIN + timedelta(days=1)).take(ANN, [1]).result()
    leases = Leases(store, clock=lambda: now[0], now=lambda: BEGIN)
    now[0] = LEASE_SECONDS - 1
    assert leases.of_others(BEN) == {"ann": {1}}
    now[0] = LEASE_SECONDS + 1
    assert leases.of_others(BEN) == {}


def test_of_each_queue_the_last_lease_is_kept(store: Store) -> None:
    """Under another name it is the same queue; what ended goes."""
    until = datetime.now(UTC) + timedelta(hours=1)
    for lease in (
        SavedLease("ann", "1", (1, 2), until),
        SavedLease("anna", "1", (3,), until),
        SavedLease("ben", "", (4,), until),
        SavedLease("cat", "", (5,), until),
        SavedLease("ben", "", (6,), until),
        SavedLease("dan", "9", (7,), until - timedelta(hours=2)),
        SavedLease("eve", "8", (), until),
    ):
        store.save_lease(lease).result()
    kept = {(lease.annotator, lease.rows) for lease in store.leases()}
    assert kept == {("anna", (3,)), ("cat", (5,)), ("ben", (6,)), ("eve", ())}


def test_looking_at_a_fresh_queue_writes_nothing(store: Store) -> None:
    """A team looks with every press."""
    now = [0.0]
    leases = Leases(store, clock=lambda: now[0])
    leases.take(ANN, [1, 2, 3]).result()
    now[0] = LEASE_SECONDS / 4
    assert leases.is_fresh(ANN, [2, 3])
    assert not leases.is_fresh(ANN, [2, 4])
    assert not leases.is_fresh(BEN, [2])
    now[0] = LEASE_SECONDS / 2
    assert not leases.is_fresh(ANN, [2])
