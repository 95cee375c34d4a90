"""JSON lines: one object a line, checked by Python's reader, read by DuckDB as text."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NoReturn

import duckdb

from labeling.errors import ImportFileError
from labeling.store import ColumnType, Progress
from storage.importing.column_names import project_names
from storage.importing.scratch import FileColumn, Scratch, Staged
from storage.importing.signatures import refuse_other_formats
from storage.importing.source import MAX_CELL_BYTES, Source
from storage.importing.text_check import check_text
from storage.sql import compose, listed

_PROGRESS_ROWS = 20_000
_BIGINT = range(-(2**63), 2**63)
_READ = """
    INSERT INTO staged SELECT row_number() OVER () - 1{cells}
    FROM (
        SELECT json_extract_string(json, $pointers) AS cells
        FROM read_ndjson_objects($path, maximum_object_size = $object_bytes)
    )"""


class _BadObjectError(ValueError):
    """A line is JSON that an import cannot take; the message says why."""


@dataclass(frozen=True)
class JsonLines:
    """A format with one JSON object a line; keys are columns, nested values stay JSON text."""

    name: str = "JSON lines"

    def stage(self, source: Source, scratch: Scratch, progress: Progress) -> Staged:
        """Check the file and copy it into the scratch database.

        Raises:
            ImportFileError: a line is no JSON object; names the line.
        """
        refuse_other_formats(source, allow_json=True)
        check_text(source)
        found = _check_objects(source, progress)
        names_in_file = list(found.kinds)
        if not names_in_file:
            raise source.refused("No object has a key.", remedy="Choose a file with data.")
        columns = tuple(
            FileColumn(name, name_in_file, _column_type(found.kinds[name_in_file]))
            for name, name_in_file in zip(
                project_names(source, names_in_file), names_in_file, strict=True
            )
        )
        _read(source, scratch, names_in_file, found.rows)
        return Staged(self.name, columns, found.rows, lambda record: _place(source, record))


@dataclass
class _Found:
    """How many objects a file has, and which kinds of values each key was seen with."""

    rows: int = 0
    kinds: dict[str, set[type]] = field(default_factory=dict)

    def add(self, values: dict[str, object]) -> None:
        """Count one object."""
        self.rows += 1
        for key, value in values.items():
            kind = type(value)
            if kind is int and value not in _BIGINT:
                kind = str
            seen = self.kinds.get(key)
            if seen is None:
                self.kinds[key] = {kind}
            else:
                seen.add(kind)


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    """Give the number and text of each line that is not blank."""
    with source.path.open(encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, 1):
            if not line.isspace():
                yield number, line


def _check_objects(source: Source, progress: Progress) -> _Found:
    decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant)
    found = _Found()
    for number, line in _lines(source):
        try:
            values = decoder.decode(line.strip())
            _check_values(values, line)
        except json.JSONDecodeError as error:
            raise _not_json(source, number, line, error) from None
        except (_BadObjectError, RecursionError) as error:
            raise source.refused(
                str(error)
                if isinstance(error, _BadObjectError)
                else "The value is nested too deep.",
                place=f"line {number}",
                remedy="Write one JSON object a line.",
            ) from None
        found.add(values)
        if found.rows % _PROGRESS_ROWS == 0:
            progress(found.rows, None)
    return found


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise _BadObjectError(f"The key {repeated!r} comes twice.")
    return values


def _refuse_constant(name: str) -> NoReturn:
    raise _BadObjectError(f"{name} is not a JSON value; use null.")


def _check_values(values: object, line: str) -> None:
    if not isinstance(values, dict):
        kind = "an array" if isinstance(values, list) else "a single value"
        raise _BadObjectError(f"The line holds {kind}, not an object.")
    if "\\u0000" in line or "\\ud" in line or "\\uD" in line:
        for text in _strings(values):
            if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
                raise _BadObjectError("A text holds an escape that is no character.")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _not_json(
    source: Source, number: int, line: str, error: json.JSONDecodeError
) -> ImportFileError:
    if number == 1 and line.lstrip().startswith("["):
        return source.refused(
            "The file is one JSON array, not one object a line.",
            place="line 1",
            remedy=f"Convert it, for example with: jq -c '.[]' {source.name} > lines.jsonl",
        )
    return source.refused(
        f"The line is not valid JSON at character {error.pos + 1}: {error.msg}.",
        place=f"line {number}",
        remedy="Write one JSON object a line.",
    )


def _column_type(kinds: set[type]) -> ColumnType:
    present = kinds - {type(None)}
    if present == {bool}:
        return "boolean"
    if present == {int}:
        return "integer"
    if present in ({float}, {int, float}):
        return "number"
    return "text"


def _read(source: Source, scratch: Scratch, keys: list[str], rows: int) -> None:
    scratch.create(len(keys))
    statement = compose(
        _READ, cells=listed(f"cells[{number}]" for number in range(1, len(keys) + 1))
    )
    values = {
        "path": str(source.path),
        "pointers": ["/" + key.replace("~", "~0").replace("/", "~1") for key in keys],
        "object_bytes": MAX_CELL_BYTES,
    }
    try:
        scratch.connection.execute(statement, values)
    except duckdb.Error as error:
        raise _misread(source, str(error).splitlines()[0]) from error
    if scratch.rows() != rows:
        raise _misread(source, f"{rows} objects became {scratch.rows()} rows")


def _misread(source: Source, reason: str) -> ImportFileError:
    return source.refused(
        f"The file cannot be read safely: {reason}.",
        remedy="Save it again from the program it comes from.",
    )


def _place(source: Source, record: int) -> str:
    number, _ = next(islice(_lines(source), record, None))
    return f"line {number}"
