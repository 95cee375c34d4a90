"""Reads labeling functions from files: Python, SQL, and what `functions list --json` prints."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labeling.errors import FunctionError, ProjectError
from labeling.functions import LabelingFunction
from labeling.kinds import KINDS
from labeling.kinds.python import python_functions, python_functions_left_out
from labeling.kinds.python_left_out import LeftOut


@dataclass(frozen=True)
class FunctionFile:
    """The labeling functions of a file, and what in it was not taken for one."""

    functions: tuple[LabelingFunction, ...]
    left_out: tuple[LeftOut, ...] = ()


def read_function_file(path: Path) -> FunctionFile:
    """Return the labeling functions of a file; nothing in it is run.

    Raises ProjectError for a file that cannot be read and FunctionError for one without functions.
    """
    try:
        source = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(
            f"The file cannot be read ({error}).", where=str(path), remedy="Give a UTF-8 file."
        ) from error
    return _READ.get(path.suffix.lower(), _from_python)(path, source)


def function_record(function: LabelingFunction) -> dict[str, str]:
    """Return a function as `functions list --json` prints it."""
    return {
        "name": function.name,
        "kind": function.kind,
        "version": function.version,
        "source": function.source,
    }


def _from_python(path: Path, source: str) -> FunctionFile:
    found = python_functions(source, path.name)
    return FunctionFile(tuple(found), tuple(python_functions_left_out(source)))


def _from_sql(path: Path, source: str) -> FunctionFile:
    return FunctionFile((LabelingFunction(path.stem, "sql", source),))


def _from_json(path: Path, source: str) -> FunctionFile:
    """Read one function or a list of them, each with its name, kind and source."""
    try:
        content = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise FunctionError(f"The file is no valid JSON: {error}.", where=path.name) from None
    listed = content if isinstance(content, list) else [content]
    functions = tuple(_from_record(record, path, i) for i, record in enumerate(listed, 1))
    if not functions:
        raise FunctionError("There is no labeling function in the file.", where=path.name)
    return FunctionFile(functions)


def _from_record(record: Any, path: Path, number: int) -> LabelingFunction:
    where = f"{path.name}, function {number}"
    fields = ("name", "kind", "source")
    if not isinstance(record, Mapping) or not set(fields) <= record.keys():
        raise FunctionError(
            "A function has a name, a kind and a source.",
            where=where,
            remedy="cli.py functions list PROJECT --json shows how it is written.",
        )
    name, kind, source = (record[field] for field in fields)
    if kind not in KINDS:
        raise FunctionError(f"Unknown kind {kind!r}.", where=where, choices=tuple(KINDS))
    if isinstance(source, Mapping):  # a rule written by hand reads better without quotes in quotes
        source = json.dumps(source, ensure_ascii=False)
    if not isinstance(name, str) or not isinstance(source, str):
        raise FunctionError("Name and source are texts.", where=where)
    return LabelingFunction(name, kind, source)


_READ: Mapping[str, Callable[[Path, str], FunctionFile]] = {
    ".json": _from_json,
    ".sql": _from_sql,
}
