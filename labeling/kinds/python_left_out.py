"""Says which functions of a source are no labeling functions of their own, and why."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labeling.errors import FunctionError
from labeling.kinds.python_makers import Function, Makers, makers_of
from labeling.kinds.python_source import (
    Definition,
    builds_unnamed,
    cannot_label,
    required_parameters,
    takes_a_row_alone,
)

_NAME_THEM = "assign each to a name of its own, such as `about_money = LabelingFunction(...)`"


@dataclass(frozen=True)
class LeftOut:
    """Something at the top level of a source that was not taken as a labeling function."""

    what: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what} is not taken: {self.reason}."


def left_out(tree: ast.Module, taken: Sequence[Definition]) -> list[LeftOut]:
    """Return every function at the top level that is not among the labeling functions.

    With it come the labeling functions that have no name of their own, such as those of a loop:
    how many there are and what they do shows only where the file runs, and it is never run here.
    """
    makers = makers_of(tree)
    unnamed = builds_unnamed(tree, makers)
    taken_nodes = {id(one.node) for one in taken}
    is_declared = bool(unnamed) or any(_is_declared(one) for one in taken)
    found = [
        LeftOut(node.name, node.lineno, _reason(node, makers, is_declared))
        for node in tree.body
        if isinstance(node, Function) and id(node) not in taken_nodes
    ]
    found += [
        LeftOut(name, line, "it is a lambda; write it with `def`") for name, line in _lambdas(tree)
    ]
    found += [
        LeftOut("what is built here", node.lineno, f"the file is read, not run; {_NAME_THEM}")
        for node in unnamed
    ]
    return sorted(found, key=lambda one: one.line)


def nothing_found(tree: ast.Module) -> FunctionError:
    """Return the error for a source without any labeling function."""
    for name, line in _lambdas(tree):
        return FunctionError(
            f"The function {name} on line {line} is a lambda.",
            remedy="Write it with `def`, so that its lines can be named.",
            line=line,
        )
    passed_over = left_out(tree, ())
    if passed_over:
        # What is built is nearer to a labeling function than the helpers that build it.
        unnamed = {node.lineno for node in builds_unnamed(tree, makers_of(tree))}
        first = next((one for one in passed_over if one.line in unnamed), passed_over[0])
        return FunctionError(
            f"There is no labeling function here; {first.what} on line {first.line} is not taken: "
            f"{first.reason}.",
            line=first.line,
        )
    return FunctionError(
        "There is no labeling function here.",
        remedy="Write one as `def name(x):` that returns a class name, or ABSTAIN; "
        "x.text is the column named text.",
    )


def _reason(node: Function, makers: Makers, is_declared: bool) -> str:
    """Say why a function is not taken; the first reason is the one to act on."""
    if node.name in makers.factories:
        return "it builds labeling functions and is none; " + _NAME_THEM
    if is_declared:
        return (
            "others here are marked by @labeling_function or LabelingFunction(...), and it is not"
        )
    if node.name.startswith("_"):
        return "its name begins with an underscore, as those of helpers do"
    if not takes_a_row_alone(node.args):
        return _parameters(node.args)
    if reason := cannot_label(node):
        return f"it {reason}"
    return "it has options and others here use it; decorate it with @labeling_function to take it"


def _parameters(arguments: ast.arguments) -> str:
    wanted = "a labeling function is called with one argument, the row"
    if arguments.vararg or arguments.kwarg:
        return f"it takes any number of arguments; {wanted}"
    required = required_parameters(arguments)
    if required == 1:
        return f"its first parameter is not the one it requires; {wanted}"
    return f"it requires {required} arguments; {wanted}"


def _is_declared(definition: Definition) -> bool:
    return definition.decorator is not None or not isinstance(definition.node, ast.FunctionDef)


def _lambdas(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in tree.body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name), *_], value=ast.Lambda())
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.Lambda())
            ):
                yield name, node.lineno
