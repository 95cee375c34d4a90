"""Finds the labeling functions in Python source by reading it; nothing here runs it."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labeling.errors import FunctionError
from labeling.kinds.kind import SOURCE_FILE

MOST_CHARACTERS = 500_000
DECORATOR = "labeling_function"

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Definition:
    """One labeling function in a source: the name it goes by, and its `def`."""

    name: str
    node: ast.FunctionDef
    decorator: ast.expr | None = None
    """Its `labeling_function` decorator, where it has one."""


def parsed(source: str) -> ast.Module:
    """Return the syntax tree of a source; raise FunctionError where it does not compile."""
    if len(source) > MOST_CHARACTERS:
        raise FunctionError(f"The source is longer than {MOST_CHARACTERS:,} characters.")
    try:
        tree = ast.parse(source, SOURCE_FILE)
        compile(tree, SOURCE_FILE, "exec", dont_inherit=True)
    except SyntaxError as error:
        line = error.lineno
        where = f"line {line}" if line else ""
        raise FunctionError(f"Not valid Python: {error.msg}.", where=where, line=line) from None
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise FunctionError(f"Not valid Python: {error or type(error).__name__}.") from None
    return tree


def definitions(tree: ast.Module) -> tuple[Definition, ...]:
    """Return the labeling functions of a source, in order.

    They are the decorated functions or, where none is decorated, all functions of one parameter
    whose names do not begin with an underscore. Raises FunctionError for one that cannot work, and
    for two of the same name.
    """
    decorated = tuple(_decorated(tree))
    found = decorated or tuple(_undecorated(tree))
    lines: dict[str, int] = {}
    for definition in found:
        line = definition.node.lineno
        if definition.name in lines:
            raise FunctionError(
                f"Two labeling functions are named {definition.name!r}: "
                f"on line {lines[definition.name]} and on line {line}.",
                remedy="Rename one of them.",
                line=line,
            )
        lines[definition.name] = line
    return found


def nothing_found(tree: ast.Module) -> FunctionError:
    """Return the error for a source without any labeling function."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Lambda):
            return FunctionError(
                f"The function on line {node.lineno} is a lambda.",
                remedy="Write it with `def`, so that its lines can be named.",
                line=node.lineno,
            )
    return FunctionError(
        "There is no labeling function here.",
        remedy="Write one as `def name(x):` that returns a class name, or ABSTAIN; "
        "x.text is the column named text.",
    )


def names_used(node: ast.AST) -> set[str]:
    """Return every name that is read anywhere inside a piece of code."""
    return {
        part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    }


def row_parameter(node: ast.FunctionDef) -> str:
    """Return the name of a function's first parameter, the row."""
    return (node.args.posonlyargs + node.args.args)[0].arg


def _decorated(tree: ast.Module) -> Iterator[Definition]:
    aliases = _decorator_names(tree)
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for decorator in node.decorator_list:
            if _is_ours(decorator, aliases):
                function = _usable(node)
                if not (node.args.posonlyargs or node.args.args):
                    raise FunctionError(
                        f"{node.name} on line {node.lineno} takes no row.",
                        remedy=f"Write it as `def {node.name}(x):`.",
                        line=node.lineno,
                    )
                yield Definition(_given_name(decorator) or node.name, function, decorator)
                break


def _undecorated(tree: ast.Module) -> Iterator[Definition]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("_") or not _takes_one(node.args):
            continue
        if _cannot_label(node) and _is_used_elsewhere(node, tree):
            continue
        yield Definition(node.name, _usable(node))


def _usable(node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.FunctionDef:
    """Return the function, or raise FunctionError where it can return no label."""
    reason = _cannot_label(node)
    if reason or isinstance(node, ast.AsyncFunctionDef):
        raise FunctionError(
            f"{node.name} on line {node.lineno} {reason}.",
            remedy="A labeling function is a plain `def` that returns one label.",
            line=node.lineno,
        )
    return node


def _cannot_label(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    if isinstance(node, ast.AsyncFunctionDef):
        return "is async"
    return "is a generator: it uses yield" if any(_yields(node.body)) else ""


def _yields(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """Find yields that belong to this function and not to one inside it."""
    pending = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            yield node
        if not isinstance(node, _SCOPES):
            pending.extend(ast.iter_child_nodes(node))


def _takes_one(arguments: ast.arguments) -> bool:
    positional = arguments.posonlyargs + arguments.args
    others = arguments.vararg or arguments.kwarg or arguments.kwonlyargs
    return len(positional) == 1 and not others


def _is_used_elsewhere(node: ast.FunctionDef | ast.AsyncFunctionDef, tree: ast.Module) -> bool:
    return any(node.name in names_used(other) for other in tree.body if other is not node)


def _decorator_names(tree: ast.Module) -> set[str]:
    """Return the names under which this source knows the decorator."""
    names = {DECORATOR}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            names |= {a.asname for a in node.names if a.name == DECORATOR and a.asname}
    return names


def _is_ours(decorator: ast.expr, names: set[str]) -> bool:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(function, ast.Attribute):
        return function.attr == DECORATOR
    return isinstance(function, ast.Name) and function.id in names


def _given_name(decorator: ast.expr) -> str | None:
    """Return the literal name in `@labeling_function(name="...")`."""
    if not isinstance(decorator, ast.Call):
        return None
    given = [keyword.value for keyword in decorator.keywords if keyword.arg == "name"]
    for value in [*decorator.args[:1], *given]:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return value.value.strip() or None
    return None
