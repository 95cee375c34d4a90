"""Parts of a page that follow a project's snapshots, with one listener for all of them.

Each part is a fragment with a key of its own. One listener hears of snapshots and has those parts
drawn anew, in one run, that show something older.

It is for pages on which nobody writes: a run of fragments by their keys goes before one of the
whole page, and where somebody saves in that moment, the page is not drawn for it.

`begin_parts` comes first on a page, and `live_part` at the beginning of each part. Session state
holds plain values only: `live_parts`, which version each part shows of what it follows.
"""

from functools import partial

import streamlit as st

from components.listener import Follows, live_version
from labeling.project import Project
from labeling.snapshot import Snapshot

_HEARS, _LISTENER = "live-parts", "live-parts-listener"
_PARTS = "live_parts"
_PLACE = "live-parts-place"
"""The key of the container of the listener, which is not to take room (`components.look`)."""
_FOLLOWED: tuple[Follows, ...] = ("states", "beside")
"""Whatever a part follows, it is not newer than the newest of these."""


def begin_parts(project: Project) -> None:
    """Forget the parts that were drawn before, and hear of snapshots for those that will be."""
    st.session_state[_PARTS] = {}
    with st.container(key=_PLACE):
        _hear(project)


def live_part(project: Project, key: str, follows: Follows) -> Snapshot:
    """Return the newest snapshot, for the fragment `key` to draw; a newer one draws it again.

    It follows what is named, as in `labeling.snapshot.Numbers`.
    """
    snapshot = project.snapshot()
    st.session_state[_PARTS] = {
        **st.session_state.get(_PARTS, {}),
        key: (follows, getattr(snapshot, follows)),
    }
    return snapshot


def shown_version(key: str) -> int:
    """Return which version a part shows of what it follows, 0 where it is not drawn."""
    return int(st.session_state.get(_PARTS, {}).get(key, ("", 0))[1])


@st.fragment(key=_HEARS)
def _hear(project: Project) -> None:
    snapshot = project.snapshot()
    seen = max(getattr(snapshot, one) for one in _FOLLOWED)
    heard = partial(_draw_what_is_new, project)
    live_version(project.folder.name, key=_LISTENER, seen=seen, follows=_FOLLOWED, then=heard)


def _draw_what_is_new(project: Project) -> None:
    snapshot = project.snapshot()
    parts = st.session_state.get(_PARTS, {})
    new = [key for key, (follows, shown) in parts.items() if getattr(snapshot, follows) > shown]
    st.rerun([_HEARS, *new])
