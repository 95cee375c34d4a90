"""Many threads at once, and processes that are killed: nothing acknowledged is lost."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from labeling.annotation_store import Annotation
from labeling.errors import ProjectError
from labeling.store import ImportPlan, ProjectInfo
from storage import DuckDBOpener, journal
from storage.annotation_log import AnnotationLog
from storage.annotations import annotations
from storage.database import Database

WRITERS = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from labeling.annotation_store import Annotation
from storage import DuckDBOpener

def write_forever():
    store = DuckDBOpener().open(Path(sys.argv[1]))
    print(os.getpid(), flush=True)
    while True:
        event = Annotation(uuid4(), 0, "label", 1, "ann", datetime.now(UTC))
        store.append_annotations([event])
        print(event.event_id, flush=True)

for _ in range(int(sys.argv[2])):
    child = os.fork()
    if child == 0:
        write_forever()
    os.waitpid(child, 0)
    print("killed", flush=True)
"""
KILLS = 5


def label(row_id: int) -> Annotation:
    """Return a new event that labels a row."""
    return Annotation(uuid4(), row_id, "label", 1, "ann", datetime.now(UTC))


def test_eight_threads_write_while_others_read(filled):
    """No event is lost or doubled, no reader fails, and each sees whole transactions only."""
    sent = [[[label(2), label(3)] for _ in range(10)] for _ in range(8)]

    def write(batches):
        for batch in batches:
            filled.append_annotations(batch)

    def read(_reader):
        counts = []
        for _ in range(20):
            counts.append(len(filled.annotations()))
            assert filled.read_rows([4, 0])["row_id"].to_pylist() == [4, 0]
            assert filled.gold().row_ids.tolist()[:2] == [0, 1]
        return counts

    with ThreadPoolExecutor(12) as pool:
        readers = pool.map(read, range(4))
        list(pool.map(write, sent))
        counts = list(readers)
    saved = filled.annotations()
    assert {event.event_id for event in saved} == {
        event.event_id for batches in sent for batch in batches for event in batch
    }
    assert len(saved) == 160
    assert all(count % 2 == 0 for reader in counts for count in reader)
    assert all(reader == sorted(reader) for reader in counts)


UNSAVABLE = [
    {"note": "\ud800"},
    {"code": 300},
    {"row_id": 2**70},
    {"event_id": "no id"},
    {"at": "no time"},
]


@pytest.fixture
def grouped(filled, filled_project, tmp_path):
    """Save events of several callers as one group, below the check; return what each was told."""
    shutil.copytree(filled_project, tmp_path / "grouped")
    database = Database(tmp_path / "grouped" / "project.duckdb")
    log = AnnotationLog(database, tmp_path / "grouped", lambda: 5)

    def save(*callers):
        begin = threading.Event()
        database.submit(begin.wait)
        told = [log.submit(events) for events in callers]
        begin.set()
        return told

    yield save, database, log
    database.close()
    log.close()


@pytest.mark.parametrize("fault", UNSAVABLE, ids=repr)
def test_bad_event_of_one_caller_fails_no_other(grouped, tmp_path, fault):
    """Only its caller is told of the fault; what the others sent is in database and journal."""
    save, database, log = grouped
    good, also_good = label(2), label(3)
    bad = [label(4), replace(label(4), **fault)]
    first, failed, second = save([good], bad, [also_good])
    assert (first.result(10), second.result(10)) == (1, log.append([]))
    assert isinstance(failed.exception(10), Exception)
    saved = annotations(database)
    assert [event.event_id for event in saved] == [good.event_id, also_good.event_id]
    assert journal.read(tmp_path / "grouped" / journal.NAME).events == saved
    assert log.append([label(4)]) > saved[-1].sequence


def test_every_caller_of_a_group_is_told_when_the_disk_fails(grouped):
    """A fault of the disk is no caller's own: all hear of it, and none waits for ever."""
    save, database, log = grouped
    unwritable = os.open(os.devnull, os.O_RDONLY)
    os.dup2(unwritable, log._journal._file.fileno())
    os.close(unwritable)
    for told in save([label(2)], [label(3)]):
        with pytest.raises(ProjectError, match="The annotation journal cannot be written"):
            told.result(10)
    assert len(annotations(database)) == 2


def test_error_of_a_write_comes_back_and_undoes_it(tmp_path):
    """What a change raises is raised where it was submitted, and later writes work."""
    database = Database(tmp_path / "x.duckdb")
    database.write(lambda connection: connection.execute("CREATE TABLE t (x INTEGER)"))

    def fail(connection):
        connection.execute("INSERT INTO t VALUES (1)")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.write(fail)
    database.write(lambda connection: connection.execute("INSERT INTO t VALUES (2)"))
    with database.reading() as cursor:
        assert cursor.execute("SELECT x FROM t").fetchall() == [(2,)]
    database.close()


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from labeling.errors import ProjectError
from storage.database import Database

def add(connection):
    connection.execute("INSERT INTO t SELECT md5(i::VARCHAR) FROM range(300) r(i)")

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
database = Database(Path(sys.argv[1]))
database.write(lambda connection: connection.execute("CREATE TABLE t (x VARCHAR)"))
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
saved = 0
try:
    for _ in range(20):
        database.write(add)
        saved += 300
except ProjectError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
database.write(add)
with database.reading() as cursor:
    print(saved, cursor.execute("SELECT count(*) FROM t").fetchall()[0][0])
"""


def test_full_disk_is_said_and_loses_nothing(tmp_path):
    """A write that finds no room is refused; what was saved stays, and later writes work."""
    child = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path / "x.duckdb")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    message, counts = child.stdout.splitlines()
    assert message.startswith(f"{tmp_path / 'x.duckdb'}: The change was not saved: ")
    assert message.endswith(
        "Make sure the disk has free space and can be written, then save it again."
    )
    saved, found = map(int, counts.split())
    assert saved > 0
    assert found == saved + 300


def test_killed_writer_loses_nothing_that_was_acknowledged(tmp_path):
    """Every event that a killed process had acknowledged is there, each once."""
    folder = tmp_path / "p"
    (tmp_path / "t.csv").write_bytes(b"text\nx\n")
    store = DuckDBOpener().create(folder, ProjectInfo("demo", ("ham", "spam")))
    store.import_rows(ImportPlan(tmp_path / "t.csv", "text"))
    store.close()
    writers = subprocess.Popen(
        [sys.executable, "-c", WRITERS, str(folder), str(KILLS)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    acknowledged = [line for kill in range(KILLS) for line in kill_writer(writers, 5 + 7 * kill)]
    assert writers.wait() == 0
    store = DuckDBOpener().open(folder)
    saved = [str(event.event_id) for event in store.annotations()]
    store.close()
    assert set(acknowledged) <= set(saved)
    assert len(saved) == len(set(saved))
    assert len(saved) - len(acknowledged) <= KILLS


def kill_writer(writers: subprocess.Popen[str], after: int) -> list[str]:
    """Kill the present writer after so many events; return the ids it had acknowledged."""
    writer = int(writers.stdout.readline())
    seen = [writers.stdout.readline().strip() for _ in range(after)]
    os.kill(writer, signal.SIGKILL)
    while (line := writers.stdout.readline().strip()) != "killed":
        seen.append(line)
    return seen
