"""Studio: functions with live statistics, the editor, and the rows, on one screen."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.drafts import drafted_functions
from components.errors import errors_shown
from components.failed_rows import asked, failed_rows, has_failures
from components.figures import headline
from components.function_actions import open_function
from components.function_address import follow_address, write_address
from components.function_editor import function_editor, removed_elsewhere
from components.function_table import function_table
from components.history_panel import compared, compared_rows
from components.isolation import isolation_line
from components.kept import kept
from components.live import activity_line, live_snapshot
from components.near_rows import choose_near, near_choice
from components.pins_panel import choose_row, failed_tests, marks_of_tests, pin_form
from components.preview_panel import has_previewed_rows, show_previewed_rows
from components.proposals_panel import proposals_panel
from components.return_marks import is_newest, returned, returned_rows
from components.rows import row_browser
from components.run_anew import run_anew
from components.slice_bar import slice_choice, slice_rows
from components.warnings_panel import warned, warned_names, warned_rows, warnings_line
from labeling.browse import RowFilter, RowSlice
from labeling.project import Project
from labeling.proposals import Asked
from labeling.snapshot import Snapshot

_WHOLE = "studio-all-statistics"
_TABS: dict[str, str] = {
    "preview": "Preview",
    "hits": "Hits",
    "conflicts": "Conflicts",
    "wrong": "Wrong",
    "uncovered": "Uncovered",
    "errors": "Errors",
    "compared": "Compared",
    "warned": "Warned",
    "returned": "Return",
}
_EMPTY: dict[RowSlice, str] = {
    "hits": "No votes yet. Write a function and save it; its hits appear here.",
    "conflicts": "No row on which functions disagree.",
    "wrong": "Nothing is wrong on dev gold.",
    "uncovered": "Every row has at least one vote.",
}


def show(project: Project) -> None:
    """Draw the page."""
    isolation_line(project)
    follow_address()
    whole = bool(st.session_state[kept(project, _WHOLE, default=False)])
    functions, editor, rows = _places(whole=whole)
    with editor:  # first, for the list says which functions have unsaved changes
        function_editor(project)
    write_address(project)
    with functions:
        _functions(project, whole=whole)
    with rows, st.container(key="studio-rows-pane"):
        _rows(project)


def _places(*, whole: bool) -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """The places of the list, the editor and the rows; the whole table lies above the other two."""
    if whole:
        above = st.container()
        editor, rows = st.columns([1.2, 1])
        return above, editor, rows
    functions, editor, rows = st.columns([1.55, 0.98, 1])
    return functions, editor, rows


@st.fragment
def _functions(project: Project, *, whole: bool) -> None:
    """The list on the left: it refreshes with every snapshot and opens what is clicked."""
    snapshot = live_snapshot(project, key="studio-functions-live")
    if removed_elsewhere(project) and not st.session_state.get("studio_told_removed"):
        run_anew()  # the editor says so
    st.text(headline(snapshot))
    opened = str(st.session_state.get("studio_function") or "")
    function_table(
        snapshot,
        opened=opened,
        drafted=drafted_functions(project.folder.name),
        warned=warned_names(snapshot) | failed_tests(project),
        whole=whole,
        tests=marks_of_tests(project),
        key="studio-functions",
        on_pick=_open_picked,
    )
    if snapshot.functions:
        st.toggle(
            "All statistics",
            key=_WHOLE,
            help="Overlaps, estimated accuracy, intervals and errors, over the width of the page",
            on_change=run_anew,  # the place of the table is chosen with the whole page
        )
    activity_line(snapshot)
    warnings_line(snapshot)


def _open_picked(name: str) -> None:
    """Open a function for the whole page, not for the list alone."""
    open_function(name)
    run_anew()


@st.fragment
def _rows(project: Project) -> None:
    """The rows on the right, of the function that is open, or of all where none is."""
    snapshot = live_snapshot(project, key="studio-rows-live")
    name = str(st.session_state.get("studio_function") or "") or None
    hits = has_previewed_rows()
    state = snapshot.state(name) if name else None
    errors, clicks = has_failures(state), asked(name)["clicks"]
    comparing = compared(name)["clicks"]
    warning = warned(name)["clicks"]
    returning = returned(name)["clicks"]
    newest = is_newest(name, (clicks, comparing, warning))
    present = {
        "preview": hits, "errors": errors, "compared": comparing > 0, "warned": warning > 0,
        "returned": returning > 0,
    }  # fmt: skip
    tabs = [tab for tab in _TABS if present.get(tab, True)]
    tab = st.segmented_control(
        "Rows",
        tabs,
        format_func=_TABS.__getitem__,
        default=_first_tab(
            name,
            hits=hits,
            asked_for_errors=errors and clicks > 0,
            comparing=comparing > 0,
            warning=warning > 0,
            returning=newest,
        ),
        required=True,
        key=f"studio-tab-{name}-{hits}-{errors}-{clicks}-{comparing}-{warning}-{returning}",
        label_visibility="collapsed",
    )
    with errors_shown():
        if tab == "preview":
            show_previewed_rows(project, snapshot)
        elif tab == "errors" and state is not None:
            failed_rows(project, snapshot, state)
        elif tab == "compared" and name is not None:
            compared_rows(project, snapshot, name)
        elif tab == "warned" and name is not None:
            warned_rows(project, snapshot, name)
        elif tab == "returned" and name is not None:
            returned_rows(project, snapshot, name)
        else:
            _slice(project, snapshot, tab or "uncovered", name)  # type: ignore[arg-type]


def _first_tab(
    name: str | None,
    *,
    hits: bool,
    asked_for_errors: bool,
    comparing: bool,
    warning: bool,
    returning: bool,
) -> str:
    if returning:
        return "returned"
    if warning:
        return "warned"
    if comparing:
        return "compared"
    if asked_for_errors:
        return "errors"
    if hits:
        return "preview"
    return "hits" if name else "uncovered"


def _slice(project: Project, snapshot: Snapshot, chosen: RowSlice, name: str | None) -> None:
    function = None if chosen == "uncovered" else name
    if chosen in ("uncovered", "wrong"):
        proposals_panel(project, Asked(chosen, function))
    near = near_choice(project, chosen, function)
    if name is not None:
        pin_form(project, snapshot, name)
    within = slice_rows(project, slice_choice(project, "studio-within"))
    wanted = RowFilter(rows=chosen, function=function, only=within)
    if near is not None:
        wanted = RowFilter(only=near)
    clicked = row_browser(project, snapshot, wanted, key="studio-rows", empty=_EMPTY[chosen])
    if clicked is not None:
        choose_row(name, clicked)
        choose_near(clicked)
