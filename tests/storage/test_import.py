"""Importing: what is in the file is in the project, with the type that all values agree on."""

import csv
import datetime
import hashlib
import io
import json
import math

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labeling.errors import ImportFileError
from labeling.store import Column, ImportPlan, ImportReport
from storage import DuckDBOpener
from storage.importing.delimited import Delimited
from storage.importing.scratch import scratch_database
from storage.importing.source import Source


def cells(store, column):
    """Return all values of a column in the order of the rows."""
    return store.read_rows(range(store.row_count()))[column].to_pylist()


def test_report_counts_rows_and_gold_and_hashes_the_file(store, write_file):
    """The report says what came in, and imports() keeps it."""
    content = b"text,gold,split\nx,ham,test\ny,,test\nz,spam,\n"
    path = write_file("upload-1", content)
    plan = ImportPlan(path, "text", gold_column="gold", split_column="split", file_name="rows.csv")
    digest = hashlib.sha256(content).hexdigest()
    assert store.import_rows(plan) == ImportReport(3, gold_dev=1, gold_test=1, sha256=digest)
    kept = store.imports()
    assert kept[["file_name", "sha256", "rows"]].values.tolist() == [["rows.csv", digest, 3]]


def test_gold_may_be_class_numbers_where_the_plan_says_so(store, write_file):
    """1.0 is 1, as programs write it beside empty cells; -1 and nothing are no gold."""
    content = b"text,gold,split\nx,1,test\ny,0.0,\nz,-1,\nv,1.0,\nw,,\n"
    path = write_file("t.csv", content)
    plan = ImportPlan(path, "text", None, "gold", "split", gold_numbers=True)
    report = store.import_rows(plan)
    assert (report.rows, report.gold_dev, report.gold_test) == (5, 2, 1)
    assert store.gold().row_ids.tolist() == [0, 1, 3]
    assert store.gold().codes.tolist() == [1, 0, 1]
    assert cells(store, "gold") == ["1", "0.0", "-1", "1.0", ""]


def test_project_remembers_text_and_id_columns(filled):
    """The first import decides which columns hold the text and the id."""
    assert (filled.info().text_column, filled.info().id_column) == ("text", "id")


def test_gold_and_test_rows_come_from_the_file(filled):
    """Train, valid, dev and empty splits are dev; test is test."""
    gold = filled.gold()
    assert gold.row_ids.tolist() == [0, 1]
    assert gold.codes.tolist() == [1, 0]
    assert gold.is_test.tolist() == [False, True]
    assert gold.annotated.tolist() == [False, False]
    assert filled.test_rows().tolist() == [1, 4]


def test_second_file_is_appended_with_columns_in_any_order(filled, write_file):
    """Row ids go on where they stopped, and columns are matched by name."""
    path = write_file("more.csv", b"stars,split,gold,text,id\n9,test,ham,new,f\n")
    filled.import_rows(ImportPlan(path, "text", "id", "gold", "split"))
    (row,) = filled.read_rows([5]).to_pylist()
    assert list(row.values()) == [5, "f", "new", "ham", "test", 9]
    assert filled.gold().row_ids.tolist() == [0, 1, 5]
    assert filled.test_rows().tolist() == [1, 4, 5]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"id,text,gold,split,stars\nf,x,,,1\nc,y,,,2\n",
            "more.csv, line 3: The id 'c' is taken: row 2 of the project has it already. "
            "Import only new rows.",
        ),
        (
            b"id,text,gold,split,points\nf,x,,,1\n",
            "more.csv: The columns are not those of the project: the file lacks 'stars', adds "
            "'points'. Valid choices: id, text, gold, split, stars. Rename, add or remove columns "
            "so that they match.",
        ),
        (
            b"id,text,gold,split,stars\nf,x,,,many\n",
            "more.csv, line 2: Column 'stars' has 'many', which is not a whole number. "
            "Correct the value, or import the column as text.",
        ),
    ],
)
def test_second_file_that_does_not_fit_adds_nothing(filled, write_file, content, message):
    """Taken ids, other columns and other types are refused, also when the plan names no id."""
    with pytest.raises(ImportFileError) as caught:
        filled.import_rows(ImportPlan(write_file("more.csv", content), "text"))
    assert str(caught.value) == message
    assert filled.row_count() == 5


def test_progress_ends_with_the_number_of_rows(store, write_file):
    """Progress counts rows; the total is known at the end."""
    calls = []
    content = b"text\n" + b"x\n" * 5_000
    path = write_file("t.csv", content)
    store.import_rows(ImportPlan(path, "text"), lambda done, total: calls.append((done, total)))
    assert calls == [(2_000, None), (4_000, None), (5_000, None), (5_000, 5_000)]


def test_columns_with_odd_names_keep_them(store, write_file):
    """No name of a column can harm the database, and names that differ in case only are two."""
    names = ['a "b"; drop table rows', "select", "Text", "text", "ü\u202e", "c0", "{x}", "x.y"]
    target = io.StringIO()
    csv.writer(target).writerows([names, list("12345678")])
    store.import_rows(ImportPlan(write_file("t.csv", target.getvalue().encode()), "text"))
    assert [column.name for column in store.columns()] == names
    assert store.read_rows([0]).column_names == ["row_id", *names]
    assert store.batches(10).__next__().schema.names == ["row_id", *names]


@pytest.mark.parametrize("name", ["row_id", "ROW_ID", "Row_Id"])
def test_users_row_id_gets_a_name_of_its_own(store, write_file, name):
    """A column called row_id is file_row_id in the project; plans may use either name."""
    path = write_file("t.csv", f"{name},text\n7,x\n3,y\n".encode())
    store.import_rows(ImportPlan(path, "text", id_column=name))
    assert store.columns() == (Column("file_row_id", "text"), Column("text", "text"))
    assert store.info().id_column == "file_row_id"
    rows = store.read_rows([0, 1]).to_pylist()
    assert [list(row.values()) for row in rows] == [[0, "7", "x"], [1, "3", "y"]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", b'\xef\xbb\xbfid,text\r\n1,"a ""b""\r\nc, d"\r\n2,\xe2\x80\x8fe\r\n'),
        ("t.csv", b'id;text\n1;"a ""b""\r\nc, d"\n\n2;\xe2\x80\x8fe'),
        ("t.csv", b'id|text\n1|"a ""b""\r\nc, d"\n2|\xe2\x80\x8fe\n\n'),
        ("t.csv", b'id\ttext\n1\t"a ""b""\r\nc, d"\n2\t\xe2\x80\x8fe\n'),
        ("t.tsv", b'id\ttext\n1\t"a ""b""\r\nc, d"\n2\t\xe2\x80\x8fe\n'),
        ("t.jsonl", b'{"id":"1","text":"a \\"b\\"\\r\\nc, d"}\n{"text":"\\u200fe","id":"2"}\n'),
        ("t.ndjson", b'\xef\xbb\xbf{"id":1,"text":"a \\"b\\"\\r\\nc, d"}\n{"text":"\\u200fe"}\n'),
    ],
)
def test_text_arrives_exactly(store, write_file, name, content):
    """Quotes, newlines, delimiters, right-to-left marks and a byte-order mark are kept apart."""
    store.import_rows(ImportPlan(write_file(name, content), "text"))
    assert cells(store, "text") == ['a "b"\r\nc, d', "\u200fe"]


def test_one_column_needs_no_delimiter(store, write_file):
    """A file of texts alone is one column; a blank line is an empty text."""
    store.import_rows(ImportPlan(write_file("t.csv", b"text\nx\n\ny\n"), "text"))
    assert cells(store, "text") == ["x", "", "y"]


TYPED = {
    "integer": ("integer", ["0", "-7", "9223372036854775807"]),
    "leading zeros": ("text", ["007", "12"]),
    "plus sign": ("text", ["+5", "12"]),
    "space": ("text", [" 5", "12"]),
    "minus zero digits": ("text", ["-01", "12"]),
    "beyond 64 bits": ("text", ["9223372036854775808", "1"]),
    "number": ("number", ["1.5", "2", "-1e-3"]),
    "number with too many digits": ("text", ["0.123456789012345678", "1.5"]),
    "number without end": ("text", ["1e999", "1.5"]),
    "underscore": ("text", ["1_000", "12"]),
    "true and false": ("text", ["true", "false"]),
    "dates": ("text", ["2024-01-31", "2024-02-01"]),
    "NULL": ("text", ["NULL", "1"]),
    "nan": ("text", ["nan", "1.5"]),
    "late text": ("text", ["1"] * 5_000 + ["n/a"]),
    "late fraction": ("number", ["1"] * 5_000 + ["0.5"]),
    "all empty": ("text", ["", ""]),
}


@pytest.mark.parametrize("kind", TYPED)
def test_type_is_what_all_values_agree_on(store, write_file, kind):
    """Text that would change when written again stays text."""
    expected, values = TYPED[kind]
    lines = "".join(f"{value},t\n" for value in values)
    store.import_rows(ImportPlan(write_file("t.csv", f"v,text\n{lines}".encode()), "text"))
    assert store.columns()[0] == Column("v", expected)
    if expected == "text":
        assert cells(store, "v") == values
    else:
        assert cells(store, "v") == [json.loads(value) for value in values]


def test_empty_cells_are_empty_text_or_missing(store, write_file):
    """An empty cell is '' in a text column and missing in a typed one."""
    store.import_rows(ImportPlan(write_file("t.csv", b"a,b,text\n,1,\nx,,\n"), "text"))
    rows = store.read_rows([0, 1])
    assert rows["a"].to_pylist() == ["", "x"]
    assert rows["text"].to_pylist() == ["", ""]
    assert rows["b"].to_pylist() == [1, None]


def test_plan_overrides_types(store, write_file):
    """Dates, times and booleans are read where the plan says so."""
    path = write_file("t.csv", b"ok,day,at,text\nTrue,2024-02-29,2024-02-29T12:30:00,x\n,,,y\n")
    types = {"ok": "boolean", "day": "date", "at": "timestamp"}
    store.import_rows(ImportPlan(path, "text", types=types))
    assert [column.type for column in store.columns()] == ["boolean", "date", "timestamp", "text"]
    first, second = store.batches(1)
    assert first.to_pylist()[0] == {
        "row_id": 0,
        "ok": True,
        "day": datetime.date(2024, 2, 29),
        "at": datetime.datetime(2024, 2, 29, 12, 30),
        "text": "x",
    }
    assert second.to_pylist()[0]["day"] is None


def test_columns_with_a_role_are_text(store, write_file):
    """Ids, gold, splits and texts that look like numbers are not turned into numbers."""
    path = write_file("t.csv", b"id,text,n\n1,10,5\n2,20,6\n")
    store.import_rows(ImportPlan(path, "text", id_column="id"))
    assert [column.type for column in store.columns()] == ["text", "text", "integer"]


def test_json_types_decide(store, write_file):
    """JSON's own types count; nested values are JSON text; a missing text is empty."""
    rows = [
        {"text": "x", "i": 1, "n": 1, "ok": True, "mixed": 1, "tags": ["a", {"b": None}]},
        {"text": None, "i": 2, "n": 0.5, "ok": None, "mixed": "1", "a/b~c": "odd"},
        {"i": -3},
    ]
    path = write_file("t.jsonl", "\n".join(map(json.dumps, rows)).encode())
    store.import_rows(ImportPlan(path, "text"))
    assert store.columns() == (
        Column("text", "text"),
        Column("i", "integer"),
        Column("n", "number"),
        Column("ok", "boolean"),
        Column("mixed", "text"),
        Column("tags", "text"),
        Column("a/b~c", "text"),
    )
    (batch,) = store.batches()
    first, second, third = batch.to_pylist()
    assert first == {"row_id": 0, **rows[0], "mixed": "1", "tags": '["a",{"b":null}]'} | {
        "a/b~c": None
    }
    assert second == {"row_id": 1, **rows[1], "text": "", "tags": None}
    assert third["text"] == ""
    assert third["i"] == -3


def test_parquet_types_are_mapped(store, tmp_path):
    """Parquet keeps its types; categories and nested values become text."""
    table = pa.table(
        {
            "text": pa.array(["x", None], pa.large_string()),
            "kind": pa.array(["a", "b"]).dictionary_encode(),
            "small": pa.array([1, None], pa.int8()),
            "share": pa.array([0.1, math.nan]),
            "ok": [True, None],
            "day": [datetime.date(2024, 5, 1), None],
            "at": pa.array(
                [datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.UTC), None],
                pa.timestamp("ns", "Europe/Rome"),
            ),
            "tags": [["a", "b"], None],
            "big": pa.array([2**64 - 1, 0], pa.uint64()),
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    store.import_rows(ImportPlan(tmp_path / "t.parquet", "text"))
    (batch,) = store.batches()
    first, second = batch.to_pylist()
    assert first == {
        "row_id": 0,
        "text": "x",
        "kind": "a",
        "small": 1,
        "share": 0.1,
        "ok": True,
        "day": datetime.date(2024, 5, 1),
        "at": datetime.datetime(2024, 5, 1, 12),
        "tags": '["a","b"]',
        "big": "18446744073709551615",
    }
    assert second == dict.fromkeys(first) | {
        "row_id": 1,
        "text": "",
        "kind": "b",
        "big": "0",
    }


TEXTS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]) | st.sampled_from(',;"\n\r '),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8))
def test_any_text_survives_csv(rows, tmp_path):
    """Whatever text stands in quoted cells comes out as it went in."""
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerows([("a", "b"), *rows])
    with scratch_database(None, "test-") as scratch:
        comma = Delimited("CSV", (",",), ())
        comma.stage(Source.of(path, None), scratch, lambda _done, _total: None)
        assert scratch.all("SELECT c0, c1 FROM staged ORDER BY record") == rows


def test_preview_describes_and_suggests(write_file):
    """A preview says format, delimiter, types, examples, choices and probable roles."""
    path = write_file(
        "t.csv",
        b"message_id;score;comment;label;split\n"
        b"m1;0.5;a long comment;spam;train\n"
        b"m2;;another long one;;test\n"
        b"m3;2;a long comment;ham;\n",
    )
    preview = DuckDBOpener().preview(path)
    assert (preview.format, preview.delimiter, preview.rows) == ("CSV", ";", 3)
    described = [(c.name, c.type, c.empty, c.examples, c.distinct) for c in preview.columns]
    long_ones = ("a long comment", "another long one")
    assert described == [
        ("message_id", "text", 0, ("m1", "m2", "m3"), ("m1", "m2", "m3")),
        ("score", "number", 1, ("0.5", "2"), ("0.5", "2")),
        ("comment", "text", 0, long_ones, long_ones),
        ("label", "text", 1, ("spam", "ham"), ("ham", "spam")),
        ("split", "text", 1, ("train", "test"), ("test", "train")),
    ]
    suggested = (
        preview.text_column,
        preview.id_column,
        preview.gold_column,
        preview.split_column,
    )
    assert suggested == ("comment", "message_id", "label", "split")
    expected = pd.DataFrame(
        [["m1", "0.5"], ["m2", ""], ["m3", "2"]], columns=["message_id", "score"], dtype="str"
    )
    pd.testing.assert_frame_equal(preview.sample[["message_id", "score"]], expected)


def test_preview_shows_twenty_rows_and_few_choices_only(write_file):
    """The sample is short, and a column of many values lists none."""
    lines = "".join(f"{number},text {number}\n" for number in range(60))
    preview = DuckDBOpener().preview(write_file("t.csv", f"n,text\n{lines}".encode()))
    assert len(preview.sample) == 20
    assert [column.distinct for column in preview.columns] == [None, None]
    assert preview.id_column is None


def test_splits_are_never_taken_for_the_text(write_file):
    """A split column keeps its role also where the texts are shorter than "train"."""
    preview = DuckDBOpener().preview(write_file("t.csv", b"split,text\ntrain,hi\ntest,\n"))
    assert (preview.text_column, preview.split_column) == ("text", "split")
