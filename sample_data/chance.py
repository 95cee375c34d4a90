"""Seeded choices that come out the same on every machine and Python version."""

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Choices built on `random()` alone: the one sequence Python promises never to change."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def below(self, limit: int) -> int:
        """Return an integer of 0..limit-1."""
        return int(self._random() * limit)

    def between(self, low: int, high: int) -> int:
        """Return an integer of low..high, both included."""
        return low + self.below(high - low + 1)

    def happens(self, share: float) -> bool:
        """Return True in this share of calls."""
        return self._random() < share

    def one(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self.below(len(items))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Return one of the keys, as often as its weight says."""
        point = self._random() * sum(weights.values())
        for item, weight in weights.items():
            point -= weight
            if point < 0:
                return item
        return list(weights)[-1]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in a random order."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order


class Decks:
    """Deals from shuffled decks, so that each card comes once before any comes again."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._decks: dict[int, list[object]] = {}

    def deal(self, cards: Sequence[T]) -> T:
        """Return the next card of the deck of these cards (the same list is the same deck)."""
        deck = self._decks.setdefault(id(cards), [])
        if not deck:
            deck.extend(self._chance.shuffled(cards))
        return deck.pop()  # type: ignore[return-value]
