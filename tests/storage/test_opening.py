"""Opening and creating: every way it can fail says what to do, and leaves nothing half made."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from labeling.errors import ProjectError
from labeling.store import ProjectInfo
from storage import DuckDBOpener, migrations, project
from storage.database import Database
from storage.migrations import MIGRATIONS, migrate, prepare
from storage.restoring import restore_instructions

INFO = ProjectInfo("demo", ("ham", "spam"))


def opening_error(folder: Path) -> str:
    """Return the message with which a project is not opened."""
    with pytest.raises(ProjectError) as caught:
        DuckDBOpener().open(folder)
    return str(caught.value)


def test_project_opens_again(tmp_path):
    """What was saved is there after closing and opening."""
    store = DuckDBOpener().create(tmp_path / "p", INFO)
    store.save_setting("key", "value")
    store.close()
    again = DuckDBOpener().open(tmp_path / "p")
    assert again.setting("key") == "value"
    assert again.info().classes == ("ham", "spam")
    again.close()


def test_missing_project(tmp_path):
    """A folder without a project says so."""
    assert opening_error(tmp_path) == (
        f"{tmp_path}: There is no project in this folder. "
        "Check the path, or create a project there."
    )


def test_creating_over_a_project_is_refused(store, tmp_path):
    """An existing project is never overwritten."""
    with pytest.raises(ProjectError, match="There is a project in this folder already"):
        DuckDBOpener().create(tmp_path / "project", INFO)
    assert store.info().name == "demo"


def test_second_process_is_told_who_has_the_project(store, tmp_path):
    """The message names the process that has it open."""
    script = (
        "import os, sys; from pathlib import Path; from storage import DuckDBOpener\n"
        "from labeling.errors import ProjectError\n"
        "try: DuckDBOpener().open(Path(sys.argv[1]))\n"
        "except ProjectError as error: print(os.getppid(), error)"
    )
    child = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "project")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    own_id, _, message = child.stdout.strip().partition(" ")
    assert message == (
        f"{tmp_path / 'project' / 'project.duckdb'}: The project is open in another process "
        f"(PID {own_id}). Close Labelwright there, or work in the browser it serves."
    )


def test_file_that_is_no_database(tmp_path):
    """Something else under the name of the database says how to get it back."""
    (tmp_path / "project.duckdb").write_bytes(b"hello" * 1000)
    assert opening_error(tmp_path) == (
        f"{tmp_path / 'project.duckdb'}: This file is not a project database. "
        f"{restore_instructions(tmp_path)}"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["project.duckdb"]
    assert (tmp_path / "project.duckdb").read_bytes() == b"hello" * 1000


def test_damaged_database(tmp_path):
    """A database that does not match its checksums is refused."""
    DuckDBOpener().create(tmp_path / "p", INFO).close()
    path = tmp_path / "p" / "project.duckdb"
    content = bytearray(path.read_bytes())
    content[5_000:9_000] = b"x" * 4_000
    path.write_bytes(content)
    message = opening_error(tmp_path / "p")
    assert message.startswith(f"{path}: The project database is damaged: ")
    assert message.endswith(restore_instructions(tmp_path / "p"))
    assert path.read_bytes() == content


def test_database_of_another_program(tmp_path):
    """A DuckDB file without our tables is not taken over."""
    connection = duckdb.connect(str(tmp_path / "project.duckdb"))
    connection.execute("CREATE TABLE theirs (x INTEGER)")
    connection.close()
    assert "not a Labelwright project" in opening_error(tmp_path)


def test_interrupted_creation_leaves_no_folder(tmp_path, monkeypatch):
    """A creation that fails half way leaves neither a project nor a folder."""

    def interrupt(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(project, "save_info", interrupt)
    with pytest.raises(KeyboardInterrupt):
        DuckDBOpener().create(tmp_path / "p", INFO)
    assert not (tmp_path / "p").exists()


def test_folder_that_cannot_be_made(tmp_path):
    """A path below a file is refused as a user's error."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(ProjectError, match="could not be created: Not a directory"):
        DuckDBOpener().create(tmp_path / "file" / "p", INFO)


def test_leftovers_of_a_killed_import_are_removed(tmp_path):
    """Opening clears what an import left in the cache, and nothing else."""
    DuckDBOpener().create(tmp_path / "p", INFO).close()
    cache = tmp_path / "p" / "cache"
    (cache / "importing-abc").mkdir()
    (cache / "rows.arrow").write_bytes(b"x")
    DuckDBOpener().open(tmp_path / "p").close()
    assert [path.name for path in cache.iterdir()] == ["rows.arrow"]


def test_closed_project_says_so(tmp_path):
    """Reading and writing after close are errors with a remedy."""
    store = DuckDBOpener().create(tmp_path / "p", INFO)
    store.close()
    with pytest.raises(ProjectError, match=r"The project is closed\. Open it again"):
        store.save_setting("key", "value")
    with pytest.raises(ProjectError, match=r"The project is closed\. Open it again"):
        store.setting("key")


@pytest.fixture
def database(tmp_path):
    """A database with nothing but its table of migrations."""
    opened = Database(tmp_path / "new.duckdb")
    prepare(opened)
    yield opened
    opened.close()


def recorded(database) -> list[str]:
    """Return the migrations that were recorded."""
    with database.reading() as cursor:
        found = cursor.execute("SELECT name FROM migrations ORDER BY name").fetchall()
    return [name for (name,) in found]


def test_migrations_run_once(database):
    """Migrating twice changes nothing."""
    migrate(database)
    migrate(database)
    assert recorded(database) == list(MIGRATIONS)


def test_failed_migration_leaves_neither_tables_nor_record(database):
    """A step that fails is undone with its record; the steps before it stay."""

    def fail(connection):
        connection.execute("CREATE TABLE half (x INTEGER)")
        raise RuntimeError("no")

    steps = {"1": lambda connection: connection.execute("CREATE TABLE a (x INTEGER)"), "2": fail}
    with pytest.raises(RuntimeError, match="no"):
        migrate(database, steps)
    assert recorded(database) == ["1"]
    with database.reading() as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("SELECT * FROM half")


def test_newer_database_is_refused(database):
    """A migration that this version does not know stops the opening."""
    migrate(database, {**migrations.MIGRATIONS, "9999-future": lambda _connection: None})
    with pytest.raises(ProjectError) as caught:
        migrate(database)
    assert str(caught.value) == (
        "A newer version of Labelwright made this project (migration '9999-future'). "
        "Update Labelwright, then open it again."
    )
