"""Pages that draw themselves anew for the same reason do so one after the other.

A change makes every open page run at once. Python runs one thread at a time, so side by side all of
them would be done only when the last one is, and each would keep stopping the others at Streamlit's
locks: twenty Dashboards together took 1.7 s, one after the other they take 0.5 s (see
`benchmarks/sessions.py`).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_WAIT_SECONDS = 1.0
"""A page that is slow to draw does not keep the others waiting for longer."""

_drawing = threading.Lock()


@contextmanager
def turn(needed: bool = True) -> Iterator[None]:
    """Do what follows while no other page has its turn; at once where it is not `needed`."""
    taken = needed and _drawing.acquire(timeout=LONGEST_WAIT_SECONDS)
    try:
        yield
    finally:
        if taken:
            _drawing.release()
