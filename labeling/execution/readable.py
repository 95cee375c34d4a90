"""Which of some descriptors can be read, whatever their numbers are.

`select.select` fails with a number of 1,024 or more, which a server with many open files reaches.
"""

import select
from collections.abc import Iterable


def readable(descriptors: Iterable[int], seconds: float | None) -> set[int]:
    """Wait until one can be read or was closed at its other end; none after `seconds`."""
    waiting = select.poll()
    for descriptor in descriptors:
        waiting.register(descriptor, select.POLLIN)
    return {
        descriptor
        for descriptor, _events in waiting.poll(None if seconds is None else seconds * 1000)
    }
