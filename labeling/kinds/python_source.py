"""Finds the labeling functions in Python source by reading it; nothing here runs it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from labeling.errors import FunctionError
from labeling.kinds.kind import SOURCE_FILE
from labeling.kinds.python_makers import Function, Makers, makers_of, own_parts

MOST_CHARACTERS = 500_000


@dataclass(frozen=True)
class Definition:
    """One labeling function in a source: the name it goes by, and the statement that makes it.

    `variable` is the name the source binds it to. The statement is its `def`, or the assignment
    of an object that the source builds, such as `LabelingFunction(name="spam", f=lookup)`.
    """

    name: str
    variable: str
    node: ast.FunctionDef | ast.Assign | ast.AnnAssign
    decorator: ast.expr | None = None
    """The `labeling_function` decorator of a `def`, where it has one."""


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

    They are the decorated functions and the `LabelingFunction` objects that are assigned to a name
    or, where there are neither, all functions that can be called with a row alone and whose names
    do not begin with an underscore. Raises FunctionError for one that cannot work, and for two of
    the same name.
    """
    makers = makers_of(tree)
    found = tuple(_declared(tree, makers))
    if not found and not builds_unnamed(tree, makers):
        found = tuple(_undeclared(tree, makers))
    _refuse_twice([(one.name, one) for one in found])
    _refuse_twice([(one.variable, one) for one in found])
    return found


def builds_unnamed(tree: ast.Module, makers: Makers) -> list[ast.stmt]:
    """Return the statements that build labeling functions without a name of their own for each."""
    return [
        node
        for node in tree.body
        if makers.are_used_in(node) and not is_main_guard(node) and _built(node, makers) is None
    ]


def names_used(node: ast.AST) -> set[str]:
    """Return every name that is read anywhere inside a piece of code."""
    return {
        part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    }


def is_main_guard(node: ast.stmt) -> bool:
    """Say whether this is `if __name__ == "__main__":`, which never runs here."""
    return (
        isinstance(node, ast.If)
        and not node.orelse
        and ast.unparse(node.test).replace('"', "'") == "__name__ == '__main__'"
    )


def row_parameter(node: ast.FunctionDef) -> str:
    """Return the name of a function's first parameter, the row."""
    return (node.args.posonlyargs + node.args.args)[0].arg


def required_parameters(arguments: ast.arguments) -> int:
    """Return how many arguments a call cannot do without."""
    by_place = len(arguments.posonlyargs + arguments.args) - len(arguments.defaults)
    return by_place + sum(default is None for default in arguments.kw_defaults)


def takes_a_row_alone(arguments: ast.arguments) -> bool:
    """Say whether a function has one parameter, or others that all have defaults beside the row."""
    by_place = arguments.posonlyargs + arguments.args
    if arguments.vararg or arguments.kwarg:
        return False
    is_only_one = len(by_place) == 1 and not arguments.kwonlyargs
    return is_only_one or (
        required_parameters(arguments) == 1 and len(by_place) > len(arguments.defaults)
    )


def is_used_elsewhere(node: Function, tree: ast.Module) -> bool:
    """Say whether any other statement of the source mentions a function."""
    return any(node.name in names_used(other) for other in tree.body if other is not node)


def cannot_label(node: Function) -> str:
    """Say why a function can return no label, as the end of a sentence; nothing if it can."""
    if isinstance(node, ast.AsyncFunctionDef):
        return "is async"
    yields = any(isinstance(part, ast.Yield | ast.YieldFrom) for part in own_parts(node.body))
    return "is a generator: it uses yield" if yields else ""


def _declared(tree: ast.Module, makers: Makers) -> Iterator[Definition]:
    for node in tree.body:
        definition = (
            _decorated(node, makers) if isinstance(node, Function) else _built(node, makers)
        )
        if definition is not None:
            yield definition


def _decorated(node: Function, makers: Makers) -> Definition | None:
    decorator = next(filter(makers.is_decorator, node.decorator_list), None)
    if decorator is None:
        return None
    function = _usable(node)
    if not (node.args.posonlyargs or node.args.args):
        raise FunctionError(
            f"{node.name} on line {node.lineno} takes no row.",
            remedy=f"Write it as `def {node.name}(x):`.",
            line=node.lineno,
        )
    return Definition(_given_name(decorator) or node.name, node.name, function, decorator)


def _built(node: ast.stmt, makers: Makers) -> Definition | None:
    """Return the labeling function of `name = LabelingFunction(...)` or of a factory's call."""
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=variable)], value=ast.Call() as call)
            | ast.AnnAssign(target=ast.Name(id=variable), value=ast.Call() as call)
        ) if makers.makes(call):
            # A factory may do anything with the names it is given.
            given = None if makers.is_factory(call.func) else _given_name(call)
            return Definition(given or variable, variable, node)
        case _:
            return None


def _undeclared(tree: ast.Module, makers: Makers) -> Iterator[Definition]:
    for node in tree.body:
        if not isinstance(node, Function) or node.name in makers.factories:
            continue
        if node.name.startswith("_") or not takes_a_row_alone(node.args):
            continue
        if (cannot_label(node) or _has_options(node)) and is_used_elsewhere(node, tree):
            continue
        yield Definition(node.name, node.name, _usable(node))


def _has_options(node: Function) -> bool:
    """Say whether a function takes more than a row; others that use it may be what it is for."""
    return bool(node.args.defaults or node.args.kwonlyargs)


def _usable(node: Function) -> ast.FunctionDef:
    """Return the function, or raise FunctionError where it can return no label."""
    reason = cannot_label(node)
    if reason or isinstance(node, ast.AsyncFunctionDef):
        raise FunctionError(
            f"{node.name} on line {node.lineno} {reason}.",
            remedy="A labeling function is a plain `def` that returns one label.",
            line=node.lineno,
        )
    return node


def _refuse_twice(named: list[tuple[str, Definition]]) -> None:
    lines: dict[str, int] = {}
    for name, definition in named:
        line = definition.node.lineno
        if name in lines:
            raise FunctionError(
                f"Two labeling functions are named {name!r}: "
                f"on line {lines[name]} and on line {line}.",
                remedy="Rename one of them.",
                line=line,
            )
        lines[name] = line


def _given_name(maker: ast.expr) -> str | None:
    """Return the literal name in `@labeling_function(name="...")` or `LabelingFunction("...")`."""
    if not isinstance(maker, ast.Call):
        return None
    if isinstance(maker.func, ast.Call):  # labeling_function(name="...")(function)
        return _given_name(maker.func)
    given = [keyword.value for keyword in maker.keywords if keyword.arg == "name"]
    for value in [*maker.args[:1], *given]:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return value.value.strip() or None
    return None
