r"""Which ASCII characters one item of a pattern stands for, as `re` itself says.

A letter, a class, a set or a dot takes one character, and nothing but that character decides
whether it does. So what it means on ASCII texts is known once `re` has been asked 128 times, with
whatever flags: case, the long s that is an S, `\s` and `\d` need no rules of our own.
"""

from functools import cache
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

ASCII = "".join(map(chr, range(128)))
SINGLE = frozenset({_parser.LITERAL, _parser.NOT_LITERAL, _parser.ANY, _parser.IN})
"""The opcodes of items that take exactly one character."""


def matched(opcode: Any, argument: Any, flags: int) -> str:
    """Return the ASCII characters that one item of a parsed pattern matches, ascending."""
    return _matched(opcode, tuple(argument) if isinstance(argument, list) else argument, flags)


@cache
def _matched(opcode: Any, argument: Any, flags: int) -> str:
    state = _parser.State()
    state.flags, state.str = flags, ""
    item = (opcode, list(argument) if isinstance(argument, tuple) else argument)
    pattern = _compiler.compile(_parser.SubPattern(state, [item]), flags)
    return "".join(character for character in ASCII if pattern.fullmatch(character))


def re2_class(characters: str) -> str:
    r"""Return an RE2 pattern for any one of these ASCII characters, ascending.

    >>> re2_class("a"), re2_class("Aabc"), re2_class(".")
    ('a', '[Aa-c]', '\\x2e')
    """
    if not characters:
        return r"[^\x00-\x{10FFFF}]"
    if len(characters) == 1:
        return _escaped(characters)
    runs: list[list[str]] = []
    for character in characters:
        if runs and ord(character) == ord(runs[-1][-1]) + 1:
            runs[-1][1:] = [character]
        else:
            runs.append([character])
    return "[" + "".join("-".join(map(_escaped, run)) for run in runs) + "]"


def without(characters: str) -> str:
    """Return the other ASCII characters, ascending."""
    return "".join(sorted(set(ASCII).difference(characters)))


def _escaped(character: str) -> str:
    return character if character.isalnum() or character == " " else rf"\x{ord(character):02x}"
