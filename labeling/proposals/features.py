r"""What can be said of a text: its words and phrases, and a few shapes, each found in one pass.

A phrase is 1 to 3 words with one sign between them, so that a keyword function that looks for it
hits just the texts that have it. Shapes are generalised: digits become `\d+`, endings `\w*`.
"""

import re
from collections.abc import Iterator

from labeling.proposals.conditions import Condition, Shape, Words

MOST_CHARACTERS = 4_000
"""Longer texts are looked at up to here; what is proposed is then run on whole texts."""

_TOKEN, _DIGITS = re.compile(r"\w+"), re.compile("[0-9]+")
_JOINTS = frozenset(" '’-./@:&")
_MOST_WORDS = 3
_STEM, _ENDINGS = 4, re.compile(r"(?:ations?|ings?|ions?|ers?|ed|es|ly|s|e|y)$")

SHAPES: dict[str, str] = {
    "an address of the web": r"https?://|www\.",
    "an e-mail address": r"[\w.+-]+@[\w-]+\.\w+",
    "a sum of money": r"[$£€]\s?\d",
    "a per cent sign after a number": r"\d\s?%",
    "a long number": r"\d{6,}",
    "two exclamation marks": r"!\s?!",
    "two question marks": r"\?\s?\?",
    "a question mark at the end": r"\?\s*\Z",
    "an HTML tag": r"<\w[^>]{0,200}>",
    "a hash tag": r"(?<!\w)#\w+",
    "a mention": r"(?<!\w)@\w+",
}
_SHAPES = {said: re.compile(pattern, re.IGNORECASE) for said, pattern in SHAPES.items()}


def features_of(text: str) -> set[str]:
    r"""Return what is found in a text, as keys that `condition_of` understands.

    >>> sorted(features_of("Win $50!"))
    ['digits:\\d+', 'shape:a sum of money', 'words:50', 'words:win']
    """
    lowered = text[:MOST_CHARACTERS].lower()
    tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(lowered)]
    found = set(_phrases(lowered, tokens))
    found.update(_generalised({lowered[start:end] for start, end in tokens}))
    found.update(f"shape:{said}" for said, shape in _SHAPES.items() if shape.search(lowered))
    return found


def is_word(feature: str) -> bool:
    """Tell whether a key of `features_of` says that one word is there, and no phrase."""
    sort, _, what = feature.partition(":")
    return sort == "words" and _TOKEN.fullmatch(what) is not None


def condition_of(feature: str, column: str) -> Condition:
    """Return the condition behind a key of `features_of`, on a column."""
    sort, _, what = feature.partition(":")
    if sort == "words":
        return Words(column, what)
    if sort == "stem":
        return Shape(column, rf"\b{what}\w*", f"a word that begins with “{what}”")
    if sort == "digits":
        return Shape(column, rf"(?<!\w){what}(?!\w)", f"a number like “{_example(what)}”")
    return Shape(column, SHAPES[what], what)


def _example(pattern: str) -> str:
    return pattern.replace(r"\d+", "123")


def _phrases(text: str, tokens: list[tuple[int, int]]) -> Iterator[str]:
    for i, (start, first_end) in enumerate(tokens):
        end = first_end
        yield f"words:{text[start:end]}"
        for begin, stop in tokens[i + 1 : i + _MOST_WORDS]:
            if begin - end != 1 or text[end] not in _JOINTS:
                break
            end = stop
            yield f"words:{text[start:end]}"


def _generalised(words: set[str]) -> Iterator[str]:
    for word in words:
        if _DIGITS.search(word):
            yield "digits:" + _DIGITS.sub(lambda _: r"\d+", word)
        elif len(word) > _STEM:
            stem = _ENDINGS.sub("", word)
            if _STEM <= len(stem) < len(word):
                yield f"stem:{stem}"
