"""Browse, search and filter the rows of a project."""

import streamlit as st

from components.errors import errors_shown
from components.kept import kept
from components.live import activity_line, live_snapshot
from components.rows import row_browser
from labeling.browse import SLICES, RowFilter, RowSlice
from labeling.project import Project
from labeling.store import TextSearch

_ANY = "(any)"


@st.fragment
def rows_view(project: Project) -> None:
    """Draw the filters and the rows they keep."""
    snapshot = live_snapshot(project, key="data-live")
    classes = snapshot.classes
    with st.container(horizontal=True, vertical_alignment="bottom"):
        query = st.text_input("Search the text", key=kept(project, "data-query", ""), width=300)
        regex = st.toggle("Regex", key=kept(project, "data-regex", default=False))
        chosen: RowSlice = st.selectbox(
            "Rows",
            list(SLICES),
            format_func=SLICES.__getitem__,
            key=kept(project, "data-slice", "all", SLICES),
            width=190,
        )
        names = [_ANY, *(state.function.name for state in snapshot.functions)]
        labels = [_ANY, *classes]
        function = _choice(project, "Function", names, "data-function", width=230)
        label = _choice(project, "Label", labels, "data-label", width=150)
        gold = _choice(project, "Dev gold", labels, "data-gold", width=150)
    wanted = RowFilter(
        rows=chosen,
        function=None if function == _ANY else function,
        search=TextSearch(query, regex=regex) if query else None,
        label=None if label == _ANY else classes.index(label),
        gold=None if gold == _ANY else classes.index(gold),
    )
    with errors_shown():
        row_browser(
            project,
            snapshot,
            wanted,
            key="data-rows",
            empty="No row is like that. Widen the filters.",
        )
    activity_line(snapshot)


def _choice(project: Project, label: str, options: list[str], key: str, *, width: int) -> str:
    chosen = st.selectbox(label, options, key=kept(project, key, _ANY, options), width=width)
    return str(chosen)
