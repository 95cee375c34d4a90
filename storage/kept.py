"""Values that are asked for all the time and change only when this process changes them."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Value]):
    """What `read` gave, until it is forgotten. Used from any thread.

    A value of which the reading began before a change is not kept after the `forget` that follows
    the change; nor does that `forget` wait for the reading to end.
    """

    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._values: list[Value] = []

    def get(self) -> Value:
        """Return the value, read now where it is not kept."""
        with self._lock:
            values = self._values
            if not values:
                values.append(self._read())
            return values[0]

    def forget(self) -> None:
        """Read anew the next time: what the value was read from has changed."""
        self._values = []


class KeptBy(Generic[Key, Value]):
    """What `read` gave for each of the `most` keys asked for last; the rest as for `Kept`."""

    def __init__(self, read: Callable[[Key], Value], most: int) -> None:
        self._read, self._most = read, most
        self._lock = threading.Lock()
        self._values: dict[Key, Value] = {}

    def get(self, key: Key) -> Value:
        """Return the value of a key, read now where it is not kept."""
        with self._lock:
            values = self._values
            value = values.pop(key) if key in values else self._read(key)
            values[key] = value
            if len(values) > self._most:
                del values[next(iter(values))]
            return value

    def forget(self) -> None:
        """Read all values anew: what they were read from has changed."""
        self._values = {}
