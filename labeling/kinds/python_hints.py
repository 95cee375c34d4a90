"""What is probably a slip in a Python function, read from its source while it is written.

Nothing here is an error: the function can be saved and run all the same. So a hint is given only
where the source leaves no doubt.
"""

import ast
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from labeling.execution.row import Row
from labeling.functions import LabelingFunction
from labeling.kinds.python_makers import own_parts
from labeling.kinds.python_row_use import is_plain
from labeling.kinds.python_source import (
    Definition,
    definitions,
    is_used_elsewhere,
    parsed,
    row_parameter,
)
from labeling.tasks.classification import Classification, InvalidLabelError
from labeling.votes import ABSTAIN

_SHOWN_COLUMNS = 12


@dataclass(frozen=True)
class Hint:
    """A remark on a stretch of one line; `line` counts from 1, characters from 0."""

    line: int
    column: int
    end_column: int
    message: str


def python_hints(
    function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
) -> tuple[Hint, ...]:
    r"""Return hints on a Python function that is valid as written, by line.

    >>> source = "def f(x):\n    return 'spma' if 'a' in x.txt else None\n"
    >>> for hint in python_hints(LabelingFunction("f", "python", source), ["text"], ["spam"]):
    ...     print(hint.line, hint.column, hint.message)
    2 11 'spma' is no class, and an error on each row. Did you mean 'spam'?
    2 28 There is no column 'txt'. Did you mean 'text'?
    """
    tree = parsed(function.source)
    found = definitions(tree)
    definition = next((one for one in found if one.name == function.name), None)
    if definition is None or not isinstance(definition.node, ast.FunctionDef):
        return ()
    lines = function.source.split("\n")
    given = [
        *_unknown_columns(definition, definition.node, columns),
        *_no_classes(definition.node, _constants(tree), classes),
        *_never_votes(definition.node, _constants(tree)),
        *_unused(tree, {one.variable for one in found}),
    ]
    hints = (_hint(node, message, lines) for node, message in given)
    return tuple(sorted(hints, key=lambda hint: (hint.line, hint.column)))


_Marked = ast.expr | ast.FunctionDef
_Given = Iterator[tuple[_Marked, str]]
_Constants = Mapping[str, object]


def _unknown_columns(
    definition: Definition, function: ast.FunctionDef, columns: Sequence[str]
) -> _Given:
    """Yield `x.column` and `x["column"]` of columns that are not there."""
    row = row_parameter(function)
    if not is_plain(function, definition.decorator) or _is_changed(function, row):
        return
    for part in ast.walk(function):
        match part:
            case ast.Attribute(value=ast.Name(id=name), attr=column) if name == row:
                is_known = column in columns or hasattr(Row, column)
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(column))) if (
                name == row
            ):
                is_known = column in columns
            case _:
                continue
        if not is_known:
            yield part, f"There is no column {column!r}. {_instead(column, columns)}"


def _is_changed(function: ast.FunctionDef, row: str) -> bool:
    """Say whether the row's name stands for something else by then, or gets attributes."""
    return any(
        (isinstance(part, ast.Name) and part.id == row and not isinstance(part.ctx, ast.Load))
        or (isinstance(part, ast.arg) and part.arg == row and part not in function.args.args[:1])
        or (isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store))
        for part in ast.walk(function)
    )


def _no_classes(function: ast.FunctionDef, constants: _Constants, classes: Sequence[str]) -> _Given:
    """Yield what is returned as written and is neither class nor abstain."""
    task = Classification(classes)
    for node in _answers(function):
        known, value = _value(node, constants)
        if not known:
            continue
        try:
            task.encode(value)
        except InvalidLabelError:
            named = str(value) if isinstance(value, str) else ""
            yield (
                node,
                f"{value!r} is no class, and an error on each row. {_instead(named, classes)}",
            )


def _never_votes(function: ast.FunctionDef, constants: _Constants) -> _Given:
    """Yield the function where each of its answers is an abstain."""
    values = [_value(node, constants) for node in _answers(function)]
    if all(known and value in (None, ABSTAIN) for known, value in values):
        yield function, f"{function.name} never votes: it returns no class."


def _unused(tree: ast.Module, labeling_functions: set[str]) -> _Given:
    """Yield the helpers that nothing mentions."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.decorator_list:
            continue
        if node.name not in labeling_functions and not is_used_elsewhere(node, tree):
            yield node, f"{node.name} is not used."


def _answers(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """Yield what the returns of a function give, each branch of `a if b else c`."""
    for part in own_parts(function.body):
        if isinstance(part, ast.Return) and part.value is not None:
            yield from _branches(part.value)


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def _value(node: ast.expr, constants: _Constants) -> tuple[bool, object]:
    """Return whether a value can be told from the source, and the value."""
    if isinstance(node, ast.Name):
        return node.id in constants, constants.get(node.id)
    if not isinstance(node, ast.Constant | ast.UnaryOp):
        return False, None
    try:
        return True, ast.literal_eval(node)
    except ValueError:
        return False, None


def _constants(tree: ast.Module) -> dict[str, object]:
    """Return the names that stand for one value from beginning to end."""
    bound = [
        part.id
        for part in ast.walk(tree)
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
    ]
    bound += [part.arg for part in ast.walk(tree) if isinstance(part, ast.arg)]
    found: dict[str, object] = {} if "ABSTAIN" in bound else {"ABSTAIN": ABSTAIN}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if bound.count(name) == 1:
                known, constant = _value(value, {})
                if known:
                    found[name] = constant
    return found


def _instead(name: str, choices: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, choices, n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    more = ", ..." if len(choices) > _SHOWN_COLUMNS else ""
    return f"Valid choices: {', '.join(choices[:_SHOWN_COLUMNS])}{more}."


def _hint(node: _Marked, message: str, lines: Sequence[str]) -> Hint:
    """Return a hint on a node, or on the first line of one that has several."""
    if isinstance(node, ast.FunctionDef):
        start = node.col_offset + len("def ")
        return Hint(node.lineno, start, start + len(node.name), message)
    line = lines[node.lineno - 1].encode()
    end = node.end_col_offset if node.end_lineno == node.lineno else None
    return Hint(
        node.lineno, len(line[: node.col_offset].decode()), len(line[:end].decode()), message
    )
