"""What a fault scenario found, and how it is judged."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from storage import DuckDBOpener


@dataclass(frozen=True)
class Outcome:
    """How many faults were made, and what became of what had been acknowledged before them.

    `slowest_s` is the longest time until work went on; `detail` counts what is particular to the
    scenario.
    """

    fault: str
    rounds: int
    acknowledged: int
    lost: int
    duplicated: int
    p95_ms: float | None = None
    slowest_s: float | None = None
    detail: str = ""


def lost_and_duplicated(folder: Path, acknowledged: set[str]) -> tuple[int, int]:
    """Open a project and count acknowledged events that are missing, and events saved twice."""
    store = DuckDBOpener().open(folder)
    try:
        found = Counter(str(event.event_id) for event in store.annotations())
    finally:
        store.close()
    assert all(str(UUID(identity)) == identity for identity in acknowledged)
    return len(acknowledged - found.keys()), sum(found.values()) - len(found)
