"""The live line: hears of new snapshots, and says what the engine is doing and what went wrong."""

from collections.abc import Callable
from functools import partial

from components.activity import activity
from components.listener import Follows, activity_line, live_version
from labeling.project import Project
from labeling.snapshot import Snapshot


def live_snapshot(
    project: Project,
    *,
    key: str,
    follows: Follows = "version",
    then: Callable[[Project], None] | None = None,
) -> Snapshot:
    """Return the newest snapshot; the surrounding fragment reruns when a newer one is published.

    One that follows `figures` does so only for other figures, one that follows `states` also where
    a function waits, runs or has ended, and one that follows `beside` also where something else
    about the figures is known (`labeling.snapshot.Numbers`). `then` is a callback of that run, and
    may choose which fragments it is of; not where somebody writes, for a run of fragments by their
    keys goes before one of the whole page, which then is not drawn for a save of that moment.
    """
    snapshot = project.snapshot()
    seen = getattr(snapshot, follows)
    heard = None if then is None else partial(then, project)
    live_version(project.folder.name, key=key, seen=seen, follows=follows, then=heard)
    return snapshot


def live_activity(project: Project, *, key: str) -> None:
    """Draw what the engine is doing, its progress, and its problems, in a line that follows it."""
    activity_line(project.folder.name, key=key, says=activity(project.snapshot()))
