"""Files that would unpack to far more than they are, or that claim to be another format."""

import bz2
import gzip
import io
import lzma
import pickle
import stat
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from labeling.errors import ImportFileError
from storage import DuckDBOpener
from tests.storage.conftest import WriteFile


def refusal(path: Path) -> str:
    """Return the message with which a preview refuses a file."""
    with pytest.raises(ImportFileError) as caught:
        DuckDBOpener().preview(path)
    return str(caught.value)


def zip_with(name: str, content: bytes = b"x", mode: int = stat.S_IFREG | 0o644) -> bytes:
    """Return a zip archive with one entry of this name and file type."""
    target = io.BytesIO()
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(entry, content)
    return target.getvalue()


ZEROS = bytes(100_000_000)
UNPACK = "Unpack it and import the file inside."
ZIP, GZIP = "a zip archive", "gzip-compressed"
DISGUISED = {
    "gzip bomb": (gzip.compress(ZEROS), GZIP, UNPACK),
    "bzip2 bomb": (bz2.compress(ZEROS), "bzip2-compressed", UNPACK),
    "xz bomb": (lzma.compress(ZEROS[:10_000_000]), "xz-compressed", UNPACK),
    "zip bomb": (zip_with("rows.csv", ZEROS), ZIP, UNPACK),
    "xlsx bomb": (
        zip_with("xl/worksheets/sheet1.xml", ZEROS),
        "an Excel workbook",
        "Open it in a spreadsheet and save it as CSV (UTF-8).",
    ),
    "zip with a link": (zip_with("a.csv", b"/etc/passwd", stat.S_IFLNK | 0o777), ZIP, UNPACK),
    "zip that leads upwards": (zip_with("../../a.csv"), ZIP, UNPACK),
    "zip with an absolute path": (zip_with("/etc/cron.d/a"), ZIP, UNPACK),
    "pickle": (
        pickle.dumps({"text": ["x"]}, protocol=4),
        "a Python pickle, which could run code",
        "Save the data as CSV, JSON lines or Parquet.",
    ),
}


@pytest.mark.parametrize("extension", ["csv", "tsv", "jsonl"])
@pytest.mark.parametrize("kind", DISGUISED)
def test_nothing_is_unpacked(write_file: WriteFile, kind: str, extension: str) -> None:
    """Archives and pickles are known by their first bytes; none of them is opened."""
    content, what, remedy = DISGUISED[kind]
    claimed = {"csv": "CSV", "tsv": "TSV", "jsonl": "JSONL"}[extension]
    path = write_file(f"t.{extension}", content)
    assert refusal(path) == f"t.{extension}: The file is {what}, not {claimed}. {remedy}"


@pytest.mark.parametrize("kind", DISGUISED)
def test_disguised_as_parquet(write_file: WriteFile, kind: str) -> None:
    """A file without Parquet's own mark is not read any further."""
    path = write_file("t.parquet", DISGUISED[kind][0])
    assert refusal(path).startswith("t.parquet: The file is not sound Parquet: ")


def unpacks_to(path: Path, size: str) -> str:
    return (
        f"{path.name}: The file unpacks from {path.stat().st_size:,} to {size} bytes or more, "
        "which real data never does. Save it again with less compression if you trust it."
    )


@pytest.mark.parametrize("category", [False, True], ids=["texts", "categories"])
def test_one_long_text_in_many_rows(tmp_path: Path, category: bool) -> None:
    """A dictionary bomb: the metadata says 100 KB, the rows hold 10 GB, 2 GB in the first batch."""
    repeated = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000), pa.array(["x" * 100_000]))
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"text": repeated}), path, store_schema=category)
    assert path.stat().st_size < 10_000
    assert refusal(path) == unpacks_to(path, "2,000,000,000")


def test_pages_that_expand(tmp_path: Path) -> None:
    """A page of like bytes shrinks to almost nothing; the metadata tells its size."""
    path = tmp_path / "t.parquet"
    texts = pa.table({"text": ["x" * 3_000_000 + str(i) for i in range(100)]})
    pq.write_table(texts, path, compression="zstd", use_dictionary=False)
    declared = pq.read_metadata(path).row_group(0).total_byte_size
    assert refusal(path) == unpacks_to(path, f"{declared:,}")


def test_long_texts_that_repeat_are_read_in_pieces(tmp_path: Path) -> None:
    """A text of 20 KB in 4,000 rows is honest data, and comes in whole."""
    notice = "".join(chr(32 + (i * i * 7919) % 90) for i in range(20_000))
    noise = [f"{(i * 2654435761) % 2**32:x}" * 20 for i in range(4_000)]
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"text": noise, "notice": [notice] * 4_000}), path)
    preview = DuckDBOpener().preview(path)
    assert preview.rows == 4_000
    assert preview.columns[1].distinct == (notice,)


def test_a_cell_of_100_mb_in_parquet(tmp_path: Path) -> None:
    """The row is named."""
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"text": ["x", "y" * 100_000_000]}), path, compression="none")
    assert refusal(path) == (
        "t.parquet, row 2: The cell in column 'text' is longer than 10 MB. Shorten the cell."
    )


def test_a_cell_of_100_mb_in_json_lines(write_file: WriteFile) -> None:
    """The line is named."""
    path = write_file("t.jsonl", b'{"text": "x"}\n{"text": "' + b"y" * 100_000_000 + b'"}\n')
    assert refusal(path) == (
        "t.jsonl, line 2: The line is longer than 10 MB. "
        "A line end may be missing; otherwise shorten the cell."
    )


def test_5000_columns_in_parquet_and_json_lines(tmp_path: Path, write_file: WriteFile) -> None:
    """A thousand is the most in every format."""
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({f"c{i}": ["x"] for i in range(5_000)}), path)
    keys = ",".join(f'"c{i}":1' for i in range(5_000))
    for file in (path, write_file("t.jsonl", f"{{{keys}}}\n".encode())):
        assert "5,000 columns; 1,000 are the most." in refusal(file)
