"""Which `return` of a Python function gave each answer: rewrites the function so that it notes it.

Each `return` of the labeling function itself first writes the number of its line beside the row's
vote, some 30 ns a row. Lines stay as they are, so that tracebacks do. Where something else than
the function may answer for it (a wrapper, an object, a preprocessor), its returns are not known.
"""

import ast

from labeling.kinds.python_makers import own_parts
from labeling.kinds.python_row_use import is_plain, sees_frames
from labeling.kinds.python_source import Definition, row_parameter

MOST_LINES = 254
NOTES = "_labelwright_notes"
"""The global that the rewritten function writes to: one byte a row, and a last one for no row."""
_ROW, _ANSWER = "_labelwright_row", "_labelwright_answer"


def return_lines(tree: ast.Module, definition: Definition) -> tuple[int, ...] | None:
    """Return the lines of a function's own returns, ascending; None where they are not known.

    A return on line `lines[i]` notes the number i + 1; 0 stays where none was reached, as at the
    end of the function.
    """
    function = definition.node
    if not isinstance(function, ast.FunctionDef) or not is_plain(function, definition.decorator):
        return None
    if sees_frames(tree):  # it could see what it did not write
        return None
    lines = _lines(function)
    return lines if 0 < len(lines) <= MOST_LINES else None


def noting(tree: ast.Module, definition: Definition) -> ast.Module:
    """Return the tree, changed so that the function notes its returns in the global `NOTES`."""
    function = definition.node
    if not isinstance(function, ast.FunctionDef):
        raise TypeError("only the returns of a `def` can be noted")
    numbers = {line: number for number, line in enumerate(_lines(function), 1)}
    _Rewriter(numbers).rewrite(function)
    start = 1 if ast.get_docstring(function, clean=False) is not None else 0
    function.body[start:start] = _prologue(function)
    return ast.fix_missing_locations(tree)


class _Rewriter(ast.NodeTransformer):
    """Replaces the returns of one function, and leaves those of functions inside of it alone."""

    def __init__(self, numbers: dict[int, int]) -> None:
        self._numbers = numbers

    def rewrite(self, function: ast.FunctionDef) -> None:
        function.body = [new for part in function.body for new in self._listed(part)]

    def visit_Return(self, node: ast.Return) -> list[ast.stmt]:
        """Answer into a variable, note the number, return the variable."""
        number = self._numbers[node.lineno]
        answer = node.value or ast.Constant(None)
        lines = [
            ast.Assign([ast.Name(_ANSWER, ast.Store())], answer),
            ast.Assign(
                [ast.Subscript(_name(NOTES), _name(_ROW), ast.Store())], ast.Constant(number)
            ),
            ast.Return(_name(_ANSWER)),
        ]
        return [_at(line, node) for line in lines]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """Leave it as it is."""
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AsyncFunctionDef:
        """Leave it as it is."""
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        """Leave it as it is."""
        return node

    def _listed(self, part: ast.stmt) -> list[ast.stmt]:
        new = self.visit(part)
        return new if isinstance(new, list) else [new]


def _prologue(function: ast.FunctionDef) -> list[ast.stmt]:
    """Return statements that find the row's place; called with something else, that is the last."""
    row = row_parameter(function)
    written = ast.parse(
        f"try:\n    {_ROW} = {row}._position\nexcept AttributeError:\n    {_ROW} = -1\n"
    )
    for part in ast.walk(written):
        if "lineno" in part._attributes:
            ast.copy_location(part, function)
    return written.body


def _lines(function: ast.FunctionDef) -> tuple[int, ...]:
    returns = (part for part in own_parts(function.body) if isinstance(part, ast.Return))
    return tuple(sorted({part.lineno for part in returns}))


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _at(new: ast.stmt, old: ast.stmt) -> ast.stmt:
    """Give a new statement and its parts the place of the old one, where they have none."""
    for part in ast.walk(new):
        if "lineno" in part._attributes and not hasattr(part, "lineno"):
            ast.copy_location(part, old)
    return new
