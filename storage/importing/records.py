"""The records of a delimited file, with the lines they stand on."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from storage.importing.source import MAX_CELL_BYTES, Source

if TYPE_CHECKING:
    from _csv import Reader


class Record(NamedTuple):
    """The cells of a record, the first and last line it stands on, and how the last one ends."""

    line: int
    last_line: int
    cells: list[str]
    line_end: str


class UnreadableRecordError(Exception):
    """The strict reader stopped in a record that begins on `line`, at `last_line`."""

    def __init__(self, line: int, last_line: int, reason: str) -> None:
        self.line = line
        self.last_line = last_line
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class DelimitedFile:
    """A file with its delimiter."""

    source: Source
    delimiter: str

    @contextmanager
    def reader(self, last_line: list[str] | None = None) -> "Iterator[Reader]":
        """Give a strict reader; the line it read last is kept in `last_line`."""
        csv.field_size_limit(MAX_CELL_BYTES)
        with self.lines() as lines:
            noted = lines if last_line is None else _noting(lines, last_line)
            yield csv.reader(noted, delimiter=self.delimiter, strict=True)

    @contextmanager
    def records(self) -> Iterator[Iterator[Record]]:
        """Give the records one by one, slowly; a blank line is a record without cells.

        The iterator raises UnreadableRecordError where the reader stops.
        """
        last_line = [""]
        with self.reader(last_line) as reader:
            yield _numbered(reader, last_line)

    @contextmanager
    def lines(self) -> Iterator[Iterator[str]]:
        """Give the lines, which end in LF alone: a lone CR is a character like others."""
        with self.source.path.open(encoding="utf-8-sig", newline="\n") as file:
            yield file

    def place(self, record_number: int) -> str:
        """Return the line on which a record, counted from 0 after the header, begins."""
        with self.records() as records:
            width = len(next(records).cells)
            rows = (record for record in records if record.cells or width == 1)
            return f"line {next(islice(rows, record_number, None)).line}"


def _noting(lines: Iterable[str], last_line: list[str]) -> Iterator[str]:
    for line in lines:
        last_line[0] = line
        yield line


def _numbered(reader: "Reader", last_line: list[str]) -> Iterator[Record]:
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableRecordError(line, reader.line_num, str(error)) from error
        end = last_line[0][-2:]
        yield Record(line, reader.line_num, cells, end if end == "\r\n" else end[-1:])
        line = reader.line_num + 1
