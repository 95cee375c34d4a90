"""What the engine is doing, as one line that follows it."""

from typing import NamedTuple

from labeling.counted import counted
from labeling.snapshot import Snapshot


class Activity(NamedTuple):
    """What the engine is doing: in words, how much of it is done (0 to 1), and what went wrong.

    `version` is that of the snapshot this is said of.
    """

    version: int
    said: str
    done: float | None
    problems: tuple[str, ...]


def activity(snapshot: Snapshot) -> Activity:
    """Return what the engine was doing at the moment of a snapshot."""
    progress = snapshot.progress
    done = None if progress is None else min(progress.done / max(progress.total, 1), 1.0)
    return Activity(snapshot.version, _said(snapshot, done), done, snapshot.problems)


def _said(snapshot: Snapshot, done: float | None) -> str:
    if snapshot.progress is not None:
        return f"Running {snapshot.progress.function}: {done:.0%}"
    waiting = sum(state.status in ("queued", "running") for state in snapshot.functions)
    match snapshot.phase:
        case "running":
            return f"Running {counted(waiting, 'function')} …"
        case "fitting":
            return "Fitting the label model …"
        case "starting":
            return "Starting …"
        case "idle":
            return "Up to date"
