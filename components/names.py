"""Long names made short in their middle, so that names with one beginning still look different.

A name is shortened here and nowhere else; whatever shows a short name has the whole one beside it,
as a tooltip or a title.
"""

from collections.abc import Iterable, Sequence
from itertools import compress, count, pairwise
from unicodedata import combining, east_asian_width

_CUT = "…"


def shortened(name: str, columns: int) -> str:
    """Return a name that takes at most `columns` columns of text; wide characters take two.

    A little more of the beginning is kept than of the end.

    >>> shortened("mentions_refund_or_money_back_in_subject", 24)
    'mentions_ref…_in_subject'
    >>> shortened("returns", 24)
    'returns'
    >>> shortened("お問い合わせの件名に返金がある", 15)
    'お問い…金がある'
    """
    if columns_of(name) <= columns:
        return name
    kept = max(columns - columns_of(_CUT), 0)
    head = _beginning(name, kept - kept // 2)
    tail = _ending(name, kept - columns_of(head))
    return f"{head}{_CUT}{tail}"


def short_names(names: Iterable[str], columns: int) -> dict[str, str]:
    """Return the short form of each name that takes more than `columns` columns.

    >>> short_names(["returns", "asks_for_a_refund_of_the_postage"], 16)
    {'asks_for_a_refund_of_the_postage': 'asks_for…postage'}
    """
    shorter = {name: shortened(name, columns) for name in names}
    return {name: short for name, short in shorter.items() if short != name}


def told_apart(texts: Sequence[str], characters: int) -> list[str]:
    """Return texts for a list of which only the first `characters` are in sight.

    A text that begins like another one, farther than that, is left out in its middle up to where
    the two differ. The others stay as they are.

    >>> told_apart(["IndexError: nothing in row 17", "IndexError: nothing in row 4", "Other"], 20)
    ['IndexErro…n row 17', 'IndexErro…n row 4', 'Other']
    """
    head = characters // 2 - 1
    before = characters // 3
    alike = _alike_with_others(texts)
    return [
        text
        if alike[text] < characters - 1
        else f"{text[:head]}{_CUT}{text[max(alike[text] - before, head) :]}"
        for text in texts
    ]


def _alike_with_others(texts: Iterable[str]) -> dict[str, int]:
    """Return how many characters each text shares, from its beginning, with the nearest other."""
    ordered = sorted(set(texts))
    alike = dict.fromkeys(ordered, 0)
    for text, following in pairwise(ordered):
        differ = (one != other for one, other in zip(text, following, strict=False))
        shared = next(compress(count(), differ), len(text))
        alike[text] = max(alike[text], shared)
        alike[following] = shared
    return alike


def columns_of(text: str) -> int:
    """Return how many columns a text takes, as a terminal counts them.

    >>> columns_of("refund"), columns_of("返金")
    (6, 4)
    """
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _beginning(name: str, columns: int) -> str:
    left = columns
    for i, character in enumerate(name):
        left -= _columns(character)
        if left < 0:
            return name[:i]
    return name


def _ending(name: str, columns: int) -> str:
    left, start = columns, len(name)
    for i in range(len(name) - 1, -1, -1):
        left -= _columns(name[i])
        if left < 0:
            break
        start = i
    # An accent stays with the letter that it is on.
    while start < len(name) and combining(name[start]):
        start += 1
    return name[start:]
