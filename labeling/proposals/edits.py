"""Exceptions written into a labeling function: it is silent where a condition holds."""

import ast
import json

from labeling.errors import FunctionError
from labeling.functions import LabelingFunction
from labeling.kinds.keyword import KeywordParameters
from labeling.kinds.parameters import compiled_pattern
from labeling.kinds.regex import RegexParameters
from labeling.proposals.conditions import Condition, Shape, Threshold, Words, pattern_of_words


def without(function: LabelingFunction, condition: Condition) -> LabelingFunction | None:
    """Return the function as it abstains where `condition` holds; None where it cannot say so.

    A keyword function becomes a regular expression. A function is never run for this.
    """
    if function.kind == "python":
        return _python_without(function, condition)
    if function.kind in ("keyword", "regex") and not isinstance(condition, Threshold):
        return _pattern_without(function, condition)
    return None


def without_word(function: LabelingFunction, word: str) -> LabelingFunction | None:
    """Return a keyword function that looks for all its words but one; None where that is none."""
    parameters = KeywordParameters.from_source(function.source)
    left = tuple(one for one in parameters.words if one != word)
    if not left or parameters.match != "any":
        return None
    said = json.loads(function.source) | {"words": list(left)}
    return LabelingFunction(function.name, "keyword", json.dumps(said, ensure_ascii=False))


def _pattern_without(
    function: LabelingFunction, condition: Words | Shape
) -> LabelingFunction | None:
    said = json.loads(function.source)
    if said["column"] != condition.column or said.get("match", "any") != "any":
        return None
    # The exception ignores case wherever it was found to separate; the pattern itself may not.
    if said.get("match_case", False):
        return None
    own = said["pattern"] if function.kind == "regex" else pattern_of_words(function)
    pattern = rf"(?s)\A(?!.*{condition.pattern}).*?(?:{own})"
    try:
        compiled_pattern(pattern, match_case=False)
    except FunctionError:
        return None
    return LabelingFunction(
        function.name,
        "regex",
        RegexParameters(said["column"], pattern, said["label"]).to_source(),
    )


def _python_without(function: LabelingFunction, condition: Condition) -> LabelingFunction | None:
    """Put the exception before the first statement of the function's own body."""
    body = _body_of(function)
    if body is None:
        return None
    at, indent = body
    lines = function.source.splitlines(keepends=True)
    guard = [f"{indent}if {condition.python()}:\n", f"{indent}    return ABSTAIN\n"]
    if not isinstance(condition, Threshold):
        guard.insert(0, f"{indent}import re\n\n")
    lines[at:at] = guard
    return LabelingFunction(function.name, function.kind, "".join(lines))


def _body_of(function: LabelingFunction) -> tuple[int, str] | None:
    """Return where the body of the one plain function with a row `x` begins, and its indentation.

    None for factories, lambdas, one-liners and rows of another name: an edit there could be wrong.
    """
    try:
        tree = ast.parse(function.source)
    except SyntaxError:
        return None
    defined = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list
    ]
    if len(defined) != 1 or not defined[0].args.args or defined[0].args.args[0].arg != "x":
        return None
    first = defined[0].body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    if is_docstring and len(defined[0].body) > 1:
        first = defined[0].body[1]
    if first.lineno <= defined[0].lineno:
        return None
    line = function.source.splitlines()[first.lineno - 1]
    indent = line[: len(line) - len(line.lstrip())]
    if len(indent.encode()) != first.col_offset:  # it shares its line with something else
        return None
    return first.lineno - 1, indent
