"""What a rule is made of: conditions on one column each, and the groups that join them.

Each reads itself from JSON, strictly, and writes itself back. `CONDITIONS` and `GROUPS` name the
JSON key that tells each apart from the others.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from labeling.errors import FunctionError
from labeling.kinds.keyword import KeywordParameters, check_words
from labeling.kinds.parameters import compiled_pattern, flag_parameter, text_parameter

MOST_CONDITIONS = 500
MOST_LEVELS = 20
MOST_VALUES = 10_000

Scalar = str | int | float | bool

ORDERS = ("<", "<=", ">", ">=")
TESTS: Mapping[str, int | None] = {
    "=": 1, "!=": 1, **dict.fromkeys(ORDERS, 1), "between": 2, "one of": None, "empty": 0
}  # fmt: skip
"""How many values each comparison takes; None for one or more."""


@dataclass(frozen=True)
class Words:
    """A column contains words, as those of a keyword function."""

    column: str
    words: tuple[str, ...]
    match: Literal["any", "all"] = "any"
    whole_word: bool = True
    match_case: bool = False

    def __post_init__(self) -> None:
        text_parameter("rule", "column", self.column)
        check_words("rule", self.words, self.match)
        flag_parameter("rule", "whole_word", self.whole_word)
        flag_parameter("rule", "match_case", self.match_case)

    def keywords(self, label: str) -> KeywordParameters:
        """Return the keyword function that votes for `label` where this condition holds."""
        return KeywordParameters(
            self.column, self.words, label, self.match, self.whole_word, self.match_case
        )


@dataclass(frozen=True)
class Pattern:
    """A pattern of Python's `re` matches somewhere in a column."""

    column: str
    pattern: str
    match_case: bool = False

    def __post_init__(self) -> None:
        text_parameter("rule", "column", self.column)
        text_parameter("rule", "pattern", self.pattern)
        flag_parameter("rule", "match_case", self.match_case)
        compiled_pattern(self.pattern, match_case=self.match_case)


@dataclass(frozen=True)
class Comparison:
    """A column beside values: all numbers, or all texts, which the column is then read as.

    An empty cell equals nothing and is in no order, so that only `empty` and `!=` hold for it.
    """

    column: str
    test: str
    values: tuple[Scalar, ...] = ()

    def __post_init__(self) -> None:
        text_parameter("rule", "column", self.column)
        if self.test not in TESTS:
            raise FunctionError(f"Unknown comparison {self.test!r}.", choices=tuple(TESTS))
        self._check_count()
        for value in self.values:
            _check_value(value)
        if self.values and len({isinstance(value, str) for value in self.values}) > 1:
            raise FunctionError("The values of a comparison are either all texts or all numbers.")
        if self.test == "between" and self.values[0] > self.values[1]:  # type: ignore[operator]
            raise FunctionError(f"Nothing is between {self.values[0]!r} and {self.values[1]!r}.")

    def _check_count(self) -> None:
        wanted, given = TESTS[self.test], len(self.values)
        if wanted is None and not 1 <= given <= MOST_VALUES:
            raise FunctionError(f"'one of' takes 1 to {MOST_VALUES:,} values, and has {given}.")
        if wanted is not None and given != wanted:
            raise FunctionError(f"{self.test!r} takes {wanted} value(s), and has {given}.")

    @property
    def of_texts(self) -> bool:
        """Whether the column is compared as text."""
        return isinstance(self.values[0], str) if self.values else False


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Node"


Condition = Words | Pattern | Comparison
Node = Condition | All | AnyOf | Not


def conditions(node: Node) -> Iterator[Condition]:
    """Yield the conditions of a tree, in the order they are written."""
    match node:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from conditions(part)
        case Not(part):
            yield from conditions(part)
        case _:
            yield node


def node_from_json(value: object, where: str = "when", level: int = 1) -> Node:
    """Return the tree in a JSON value; a FunctionError says where in it something is wrong."""
    if level > MOST_LEVELS:
        raise FunctionError(f"A rule has at most {MOST_LEVELS} levels of groups.", where=where)
    if not isinstance(value, dict):
        raise FunctionError("A condition or group is a JSON object, {...}.", where=where)
    keys = [key for key in _READ if key in value]
    if len(keys) != 1:
        raise FunctionError("It must have one of these keys.", where=where, choices=tuple(_READ))
    return _READ[keys[0]](value, where, level)


def node_to_json(node: Node) -> dict[str, Any]:
    """Return a tree as JSON values, every parameter named."""
    match node:
        case All(parts):
            return {"all": [node_to_json(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [node_to_json(part) for part in parts]}
        case Not(part):
            return {"not": node_to_json(part)}
        case Comparison(column, test, values):
            said: dict[str, Any] = {"column": column, "is": test}
            if TESTS[test] == 1:
                said["value"] = values[0]
            elif values:
                said["value"] = list(values)
            return said
        case _:
            return dataclasses.asdict(node) | (
                {"words": list(node.words)} if isinstance(node, Words) else {}
            )


def _group(key: str, make: Callable[[tuple[Node, ...]], Node]) -> Callable[..., Node]:
    def read(value: dict[str, Any], where: str, level: int) -> Node:
        _check_keys(value, {key}, where)
        parts = value[key]
        if not isinstance(parts, list) or not parts:
            raise FunctionError("The group is empty.", where=where, remedy="Give it a condition.")
        return make(
            tuple(
                node_from_json(part, _numbered(where, number), level + 1)
                for number, part in enumerate(parts, 1)
            )
        )

    return read


def _negation(value: dict[str, Any], where: str, level: int) -> Node:
    _check_keys(value, {"not"}, where)
    return Not(node_from_json(value["not"], where, level + 1))


def _numbered(where: str, number: int) -> str:
    """Return the place of a part: condition 3.1 is the first of the third one's parts."""
    return f"condition {number}" if where == "when" else f"{where}.{number}"


def _comparison(value: dict[str, Any], where: str, _level: int) -> Node:
    _check_keys(value, {"column", "is", "value"}, where)
    test, given = value["is"], value.get("value")
    if not isinstance(test, str):
        raise FunctionError("'is' names a comparison.", where=where, choices=tuple(TESTS))
    values = given if isinstance(given, list) else [] if given is None else [given]
    return _made(lambda: Comparison(value.get("column"), test, tuple(values)), where)  # type: ignore[arg-type]


def _words(value: dict[str, Any], where: str, _level: int) -> Node:
    _check_keys(value, {field.name for field in dataclasses.fields(Words)}, where)
    words = value["words"]
    given = {"column": None} | value
    return _made(
        lambda: Words(**given | {"words": tuple(words) if isinstance(words, list) else words}),
        where,
    )


def _pattern(value: dict[str, Any], where: str, _level: int) -> Node:
    _check_keys(value, {field.name for field in dataclasses.fields(Pattern)}, where)
    return _made(lambda: Pattern(**{"column": None} | value), where)


_READ: Mapping[str, Callable[[dict[str, Any], str, int], Node]] = {
    "all": _group("all", All),
    "any": _group("any", AnyOf),
    "not": _negation,
    "words": _words,
    "pattern": _pattern,
    "is": _comparison,
}


def _made(make: Callable[[], Node], where: str) -> Node:
    try:
        return make()
    except FunctionError as error:
        raise FunctionError(
            error.what, where=where, choices=error.choices, remedy=error.remedy
        ) from None


def _check_keys(value: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in value:
        if key not in known:
            raise FunctionError(
                f"There is no {key!r} here.", where=where, choices=tuple(sorted(known))
            )


def _check_value(value: object) -> None:
    if isinstance(value, str) and value.strip():
        return
    if isinstance(value, bool) or (isinstance(value, int | float) and abs(value) < float("inf")):
        return
    raise FunctionError("A value of a comparison is a text that is not empty, or a number.")


def check_size(parts: Sequence[Condition]) -> None:
    """Raise FunctionError for a rule of more conditions than anybody reads."""
    if len(parts) > MOST_CONDITIONS:
        raise FunctionError(f"A rule has at most {MOST_CONDITIONS} conditions.")
