"""How clean sentences become what people really type: style, short forms, slips."""

import re
from collections.abc import Mapping, Sequence

from chance import Chance

Respellings = Mapping[str, Sequence[str]]

WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
NAMES = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January",
    "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December", "Northvan", "Brindlecup", "Christmas", "Grandad", "Plus",
    "Ethiopian", "Italy", "Ireland", "Norway", "Jersey", "Spain", "Malta", "Poland",
    "Orkney", "Switzerland",
}  # fmt: skip
NEIGHBOURS = {
    "a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o",
    "k": "l", "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "r": "t", "s": "d", "t": "y",
    "u": "i", "v": "c", "w": "e", "y": "u",
}  # fmt: skip


def decapitalised(sentence: str) -> str:
    """Return the sentence with a small first letter, unless its first word is a name or I."""
    first = re.split(r"[ ',.?]", sentence, maxsplit=1)[0]
    if first in NAMES or first == "I" or not first.isalpha() or not first[1:].islower():
        return sentence
    return sentence[0].lower() + sentence[1:]


def casual(sentences: Sequence[str], chance: Chance) -> str:
    """Join sentences as people chat: small letters, few full stops."""
    lower = chance.happens(0.75)
    joint = chance.weighted({". ": 4, " ": 2, ", ": 4, "... ": 1.2, " - ": 1, ".. ": 1})
    text = ""
    for sentence in sentences:
        said = sentence if chance.happens(0.2) else decapitalised(sentence)
        if not text:
            text = said
        elif text[-1] == "." and text[-2:] != "..":
            text = text[:-1] + joint + said
        else:
            text += " " + said
    if text.endswith(".") and chance.happens(0.8):
        text = text[:-1]
    if text.endswith("?") and chance.happens(0.25):
        text = text[:-1]
    return text.lower() if lower else text


def careful(sentences: Sequence[str], chance: Chance) -> str:
    """Join sentences as people write mails: a comma greeting may be followed by a small letter."""
    text = sentences[0]
    for sentence in sentences[1:]:
        small = text.endswith(",") and chance.happens(0.5)
        text += " " + (decapitalised(sentence) if small else sentence)
    return text


def respelled(text: str, respellings: Respellings, share: float, chance: Chance) -> str:
    """Replace this share of the words that have another spelling by one of these."""

    def replace(match: re.Match[str]) -> str:
        word = match.group()
        options = respellings.get(word) or respellings.get(word.lower())
        if not options or not chance.happens(share):
            return word
        other = chance.one(options)
        if word.isupper() and len(word) > 1:
            return other.upper()
        return other[0].upper() + other[1:] if word[0].isupper() else other

    return WORD.sub(replace, text)


def without_apostrophes(text: str) -> str:
    """Write dont for don't, as thumbs do."""
    return re.sub(r"(?<=[a-z])['’](?=[a-z])", "", text)


def mistyped(text: str, slips: int, chance: Chance) -> str:
    """Make slips of the finger in words of four letters and more."""
    for _ in range(slips):
        words = [m for m in WORD.finditer(text) if len(m.group()) >= 4 and not m.group().isupper()]
        if not words:
            return text
        start, end = chance.one(words).span()
        text = text[:start] + _slip(text[start:end], chance) + text[end:]
    return text


def _slip(word: str, chance: Chance) -> str:
    """Swap, drop, double or miss one letter after the first."""
    at = chance.between(1, len(word) - 2)
    kind = chance.weighted({"swap": 4, "drop": 3, "double": 2, "miss": 2})
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    return word[:at] + NEIGHBOURS.get(word[at], word[at]) + word[at + 1 :]
