"""Values that are asked for all the time and change only when this process changes them."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Value]):
    """What `read` gave, until it is forgotten. Used from any thread.

    Reading and forgetting exclude each other: a value that was read before a change cannot be
    kept after the `forget` that follows the change.
    """

    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._values: list[Value] = []

    def get(self) -> Value:
        """Return the value, read now where it is not kept."""
        with self._lock:
            if not self._values:
                self._values.append(self._read())
            return self._values[0]

    def forget(self) -> None:
        """Read anew the next time: what the value was read from has changed."""
        with self._lock:
            self._values.clear()


class KeptBy(Generic[Key, Value]):
    """What `read` gave for each of the `most` keys asked for last; the rest as for `Kept`."""

    def __init__(self, read: Callable[[Key], Value], most: int) -> None:
        self._read, self._most = read, most
        self._lock = threading.Lock()
        self._values: dict[Key, Value] = {}

    def get(self, key: Key) -> Value:
        """Return the value of a key, read now where it is not kept."""
        with self._lock:
            value = self._values.pop(key) if key in self._values else self._read(key)
            self._values[key] = value
            if len(self._values) > self._most:
                del self._values[next(iter(self._values))]
            return value

    def forget(self) -> None:
        """Read all values anew: what they were read from has changed."""
        with self._lock:
            self._values.clear()
