"""Reading rows: by id, by search, as Arrow."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from labeling.errors import ProjectError
from labeling.store import ImportPlan, TextSearch
from storage import rows


def test_rows_come_in_the_order_asked_for(filled):
    """Ids may come in any order and twice."""
    read = filled.read_rows(np.array([3, 0, 3]))
    assert read["row_id"].to_pylist() == [3, 0, 3]
    assert read["text"].to_pylist() == ["hello there", "Win CASH now", "hello there"]
    assert read.column_names == ["row_id", "id", "text", "gold", "split", "stars"]


def test_no_rows_have_all_columns(filled):
    """Asking for nothing gives an empty table with the columns."""
    read = filled.read_rows([])
    assert len(read) == 0
    assert read.column_names == ["row_id", "id", "text", "gold", "split", "stars"]


def test_whole_numbers_stay_whole_beside_an_empty_cell(store, write_file):
    """Large whole numbers keep every digit, and none becomes a float."""
    content = b"text,n\na,9007199254740993\nb,\nc,1\n"
    store.import_rows(ImportPlan(write_file("t.csv", content), "text"))
    assert store.read_rows([2, 1, 0])["n"].to_pylist() == [1, None, 9007199254740993]


def test_unknown_row_is_an_error(filled):
    """A row that does not exist is named."""
    with pytest.raises(ProjectError, match=r"^There is no row 7\.$"):
        filled.read_rows([1, 7])


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (TextSearch("cash"), [0, 4]),
        (TextSearch("CASH", match_case=True), [0]),
        (TextSearch("%"), [2]),
        (TextSearch("_"), [2]),
        (TextSearch("spam"), []),
        (TextSearch("d"), []),
        (TextSearch("d", column="id"), [3]),
        (TextSearch("spam", column="text"), []),
        (TextSearch("4", column="stars"), [4]),
        (TextSearch(r"^see|there$", regex=True), [1, 3]),
        (TextSearch("CASH", regex=True), [0, 4]),
        (TextSearch("CASH", regex=True, match_case=True), [0]),
        (TextSearch("'; DROP TABLE rows; --"), []),
    ],
)
def test_search_finds_rows(filled, search, expected):
    """Plain text is taken literally; a regular expression is one; case matters on demand."""
    found = filled.search(search)
    assert found.tolist() == expected
    assert found.dtype == np.int64


def test_search_in_an_empty_project_finds_nothing(store):
    """A project without columns has nothing to search."""
    assert store.search(TextSearch("x")).tolist() == []


def test_invalid_pattern_says_why(filled):
    """DuckDB's reason is passed on."""
    with pytest.raises(ProjectError) as caught:
        filled.search(TextSearch("(a", regex=True))
    assert str(caught.value) == (
        "'(a' is not a valid regular expression: missing ): (a. "
        "Correct it, or search for plain text."
    )


def test_unknown_search_column_lists_the_columns(filled):
    """A column that does not exist is named with those that do."""
    with pytest.raises(ProjectError, match=r"no column 'body'\. Valid choices: id, text"):
        filled.search(TextSearch("x", column="body"))


def test_arrow_file_can_be_mapped(filled, tmp_path):
    """The file holds row_id and all columns, text as plain utf8, and nothing else is left."""
    folder = tmp_path / "arrow"
    folder.mkdir()
    filled.write_arrow(folder / "rows.arrow")
    with pa.memory_map(str(folder / "rows.arrow")) as source:
        table = pa.ipc.open_file(source).read_all()
    assert table.schema.field("text").type == pa.string()
    assert table.schema.field("stars").type == pa.int64()
    assert table["row_id"].to_pylist() == [0, 1, 2, 3, 4]
    answers = ["gold", "split"]
    assert table.equals(filled.read_rows(range(5)).drop_columns(answers))
    assert [path.name for path in folder.iterdir()] == ["rows.arrow"]


def test_arrow_file_has_several_batches(store, write_file, tmp_path, monkeypatch):
    """Batches are written one by one in the order of the row ids."""
    content = b"text\n" + b"".join(b"t%d\n" % number for number in range(2_500))
    store.import_rows(ImportPlan(write_file("t.csv", content), "text"))
    monkeypatch.setattr(rows, "_ARROW_BATCH_ROWS", 1_000)
    store.write_arrow(tmp_path / "rows.arrow")
    with pa.memory_map(str(tmp_path / "rows.arrow")) as source:
        file = pa.ipc.open_file(source)
        sizes = [file.get_batch(number).num_rows for number in range(file.num_record_batches)]
        table = file.read_all()
    assert sizes == [1_000, 1_000, 500]
    assert table["row_id"].to_pylist() == list(range(2_500))
    assert table["text"].to_pylist() == [f"t{number}" for number in range(2_500)]


def test_arrow_file_of_an_empty_project_has_no_batches(store, tmp_path):
    """A project without rows writes a file with the schema alone."""
    store.write_arrow(tmp_path / "rows.arrow")
    with pa.memory_map(str(tmp_path / "rows.arrow")) as source:
        assert pa.ipc.open_file(source).schema == pa.schema([("row_id", pa.int64())])


def test_batches_do_not_hold_up_writers(filled):
    """A write goes through while a reader is between two batches."""
    batches = filled.batches(2)
    assert next(batches)["row_id"].to_pylist() == [0, 1]
    filled.save_setting("model", "majority")
    assert [batch["row_id"].to_pylist() for batch in batches] == [[2, 3], [4]]


def test_stamp_of_the_rows_follows_all_that_is_copied(filled, write_file):
    """More rows, and a column that becomes an answer, are another copy; guidelines are none."""
    stamps = [filled.rows_stamp(), filled.rows_stamp()]
    filled.save_info(replace(filled.info(), guidelines="Look twice."))
    assert {*stamps, filled.rows_stamp()} == {stamps[0]}
    filled.save_info(replace(filled.info(), gold_column="stars"))
    stamps.append(filled.rows_stamp())
    more = write_file("more.csv", b"id,text,gold,split,stars\nf,new,,,1\n")
    filled.import_rows(ImportPlan(more, "text", "id", "gold", "split"))
    stamps.append(filled.rows_stamp())
    assert len(set(stamps)) == 3
