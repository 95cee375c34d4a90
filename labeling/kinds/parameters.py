"""Reads the JSON source of pattern functions into frozen dataclasses, strictly."""

import dataclasses
import json
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from labeling.errors import FunctionError

P = TypeVar("P")
SHOWN_PATTERN = 80
"""Characters of a pattern that a message repeats."""


def read_parameters(source: str, kind: str, parameters: type[P]) -> dict[str, Any]:
    """Return the JSON object in `source` after checking that it has just these parameters."""
    try:
        values = json.loads(source)
    except RecursionError:
        raise FunctionError(f"This {kind} function is nested too deeply.") from None
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise FunctionError(f"This {kind} function is no valid JSON: {error}.", line=line) from None
    if not isinstance(values, dict):
        raise FunctionError(f"A {kind} function is a JSON object, {{...}}.")
    fields = dataclasses.fields(parameters)  # type: ignore[arg-type]
    names = [field.name for field in fields]
    for name in values:
        if name not in names:
            raise FunctionError(f"A {kind} function has no parameter {name!r}.", choices=names)
    for field in fields:
        if field.name not in values and field.default is dataclasses.MISSING:
            raise FunctionError(f"The {kind} function lacks the parameter {field.name!r}.")
    return values


def text_parameter(kind: str, name: str, value: object) -> str:
    """Return a parameter that must be a text with something in it."""
    if not isinstance(value, str) or not value.strip():
        raise FunctionError(f"{name!r} of a {kind} function must be a text that is not empty.")
    return value


def flag_parameter(kind: str, name: str, value: object) -> bool:
    """Return a parameter that must be true or false."""
    if not isinstance(value, bool):
        raise FunctionError(f"{name!r} of a {kind} function must be true or false.")
    return value


def check_choice(what: str, value: str, choices: Sequence[str]) -> None:
    """Raise FunctionError unless `value` is one of the choices."""
    if value not in choices:
        raise FunctionError(f"Unknown {what} {value!r}.", choices=tuple(choices))


def compiled_pattern(pattern: str, *, match_case: bool) -> re.Pattern[str]:
    """Return the pattern compiled; raise FunctionError where it is not valid.

    Compiling runs nothing of the pattern, so it is safe where matching is not.
    """
    try:
        return re.compile(pattern, 0 if match_case else re.IGNORECASE)
    except re.error as error:
        at = f" at character {error.pos + 1}" if error.pos is not None else ""
        shown = pattern if len(pattern) <= SHOWN_PATTERN else pattern[: SHOWN_PATTERN - 1] + "…"
        raise FunctionError(f"The pattern {shown} is not valid{at}: {error.msg}.") from None
    except (RecursionError, OverflowError, MemoryError):
        raise FunctionError("The pattern is too complex.") from None


def as_text(value: object) -> str:
    """Return a column's value as the text that patterns are looked for in; "" for none."""
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value)
