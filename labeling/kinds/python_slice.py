"""Cuts from a file the part that one labeling function needs, so that it stands alone.

Editing one function of a file must not change the version of another. So each gets the file's
imports, constants, classes, helpers and other top-level statements, in their order and with their
comments, without

- the other labeling functions, and whatever builds more of them or is about them
  (`lfs = [first, second]`), unless this function refers to it,
- what it certainly does not need: helpers, constants and well-known imports that nothing kept
  refers to, and `if __name__ == "__main__":`.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labeling.kinds.python_makers import makers_of
from labeling.kinds.python_source import Definition, is_main_guard, names_used

_QUIET_IMPORTS = sys.stdlib_module_names | {"snorkel", "labelwright", "numpy", "pandas"}
"""Importing these changes nothing else, so one that is not used need not be kept."""
_QUIET_BASES = {"object", "str", "int", "Enum", "IntEnum", "StrEnum", "NamedTuple", "TypedDict"}
_LOOKS_AROUND = {"globals", "locals", "vars", "eval", "exec", "__import__"}
"""Code that names these may use any name without writing it."""


@dataclass(frozen=True)
class _Statement:
    """One top-level statement, or several that share a line.

    `text` has the comments before it, `gap` is how many empty lines stood before those. `binds`
    are names it defines or changes, `uses` names it reads. A quiet one does nothing but bind.
    """

    text: str
    gap: int
    binds: frozenset[str]
    uses: frozenset[str]
    is_quiet: bool
    is_definition: bool
    builds_functions: bool
    always: bool


def slice_for(
    source: str, tree: ast.Module, wanted: Definition, all_of_them: Sequence[Definition]
) -> str:
    """Return the source of one labeling function of a file, without the others."""
    statements = list(_statements(source, tree))
    functions = {definition.variable for definition in all_of_them}
    about = _about_functions(statements, functions)
    keep_all = any(statement.uses & _LOOKS_AROUND for statement in statements)
    needed = {wanted.variable}
    kept: set[int] = set()
    grew = True
    while grew:
        grew = False
        for number, statement in enumerate(statements):
            if number in kept:
                continue
            is_other = number in about
            loud = statement.always or (not is_other and (keep_all or not statement.is_quiet))
            if loud or statement.binds & needed:
                kept.add(number)
                needed |= statement.uses
                grew = True
    return _joined([statement for number, statement in enumerate(statements) if number in kept])


def _about_functions(statements: Sequence[_Statement], functions: set[str]) -> set[int]:
    """Return the statements that define labeling functions or compute with them."""
    about = {number for number, statement in enumerate(statements) if statement.builds_functions}
    names = set(functions).union(*(statements[number].binds for number in about))
    grew = True
    while grew:
        grew = False
        for number, statement in enumerate(statements):
            if number in about:
                continue
            computes = statement.uses & names and not statement.is_definition
            if computes or statement.binds & functions:
                about.add(number)
                names |= statement.binds
                grew = True
    return about


def _joined(statements: Sequence[_Statement]) -> str:
    parts: list[str] = []
    for statement in statements:
        parts.append("\n" * min(statement.gap, 2) if parts else "")
        parts.append(statement.text + "\n")
    return "".join(parts)


def _statements(source: str, tree: ast.Module) -> Iterator[_Statement]:
    """Yield the top-level statements with the comments before each."""
    lines = source.split("\n")
    makers = makers_of(tree)
    end_before = 0
    for group in _groups(tree.body):
        start = min(_first_line(node) for node in group)
        end = max(node.end_lineno or node.lineno for node in group)
        above = lines[end_before : start - 1]
        gap = next((n for n, line in enumerate(above) if line.strip()), len(above))
        text = "\n".join(line.rstrip() for line in above[gap:]).rstrip("\n")
        inner_gap = "\n" if text and above and not above[-1].strip() else ""
        body = "\n".join(lines[start - 1 : end])
        end_before = end
        if any(is_main_guard(node) for node in group):
            continue
        yield _Statement(
            text=f"{text}\n{inner_gap}{body}" if text else body,
            gap=gap,
            binds=frozenset().union(*map(_binds, group)),
            uses=frozenset().union(*map(names_used, group)),
            is_quiet=all(map(_is_quiet, group)),
            is_definition=all(isinstance(n, ast.FunctionDef | ast.ClassDef) for n in group),
            builds_functions=any(map(makers.are_used_in, group)),
            always=any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in group),
        )


def _groups(body: Sequence[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """Yield statements one by one, those that share a line together."""
    group: list[ast.stmt] = []
    for node in body:
        if group and _first_line(node) > (group[-1].end_lineno or group[-1].lineno):
            yield group
            group = []
        group.append(node)
    if group:
        yield group


def _first_line(node: ast.stmt) -> int:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return node.lineno


def _binds(node: ast.stmt) -> set[str]:
    """Return the names a statement defines, or whose value it changes."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    bound = set()
    inside = _bound_inside(node)
    for part in ast.walk(node):
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(part.name)
        elif isinstance(part, ast.alias):
            bound.add((part.asname or part.name).partition(".")[0])
        elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store | ast.Del):
            bound.update([part.id] if id(part) not in inside else [])
        elif isinstance(part, ast.Attribute | ast.Subscript) and (
            isinstance(part.ctx, ast.Store | ast.Del)
        ):
            bound.add(_root(part))
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            bound.add(_root(part.func))  # such as WORDS.append("free")
    return bound - {""}


def _bound_inside(node: ast.stmt) -> set[int]:
    """Return the variables of comprehensions, which nobody outside of them sees."""
    comprehensions = (part for part in ast.walk(node) if isinstance(part, ast.comprehension))
    return {
        id(name)
        for one in comprehensions
        for name in ast.walk(one.target)
        if isinstance(name, ast.Name)
    }


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_quiet(node: ast.stmt) -> bool:
    """Say whether leaving a statement out changes nothing but the names it binds."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return not node.decorator_list and _is_quiet_definition(node)
        case ast.Import() | ast.ImportFrom():
            return _is_quiet_import(node)
        case ast.Assign(targets=targets, value=value):
            is_plain = all(isinstance(target, ast.Name | ast.Tuple) for target in targets)
            return is_plain and _is_quiet_value(value)
        case ast.AnnAssign(target=ast.Name(), value=value):
            return value is None or _is_quiet_value(value)
        case _:
            return isinstance(node, ast.Pass) or (
                isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            )


def _is_quiet_definition(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    if isinstance(node, ast.ClassDef):
        bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
        is_plain = len(bases) == len(node.bases) and bases <= _QUIET_BASES and not node.keywords
        return is_plain and all(map(_is_quiet, node.body))
    defaults = [*node.args.defaults, *(value for value in node.args.kw_defaults if value)]
    return all(map(_is_quiet_value, defaults))


def _is_quiet_import(node: ast.Import | ast.ImportFrom) -> bool:
    names = [alias.name for alias in node.names]
    modules = names if isinstance(node, ast.Import) else ["." * node.level + (node.module or "")]
    return "*" not in names and all(
        module.partition(".")[0] in _QUIET_IMPORTS for module in modules
    )


_QUIET_VALUES = (
    *(ast.Constant, ast.Name, ast.Attribute, ast.List, ast.Tuple, ast.Set, ast.Dict),
    *(ast.UnaryOp, ast.BinOp, ast.JoinedStr, ast.FormattedValue, ast.keyword),
    *(ast.operator, ast.unaryop, ast.expr_context),
)
_QUIET_CALLS = {"re.compile", "set", "frozenset", "dict", "list", "tuple", "sorted", "range"}


def _is_quiet_value(node: ast.expr) -> bool:
    """Say whether computing a value can have no effect worth keeping."""
    return all(
        isinstance(part, _QUIET_VALUES)
        or (isinstance(part, ast.Call) and ast.unparse(part.func) in _QUIET_CALLS)
        for part in ast.walk(node)
    )
