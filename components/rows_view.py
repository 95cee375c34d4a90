"""Browse, search and filter the rows of a project."""

from dataclasses import replace

import streamlit as st

from components.errors import errors_shown
from components.kept import kept
from components.live import live_activity, live_snapshot
from components.row_conditions import (
    add_buttons,
    column_conditions,
    confidence_range,
    vote_conditions,
)
from components.rows import row_browser
from components.slice_bar import save_slice_form, slice_choice, slice_line, slice_rows
from labeling.browse import SLICES, RowFilter, RowSlice
from labeling.project import Project
from labeling.snapshot import Snapshot
from labeling.store import TextSearch

_ANY = "(any)"


@st.fragment
def rows_view(project: Project) -> None:
    """Draw the filters and the rows they keep."""
    snapshot = live_snapshot(project, key="data-live", follows="figures")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = _filters(project, snapshot)
        within = slice_choice(project, "data-within")
    with errors_shown():
        wanted = _more_filters(project, snapshot, wanted, within)
    if within is not None:
        slice_line(project, within)
    with errors_shown():
        row_browser(
            project,
            snapshot,
            replace(wanted, only=slice_rows(project, within)),
            key="data-rows",
            empty="No row is like that. Widen the filters.",
        )
    live_activity(project, key="data-activity-live", within="figures")


def _filters(project: Project, snapshot: Snapshot) -> RowFilter:
    """Draw the filters that are always there."""
    classes = snapshot.classes
    query = st.text_input("Search the text", key=kept(project, "data-query", ""), width=260)
    regex = st.toggle("Regex", key=kept(project, "data-regex", default=False))
    negate = st.toggle("Not", key=kept(project, "data-not", default=False))
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
    return RowFilter(
        rows=chosen,
        function=None if function == _ANY else function,
        search=TextSearch(query, regex=regex) if query else None,
        search_negate=negate and bool(query),
        label=None if label == _ANY else classes.index(label),
        gold=None if gold == _ANY else classes.index(gold),
    )


def _more_filters(
    project: Project, snapshot: Snapshot, wanted: RowFilter, within: str | None
) -> RowFilter:
    """Draw the filters by column, vote and confidence, and the name for all of them."""
    with st.expander("Columns, votes, confidence, and slices", key="data-more"):
        wanted = replace(
            wanted,
            columns=column_conditions(project),
            votes=vote_conditions(project, snapshot),
        )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            add_buttons(project)
            wanted = replace(wanted, confidence=confidence_range(project))
            save_slice_form(project, wanted, within)
    return wanted


def _choice(project: Project, label: str, options: list[str], key: str, *, width: int) -> str:
    chosen = st.selectbox(label, options, key=kept(project, key, _ANY, options), width=width)
    return str(chosen)
