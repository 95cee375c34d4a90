"""CSV and its relatives: structure checked by Python's strict reader, then read by DuckDB as text.

The two agree on what a record is. The first gives exact lines for messages, and takes thousands
of records a step; the second reads a million rows without a Python object for any of them.
"""

import csv
from dataclasses import dataclass
from itertools import islice

import duckdb

from labeling.errors import ImportFileError
from labeling.store import Progress
from storage.importing.column_names import project_names
from storage.importing.delimited_faults import explain_fault, explain_mixed_line_ends
from storage.importing.records import DelimitedFile
from storage.importing.scratch import FileColumn, Scratch, Staged
from storage.importing.signatures import refuse_other_formats
from storage.importing.sniff import sniff_delimiter
from storage.importing.source import Source
from storage.importing.text_check import TextFacts, check_text
from storage.sql import compose, listed, position_name

_STEP_RECORDS = 2_000
_USUAL_LINE_BYTES = 1_000_000
_SEPARATOR = "\x1f"
_READ = """
    INSERT INTO staged SELECT row_number() OVER () - 1{cells}
    FROM read_csv(
        $path, auto_detect = false, all_varchar = true, header = true, strict_mode = true,
        null_padding = false, delim = $delimiter, quote = '"', escape = '"',
        max_line_size = $line_bytes, buffer_size = $buffer_bytes, columns = {columns}
    )"""


@dataclass(frozen=True)
class Delimited:
    """A format with cells between `delimiters`, one of which a file uses throughout."""

    name: str
    delimiters: tuple[str, ...]
    others: tuple[str, ...]

    def stage(self, source: Source, scratch: Scratch, progress: Progress) -> Staged:
        """Check the file and copy it into the scratch database.

        Raises:
            ImportFileError: the file is malformed; names the line.
        """
        refuse_other_formats(source, allow_json=False)
        facts = check_text(source)
        file = DelimitedFile(source, sniff_delimiter(source, self.delimiters, self.others))
        names_in_file = _header(file)
        names = project_names(source, names_in_file, "line 1")
        counts = _check(file, len(names), progress)
        if counts.mixes_line_ends(facts):
            raise explain_mixed_line_ends(file)
        _read(file, scratch, len(names), counts.rows, _most_bytes(facts, counts))
        columns = tuple(FileColumn(*both) for both in zip(names, names_in_file, strict=True))
        return Staged(self.name, columns, counts.rows, file.place, file.delimiter)


@dataclass
class _Counts:
    """What a file holds: rows, the most characters in one, and line ends inside its cells."""

    rows: int = 0
    longest: int = 0
    inner_line_feeds: int = 0
    inner_returns: int = 0

    def add(self, records: list[list[str]]) -> None:
        """Count some records more."""
        texts = list(map(_SEPARATOR.join, records))
        self.longest = max(self.longest, *map(len, texts))
        text = _SEPARATOR.join(texts)
        self.inner_line_feeds += text.count("\n")
        self.inner_returns += text.count("\r\n")

    def mixes_line_ends(self, facts: TextFacts) -> bool:
        """Tell whether some records end in CR LF and others in LF; in a cell both are welcome."""
        returns = facts.returns_with_line_feed - self.inner_returns
        return 0 < returns < facts.line_feeds - self.inner_line_feeds


def _header(file: DelimitedFile) -> list[str]:
    with file.records() as records:
        cells = next(records).cells
    if not cells:
        raise file.source.refused(
            "The line is blank, but has to name the columns.",
            place="line 1",
            remedy="Remove the blank lines before the header.",
        )
    return [name.strip() for name in cells]


def _check(file: DelimitedFile, width: int, progress: Progress) -> _Counts:
    """Count the rows and make sure that each is as wide as the header."""
    counts = _Counts()
    blank_width = 0 if width > 1 else width
    with file.reader() as reader:
        try:
            counts.add([next(reader)])
            while records := list(islice(reader, _STEP_RECORDS)):
                widths = list(map(len, records))
                if not set(widths) <= {width, 0}:
                    raise explain_fault(file, width)
                counts.add(records)
                counts.rows += len(widths) - (widths.count(0) if blank_width == 0 else 0)
                progress(counts.rows, None)
        except csv.Error as error:
            raise explain_fault(file, width) from error
    if counts.rows == 0:
        raise file.source.refused(
            "The file has a header but no rows.", remedy="Choose a file with data."
        )
    return counts


def _most_bytes(facts: TextFacts, counts: _Counts) -> int:
    """Return an upper bound of the bytes of a record, with every quote in it doubled."""
    return max(_USUAL_LINE_BYTES, 2 * facts.longest_line, 8 * counts.longest)


def _read(file: DelimitedFile, scratch: Scratch, width: int, rows: int, line_bytes: int) -> None:
    """Let DuckDB read the file, all cells as text; an empty cell is ''."""
    scratch.create(width)
    names = [position_name(position) for position in range(width)]
    statement = compose(
        _READ,
        cells=listed(f"coalesce({name}, '')" for name in names),
        columns="{" + ", ".join(f"{name}: 'VARCHAR'" for name in names) + "}",
    )
    values = {
        "path": str(file.source.path),
        "delimiter": file.delimiter,
        "line_bytes": line_bytes,
        "buffer_bytes": 8 * line_bytes,
    }
    try:
        scratch.connection.execute(statement, values)
    except duckdb.Error as error:
        raise _misread(file, str(error).splitlines()[0]) from error
    if scratch.rows() != rows:
        raise _misread(file, f"{rows} records became {scratch.rows()} rows")


def _misread(file: DelimitedFile, reason: str) -> ImportFileError:
    return file.source.refused(
        f"The file cannot be read safely: {reason}.",
        remedy="Save it again as CSV from the program it comes from.",
    )
