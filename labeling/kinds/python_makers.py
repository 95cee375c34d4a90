"""Knows what in a source makes labeling functions; nothing here runs it.

That is the decorator `labeling_function`, the class `LabelingFunction`, and the file's own
factories: functions that return what one of these made, such as `make_keyword_lf(words, label)`.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DECORATOR = "labeling_function"
CLASS = "LabelingFunction"

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Makers:
    """The names under which one source knows the decorator, the class and its own factories."""

    decorators: frozenset[str]
    classes: frozenset[str]
    factories: frozenset[str] = frozenset()

    def is_decorator(self, decorator: ast.expr) -> bool:
        """Say whether this is `labeling_function`, called or not."""
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        return _is_named(function, self.decorators, DECORATOR)

    def makes(self, value: ast.expr) -> bool:
        """Say whether computing this value makes one labeling function."""
        if not isinstance(value, ast.Call):
            return False
        function = value.func
        return (
            _is_named(function, self.classes, CLASS)
            or self.is_factory(function)
            or (isinstance(function, ast.Call) and self.is_decorator(function))
        )

    def is_factory(self, function: ast.expr) -> bool:
        """Say whether this names a function of the file that returns a labeling function."""
        return isinstance(function, ast.Name) and function.id in self.factories

    def are_used_in(self, statement: ast.stmt) -> bool:
        """Say whether a statement that is no definition makes labeling functions when it runs."""
        if isinstance(statement, Function | ast.ClassDef):
            return False
        return any(
            (isinstance(part, ast.expr) and self.makes(part))
            or (isinstance(part, Function) and any(map(self.is_decorator, part.decorator_list)))
            for part in own_parts([statement])
        )


def makers_of(tree: ast.Module) -> Makers:
    """Return what makes labeling functions in a source."""
    makers = Makers(_known_as(tree, DECORATOR), _known_as(tree, CLASS))
    while True:  # a factory may return what another one made
        factories = frozenset(
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and _returns_one(node, makers)
        )
        if factories == makers.factories:
            return makers
        makers = Makers(makers.decorators, makers.classes, factories)


def own_parts(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes of a function's body that belong to it and not to a function inside it."""
    pending = list(body)
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, SCOPES):
            pending.extend(ast.iter_child_nodes(node))


def _returns_one(function: ast.FunctionDef, makers: Makers) -> bool:
    """Say whether a function returns a labeling function, made in the return or before it."""
    made = set(_made_inside(function, makers))
    returned = [part.value for part in own_parts(function.body) if isinstance(part, ast.Return)]
    return any(
        value is not None
        and (makers.makes(value) or (isinstance(value, ast.Name) and value.id in made))
        for value in returned
    )


def _made_inside(function: ast.FunctionDef, makers: Makers) -> Iterator[str]:
    for part in own_parts(function.body):
        if isinstance(part, ast.FunctionDef) and any(map(makers.is_decorator, part.decorator_list)):
            yield part.name
        elif isinstance(part, ast.Assign) and makers.makes(part.value):
            yield from (target.id for target in part.targets if isinstance(target, ast.Name))


def _known_as(tree: ast.Module, name: str) -> frozenset[str]:
    imported = (
        alias.asname
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == name and alias.asname
    )
    return frozenset({name, *imported})


def _is_named(function: ast.expr, names: frozenset[str], attribute: str) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr == attribute
    return isinstance(function, ast.Name) and function.id in names
