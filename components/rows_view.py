"""Browse, search and filter the rows of a project."""

from dataclasses import replace
from functools import partial

import streamlit as st

from components.errors import errors_shown
from components.kept import keep, kept
from components.live import live_activity, live_snapshot
from components.near_rows import choose_near, near_choice
from components.row_conditions import (
    add_buttons,
    column_conditions,
    confidence_range,
    keep_conditions,
    vote_conditions,
)
from components.rows import row_browser
from components.slice_bar import (
    ALL_ROWS,
    name_slice,
    save_slice_form,
    slice_choice,
    slice_line,
    slice_rows,
)
from labeling.browse import OF_ONE_FUNCTION, SLICES, RowFilter, RowSlice
from labeling.filter_words import filter_words
from labeling.project import Project
from labeling.row_order import ORDERS, RowOrder
from labeling.row_query import VoteCondition
from labeling.snapshot import Snapshot
from labeling.store import TextSearch

_ANY = "(any)"
_WITHIN = "data-within"


@st.fragment
def rows_view(project: Project) -> None:
    """Draw the filters and the rows they keep."""
    snapshot = live_snapshot(project, key="data-live", follows="figures")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = _filters(project, snapshot)
        within = slice_choice(project, _WITHIN)
    with errors_shown():
        wanted = _more_filters(project, snapshot, wanted, within)
    _clear_line(project, snapshot, wanted)
    if within is not None:
        slice_line(project, within, edit=partial(_edit_slice, project, within))
    near = near_choice(project, snapshot, "data", None)
    with errors_shown():
        row_browser(
            project,
            snapshot,
            near or replace(wanted, only=slice_rows(project, within)),
            key="data-rows",
            empty="No row is like that. Widen the filters.",
            on_click=choose_near,
        )
    live_activity(project, key="data-activity")


def _filters(project: Project, snapshot: Snapshot) -> RowFilter:
    """Draw the filters that are always there."""
    classes = snapshot.classes
    query = st.text_input("Search the text", key=kept(project, "data-query", ""), width=200)
    regex = st.toggle("Regex", key=kept(project, "data-regex", default=False))
    negate = st.toggle("Not", key=kept(project, "data-not", default=False))
    chosen: RowSlice = st.selectbox(
        "Rows",
        list(SLICES),
        format_func=SLICES.__getitem__,
        key=kept(project, "data-slice", "all", SLICES),
        width=175,
    )
    names = [_ANY, *(state.function.name for state in snapshot.functions)]
    labels = [_ANY, *classes]
    function = _choice(project, "Function", names, "data-function", width=190)
    label = _choice(project, "Label", labels, "data-label", width=115)
    gold = _choice(project, "Dev gold", labels, "data-gold", width=115)
    order: RowOrder = st.selectbox(
        "Order",
        list(ORDERS),
        format_func=ORDERS.__getitem__,
        key=kept(project, "data-order", "file", ORDERS),
        help="Disputed are rows with many votes against the class that has most of them",
        width=180,
    )
    return RowFilter(
        rows=chosen,
        function=None if function == _ANY else function,
        search=TextSearch(query, regex=regex) if query else None,
        search_negate=negate and bool(query),
        label=None if label == _ANY else classes.index(label),
        gold=None if gold == _ANY else classes.index(gold),
        order=order,
    )


def _more_filters(
    project: Project, snapshot: Snapshot, wanted: RowFilter, within: str | None
) -> RowFilter:
    """Draw the filters by column, vote and confidence, and the name for all of them."""
    with st.expander("Columns, votes, confidence, and slices", key="data-more"):
        wanted = replace(
            wanted,
            columns=column_conditions(project),
            votes=(*_implied(wanted), *vote_conditions(project, snapshot)),
        )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            add_buttons(project)
            wanted = replace(wanted, confidence=confidence_range(project))
            save_slice_form(project, wanted, within, saved=partial(_saved_slice, project))
    return wanted


def _clear_line(project: Project, snapshot: Snapshot, wanted: RowFilter) -> None:
    """Say which filters are set, also those in the closed part, and offer to clear them."""
    said = filter_words(wanted, snapshot.classes)
    if said:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text(f"Filters: {said}", width="content")
            st.button(
                "Clear",
                key="data-clear",
                type="tertiary",
                help="Takes all filters away",
                on_click=_keep_filters,
                args=(project, RowFilter()),
            )


def _keep_filters(project: Project, wanted: RowFilter) -> None:
    """Fill all fields with a filter, in a callback."""
    classes, search = project.info().classes, wanted.search
    keep(project, "data-query", "" if search is None else search.query)
    keep(project, "data-regex", search is not None and search.regex)
    keep(project, "data-not", wanted.search_negate)
    keep(project, "data-slice", wanted.rows)
    keep(project, "data-function", wanted.function or _ANY)
    keep(project, "data-label", _ANY if wanted.label is None else classes[wanted.label])
    keep(project, "data-gold", _ANY if wanted.gold is None else classes[wanted.gold])
    votes = tuple(vote for vote in wanted.votes if vote not in _implied(wanted))
    keep_conditions(project, replace(wanted, votes=votes))


def _implied(wanted: RowFilter) -> tuple[VoteCondition, ...]:
    """Return that the chosen function votes, where the choice of rows does not say so already."""
    if wanted.function is None or wanted.rows in OF_ONE_FUNCTION:
        return ()
    return (VoteCondition(wanted.function, None),)


def _saved_slice(project: Project, name: str) -> None:
    """Show a slice that was just saved with its figures; its filters are its own now."""
    _keep_filters(project, RowFilter())
    keep(project, _WITHIN, name)


def _edit_slice(project: Project, name: str) -> None:
    """Fill the fields with the filters of a slice, and its name, for it to be saved again."""
    _keep_filters(project, project.slices.filter(name))
    keep(project, _WITHIN, ALL_ROWS)
    name_slice(project, name)


def _choice(project: Project, label: str, options: list[str], key: str, *, width: int) -> str:
    chosen = st.selectbox(label, options, key=kept(project, key, _ANY, options), width=width)
    return str(chosen)
