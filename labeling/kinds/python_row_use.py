"""Reads from a Python function which columns it uses and whether it may keep its row.

One row object can serve for all rows only where the function does nothing with it but read
columns. Whatever is not certainly that counts as keeping it: it costs some 60 ns a row, a wrong
guess would change votes.
"""

import ast
from collections.abc import Sequence

from labeling.execution.row import Row
from labeling.kinds.kind import RowUse
from labeling.kinds.python_source import Definition, row_parameter

_EAGER = {"any", "all", "sum", "min", "max", "len", "list", "set", "tuple", "sorted", "join"}
"""These use up a generator before they return."""
_SEES_FRAMES = {"locals", "vars", "eval", "exec", "_getframe", "currentframe", "stack"}
_KEEPS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)

Parents = dict[ast.AST, ast.AST]


def row_use(tree: ast.Module, definition: Definition, columns: Sequence[str]) -> RowUse:
    """Return how a labeling function uses its row."""
    named = {part.attr for part in ast.walk(tree) if isinstance(part, ast.Attribute)}
    named |= {
        part.value
        for part in ast.walk(tree)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    used = tuple(column for column in columns if column in named)
    return RowUse(used, keeps_row=_may_keep(tree, definition))


def _may_keep(tree: ast.Module, definition: Definition) -> bool:
    function = definition.node
    if not isinstance(function, ast.FunctionDef):  # an object: what gets the row is not in sight
        return True
    if not is_plain(function, definition.decorator) or sees_frames(tree):
        return True
    row = row_parameter(function)
    parents: Parents = {
        child: parent for parent in ast.walk(function) for child in ast.iter_child_nodes(parent)
    }
    uses = (n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == row)
    return any(not _only_reads(use, parents, function) for use in uses)


def is_plain(function: ast.FunctionDef, decorator: ast.expr | None) -> bool:
    """Say whether nothing but the function itself gets the row: no preprocessor, no wrapper."""
    decorators = function.decorator_list
    if decorator is None:
        return not decorators
    keywords = (
        {keyword.arg for keyword in decorator.keywords}
        if isinstance(decorator, ast.Call)
        else set()
    )
    positional = len(decorator.args) if isinstance(decorator, ast.Call) else 0
    return len(decorators) == 1 and keywords <= {"name", "resources"} and positional <= 2


def sees_frames(tree: ast.Module) -> bool:
    """Say whether the source may look at the variables of a running function."""
    return any(
        (isinstance(part, ast.Name) and part.id in _SEES_FRAMES)
        or (isinstance(part, ast.Attribute) and part.attr in _SEES_FRAMES)
        for part in ast.walk(tree)
    )


def _only_reads(use: ast.Name, parents: Parents, function: ast.FunctionDef) -> bool:
    """Say whether this mention of the row does no more than read a column of it."""
    if not isinstance(use.ctx, ast.Load) or _is_captured(use, parents, function):
        return False
    parent = parents[use]
    match parent:
        case ast.Attribute(attr=name, ctx=ast.Load()):
            grandparent = parents[parent]
            is_called = isinstance(grandparent, ast.Call) and grandparent.func is parent
            return is_called or not hasattr(Row, name)
        case ast.Subscript(value=value, ctx=ast.Load()):
            return value is use
        case ast.Compare(left=left):
            operators = (ast.In, ast.NotIn)
            return left is not use and all(isinstance(op, operators) for op in parent.ops)
        case _:
            return False


def _is_captured(use: ast.Name, parents: Parents, function: ast.FunctionDef) -> bool:
    """Say whether something that may outlive the call holds the row."""
    node: ast.AST = use
    while (parent := parents[node]) is not function:
        if isinstance(parent, _KEEPS):
            return True
        if isinstance(parent, ast.GeneratorExp) and not _is_used_up(parent, parents):
            return True
        node = parent
    return False


def _is_used_up(generator: ast.GeneratorExp, parents: Parents) -> bool:
    call = parents[generator]
    if not isinstance(call, ast.Call):
        return False
    name = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
    return name in _EAGER
