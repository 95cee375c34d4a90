"""Annotations as files: who labelled which row as what, in CSV or JSON Lines.

A line is one annotator's label of one row. The row is named by its `id`, the value of the project's
id column, or by its number `row`, from 0. A file is taken whole or not at all.
"""

import csv
import json
import math
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from labeling.annotation_store import Annotation
from labeling.errors import ImportFileError
from labeling.formula_cells import neutralised, restored

COLUMNS = ("row", "id", "annotator", "label", "at", "seconds", "note", "flagged")
_SUFFIXES = (".csv", ".jsonl")
_SAID = 8
"""So many lines that are wrong are named; the rest are counted."""
_FLAGGED = {
    "yes": True,
    "true": True,
    "1": True,
    "no": False,
    "false": False,
    "0": False,
    "": False,
}
_NAMESPACE = UUID("9d6c3f4e-6b0d-5c5e-9b3c-6f6f1b6a2a55")

RowsOfIds = Callable[[frozenset[str]], Mapping[str, Sequence[int]]]
"""Finds the rows that have one of these ids, by id."""


@dataclass(frozen=True)
class FileLabels:
    """What a file holds: labels by the time they were given, and columns that mean nothing here."""

    annotations: tuple[Annotation, ...]
    unknown_columns: tuple[str, ...]


def read_labels(
    path: Path, classes: Sequence[str], n_rows: int, rows_of_ids: RowsOfIds, annotator: str = ""
) -> FileLabels:
    """Read the labels of a file; `annotator` gave those that name nobody.

    A line without a time was labelled now. The same line gets the same event id each time, so that
    a file that is read twice is saved once.

    Raises:
        ImportFileError: the file cannot be read, or lines of it are wrong: which, and how.
    """
    lines = list(_lines(path))
    ids = frozenset(line["id"] for _, line in lines if line.get("id") and not line.get("row"))
    reader = _LineReader(classes, n_rows, rows_of_ids(ids) if ids else {}, annotator)
    found, wrong = [], []
    for number, line in lines:
        try:
            found.append(reader.read(line))
        except ValueError as error:
            wrong.append(f"line {number}: {error}")
    if wrong:
        more = f"; and {len(wrong) - _SAID:,} more lines" if len(wrong) > _SAID else ""
        raise ImportFileError(
            f"{len(wrong):,} of {len(lines):,} labels cannot be taken: "
            f"{'; '.join(wrong[:_SAID])}{more}.",
            where=path.name,
            remedy="Nothing was imported. Correct these lines and import the file again.",
        )
    unknown = sorted({name for _, line in lines for name in line if name not in COLUMNS})
    return FileLabels(tuple(sorted(found, key=lambda one: one.at)), tuple(unknown))


def write_labels(
    path: Path, labels: Sequence[Annotation], ids: Mapping[int, str], classes: Sequence[str]
) -> None:
    """Write labels, one a line; the file takes its name when it is complete.

    `ids`: the value of the id column by row, empty in a project without one.
    """
    _check_suffix(path)
    records = (_record(one, ids, classes) for one in labels)
    descriptor, unfinished = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as sink:
            if path.suffix.lower() == ".jsonl":
                sink.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
            else:
                writer = csv.DictWriter(sink, COLUMNS)
                writer.writeheader()
                writer.writerows(
                    {name: neutralised(value) for name, value in one.items()} for one in records
                )
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink()
        raise


def _record(one: Annotation, ids: Mapping[int, str], classes: Sequence[str]) -> dict[str, object]:
    return {
        "row": one.row_id,
        "id": ids.get(one.row_id, ""),
        "annotator": one.annotator,
        "label": None if one.code is None else classes[one.code],
        "at": one.at.isoformat(),
        "seconds": one.seconds,
        "note": one.note,
        "flagged": one.flagged,
    }


class _LineReader:
    """Turns the fields of a line into an annotation; ValueError says what is wrong with it."""

    def __init__(
        self,
        classes: Sequence[str],
        n_rows: int,
        rows_of_id: Mapping[str, Sequence[int]],
        annotator: str,
    ) -> None:
        self._codes = {name: code for code, name in enumerate(classes)}
        self._n_rows, self._rows_of_id, self._annotator = n_rows, rows_of_id, annotator
        self._now = datetime.now(UTC)

    def read(self, line: Mapping[str, str]) -> Annotation:
        row, annotator = self._row(line), line.get("annotator") or self._annotator
        if not annotator:
            raise ValueError("it does not say who labelled it (column annotator, or --annotator)")
        code, at = self._code(line.get("label", "")), self._at(line.get("at", ""))
        seconds, note = _seconds(line.get("seconds", "")), line.get("note", "")
        flagged = _flagged(line.get("flagged", ""))
        # Of a line without a flag, what it always was: files imported before are known again.
        said = [row, annotator, code, line.get("at", ""), seconds, note, *["flagged"] * flagged]
        return Annotation(
            event_id=uuid5(_NAMESPACE, json.dumps(said)),
            row_id=row,
            action="label",
            code=code,
            annotator=annotator,
            at=at,
            seconds=seconds,
            note=note,
            flagged=flagged,
        )

    def _row(self, line: Mapping[str, str]) -> int:
        number, name = line.get("row", ""), line.get("id", "")
        if number:
            if not number.isdecimal() or int(number) >= self._n_rows:
                raise ValueError(
                    f"there is no row {number!r}; rows go from 0 to {self._n_rows - 1}"
                )
            return int(number)
        if not name:
            raise ValueError("it names no row (column id or row)")
        rows = self._rows_of_id.get(name, ())
        if len(rows) != 1:
            many = "no row has" if not rows else f"{len(rows)} rows have"
            raise ValueError(f"{many} the id {name!r}")
        return rows[0]

    def _code(self, label: str) -> int:
        if label not in self._codes:
            said = f"there is no class {label!r}" if label else "it has no label"
            raise ValueError(f"{said} (classes: {', '.join(self._codes)})")
        return self._codes[label]

    def _at(self, text: str) -> datetime:
        if not text:
            return self._now
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text!r} is no time such as 2026-01-31T14:30:00+00:00") from None
        return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _seconds(text: str) -> float | None:
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds >= 0):
        raise ValueError(f"{text!r} is no number of seconds")
    return seconds


def _flagged(text: str) -> bool:
    if text.lower() not in _FLAGGED:
        raise ValueError(f"{text!r} is no flag (true, false or nothing)")
    return _FLAGGED[text.lower()]


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the number and the fields of each line that is not empty."""
    _check_suffix(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            if path.suffix.lower() == ".jsonl":
                yield from _json_lines(path, source)
            else:
                yield from _csv_lines(path, source)
    except OSError as error:
        raise ImportFileError(
            f"It cannot be read: {error.strerror}.", where=str(path), remedy="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise ImportFileError(
            f"It is no UTF-8 text (byte {error.start}).",
            where=path.name,
            remedy="Save it as UTF-8.",
        ) from error


def _csv_lines(path: Path, source: Any) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(source, strict=True)
    try:
        if not {"label"} <= set(reader.fieldnames or ()):
            raise ImportFileError(
                "It has no column label.",
                where=path.name,
                choices=COLUMNS,
                remedy="Begin the file with a line of column names.",
            )
        for fields in reader:
            if None in fields or None in fields.values():
                raise ImportFileError(
                    "A line has more or fewer cells than there are columns.",
                    where=f"{path.name}, line {reader.line_num}",
                    remedy="Put quotes around cells with a comma in them.",
                )
            yield reader.line_num, {name: restored(cell) for name, cell in fields.items()}
    except csv.Error as error:
        raise ImportFileError(
            f"It is no CSV: {error}.",
            where=f"{path.name}, line {reader.line_num}",
            remedy="Correct the line; nothing was imported.",
        ) from error


def _json_lines(path: Path, source: Any) -> Iterator[tuple[int, dict[str, str]]]:
    for number, text in enumerate(source, 1):
        if not text.strip():
            continue
        try:
            fields = json.loads(text)
            problem = "" if isinstance(fields, dict) else "a line has to be one object"
        except ValueError as error:
            problem = str(error)
        if problem:
            raise ImportFileError(
                f"It is no JSON: {problem}.",
                where=f"{path.name}, line {number}",
                remedy="Put one object on each line, such as "
                '{"id": "7", "annotator": "ann", "label": "spam"}.',
            )
        yield number, {name: "" if value is None else str(value) for name, value in fields.items()}


def _check_suffix(path: Path) -> None:
    if path.suffix.lower() not in _SUFFIXES:
        raise ImportFileError(
            f"Annotations are no {path.suffix or 'file without a suffix'}.",
            where=path.name,
            choices=_SUFFIXES,
        )
