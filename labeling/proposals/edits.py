"""Exceptions written into a labeling function: it is silent where a condition holds."""

import ast
import json
from collections.abc import Callable, Mapping

from labeling.errors import FunctionError
from labeling.functions import LabelingFunction
from labeling.kinds import rule_conditions
from labeling.kinds.keyword import KeywordParameters
from labeling.kinds.regex import RegexParameters
from labeling.kinds.rule import Rule
from labeling.kinds.rule_conditions import All, Node, Not
from labeling.proposals.conditions import Condition, Shape, Threshold, Words


def without(function: LabelingFunction, condition: Condition) -> LabelingFunction | None:
    """Return the function as it abstains where `condition` holds; None where it cannot say so.

    Keywords and patterns become a rule. A function is never run for this.
    """
    if function.kind == "python":
        return _python_without(function, condition)
    if function.kind in _WHEN:
        return _rule_without(function, condition)
    return None


def without_word(function: LabelingFunction, word: str) -> LabelingFunction | None:
    """Return a keyword function that looks for all its words but one; None where that is none."""
    parameters = KeywordParameters.from_source(function.source)
    left = tuple(one for one in parameters.words if one != word)
    if not left or parameters.match != "any":
        return None
    said = json.loads(function.source) | {"words": list(left)}
    return LabelingFunction(function.name, "keyword", json.dumps(said, ensure_ascii=False))


def _rule_without(function: LabelingFunction, condition: Condition) -> LabelingFunction | None:
    """Return the rule that says: what the function looks for, and not the condition."""
    exception = _as_rule(condition)
    if exception is None:
        return None
    when, label = _WHEN[function.kind](function.source)
    parts = when.parts if isinstance(when, All) else (when,)
    edited = Rule(All((*parts, Not(exception))), label).to_source()
    try:
        Rule.from_source(edited)
    except FunctionError:  # it has as many conditions as a rule can have
        return None
    return LabelingFunction(function.name, "rule", edited)


def _of_keywords(source: str) -> tuple[Node, str]:
    of = KeywordParameters.from_source(source)
    words = rule_conditions.Words(of.column, of.words, of.match, of.whole_word, of.match_case)
    return words, of.label


def _of_pattern(source: str) -> tuple[Node, str]:
    of = RegexParameters.from_source(source)
    return rule_conditions.Pattern(of.column, of.pattern, of.match_case), of.label


def _of_rule(source: str) -> tuple[Node, str]:
    of = Rule.from_source(source)
    return of.when, of.label


_WHEN: Mapping[str, Callable[[str], tuple[Node, str]]] = {
    "keyword": _of_keywords,
    "regex": _of_pattern,
    "rule": _of_rule,
}
"""What functions without code look for, as a rule says it, and the class they vote for."""


def _as_rule(condition: Condition) -> Node | None:
    """Return a condition as a rule has it; None where a rule cannot say it."""
    match condition:
        case Words(column, words):
            return rule_conditions.Words(column, (words,))
        case Shape(column, pattern):
            return rule_conditions.Pattern(column, pattern)
        case Threshold(column, sign, limit, of_text=False):
            value = int(limit) if limit == int(limit) else limit
            return rule_conditions.Comparison(column, sign, (value,))
        case _:
            return None


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
