r"""Translates patterns of `re` to RE2, so that both hit the same ASCII texts.

RE2 scans a column some ten times as fast as a loop over `re`, and in linear time whatever the
pattern. Only whether there is a match is asked, not where; so it does not matter that RE2 chooses
among matches differently. What is not on the list below is left to `re`: back-references,
possessive repeats, look-around within a pattern, `\B` (which the two see differently in an empty
text), `$` that something follows, and repeats of what may be empty.

Syntax of RE2: https://github.com/google/re2/wiki/Syntax
"""

import re
import warnings
from collections.abc import Iterable, Sequence
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from labeling.patterns.characters import SINGLE, matched, re2_class, without

MOST_REPEATS = 1000
"""RE2 refuses more."""
_TYPE_FLAGS = re.ASCII | re.LOCALE | re.UNICODE
_REPEATS = frozenset({_parser.MAX_REPEAT, _parser.MIN_REPEAT})


class _UntranslatableError(Exception):
    """Something in the pattern is left to `re`."""


def re2_pattern(pattern: str, flags: int = 0) -> str | None:
    r"""Return an RE2 pattern that hits the ASCII texts that `re.search` hits, or None.

    The pattern must be valid.

    >>> re2_pattern("win [0-9]+", re.IGNORECASE)
    '[Ww][Ii][Nn] [0-9]+'
    >>> print(re2_pattern("(?<![a-z])free$"))
    (?:\A|[\x00-\x60\x7b-\x7f])free\n?\z
    >>> re2_pattern(r"(a)\1") is None
    True
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the author hears of them where the pattern is compiled
        parsed = _parser.parse(pattern, flags)
    try:
        return _sequence(parsed, parsed.state.flags, is_head=True, is_tail=True)
    except (_UntranslatableError, RecursionError):
        return None


def _sequence(items: Sequence[Any], flags: int, *, is_head: bool, is_tail: bool) -> str:
    """Translate items that follow each other.

    Nothing comes before the first item where `is_head`, and nothing after the last where `is_tail`.
    There a look at the neighbouring character may take that character: it is nobody else's.
    """
    last = len(items) - 1
    return "".join(
        _item(item, flags, is_head=is_head and i == 0, is_tail=is_tail and i == last)
        for i, item in enumerate(items)
    )


def _item(item: Any, flags: int, *, is_head: bool, is_tail: bool) -> str:
    opcode, argument = item
    if opcode in SINGLE:
        return re2_class(matched(opcode, argument, flags))
    if opcode is _parser.SUBPATTERN:
        _, added, removed, items = argument
        return _group(
            [_sequence(items, _scoped(flags, added, removed), is_head=is_head, is_tail=is_tail)]
        )
    if opcode is _parser.BRANCH:
        _, branches = argument
        return _group(
            _sequence(branch, flags, is_head=is_head, is_tail=is_tail) for branch in branches
        )
    if opcode in _REPEATS:
        least, most, items = argument
        return _repeat(least, most, items, flags)
    if opcode is _parser.AT:
        return _place(argument, flags, is_tail=is_tail)
    if opcode in (_parser.ASSERT, _parser.ASSERT_NOT):
        direction, items = argument
        if (is_head if direction < 0 else is_tail) and len(items) == 1:
            return _neighbour(items[0], flags, opcode is _parser.ASSERT_NOT, direction)
    raise _UntranslatableError


def _group(branches: Iterable[str]) -> str:
    return f"(?:{'|'.join(branches)})"


def _scoped(flags: int, added: int, removed: int) -> int:
    """Return the flags within `(?i-s:...)`."""
    if added & _TYPE_FLAGS:
        flags &= ~_TYPE_FLAGS
    return (flags | added) & ~removed


def _repeat(least: Any, most: Any, items: Any, flags: int) -> str:
    is_endless = most is _parser.MAXREPEAT
    if max(int(least), 0 if is_endless else int(most)) > MOST_REPEATS:
        raise _UntranslatableError
    if items.getwidth()[0] == 0 and int(most) > 1:
        raise _UntranslatableError
    count = {(0, True): "*", (1, True): "+"}.get((int(least), is_endless))
    if count is None:
        count = f"{{{least},}}" if is_endless else f"{{{least},{most}}}"
    body = _sequence(items, flags, is_head=False, is_tail=False)
    is_single = len(items) == 1 and items[0][0] in SINGLE
    return (body if is_single else _group([body])) + count


def _place(place: Any, flags: int, *, is_tail: bool) -> str:
    is_multiline = flags & re.MULTILINE
    if place is _parser.AT_BEGINNING:
        return "(?m:^)" if is_multiline else r"\A"
    if place is _parser.AT_BEGINNING_STRING:
        return r"\A"
    if place is _parser.AT_END_STRING:
        return r"\z"
    if place is _parser.AT_BOUNDARY:
        return r"\b"
    if place is _parser.AT_END and is_multiline:
        return "(?m:$)"
    if place is _parser.AT_END and is_tail:
        return r"\n?\z"
    raise _UntranslatableError


def _neighbour(item: Any, flags: int, is_negated: bool, direction: int) -> str:
    """Translate a look at one character before the match, or after it."""
    opcode, argument = item
    if opcode not in SINGLE:
        raise _UntranslatableError
    characters = matched(opcode, argument, flags)
    if not is_negated:
        return re2_class(characters)
    edge = r"\A" if direction < 0 else r"\z"
    return _group([edge, re2_class(without(characters))])
