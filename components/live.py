"""The live line: hears of new snapshots, and says what the engine is doing and what went wrong."""

import streamlit as st

from components.figures import activity
from components.listener import Follows, live_version
from labeling.project import Project
from labeling.snapshot import Snapshot

_BAR_PIXELS = 160


def live_snapshot(
    project: Project, *, key: str, follows: Follows = "version", within: Follows | None = None
) -> Snapshot:
    """Return the newest snapshot; the surrounding fragment reruns when a newer one is published.

    One that follows `figures` does so only for other figures, and one that follows `states` also
    where a function waits, runs or has ended; how far the work is may be out of date there.
    `within` is what a fragment around that one follows.
    """
    snapshot = project.snapshot()
    seen = getattr(snapshot, follows)
    live_version(project.folder.name, key=key, seen=seen, follows=follows, within=within)
    return snapshot


@st.fragment
def live_activity(project: Project, *, key: str, within: Follows | None = None) -> None:
    """Draw what the engine is doing, with every snapshot, and nothing else of the page with it.

    `within` is what the fragment follows in which it is drawn, if it is in one.
    """
    activity_line(live_snapshot(project, key=key, within=within))


def activity_line(snapshot: Snapshot) -> None:
    """Draw what the engine is doing, its progress, and its problems.

    They are one part of the page and a line high, for what stands below must stay where it is
    while somebody aims at it; in another place Streamlit would draw it anew, too.
    """
    with st.container():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(activity(snapshot), width="content")
            if snapshot.progress is not None:
                done = snapshot.progress.done / max(snapshot.progress.total, 1)
                st.progress(min(done, 1.0), width=_BAR_PIXELS)
        for problem in snapshot.problems:
            st.text(f"✗ {problem}")
