"""Malformed files: each is refused with its exact message, and nothing of it is imported."""

import gzip
import io
import json
import pickle
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from labeling.errors import ImportFileError
from labeling.store import ImportPlan, ProjectInfo, Store
from storage import DuckDBOpener


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """One empty project for all: a refused import leaves it as it was."""
    folder = tmp_path_factory.mktemp("refused") / "project"
    opened = DuckDBOpener().create(folder, ProjectInfo("demo", ("ham", "spam")))
    yield opened
    opened.close()


def refusal(path) -> str:
    """Return the message with which a preview refuses a file."""
    with pytest.raises(ImportFileError) as caught:
        DuckDBOpener().preview(path)
    return str(caught.value)


def import_refusal(store: Store, path, **plan) -> str:
    """Return the message with which an import is refused, after checking that nothing came in."""
    with pytest.raises(ImportFileError) as caught:
        store.import_rows(ImportPlan(path, plan.pop("text", "text"), **plan))
    assert store.row_count() == 0
    assert store.columns() == ()
    assert store.imports().empty
    return str(caught.value)


def zipped(name: str) -> bytes:
    """Return a zip archive with one file in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, "x" * 100)
    return target.getvalue()


QUOTE_REMEDY = 'write "" for a quote inside a quoted cell.'
MALFORMED = {
    "empty": (b"", "t.csv: The file is empty. Choose a file with data."),
    "newlines only": (
        b"\n\r\n\n",
        "t.csv: The file holds only blank lines. Choose a file with data.",
    ),
    "header only": (
        b"id,text\n",
        "t.csv: The file has a header but no rows. Choose a file with data.",
    ),
    "blank first line": (
        b"\nid,text\n1,x\n",
        "t.csv, line 1: The line is blank, but has to name the columns. "
        "Remove the blank lines before the header.",
    ),
    "json": (
        b'[{"text": "x"}]\n',
        "t.csv: The file is JSON, not CSV. "
        "Save one object a line and give it a name that ends in .jsonl.",
    ),
    "web page": (
        b"<!DOCTYPE html><html></html>\n",
        "t.csv: The file is a web page, not CSV. Download the file itself.",
    ),
    "zip": (
        zipped("rows.csv"),
        "t.csv: The file is a zip archive, not CSV. Unpack it and import the file inside.",
    ),
    "xlsx": (
        zipped("[Content_Types].xml"),
        "t.csv: The file is an Excel workbook, not CSV. "
        "Open it in a spreadsheet and save it as CSV (UTF-8).",
    ),
    "gzip": (
        gzip.compress(b"id,text\n1,x\n"),
        "t.csv: The file is gzip-compressed, not CSV. Unpack it and import the file inside.",
    ),
    "pickle": (
        pickle.dumps({"text": ["x"]}),
        "t.csv: The file is a Python pickle, which could run code, not CSV. "
        "Save the data as CSV, JSON lines or Parquet.",
    ),
    "parquet": (
        b"PAR1xxxx",
        "t.csv: The file is a Parquet file, not CSV. Give it a name that ends in .parquet.",
    ),
    "quote never closed": (
        b'id,text\n1,x\n2,"never closed\n3,y\n',
        't.csv, line 3: A quote opens here and is never closed. Close it with ", and '
        + QUOTE_REMEDY,
    ),
    "quote never closed after a quoted newline": (
        b'id,text\n1,"two\nlines"\n2,"never closed\n3,y\n',
        't.csv, line 4: A quote opens here and is never closed. Close it with ", and '
        + QUOTE_REMEDY,
    ),
    "quote never closed before another": (
        b'id,text\n1,"open\n2,"next"\n',
        "t.csv, line 2: A quote opens here, and more text follows where it closes on line 3. "
        "Close the cell where it ends, and " + QUOTE_REMEDY,
    ),
    "too many cells": (
        b'id,text\n1,"a\nb"\n2,x,y\n',
        "t.csv, line 4: Expected 2 cells, as in the header, but found 3 cells. "
        "A cell that contains ',' needs double quotes around it.",
    ),
    "too few cells": (
        b"id;text\n1;x\n2\n",
        "t.csv, line 3: Expected 2 cells, as in the header, but found 1 cell. "
        "A cell that contains ';' needs double quotes around it.",
    ),
    "duplicate column": (
        b"id,text,id\n1,x,2\n",
        "t.csv, line 1: Columns 1 and 3 are both called 'id'. Give every column a name of its own.",
    ),
    "column without a name": (
        b"id,,text\n1,2,x\n",
        "t.csv, line 1: Column 2 of 3 has no name. Name it in the header, or remove the column.",
    ),
    "NUL byte": (
        b"id,text\n1,x\n2,a\0b\n",
        "t.csv, line 3: The line holds a NUL byte, which text never does. "
        "Remove it, for example with: tr -d '\\000' < t.csv > clean-t.csv",
    ),
    "damaged UTF-8": (
        "id,text\n1,é\n2,".encode() + b"\xff\n",
        "t.csv, line 3: Byte 16 of the file (0xff) is not valid UTF-8, although the text before "
        "it is. The file is damaged or mixes encodings: correct that line.",
    ),
    "latin-1": (
        "id,text\n1,x\n2,café\n".encode("latin-1"),
        "t.csv, line 3: Byte 18 of the file (0xe9) is not valid UTF-8; the file looks like "
        "Latin-1. Convert it, for example with: iconv -f ISO-8859-1 -t UTF-8 t.csv > utf8-t.csv",
    ),
    "cp1252": (
        "id,text\n1,it’s 5 €\n".encode("cp1252"),
        "t.csv, line 2: Byte 13 of the file (0x92) is not valid UTF-8; the file looks like "
        "Windows-1252. Convert it, for example with: iconv -f CP1252 -t UTF-8 t.csv > utf8-t.csv",
    ),
    "utf-16 with a mark": (
        "id,text\n1,x\n".encode("utf-16"),
        "t.csv, line 1: The file is UTF-16, not UTF-8. "
        "Convert it, for example with: iconv -f UTF-16 -t UTF-8 t.csv > utf8-t.csv",
    ),
    "utf-16 without a mark": (
        "id,text\n1,x\n".encode("utf-16-be"),
        "t.csv, line 1: The file is UTF-16, not UTF-8. "
        "Convert it, for example with: iconv -f UTF-16BE -t UTF-8 t.csv > utf8-t.csv",
    ),
    "text cut inside a character": (
        "id,text\n1,é".encode()[:-1],
        "t.csv, line 2: Byte 11 of the file (0xc3) is not valid UTF-8; the file looks like "
        "Latin-1. Convert it, for example with: iconv -f ISO-8859-1 -t UTF-8 t.csv > utf8-t.csv",
    ),
    "carriage return in a cell": (
        b"id,text\n1,x\ry\n",
        "t.csv, line 2: The line holds a carriage return (CR) in a cell without quotes. "
        "Remove it, or put the cell in double quotes.",
    ),
    "old line ends": (
        b"id,text\r1,x\r",
        "t.csv, line 1: The lines end in CR alone, as on very old systems. "
        "Convert them, for example with: tr '\\r' '\\n' < t.csv > lines-t.csv",
    ),
    "mixed line ends": (
        b'id,text\r\n1,"x\ny"\r\n2,z\n',
        "t.csv, line 4: The line ends in LF, the lines before it in CR LF. "
        "Make them alike, for example with: dos2unix t.csv",
    ),
    "100 MB line": (
        b"id,text\n1,x\n2," + b"x" * 100_000_000 + b"\n",
        "t.csv, line 3: The line is longer than 10 MB. "
        "A line end may be missing; otherwise shorten the cell.",
    ),
    "long cell of many lines": (
        b'id,text\n1,"' + b"0123456789\n" * 1_000_000 + b'"\n',
        "t.csv, line 2: A cell that begins here is longer than 10 MB. "
        "Close its quote if it is not meant to be that long; otherwise shorten it.",
    ),
    "unknown delimiter": (
        b"id^text\n1^x\n2^y\n",
        "t.csv, line 1: Only one column was found with a comma between cells, but '^' stands in "
        "most lines. Save it again with commas or tabs between cells.",
    ),
    "5,000 columns": (
        b",".join(b"c%d" % number for number in range(5000)) + b"\n" + b"," * 4999 + b"\n",
        "t.csv, line 1: The file has 5,000 columns; 1,000 are the most. "
        "Keep the columns that labeling needs.",
    ),
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_malformed_csv_is_refused_with_its_message(kind, write_file, store):
    """A malformed CSV names its place, what is wrong and what to do, in preview and import."""
    content, message = MALFORMED[kind]
    path = write_file("t.csv", content)
    assert refusal(path) == message
    assert import_refusal(store, path) == message


def test_commas_in_a_tsv_are_a_wrong_delimiter(write_file):
    """A TSV without tabs but with commas in each line names the comma."""
    path = write_file("t.tsv", b"id,text\n1,x\n2,y\n")
    assert refusal(path) == (
        "t.tsv, line 1: Only one column was found with a tab between cells, but a comma stands "
        "in most lines. Give the file a name that ends in .csv."
    )


def test_unknown_extension_is_refused(write_file):
    """A file that is no known format lists the formats."""
    path = write_file("notes.docx", b"x")
    assert refusal(path) == (
        "notes.docx: The name has '.docx', which is no known format. Valid choices: .csv, .tsv, "
        ".tab, .jsonl, .ndjson, .parquet. Rename the file, or save it in one of these."
    )


def test_missing_file_is_refused(tmp_path):
    """A path without a file says so."""
    assert refusal(tmp_path / "no.csv") == "no.csv: There is no such file. Check the path."


@pytest.mark.parametrize("folder", [".", "/"])
def test_folder_is_refused_by_name(folder):
    """A folder has no rows, and is named also where its path has no last part."""
    assert refusal(Path(folder)) == f"{folder}: This is a folder, not a file. Name a file in it."


def test_upload_is_called_by_its_own_name(write_file):
    """A message shows the name a person chose, not the temporary one."""
    path = write_file("upload-1234", b"id,text\n")
    with pytest.raises(ImportFileError, match=r"^mine\.csv: The file has a header but no rows"):
        DuckDBOpener().preview(path, "mine.csv")


JSON_REMEDY = " Write one JSON object a line."
MALFORMED_JSON = {
    "broken line": (
        b'{"text": "x"}\n\n{"text": \n',
        "t.jsonl, line 3: The line is not valid JSON at character 9: Expecting value."
        + JSON_REMEDY,
    ),
    "array file": (
        b'[\n{"text": "x"}\n]\n',
        "t.jsonl, line 1: The file is one JSON array, not one object a line. "
        "Convert it, for example with: jq -c '.[]' t.jsonl > lines.jsonl",
    ),
    "array line": (
        b'{"text": "x"}\n["y"]\n',
        "t.jsonl, line 2: The line holds an array, not an object." + JSON_REMEDY,
    ),
    "value line": (
        b'"text"\n',
        "t.jsonl, line 1: The line holds a single value, not an object." + JSON_REMEDY,
    ),
    "repeated key": (
        b'{"text": "x", "text": "y"}\n',
        "t.jsonl, line 1: The key 'text' comes twice." + JSON_REMEDY,
    ),
    "NaN": (
        b'{"text": "x", "score": NaN}\n',
        "t.jsonl, line 1: NaN is not a JSON value; use null." + JSON_REMEDY,
    ),
    "half a character": (
        b'{"text": "\\ud83d"}\n',
        "t.jsonl, line 1: A text holds an escape that is no character." + JSON_REMEDY,
    ),
    "nested too deep": (
        b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
        "t.jsonl, line 1: The value is nested too deep." + JSON_REMEDY,
    ),
    "empty objects": (
        b"{}\n{}\n",
        "t.jsonl: No object has a key. Choose a file with data.",
    ),
}


@pytest.mark.parametrize("kind", MALFORMED_JSON)
def test_malformed_json_lines_are_refused(kind, write_file, store):
    """Malformed JSON lines name the line and the fault."""
    content, message = MALFORMED_JSON[kind]
    path = write_file("t.jsonl", content)
    assert import_refusal(store, path) == message


def test_damaged_parquet_is_refused(write_file):
    """A file that only claims to be Parquet is refused."""
    path = write_file("t.parquet", b"PAR1" + b"x" * 50)
    assert refusal(path).startswith("t.parquet: The file is not sound Parquet: ")


def test_parquet_without_rows_is_refused(tmp_path):
    """Parquet without rows is refused."""
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "t.parquet")
    assert refusal(tmp_path / "t.parquet") == (
        "t.parquet: The file has no rows. Choose a file with data."
    )


def test_bytes_in_parquet_are_refused(tmp_path):
    """A Parquet column of bytes is no text."""
    pq.write_table(pa.table({"text": ["x"], "raw": [b"\xff"]}), tmp_path / "t.parquet")
    assert refusal(tmp_path / "t.parquet") == (
        "t.parquet: Column 'raw' holds bytes, not text. Save it as text, or leave it out."
    )


ID = {"id_column": "id"}
GOLD = {"gold_column": "gold"}
UNFIT = {
    "duplicate id": (
        b'id,text\na,"x\ny"\nb,x\na,z\n',
        ID,
        "t.csv, line 5: The id 'a' in column 'id' is taken: line 2 has it already. "
        "Make the ids unique, or import without an id column.",
    ),
    "empty id": (
        b"id,text\na,x\n,y\n",
        ID,
        "t.csv, line 3: The id in column 'id' is empty. "
        "Give every row an id, or import without an id column.",
    ),
    "unknown class": (
        b"text,gold\nx,spam\n\ny,spma\n",
        GOLD,
        "t.csv, line 4: Unknown class 'spma' in column 'gold'. Valid choices: ham, spam. "
        "Correct the cell, leave it empty, or add the class to the project.",
    ),
    "several unknown classes": (
        b"text,gold\nx,ham\ny,no\nz,yes\nz,no\n",
        GOLD,
        "t.csv, line 3: Unknown class 'no' in column 'gold'. Unknown as well: 'yes'. "
        "Valid choices: ham, spam. "
        "Correct the cell, leave it empty, or add the class to the project.",
    ),
    "class numbers for names": (
        b"text,gold\nx,\ny,1\nz,0\nz,1\n",
        GOLD,
        "t.csv, line 3: Column 'gold' has numbers (0, 1), not class names. "
        "Valid choices: ham, spam. If they are class numbers (0 = ham, 1 = spam), say so: "
        "--gold-numbers, or in the app tick Gold has class numbers. "
        "If not, write class names, or leave cells empty.",
    ),
    "numbers that count from 1": (
        b"text,gold\nx,1\ny,2\n",
        GOLD,
        "t.csv, line 2: Column 'gold' has numbers (1, 2), not class names. "
        "Valid choices: ham, spam. Write class names, or leave cells empty. "
        "Class numbers would be understood, too, but count from 0: 0 = ham, 1 = spam.",
    ),
    "a number of no class": (
        b"text,gold\nx,1\ny,2\nz,spam\n",
        {**GOLD, "gold_numbers": True},
        "t.csv, line 3: Column 'gold' has '2', which is no class number. "
        "Unknown as well: 'spam'. Valid choices: 0 = ham, 1 = spam. "
        "Correct the cell, leave it empty (or -1), or import gold as class names.",
    ),
    "unknown split": (
        b"text,split\nx,train\ny,Test\n",
        {"split_column": "split"},
        "t.csv, line 3: Unknown split 'Test' in column 'split'. "
        "Valid choices: dev, train, valid, test. "
        "Correct the cell or leave it empty, which means dev.",
    ),
    "missing column": (
        b"id,Txet\n1,x\n",
        {},
        "t.csv: There is no text column 'text'. Did you mean 'Txet'? Valid choices: id, Txet. "
        "Choose one of these.",
    ),
    "missing gold column": (
        b"id,text\n1,x\n",
        {"gold_column": "verdict"},
        "t.csv: There is no gold column 'verdict'. Valid choices: id, text. Choose one of these.",
    ),
    "value that its type cannot hold": (
        b"text,stars\nx,5\ny,4.5\n",
        {"types": {"stars": "integer"}},
        "t.csv, line 3: Column 'stars' has '4.5', which is not a whole number. "
        "Correct the value, or import the column as text.",
    ),
    "date that is none": (
        b"text,day\nx,2024-02-29\ny,2023-02-29\n",
        {"types": {"day": "date"}},
        "t.csv, line 3: Column 'day' has '2023-02-29', which is not a date such as 2024-05-31. "
        "Correct the value, or import the column as text.",
    ),
}


@pytest.mark.parametrize("kind", UNFIT)
def test_values_that_do_not_fit_are_refused(kind, write_file, store):
    """A well-formed file with a value that may not enter names the line and the value."""
    content, plan, message = UNFIT[kind]
    assert import_refusal(store, write_file("t.csv", content), **plan) == message


def test_duplicate_ids_in_parquet_name_rows(tmp_path, store):
    """Parquet has no lines, so messages count rows from 1."""
    pq.write_table(pa.table({"id": [7, 8, 7], "text": ["x", "y", "z"]}), tmp_path / "t.parquet")
    assert import_refusal(store, tmp_path / "t.parquet", id_column="id").startswith(
        "t.parquet, row 3: The id '7' in column 'id' is taken: row 1 has it already."
    )


def test_unknown_class_in_json_lines_names_the_line(write_file, store):
    """Blank lines count as lines of a JSON file, too."""
    lines = [json.dumps({"text": "x", "gold": "ham"}), "", json.dumps({"text": "y", "gold": "no"})]
    path = write_file("t.jsonl", "\n".join(lines).encode())
    assert import_refusal(store, path, gold_column="gold").startswith(
        "t.jsonl, line 3: Unknown class 'no' in column 'gold'."
    )


def test_cancelled_import_leaves_nothing(write_file, store):
    """A progress callback that raises stops the import, and its error comes back."""

    def cancel(done, total):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        store.import_rows(ImportPlan(write_file("t.csv", b"text\nx\n"), "text"), cancel)
    assert store.row_count() == 0
    assert store.columns() == ()
