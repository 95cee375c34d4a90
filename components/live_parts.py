"""Parts of a page that follow a project's snapshots, with one listener for all of them.

Each part is a fragment with a key of its own. One listener hears of snapshots and has those parts
drawn anew, in one run, that show something older. Where every part had a listener, each asked by
itself: a saved function drew Studio up to five times.

`begin_parts` comes first on a page, and `live_part` at the beginning of each part. Session state
holds plain values only: `live_parts`, which version each part shows of what it follows; and
`live_seen`, the version that all parts have been asked to draw.
"""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from components.listener import AT_ONCE, After, Follows, live_version
from components.run_anew import run_only
from labeling.project import Project
from labeling.snapshot import Snapshot

_HEARS, _LISTENER = "live-parts", "live-parts-listener"
_PARTS, _SEEN = "live_parts", "live_seen"
_PLACE = "live-parts-place"
"""The key of the container of the listener, which is not to take room (`components.look`)."""


def begin_parts(project: Project, follows: Sequence[Follows], after: After = AT_ONCE) -> None:
    """Forget the parts that were drawn before, and hear of snapshots for those that will be.

    Nothing that a part follows is ever newer than the newest of what the page `follows`. `after`:
    how long a part has to ask for itself before the others are asked for.
    """
    st.session_state[_PARTS] = {}
    st.session_state[_SEEN] = _newest(project.snapshot(), follows)
    with st.container(key=_PLACE):
        _hear(project, follows, after)


def live_part(project: Project, key: str, follows: Follows) -> Snapshot:
    """Return the newest snapshot, for the fragment `key` to draw; a newer one draws it again.

    A part that follows `figures` is drawn only for other figures, one that follows `states` also
    where a function waits, runs or has ended, and one that follows `beside` also where something
    else about the figures is known (`labeling.snapshot.Numbers`).
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
def _hear(project: Project, follows: Sequence[Follows], after: After) -> None:
    live_version(
        project.folder.name,
        key=_LISTENER,
        # Not what is newest now: where nothing new was heard this runs alone, without the parts.
        seen=st.session_state[_SEEN],
        follows=follows,
        after=after,
        then=partial(_draw_what_is_new, project, follows),
    )


def _draw_what_is_new(project: Project, follows: Sequence[Follows]) -> None:
    snapshot = project.snapshot()
    parts = st.session_state.get(_PARTS, {})
    st.session_state[_SEEN] = _newest(snapshot, follows)
    new = {key for key, (part, shown) in parts.items() if getattr(snapshot, part) > shown}
    run_only(_HEARS, *new, others=parts.keys() - new)


def _newest(snapshot: Snapshot, follows: Sequence[Follows]) -> int:
    return max(int(getattr(snapshot, one)) for one in follows)
