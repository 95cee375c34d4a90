"""Previews what is being typed: starts it, hears of it, and says which of its rows are asked for.

Session state holds plain values only: `studio_session`, the name of this session among previews;
`studio_previewed`, the text that was previewed last; `studio_changed`, which of the changes are
shown beside the editor and how often somebody clicked; `studio_previewed_rows`, the number of
the state whose rows are shown, and whether they follow what labels would be; and
`studio_preview_behind`, whether what is typed by now cannot run.
"""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

import streamlit as st

from components.drafts import kept_draft
from components.listener import live_version
from components.run_anew import run_anew, run_only
from components.written import Fields, checked
from labeling.errors import LabelwrightError
from labeling.preview import PreviewState
from labeling.project import Project
from labeling.snapshot import Snapshot
from labeling.workspace import topic

WHOLE_SECONDS = 0.03
"""So long a page that is being drawn waits for all of a preview; it would be drawn again for it."""
COUNTS_SECONDS = 0.08
"""So long for the counts alone: how labels would change takes longer, and comes by itself."""
WANTED_SECONDS = 1.0
"""So long for all of a preview that was asked for."""
PREVIEW, ROWS = "studio-preview", "studio-rows-fragment"
"""The keys of the fragments that draw what the text would do, and the rows beside it."""
_UNNAMED, _BEHIND = "unnamed", "studio_preview_behind"


def follow_typing(project: Project, fields: Fields, *, wanted: bool) -> None:
    """Preview the unsaved text in the fields, or with `wanted` whatever stands there.

    What cannot be run as it stands leaves the preview of the text before. Raises LabelwrightError
    where it was `wanted`.
    """
    st.session_state[_BEHIND] = False
    session, written = _session(), fields.written()
    text = [*fields.document, written.name, written.source, project.snapshot().n_rows]
    unsaved = kept_draft(fields.document) is not None and fields.document.kind != "model"
    if not wanted and not unsaved and st.session_state.get("studio_previewed") != text:
        forget_preview()
        project.previews.stop(session)
        return
    if not wanted and st.session_state.get("studio_previewed") == text:
        return
    try:
        named = written if written.name else replace(written, name=_UNNAMED)
        function = checked(project, named)
    except LabelwrightError:
        if wanted:
            raise
        st.session_state[_BEHIND] = True
        return
    st.session_state["studio_previewed"] = text
    project.previews.start(session, function, fields.document.opened or None)
    project.previews.wait(session, WANTED_SECONDS if wanted else WHOLE_SECONDS)
    project.previews.wait_for_counts(session, COUNTS_SECONDS)


def previewed(project: Project, snapshot: Snapshot) -> PreviewState | None:
    """Return the preview of this session, None where there is none of these rows."""
    if st.session_state.get("studio_previewed") is None:
        return None
    state = project.previews.state(_session())
    return state if state is not None and state.total_rows == snapshot.n_rows else None


def is_behind() -> bool:
    """Tell whether the preview is of an earlier text, for what is typed by now cannot run."""
    return bool(st.session_state.get(_BEHIND))


def hear_of_preview(project: Project) -> None:
    """Let the fragment PREVIEW, which calls this, run again when more is known of the preview.

    The rows are drawn anew with it where they show something else.
    """
    state = project.previews.state(_session())
    seen = 0 if state is None else state.number
    heard = partial(_draw_what_is_new, project)
    name = topic(project.folder.name, _session())
    live_version(name, key=f"{PREVIEW}-live", seen=seen, then=heard)


def _draw_what_is_new(project: Project) -> None:
    state = project.previews.state(_session())
    shown, follow_labels = st.session_state.get("studio_previewed_rows") or (0, True)
    if state is not None and (state.number if follow_labels else state.votes_number) > shown:
        run_only(PREVIEW, ROWS)


def note_previewed_rows(state: PreviewState | None, *, follow_labels: bool) -> None:
    """Note what the rows show of a preview, and whether they show what labels would be."""
    number = 0 if state is None else state.number
    st.session_state["studio_previewed_rows"] = (number, follow_labels)


def forget_preview() -> None:
    """Drop the preview: it speaks of another text."""
    for name in ("studio_previewed", "studio_changed", "studio_wish"):
        st.session_state.pop(name, None)


def changed_part() -> dict[str, Any]:
    """Return which of the changes were asked for; `clicks` is 0 where none were."""
    return dict(st.session_state.get("studio_changed") or {"part": None, "clicks": 0})


def show_change(part: str) -> None:
    """Show the rows behind a count of changes beside the editor."""
    st.session_state["studio_changed"] = {"part": part, "clicks": changed_part()["clicks"] + 1}
    run_anew()


def _session() -> str:
    return str(st.session_state.setdefault("studio_session", uuid4().hex))
