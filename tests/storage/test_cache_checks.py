"""What can be made again: a cache that is wrong is found, named, and gone when it is cleared."""

import math
import shutil

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest

from labeling.functions import LabelingFunction
from labeling.runs import RunResult
from labeling.store import ImportPlan
from storage import DuckDBOpener, cache_checks, doctor
from storage.database import Database

FUNCTION = LabelingFunction("f", "keyword", "{}")
REMEDY = " Nothing is lost: run cli.py doctor --clear-caches, and the next run makes it again."


def run_of(version, votes):
    """Return a complete run of a version with these votes."""
    codes = np.array(votes, dtype=np.int8)
    return RunResult(version, 0, len(codes), codes, (), 0, "", 1.0)


@pytest.fixture
def folder(filled, tmp_path):
    """The folder of a closed project whose one function was run over a copy of its five rows."""
    filled.save_function(FUNCTION)
    filled.save_run(run_of(FUNCTION.version, [1, -1, 0, -1, 1]))
    write_copy(filled, tmp_path / "project")
    filled.close()
    return tmp_path / "project"


def write_copy(store, folder):
    """Copy the rows as a run does, and return the file."""
    path = folder / "cache" / f"rows-{store.rows_stamp()}.arrow"
    store.write_arrow(path)
    return path


def copy_in(folder):
    """Return the one copy of the rows that is there."""
    (path,) = (folder / "cache").glob("rows-*.arrow")
    return path


def faults(folder):
    """Return what is not fine."""
    return [check.text for check in doctor.examine(folder) if not check.fine]


def change(folder, statement):
    """Change the database by hand."""
    with duckdb.connect(str(folder / "project.duckdb")) as connection:
        connection.execute(statement)


def test_caches_that_are_right_are_said_to_be(folder):
    """Nothing is wrong, and what was looked at is named."""
    texts = [check.text for check in doctor.examine(folder)]
    assert faults(folder) == []
    assert "The votes of 1 runs are whole." in texts
    assert f"cache/{copy_in(folder).name} is a true copy of the rows." in texts


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM votes WHERE row_id = 2",
        "INSERT INTO votes SELECT version, 1, 0, 1 FROM runs",
        "UPDATE votes SET row_id = 5 WHERE row_id = 4",
        "UPDATE votes SET row_id = -1 WHERE row_id = 0",
    ],
    ids=["missing", "too many", "beyond the run", "negative"],
)
def test_votes_that_are_not_those_of_the_run_are_found(folder, statement):
    """The version is named, and clearing makes the function one that was never run."""
    change(folder, statement)
    said = f"The stored votes of version {FUNCTION.version} are not those of the run."
    assert faults(folder) == [said + REMEDY]
    doctor.clear_caches(folder)
    assert faults(folder) == []
    store = DuckDBOpener().open(folder)
    assert store.run(FUNCTION.version) is None
    assert store.functions() == (FUNCTION,)
    store.close()


def test_votes_without_a_run_are_found(folder):
    """They would never be read, nor replaced."""
    change(folder, "INSERT INTO votes VALUES ('0123456789abcdef', 0, 0, 1)")
    (fault,) = faults(folder)
    assert fault.startswith("There are votes of version 0123456789abcdef, which was never run")


def test_runs_of_versions_that_no_function_has_are_told_and_no_fault(filled, folder):
    """An older version of Labelwright may have left them; they do no harm."""
    store = DuckDBOpener().open(folder)
    for number in range(5):
        store.save_run(run_of(f"{number:016d}", [1]))
    store.close()
    assert faults(folder) == []
    told = [check.text for check in doctor.examine(folder) if "no function" in check.text]
    assert len(told) == 1
    assert told[0].startswith(
        f"The votes of version {0:016d}, {1:016d}, {2:016d} and 2 more belong to no function"
    )


def test_versions_of_a_function_that_was_changed_or_removed_are_known(folder):
    """Its history has them: an edit that is taken back finds its votes again."""
    store = DuckDBOpener().open(folder)
    store.save_function(LabelingFunction("f", "keyword", '{"x": 1}'))
    store.remove_function("f")
    store.close()
    assert not any("no function" in check.text for check in doctor.examine(folder))


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "cannot be read ("), (b"ARROW1\0\0", "cannot be read ("), (b"x" * 5_000, "cannot be")],
    ids=["empty", "cut off", "something else"],
)
def test_copy_of_the_rows_that_cannot_be_read_is_found(folder, content, told):
    """It is named, and gone when caches are cleared."""
    copy = copy_in(folder)
    copy.write_bytes(content)
    (fault,) = faults(folder)
    assert fault.startswith(f"cache/{copy.name}, the copy of the rows for functions, {told}")
    assert fault.endswith(REMEDY)
    doctor.clear_caches(folder)
    assert not copy.exists()
    assert faults(folder) == []


def import_row(folder, text):
    """Add a row to a closed project, and return where a run would copy its rows to."""
    path = folder.parent / "other.csv"
    path.write_text(f"id,text,gold,split,stars\nf,{text},,,1\n")
    store = DuckDBOpener().open(folder)
    store.import_rows(ImportPlan(path, "text", "id", "gold", "split"))
    copied = write_copy(store, folder)
    store.close()
    return copied


def test_copy_of_other_rows_is_told_and_never_read(folder, filled_project):
    """After a restored backup and another import of one row its name is not that of the copy."""
    copy_in(folder).unlink()
    before = import_row(folder, "new")
    shutil.copy(filled_project / "project.duckdb", folder)
    after = import_row(folder, "newer")
    assert before != after
    texts = [check.text for check in doctor.examine(folder)]
    assert faults(folder) == []
    assert any(text.startswith(f"cache/{before.name} is a copy of other rows;") for text in texts)
    assert f"cache/{after.name} is a true copy of the rows." in texts


@pytest.mark.parametrize(
    ("texts", "told"),
    [(["Win CASH now"] * 5, "differs from them between rows 0 and 5"), (["x"] * 6, "holds 6 rows")],
    ids=["other texts", "more rows"],
)
def test_copy_with_other_content_is_found(folder, texts, told):
    """Its name says what it should hold, and it is compared with that."""
    path = copy_in(folder)
    with pa.OSFile(str(path)) as source:
        rows = pa.ipc.open_file(source).read_all()
    taken = rows.take([number % 5 for number in range(len(texts))])
    other = taken.set_column(taken.schema.get_field_index("text"), "text", pa.array(texts))
    with pa.ipc.new_file(str(path), other.schema) as writer:
        writer.write_table(other)
    (fault,) = faults(folder)
    assert f"the copy of the rows for functions, {told}" in fault


def test_copy_with_the_answers_in_it_is_found(folder):
    """Functions may not see the column that holds gold; one more column is a wrong copy."""
    path = copy_in(folder)
    with pa.OSFile(str(path)) as source:
        rows = pa.ipc.open_file(source).read_all()
    leaking = rows.append_column("gold", pa.array(["spam", "ham", None, None, None]))
    with pa.ipc.new_file(str(path), leaking.schema) as writer:
        writer.write_table(leaking)
    (fault,) = faults(folder)
    assert "has other columns than the project" in fault


def test_every_changed_byte_of_a_copy_is_found_or_changes_no_value(folder):
    """Arrow has no checksums: a copy that is called true reads as the rows do."""
    path = copy_in(folder)
    content = path.read_bytes()
    with pa.OSFile(str(path)) as source:
        rows = pa.ipc.open_file(source).read_all().to_pydict()
    database = Database(folder / "project.duckdb")
    found = 0
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 16]) + content[place + 1 :])
        if all(check.fine for check in cache_checks.check_caches(database, folder)):
            with pa.OSFile(str(path)) as source:
                assert pa.ipc.open_file(source).read_all().to_pydict() == rows, place
        else:
            found += 1
    database.close()
    assert found > 100


def test_numbers_that_are_none_are_the_same_in_the_copy(store, tmp_path):
    """NaN equals nothing, but a copy of it is true."""
    pa.parquet.write_table(
        pa.table({"text": ["a", "b"], "x": [math.nan, 0.5]}), tmp_path / "n.parquet"
    )
    store.import_rows(ImportPlan(tmp_path / "n.parquet", "text"))
    copy = write_copy(store, tmp_path / "project")
    store.close()
    texts = [check.text for check in doctor.examine(tmp_path / "project")]
    assert f"cache/{copy.name} is a true copy of the rows." in texts


def test_wrong_votes_keep_no_backup_from_being_made(folder, tmp_path):
    """Gold and annotations are worth more than what can be made again."""
    change(folder, "DELETE FROM votes WHERE row_id = 2")
    store = DuckDBOpener().open(folder)
    store.back_up(tmp_path / "copy")
    store.close()
    assert (tmp_path / "copy" / "project.duckdb").is_file()
