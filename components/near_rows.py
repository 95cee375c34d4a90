"""Rows like one that was clicked: with nearly its text, or with the very same votes.

Session state holds plain values only, `studio_near`: the row that was clicked, in which list, and
which of the rows like it are shown.
"""

import streamlit as st

from components.figures import count
from labeling.browse import RowFilter, row_votes
from labeling.project import Project
from labeling.snapshot import Snapshot

_CHOSEN = "studio_near"
_TEXT, _VOTES = "text", "votes"


def near_choice(
    project: Project, snapshot: Snapshot, tab: str, function: str | None
) -> RowFilter | None:
    """Say which rows are like the one clicked last, and return them if they are to be shown."""
    place = f"{project.folder.name}/{tab}/{function}"
    chosen = st.session_state.get(_CHOSEN)
    if chosen is None or chosen.get("place", place) != place:
        st.session_state.pop(_CHOSEN, None)
        return None
    row_id = int(chosen["row"])
    chosen.setdefault("place", place)
    by_text = RowFilter(only=project.proposals.near(row_id))
    _line(project, f"Nearly like row {row_id}", _TEXT, by_text)
    found = {_TEXT: by_text}
    if row_votes(snapshot, row_id):
        found[_VOTES] = RowFilter(same_votes_as=row_id)
        _line(project, f"With the votes of row {row_id}", _VOTES, found[_VOTES])
    return found.get(chosen["shown"])


def choose_near(row_id: int) -> None:
    """Ask for the rows that are like this one, in a callback."""
    if (st.session_state.get(_CHOSEN) or {}).get("row") != row_id:
        st.session_state[_CHOSEN] = {"row": row_id, "shown": None}


def _line(project: Project, title: str, like: str, wanted: RowFilter) -> None:
    more = project.find_rows(wanted, limit=1).total - 1
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if more < 1:
            st.text(f"{title}: none", width="content")
            return
        shown = st.session_state[_CHOSEN]["shown"] == like
        st.text(f"{title}: {count(more)} more", width="content")  # in one line: rows are below it
        st.button(
            "Back" if shown else "Show",
            key=f"studio-near-{like}",
            type="tertiary",
            on_click=_show,
            args=(None if shown else like,),
        )


def _show(like: str | None) -> None:
    st.session_state[_CHOSEN]["shown"] = like
