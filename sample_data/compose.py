"""Composes customer messages: a situation, its details, a tone, then the noise of typing."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import noise
from chance import Chance, Decks

HERE = Path(__file__).parent
CLASSES = {"billing": 0.26, "delivery": 0.34, "returns": 0.18, "account": 0.09, "product": 0.13}
CHANNELS = {"email": 0.42, "chat": 0.37, "web form": 0.21}
FIRST_DAY, DAYS = dt.date(2026, 3, 1), 184
SHAPES = {
    "core": 21, "core detail": 21, "core ask": 19, "core detail ask": 17, "detail core": 3,
    "core ask detail": 6, "detail core ask": 2, "core detail detail": 6,
    "core detail detail ask": 5,
}  # fmt: skip
OPENING_SHARE = {"email": 0.5, "chat": 0.3, "web form": 0.25}
CLOSING_SHARE = {"email": 0.42, "chat": 0.22, "web form": 0.15}
CASUAL_SHARE = {"email": 0.22, "chat": 0.8, "web form": 0.4}


@dataclass(frozen=True)
class Message:
    """One customer message with its true class."""

    category: str
    channel: str
    product: str
    order_value: str
    created: dt.date
    text: str


@dataclass(frozen=True)
class Order:
    """What a message is about, so that its sentences agree with its columns."""

    product: str
    noun: str
    value: float
    number: str
    created: dt.date


@cache
def _fragments(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / "fragments" / f"{name}.toml").read_text(encoding="utf-8"))


class Composer:
    """Composes messages from the fragments, dealing each fragment before repeating any."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._deal = Decks(chance).deal
        self._tone = _fragments("tone")
        self._words = _fragments("words")
        self._cores = {
            name: [(s, core) for s in _fragments(name)["situation"] for core in s["core"]]
            for name in CLASSES
        }

    def compose(self, category: str) -> Message:
        """Return a new message of this class."""
        situation, core = self._deal(self._cores[category])
        channel = self._chance.weighted(CHANNELS)
        order = self._order(situation["products"])
        sentences = self._sentences(category, situation, core)
        if self._chance.happens(OPENING_SHARE[channel]):
            sentences.insert(0, self._deal(self._tone["opening"][channel]))
        if self._chance.happens(CLOSING_SHARE[channel]):
            sentences.append(self._deal(self._tone["closing"][channel]))
        slots = self._order_slots(order)
        filled = [self._filled(sentence, slots) for sentence in sentences]
        text = self._typed(filled, category, channel)
        asks_before_order = situation.get("empty_value", False) or not order.product
        return Message(
            category=category,
            channel=channel,
            product="" if self._chance.happens(0.08) else order.product,
            order_value=self._value(order, 0.85 if asks_before_order else 0.12),
            created=order.created,
            text=text,
        )

    def handwritten(self, category: str, product: str, text: str) -> Message:
        """Return a handwritten text as a message, with columns that do not contradict it."""
        order = self._order([product])
        long = len(text.split()) > 22
        channels = CHANNELS if not long else {"email": 0.7, "web form": 0.3}
        missing = 1.0 if "£" in text or not product else 0.15
        return Message(
            category=category,
            channel=self._chance.weighted(channels),
            product=product,
            order_value=self._value(order, missing),
            created=order.created,
            text=text,
        )

    def _order(self, wanted: list[str]) -> Order:
        """Return an order of a product that is named, or whose group is named, in `wanted`."""
        products = self._words["products"]
        matching = [
            p for p, about in products.items() if p in wanted or set(wanted) & set(about["groups"])
        ]
        product = self._chance.one(matching) if matching else ""
        about = products.get(product, {"nouns": ["order"], "price": 20.0, "groups": []})
        pieces = self._chance.weighted({1: 7, 2: 2, 3: 1}) if "coffee" in about["groups"] else 1
        posted = about["groups"] not in (["plus"], ["gift"])
        postage = 3.95 if posted and about["price"] < 30 and self._chance.happens(0.3) else 0.0
        return Order(
            product=product,
            noun=self._chance.one(about["nouns"]),
            value=round(about["price"] * pieces + postage, 2),
            number=f"{self._chance.between(45_000, 53_999)}",
            created=FIRST_DAY + dt.timedelta(days=self._chance.below(DAYS)),
        )

    def _value(self, order: Order, missing: float) -> str:
        return "" if self._chance.happens(missing) else f"{order.value:.2f}"

    def _sentences(self, category: str, situation: dict[str, Any], core: str) -> list[str]:
        """Return the sentences of a message between its greeting and its end."""
        shape = self._chance.weighted(SHAPES)
        parts = [core if part == "core" else self._deal(situation[part]) for part in shape.split()]
        sentences = list(dict.fromkeys(parts))
        ordered = category != "account" and not situation.get("empty_value", False)
        if ordered and "{order}" not in core and self._chance.happens(0.14):
            sentences.insert(self._place(sentences), self._deal(self._tone["mention"]["order"]))
        if self._chance.happens(0.2):
            cross = 0 if situation.get("empty_value", False) else 3
            moods = {"sarcastic": cross, "angry": cross, "kind": 3, "history": 3}
            mood = self._chance.weighted(moods)
            sentences.insert(self._place(sentences), self._deal(self._tone["mood"][mood]))
        if self._chance.happens(0.1):
            others = {name: share for name, share in CLASSES.items() if name != category}
            sentences.append(self._deal(self._tone["aside"][self._chance.weighted(others)]))
        return sentences

    def _place(self, sentences: list[str]) -> int:
        """Return the beginning or, more often, the end."""
        return 0 if self._chance.happens(0.3) else len(sentences)

    def _filled(self, fragment: str, order_slots: dict[str, str]) -> str:
        """Return the fragment with its alternatives chosen and its slots filled."""
        chosen = re.sub(
            r"\[([^\[\]]*)\]", lambda match: self._chance.one(match[1].split("|")), fragment
        )
        filled = re.sub(r"\{(\w+)\}", lambda match: self._slot(match[1], order_slots), chosen)
        filled = re.sub(r"\s+", " ", filled).strip()
        return filled[0].upper() + filled[1:]

    def _slot(self, name: str, order_slots: dict[str, str]) -> str:
        return order_slots.get(name) or self._deal(self._words["slots"][name])

    def _order_slots(self, order: Order) -> dict[str, str]:
        """Return the slots whose values follow from the order."""
        ordered = order.created - dt.timedelta(days=self._chance.between(4, 20))
        soon = order.created + dt.timedelta(days=self._chance.between(3, 12))
        earlier = order.created - dt.timedelta(days=self._chance.between(25, 150))
        more = order.value + self._chance.one([2.0, 3.5, 3.95, 5.0, 10.0])
        return {
            "item": order.noun,
            "item_cap": order.noun[0].upper() + order.noun[1:],
            "order": self._chance.one([f"BC-{order.number}", f"BC-{order.number}", order.number]),
            "amount": self._money(order.value),
            "amount2": self._money(more),
            "day": self._date(ordered),
            "soon": self._date(soon) if self._chance.happens(0.5) else soon.strftime("%A"),
            "month": earlier.strftime("%B"),
        }

    def _money(self, value: float) -> str:
        exact = f"{value:.2f}"
        round_value = f"{value:.0f}" if value == int(value) else exact
        return self._chance.one([f"£{exact}", f"£{round_value}", exact, f"{round_value} pounds"])

    def _date(self, day: dt.date) -> str:
        number, month = day.day, day.strftime("%B")
        ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
        ordinal = f"the {number}{ending.get(number, 'th')}"
        return self._chance.one(
            [f"{number} {month}", ordinal, ordinal, f"{day:%d/%m}", f"{month} {number}"]
        )

    def _typed(self, sentences: list[str], category: str, channel: str) -> str:
        """Return the sentences as this customer types them."""
        chance = self._chance
        relaxed = chance.happens(CASUAL_SHARE[channel])
        if chance.happens(0.03):
            at = chance.below(len(sentences))
            sentences = [s.upper() if i == at else s for i, s in enumerate(sentences)]
        text = (noise.casual if relaxed else noise.careful)(sentences, chance)
        if relaxed and chance.happens(0.4):
            text = noise.respelled(text, self._words["short"], 0.5, chance)
        if chance.happens(0.3 if relaxed else 0.12):
            text = noise.respelled(text, self._words["misspelt"], 0.6, chance)
        if relaxed and chance.happens(0.45):
            text = noise.without_apostrophes(text)
        if chance.happens(0.22 if relaxed else 0.13):
            text = noise.mistyped(text, chance.weighted({1: 6, 2: 3, 3: 1}), chance)
        if chance.happens(0.015):
            text = text.upper()
        if chance.happens(0.05):
            text = re.sub(r"([?!.])$", lambda match: chance.one(["!!", "???", "!", "?!"]), text)
        if chance.happens(0.1 if relaxed else 0.03):
            text += " " + self._deal(self._tone["emoji"][category])
        return text


def handwritten_rows() -> Iterator[tuple[str, str, str]]:
    """Yield class, product (or empty) and text of the messages written by hand."""
    lines = (HERE / "handwritten.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        category, product, text = line.split("\t")
        yield category, product, text
