"""The votes of one function as sets of bits: 64 rows are counted or compared at a time.

What is known of a column of votes is kept as long as the column is, for columns are never changed
in place. So of fifty functions only the one that changed is looked at again.
"""

from functools import cached_property
from weakref import WeakKeyDictionary, ref

import numpy as np
import numpy.typing as npt

from labeling.votes import Votes

Bits = npt.NDArray[np.uint64]
"""Bit r of all is set where row r is in the set, shape (ceil(n / 64),)."""

KEPT_CLASSES = 8
"""Sets of more classes than these are made anew each time, or many classes would fill memory."""


class VoteBits:
    """The rows on which a function votes, and those on which it votes each class.

    `counts` maps each class it votes for, ascending, to how many rows it votes that on.
    """

    def __init__(self, column: Votes) -> None:
        # Not kept alive from here: what is known of a column ends with it.
        self._column = ref(column)
        self.n_rows = column.size
        self.voted = packed(column >= 0)
        self.votes = popcount(self.voted)
        self._by_class: dict[int, Bits] = {}
        self.counts: dict[int, int] = {}
        for code in range(int(column.max(initial=-1)) + 1):
            bits = packed(column == code)
            if votes := popcount(bits):
                self.counts[code] = votes
                if len(self._by_class) < KEPT_CLASSES:
                    self._by_class[code] = bits
        self._beside: WeakKeyDictionary[VoteBits, tuple[int, int]] = WeakKeyDictionary()

    def of_class(self, code: int) -> Bits:
        """Return the rows on which it votes this class."""
        if code in self._by_class:
            return self._by_class[code]
        column = self._column()
        if column is None:
            raise ValueError("the votes are gone that these bits are of")
        return packed(column == code)

    def beside(self, other: "VoteBits") -> tuple[int, int]:
        """Return on how many rows both vote, and on how many of them the same."""
        known = self._beside.get(other)
        if known is None:
            overlap = self.votes if other is self else popcount(self.voted & other.voted)
            shared = self.counts.keys() & other.counts.keys()
            agreement = sum(popcount(self.of_class(k) & other.of_class(k)) for k in shared)
            known = overlap, agreement
            self._beside[other] = other._beside[self] = known
        return known


class _Kept:
    """What is known of columns that are alive, by their address."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[ref[Votes], VoteBits]] = {}

    def of(self, column: Votes) -> VoteBits:
        """Return the bits of a column, made at the first call."""
        address = id(column)
        known = self._known.get(address)
        if known is not None and known[0]() is column:
            return known[1]
        bits = VoteBits(column)
        self._known[address] = (ref(column, lambda _: self._known.pop(address, None)), bits)
        return bits


bits_of = _Kept().of
"""Return the `VoteBits` of a column of votes; the column must not change any more."""


class Crowd:
    """What several functions say together: on which rows any, two, or two differently vote."""

    def __init__(self, functions: list[VoteBits], n_rows: int) -> None:
        words = -(-n_rows // 64)
        self.covered, self.overlap, both = np.zeros((3, words), dtype=np.uint64)
        classes: dict[int, Bits] = {}
        for one in functions:
            np.bitwise_and(self.covered, one.voted, out=both)
            self.overlap |= both
            self.covered |= one.voted
            for code in one.counts:
                if code in classes:
                    classes[code] |= one.of_class(code)
                else:
                    classes[code] = one.of_class(code).copy()
        self.by_class = classes

    @cached_property
    def conflict(self) -> Bits:
        """The rows with votes for two classes or more."""
        any_class = np.zeros_like(self.covered)
        conflict = np.zeros_like(self.covered)
        for rows in self.by_class.values():
            conflict |= any_class & rows
            any_class |= rows
        return conflict


def packed(mask: npt.NDArray[np.bool_]) -> Bits:
    """Return a mask (n,) as bits; bits beyond n are 0."""
    octets = np.packbits(mask)
    return np.pad(octets, (0, -octets.size % 8)).view(np.uint64)


def unpacked(bits: Bits, n_rows: int) -> npt.NDArray[np.bool_]:
    """Return bits as a mask (n,)."""
    return np.unpackbits(bits.view(np.uint8), count=n_rows).astype(np.bool_)


def popcount(bits: Bits) -> int:
    """Return how many bits are set."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))
