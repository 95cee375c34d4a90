"""Rows that are nearly the same as one: a click on a row in Studio asks for them.

Session state holds plain values only, `studio_near`: the row that was clicked, in which tab, and
whether the rows like it are shown.
"""

import streamlit as st

from components.figures import count
from labeling.browse import RowSet
from labeling.project import Project

_CHOSEN = "studio_near"


def near_choice(project: Project, tab: str, function: str | None) -> RowSet | None:
    """Say which rows are like the one clicked last, and return them if they are to be shown."""
    place = f"{project.folder.name}/{tab}/{function}"
    chosen = st.session_state.get(_CHOSEN)
    if chosen is None or chosen.get("place", place) != place:
        st.session_state.pop(_CHOSEN, None)
        return None
    row_id = int(chosen["row"])
    chosen.setdefault("place", place)
    found = project.proposals.near(row_id)
    more = found.row_ids.size - 1
    with st.container(horizontal=True, vertical_alignment="center"):
        if more < 1:
            st.text(f"No other row is nearly like row {row_id}.", width="content")
            return None
        st.text(f"Nearly like row {row_id}: {count(more)} more.", width="content")
        label = "Back to all" if chosen["shown"] else "Show them"
        st.button(label, key="studio-near-show", type="tertiary", on_click=_toggle)
    return found if chosen["shown"] else None


def choose_near(row_id: int) -> None:
    """Ask for the rows that are nearly like this one, in a callback."""
    if (st.session_state.get(_CHOSEN) or {}).get("row") != row_id:
        st.session_state[_CHOSEN] = {"row": row_id, "shown": False}


def _toggle() -> None:
    chosen = st.session_state[_CHOSEN]
    chosen["shown"] = not chosen["shown"]
