"""The push listener: reruns the fragment that draws it when a newer snapshot is announced.

It is invisible. All listeners of one browser page share one WebSocket to `web/push.py`, and so does
the line that says what the engine is doing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

import streamlit as st

from components.activity import Activity
from components.assets import component, declared

_mount = component("listener")


class After(NamedTuple):
    """For how many seconds others ask first: so many for each page that listens, within bounds."""

    a_page: float = 0.0
    least: float = 0.0
    most: float = 0.0


AT_ONCE = After()

Follows = Literal["version", "states", "figures", "beside"]
"""Which snapshots a fragment hears of, as in `labeling.snapshot.Snapshot`: all, or some of them."""


def live_version(
    project: str,
    *,
    key: str,
    seen: int = 0,
    follows: Sequence[Follows] = ("version",),
    after: After = AT_ONCE,
    then: Callable[[], None] | None = None,
) -> int:
    """Return the newest snapshot version announced for a project, 0 before the first.

    Call it inside the `st.fragment` that shows the snapshot: only that fragment reruns, within
    about 0.1 s of the announcement, and at most ten times a second.

    Args:
        project: the name under which `Publisher.publish` announces versions.
        key: names this listener on the page.
        seen: the version this fragment draws anyway; its announcement causes no rerun.
        follows: what to hear of; `seen` is the version in which the newest of it that is drawn
            came.
        after: for how long others, that are to be drawn first, have to ask.
        then: called at the beginning of the run that a new version causes.
    """
    _mount(
        key=key,
        data={
            "project": project,
            "follows": list(follows),
            "seen": seen,
            "after_ms": {name: 1000 * seconds for name, seconds in after._asdict().items()},
            "heard": _heard(project, key),
        },
        on_live_change=then or declared,
    )
    heard = _heard(project, key)
    return seen if heard is None else heard


def activity_line(project: str, *, key: str, says: Activity) -> None:
    """Draw what the engine is doing; the line follows it without a run of the page.

    Args:
        project: as for `live_version`.
        key: names the line on the page.
        says: what is shown until something newer is pushed.
    """
    _mount(key=key, data={"project": project, "activity": says._asdict()})


def _heard(project: str, key: str) -> int | None:
    """Return the version the browser last announced, None when it announced none."""
    live = (st.session_state.get(key) or {}).get("live")
    if isinstance(live, Mapping) and live.get("project") == project:
        return int(live["version"])
    return None
