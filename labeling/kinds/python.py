"""Labeling functions written in Python: `def name(x): return "spam" if "$" in x.text else ABSTAIN`.

The server only reads their source (`python_source`, `python_slice`, `python_row_use`); it is run
by `PythonKind.compile`, in a worker.
"""

import ast
import linecache
import sys
import types
from collections.abc import Sequence

from labeling.errors import FunctionError
from labeling.functions import LabelingFunction
from labeling.kinds import stand_ins
from labeling.kinds.kind import SOURCE_FILE, RowUse, Vote
from labeling.kinds.python_left_out import LeftOut, left_out, nothing_found
from labeling.kinds.python_returns import NOTES, noting, return_lines
from labeling.kinds.python_row_use import row_use
from labeling.kinds.python_slice import slice_for
from labeling.kinds.python_source import (
    Definition,
    definitions,
    names_used,
    parsed,
)
from labeling.votes import ABSTAIN

MODULE = "labeling_function_source"
"""The module that an author's code finds itself in."""


class PythonKind:
    """Functions written in Python."""

    def check(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> None:
        """Raise FunctionError unless the source compiles and defines the function."""
        _definition(function)

    def row_use(self, function: LabelingFunction, columns: Sequence[str]) -> RowUse:
        """Say which columns the source names, and whether rows may be kept."""
        return row_use(parsed(function.source), _definition(function), columns)

    def compile(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> Vote:
        """Run the source and return the function it defines. In a worker only."""
        return _run(function, _definition(function), function.source, {})

    def compile_noting(self, function: LabelingFunction, notes: memoryview) -> Vote:
        """Do the same for a function that notes its returns in `notes` (`return_lines`).

        One byte for each row of the run, and a last one for calls without a row of it.
        """
        tree = parsed(function.source)
        definition = _defined(function.name, tree)
        return _run(function, definition, noting(tree, definition), {NOTES: notes})


def _run(
    function: LabelingFunction,
    definition: Definition,
    source: str | ast.Module,
    names: dict[str, object],
) -> Vote:
    stand_ins.install()
    module = types.ModuleType(MODULE)
    module.__dict__.update(labeling_function=stand_ins.labeling_function, ABSTAIN=ABSTAIN, **names)
    sys.modules[MODULE] = module
    text = function.source
    linecache.cache[SOURCE_FILE] = (len(text), None, text.splitlines(True), SOURCE_FILE)
    code = compile(source, SOURCE_FILE, "exec", dont_inherit=True)
    exec(code, module.__dict__)  # noqa: S102 - what this process is for, after its lock-down
    made = module.__dict__.get(definition.variable)
    if isinstance(made, stand_ins.LabelingFunction):
        return made.vote
    if not callable(made):
        raise FunctionError(f"After the source ran, {definition.variable} is no function.")
    vote: Vote = made
    return vote


def python_functions(source: str, file_name: str) -> list[LabelingFunction]:
    """Return every labeling function of a Python file, each with the source it needs.

    They are the functions decorated with `@labeling_function` and the `LabelingFunction` objects
    that have a name of their own or, where there are neither, all top-level functions that can be
    called with a row alone and whose names do not begin with an underscore. Raises FunctionError,
    with the line, where the file is not valid or has none.
    """
    source = _with_plain_line_ends(source)
    try:
        tree = parsed(source)
        found = definitions(tree)
        if not found:
            raise nothing_found(tree)
    except FunctionError as error:
        where = file_name if error.line is None else f"{file_name}, line {error.line}"
        raise FunctionError(error.what, where=where, remedy=error.remedy, line=error.line) from None
    return [
        LabelingFunction(definition.name, "python", slice_for(source, tree, definition, found))
        for definition in found
    ]


def python_functions_left_out(source: str) -> list[LeftOut]:
    """Return what `python_functions` did not take from a file it could read, with the reasons."""
    tree = parsed(_with_plain_line_ends(source))
    return left_out(tree, definitions(tree))


def single_python_function(source: str) -> LabelingFunction:
    """Return the one labeling function in an editor's text; raise FunctionError otherwise.

    The source stays as written. Labeling functions that another one calls are its helpers.
    """
    source = _with_plain_line_ends(source)
    tree = parsed(source)
    found = definitions(tree)
    if not found:
        raise nothing_found(tree)
    top = [one for one in found if not any(_calls(other, one) for other in found)]
    if len(top) != 1:
        names = ", ".join(definition.name for definition in found)
        raise FunctionError(
            f"There are {len(found)} labeling functions here: {names}.",
            remedy="Keep one; begin the names of helper functions with an underscore.",
            line=found[-1].node.lineno,
        )
    return LabelingFunction(top[0].name, "python", source)


def _calls(caller: Definition, called: Definition) -> bool:
    return caller is not called and called.variable in names_used(caller.node)


def known_returns(function: LabelingFunction) -> tuple[int, ...] | None:
    """Return the lines of a Python function's own returns; None where they cannot be told apart."""
    tree = parsed(function.source)
    return return_lines(tree, _defined(function.name, tree))


def _definition(function: LabelingFunction) -> Definition:
    """Return the definition of this function in its own source."""
    return _defined(function.name, parsed(function.source))


def _defined(name: str, tree: ast.Module) -> Definition:
    found = definitions(tree)
    for definition in found:
        if definition.name == name:
            return definition
    if not found:
        raise nothing_found(tree)
    raise FunctionError(
        f"The source does not define {name!r}.",
        choices=[definition.name for definition in found],
    )


def _with_plain_line_ends(source: str) -> str:
    return source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
