"""Writes a project's functions as Python that runs without Labelwright, with pytest tests.

A folder gets the package `labeling_functions`, one module for each function, and
`test_functions.py` with the pinned rows written out. Each function keeps a module of its own: two
of them may use one name for different things.
"""

import ast
import inspect
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from labeling.errors import ExportError
from labeling.functions import LabelingFunction
from labeling.kinds import stand_ins
from labeling.kinds.python_source import definitions, parsed
from labeling.kinds.rule_python import python_of
from labeling.past import Pin
from labeling.store import Store
from labeling.votes import ABSTAIN

PACKAGE = "labeling_functions"
TESTS = "test_functions.py"
_AS_PYTHON = ("keyword", "regex", "rule")
_LEFT_OUT = {
    "sql": "a query over all rows is no function of one",
    "model": "its votes come from an end model",
}


@dataclass(frozen=True)
class FunctionExport:
    """What was written to `folder`: names of functions, and why the others are left out."""

    folder: Path
    functions: tuple[str, ...]
    left_out: Mapping[str, str]
    pins: int


def export_functions(store: Store, folder: Path) -> FunctionExport:
    """Write the functions and their tests to a folder that is new or empty.

    Raises:
        ExportError: something is in the folder, or it cannot be written.
    """
    functions = [one for one in store.functions() if one.kind not in _LEFT_OUT]
    left_out = {one.name: _LEFT_OUT[one.kind] for one in store.functions() if one.kind in _LEFT_OUT}
    names = {one.name for one in functions}
    pins = [pin for pin in store.pins() if pin.function in names]
    files = _package(functions, store.info().classes) | {TESTS: _tests(store, pins)}
    try:
        if folder.exists() and any(folder.iterdir()):
            raise ExportError(
                "There is something in this folder already.",
                where=str(folder),
                remedy="Name a new folder.",
            )
        (folder / PACKAGE).mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise ExportError(
            f"The functions were not written: {error.strerror}.",
            where=str(folder),
            remedy="Choose a folder you may write to, on a disk with free space.",
        ) from error
    return FunctionExport(folder, tuple(one.name for one in functions), left_out, len(pins))


def _package(functions: Sequence[LabelingFunction], classes: Sequence[str]) -> dict[str, str]:
    modules = {function.name: _module_name(i, function) for i, function in enumerate(functions)}
    files = {f"{PACKAGE}/{modules[one.name]}.py": _module(one) for one in functions}
    imports = "".join(f"from . import {module}\n" for module in modules.values())
    entries = "".join(
        f"    {one.name!r}: {modules[one.name]}.{_variable(one)},\n" for one in functions
    )
    files[f"{PACKAGE}/__init__.py"] = _INIT.format(
        imports=imports, classes=tuple(classes), entries=entries
    )
    files[f"{PACKAGE}/_stand_ins.py"] = inspect.getsource(stand_ins).replace(
        "from labeling.votes import ABSTAIN", f"ABSTAIN = {ABSTAIN}"
    )
    return files


def _module_name(number: int, function: LabelingFunction) -> str:
    return f"f{number + 1}_{re.sub(r'[^a-z0-9]+', '_', function.name.lower()).strip('_')[:40]}"


def _python(function: LabelingFunction) -> LabelingFunction:
    return python_of(function) if function.kind in _AS_PYTHON else function


def _module(function: LabelingFunction) -> str:
    """Return the source with the names that it finds itself in; `__future__` must come first."""
    source = _python(function).source
    lines = source.splitlines()
    first = max(
        (
            node.end_lineno or 0
            for node in ast.parse(source).body
            if isinstance(node, ast.ImportFrom) and node.module == "__future__"
        ),
        default=0,
    )
    given = "from ._stand_ins import ABSTAIN, labeling_function"
    return "\n".join([*lines[:first], given, "", "", *lines[first:]]).rstrip() + "\n"


def _variable(function: LabelingFunction) -> str:
    found = definitions(parsed(_python(function).source))
    return next(one.variable for one in found if one.name == function.name)


def _tests(store: Store, pins: Sequence[Pin]) -> str:
    classes, hidden = store.info().classes, store.info().answer_columns
    rows = store.read_rows([pin.row_id for pin in pins]).to_pylist() if pins else []
    cases = [
        f"    ({pin.function!r}, {pin.row_id}, {_literal(_readable(row, hidden))},"
        f" {None if pin.code == ABSTAIN else classes[pin.code]!r}),\n"
        for pin, row in zip(pins, rows, strict=True)
    ]
    return _TESTS.format(cases="".join(cases))


def _readable(row: Mapping[str, object], hidden: frozenset[str]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in hidden | {"row_id"}}


def _literal(value: object) -> str:
    """Return Python for a value of a row; dates and times are written with `datetime`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_literal(one)}" for key, one in value.items()) + "}"
    if isinstance(value, float) and not math.isfinite(value):
        return f"float({str(value)!r})"
    return repr(value)


_INIT = '''"""Labeling functions, exported from Labelwright; they need nothing but Python."""

from . import _stand_ins

_stand_ins.install()

{imports}
CLASSES = {classes!r}
FUNCTIONS = {{
{entries}}}


class Row:
    """A row: `x.text`, `x["text"]`, `x.get("text")`, `"text" in x`, `x.to_dict()`."""

    def __init__(self, values):
        self.__dict__.update(values)

    def __getitem__(self, name):
        return self.__dict__[name]

    def __contains__(self, name):
        return name in self.__dict__

    def get(self, name, default=None):
        return self.__dict__.get(name, default)

    def to_dict(self):
        return dict(self.__dict__)


def vote(name, values):
    """Return the class that a function votes for on a row, a dict; None to abstain."""
    answer = FUNCTIONS[name](Row(values))
    if answer is None or isinstance(answer, str):
        return answer
    return None if answer == _stand_ins.ABSTAIN else CLASSES[int(answer)]
'''

_TESTS = '''"""The rows pinned to each function, with the vote they should get; None to abstain."""

import datetime  # noqa: F401 - rows may hold dates

import pytest

from labeling_functions import vote

PINNED = [
{cases}]


@pytest.mark.parametrize(("function", "row_id", "row", "wanted"), PINNED)
def test_pinned_row(function, row_id, row, wanted):
    assert vote(function, row) == wanted
'''
