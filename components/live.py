"""The live line: hears of new snapshots, and says what the engine is doing and what went wrong."""

import streamlit as st

from components.figures import activity
from components.listener import live_version
from labeling.project import Project
from labeling.snapshot import Snapshot

_BAR_PIXELS = 160


def live_snapshot(project: Project, *, key: str, figures: bool = False) -> Snapshot:
    """Return the newest snapshot; the surrounding fragment reruns when a newer one is published.

    With `figures` it does so only for other figures: what tells how far work is may be out of date.
    """
    snapshot = project.snapshot()
    seen = snapshot.figures if figures else snapshot.version
    live_version(project.folder.name, key=key, seen=seen, figures=figures)
    return snapshot


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
