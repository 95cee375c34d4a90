"""The doctor: finds each fault, says it in plain words, and mends what can be mended."""

import shutil
from datetime import UTC, datetime
from uuid import uuid4

import duckdb
import pytest

from labeling.annotation_store import Annotation
from labeling.errors import ProjectError
from storage import DuckDBOpener, doctor, journal


def label(row_id):
    """Return a new event that labels a row."""
    return Annotation(uuid4(), row_id, "label", 1, "ann", datetime.now(UTC))


@pytest.fixture
def folder(filled, tmp_path):
    """The folder of a closed project with four annotations."""
    filled.append_annotations([label(2), label(3)])
    filled.append_annotations([label(4), label(2)])
    filled.close()
    return tmp_path / "project"


def faults(folder):
    """Return what is not fine."""
    return [check.text for check in doctor.examine(folder) if not check.fine]


def saved(folder):
    """Return the annotations of the database alone."""
    with duckdb.connect(str(folder / "project.duckdb")) as connection:
        return connection.execute(
            "SELECT seq, event_id FROM annotation_events ORDER BY seq"
        ).fetchall()


def test_healthy_project(folder):
    """Nothing is found, and it is said what was looked at."""
    checks = doctor.examine(folder)
    assert all(check.fine for check in checks)
    texts = [check.text for check in checks]
    assert "Journal and database agree on 4 annotations." in texts
    assert texts[0] == "The database opens."


def test_lost_annotations_are_found_and_replayed(folder, filled_project):
    """The doctor changes nothing by itself; with replay the numbers are those of before."""
    before = saved(folder)
    shutil.copy(filled_project / "project.duckdb", folder)
    (fault,) = faults(folder)
    assert fault.startswith("The database has lost 4 annotations (numbers 1 to 4)")
    assert saved(folder) == []
    doctor.replay(folder)
    assert saved(folder) == before
    assert faults(folder) == []


def test_missing_journal_is_found_and_written(folder):
    """Events that only the database has are added to the journal."""
    content = (folder / journal.NAME).read_bytes()
    (folder / journal.NAME).unlink()
    assert faults(folder)[0].startswith("4 annotations are in the database only.")
    doctor.replay(folder)
    assert faults(folder) == []
    assert (folder / journal.NAME).read_bytes() == content


def test_damaged_journal_is_set_aside_and_written_anew(folder):
    """The line is named; the damaged file stays beside the new one."""
    path = folder / journal.NAME
    content = path.read_bytes().replace(b'"row_id": 3', b'"row_id": 4')
    path.write_bytes(content)
    assert faults(folder)[0] == (
        "Line 2 of the journal does not match its checksum. Run: cli.py doctor --replay"
    )
    doctor.replay(folder)
    assert faults(folder) == []
    assert len(list(folder.glob("annotations.jsonl.damaged-*"))) == 1


def test_events_that_differ_are_found(folder):
    """Somebody who changed the database by hand is told that the journal says otherwise."""
    with duckdb.connect(str(folder / "project.duckdb")) as connection:
        connection.execute("UPDATE annotation_events SET code = 0 WHERE seq = 3")
    assert faults(folder)[0].startswith("1 annotations differ between journal and database.")
    doctor.replay(folder)
    assert faults(folder) == []


def test_events_without_their_rows_stay_in_a_new_journal(folder, empty_project):
    """They cannot be replayed, and mending does not drop them."""
    shutil.copy(empty_project / "project.duckdb", folder)
    assert faults(folder)[0].startswith("4 annotations are in the journal only")
    doctor.replay(folder)
    assert len(journal.read(folder / journal.NAME).events) == 4


def test_torn_line_is_found(folder):
    """The end of a write that was cut off is not called damage."""
    with (folder / journal.NAME).open("ab") as file:
        file.write(b'{"prev')
    assert faults(folder) == [
        "The journal ends in a write that was cut off; it was never acknowledged. "
        "Opening the project removes it."
    ]


def test_folder_in_the_journal_s_place_is_found(folder):
    """The doctor says so, goes on with the rest, and cannot replay from it."""
    (folder / journal.NAME).unlink()
    (folder / journal.NAME).mkdir()
    (fault,) = faults(folder)
    assert fault.startswith("The annotation journal cannot be used: Is a directory. It must be a")
    assert doctor.examine(folder)[-1].fine
    with pytest.raises(ProjectError, match="The annotation journal cannot be used"):
        doctor.replay(folder)


def test_damaged_database_names_the_newest_backup(folder):
    """The restore instructions are ones that can be followed."""
    store = DuckDBOpener().open(folder)
    for name in ("20240501-120000", "20240601-120000"):
        store.back_up(folder / "backups" / name)
    store.close()
    content = bytearray((folder / "project.duckdb").read_bytes())
    content[5_000:9_000] = b"x" * 4_000
    (folder / "project.duckdb").write_bytes(content)
    (fault,) = faults(folder)
    assert fault.startswith("The project database is damaged: ")
    assert f"copy {folder}/backups/20240601-120000/project.duckdb in their place" in fault
    assert (folder / "project.duckdb").read_bytes() == content


def test_leftovers_are_found(folder):
    """What killed processes left is named."""
    (folder / ".creating-abc").mkdir()
    (folder / "cache" / "importing-abc").mkdir()
    assert faults(folder) == [
        ".creating-abc was left by a process that was killed. Delete it.",
        "cache/importing-abc was left by a process that was killed. Delete it.",
    ]


def test_folder_that_is_not_there(tmp_path):
    """A wrong path is no damaged project."""
    with pytest.raises(ProjectError, match="There is no such folder"):
        doctor.examine(tmp_path / "nothing")


@pytest.mark.parametrize("mend", [doctor.replay, doctor.clear_caches])
def test_nothing_is_made_where_there_is_no_project(tmp_path, mend):
    """Mending a wrong path does not leave an empty database there."""
    with pytest.raises(ProjectError, match=r"There is no project\.duckdb"):
        mend(tmp_path)
    assert list(tmp_path.iterdir()) == []
