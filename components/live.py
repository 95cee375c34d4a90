"""The live line: hears of new snapshots, and says what the engine is doing and what went wrong."""

from components.activity import activity
from components.listener import Follows, activity_line, live_version
from labeling.project import Project
from labeling.snapshot import Snapshot


def live_snapshot(project: Project, *, key: str, follows: Follows = "version") -> Snapshot:
    """Return the newest snapshot; the surrounding fragment reruns when a newer one is published.

    One that follows `figures` does so only for other figures (`labeling.snapshot.Numbers`). Where
    several parts of a page follow snapshots, see `components.live_parts`.
    """
    snapshot = project.snapshot()
    seen = getattr(snapshot, follows)
    live_version(project.folder.name, key=key, seen=seen, follows=[follows])
    return snapshot


def live_activity(project: Project, *, key: str) -> None:
    """Draw what the engine is doing, its progress, and its problems, in a line that follows it."""
    activity_line(project.folder.name, key=key, says=activity(project.snapshot()))
