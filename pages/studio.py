"""Studio: functions with live statistics, the editor, and the rows, on one screen."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.deltas import moved_line
from components.drafts import drafted_functions
from components.errors import errors_shown
from components.failed_rows import asked, failed_rows, has_failures
from components.figures import headline, slice_count
from components.function_actions import open_function
from components.function_address import follow_address, write_address
from components.function_editor import about_function, function_editor, removed_elsewhere
from components.function_table import function_table
from components.history_panel import compared, compared_rows
from components.isolation import isolation_line
from components.kept import kept
from components.key_list import key_list
from components.live import live_activity
from components.live_parts import begin_parts, live_part
from components.near_rows import choose_near, near_choice
from components.pins_panel import choose_row, failed_tests, marks_of_tests, pin_form
from components.preview_panel import (
    changed_count,
    preview_count,
    show_changed_rows,
    show_previewed_rows,
)
from components.proposals_panel import proposals_panel
from components.return_marks import returned, returned_rows
from components.rows import row_browser
from components.run_anew import run_anew
from components.slice_bar import slice_choice, slice_rows
from components.studio_keys import PRESSED_ANYWHERE, STUDIO_KEYS
from components.tabs import Tab, tabs
from components.typed_preview import ROWS, changed_part, note_previewed_rows, previewed
from components.warnings_panel import warned, warned_names, warned_rows, warnings_line
from labeling.browse import RowFilter, RowSlice
from labeling.last_change import last_change
from labeling.preview import PreviewState
from labeling.project import Project
from labeling.proposals import Asked
from labeling.snapshot import FunctionState, Snapshot

_FUNCTIONS = "studio-list"
_WHOLE = "studio-all-statistics"
_STAYS_TOGETHER = "\N{NO-BREAK SPACE}"
_EMPTY: dict[RowSlice, str] = {
    "hits": "No votes yet. Write a function and save it; its hits appear here.",
    "conflicts": "No row on which functions disagree.",
    "wrong": "Nothing is wrong on dev gold.",
    "uncovered": "Every row has at least one vote.",
}
_EMPTY_OF_ONE: dict[RowSlice, str] = {
    "hits": "It votes on no row.",
    "conflicts": "No other function disagrees with it.",
    "wrong": "None of its votes is wrong on dev gold.",
}


def show(project: Project) -> None:
    """Draw the page."""
    begin_parts(project, ["states", "beside"])
    isolation_line(project)
    follow_address()
    whole = bool(st.session_state[kept(project, _WHOLE, default=False)])
    functions, editor, rows = _places(whole=whole)
    with functions:
        listed, below = st.container(), st.container()
    with below:  # first of all: whoever saved sees at once that something runs
        live_activity(project, key="studio-activity")
    with editor:  # before the list, which says which functions have unsaved changes
        edited = function_editor(project)
    write_address(project)
    with rows, st.container(key="studio-rows-pane"):  # these follow the typing, as all above does
        _rows(project)
    with editor:
        about_function(project, edited)
    with listed:
        _functions(project, whole=whole)
    with below:
        key_list("Keys of Studio", STUDIO_KEYS, key="studio-keys", presses=PRESSED_ANYWHERE)


def _places(*, whole: bool) -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """The places of the list, the editor and the rows; the whole table lies above the other two."""
    if whole:
        above = st.container()
        editor, rows = st.columns([1.2, 1])
        return above, editor, rows
    functions, editor, rows = st.columns([1.6, 0.93, 1])
    return functions, editor, rows


@st.fragment(key=_FUNCTIONS)
def _functions(project: Project, *, whole: bool) -> None:
    """The list on the left: it refreshes with every snapshot and opens what is clicked."""
    snapshot = live_part(project, _FUNCTIONS, "states")
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
    moved_line(last_change(snapshot, project.fits(2)))
    warnings_line(snapshot)


def _open_picked(name: str) -> None:
    """Open a function for the whole page, not for the list alone."""
    open_function(name)
    run_anew()


@st.fragment(key=ROWS)
def _rows(project: Project) -> None:
    """The rows on the right, of the function that is open, or of all where none is."""
    snapshot = live_part(project, ROWS, "beside")
    name = str(st.session_state.get("studio_function") or "") or None
    state = snapshot.state(name) if name else None
    pane = _Pane(project, snapshot, name, state, previewed(project, snapshot))
    shown = {
        key: Tab(tab.title, tab.count(pane), tab.clicks(pane))
        for key, tab in _TABS.items()
        if tab.present(pane)
    }
    first = "hits" if name else "uncovered"
    chosen = tabs("Rows", shown, about=name, first=first, key="studio-tabs")
    counted = pane.preview is not None and bool(pane.preview.changes)  # there is such a tab
    note_previewed_rows(pane.preview, follow_labels=chosen == "changed" or not counted)
    with errors_shown():
        _TABS[chosen].draw(pane)


def _slice(project: Project, snapshot: Snapshot, chosen: RowSlice, name: str | None) -> None:
    function = None if chosen == "uncovered" else name
    if chosen in ("uncovered", "wrong", "conflicts"):
        proposals_panel(project, Asked(chosen, function))
    near = near_choice(project, snapshot, chosen, function)
    if name is not None:
        pin_form(project, snapshot, name)
    within = slice_rows(project, slice_choice(project, "studio-within"))
    row_browser(
        project,
        snapshot,
        near or RowFilter(rows=chosen, function=function, only=within),
        key="studio-rows",
        empty=_empty(snapshot, chosen, function),
        on_click=partial(_choose, name),
    )


def _empty(snapshot: Snapshot, chosen: RowSlice, function: str | None) -> str:
    """Say why there is no row, and of which function."""
    state = snapshot.state(function) if function else None
    if state is None:
        return _EMPTY[chosen]
    return _EMPTY_OF_ONE[chosen] if state.statistics else "It has not run yet; its rows come here."


def _choose(name: str | None, row_id: int) -> None:
    choose_row(name, row_id)
    choose_near(row_id)


@dataclass(frozen=True)
class _Pane:
    """What the rows on the right are of: the function `name` that is open, and its preview."""

    project: Project
    snapshot: Snapshot
    name: str | None
    state: FunctionState | None
    preview: PreviewState | None

    @property
    def named(self) -> str:
        """The function that is open; "" where none is."""
        return self.name or ""


@dataclass(frozen=True)
class _Tab:
    """One list of rows. `clicks`: how often somebody asked for it, which opens it again."""

    title: str
    draw: Callable[[_Pane], None]
    present: Callable[[_Pane], bool] = lambda _pane: True
    clicks: Callable[[_Pane], int] = lambda _pane: 0
    count: Callable[[_Pane], int | None] = lambda _pane: None


def _slice_tab(title: str, chosen: RowSlice) -> _Tab:
    return _Tab(
        title,
        lambda pane: _slice(pane.project, pane.snapshot, chosen, pane.name),
        count=lambda pane: slice_count(pane.snapshot, pane.state, chosen),
    )


_TABS: dict[str, _Tab] = {
    "preview": _Tab(
        "Preview",
        lambda pane: show_previewed_rows(pane.project, pane.snapshot, pane.preview),
        present=lambda pane: pane.preview is not None,
        clicks=lambda pane: 1,
        count=lambda pane: preview_count(pane.preview),
    ),
    "changed": _Tab(
        "Changed",
        lambda pane: show_changed_rows(pane.project, pane.snapshot, pane.preview),
        present=lambda pane: pane.preview is not None and bool(pane.preview.changes),
        clicks=lambda _pane: int(changed_part()["clicks"]),
        count=lambda pane: changed_count(pane.preview),
    ),
    "hits": _slice_tab("Hits", "hits"),
    "conflicts": _slice_tab("Conflicts", "conflicts"),
    "wrong": _slice_tab(f"Wrong{_STAYS_TOGETHER}on gold", "wrong"),
    "uncovered": _slice_tab("Uncovered", "uncovered"),
    "errors": _Tab(
        "Errors",
        lambda pane: failed_rows(pane.project, pane.snapshot, pane.state),
        present=lambda pane: has_failures(pane.state),
        clicks=lambda pane: int(asked(pane.name)["clicks"]),
        count=lambda pane: pane.state.run.error_count if pane.state and pane.state.run else None,
    ),
    "compared": _Tab(
        "Compared",
        lambda pane: compared_rows(pane.project, pane.snapshot, pane.named),
        present=lambda pane: compared(pane.name)["clicks"] > 0,
        clicks=lambda pane: int(compared(pane.name)["clicks"]),
    ),
    "returned": _Tab(
        "Return",
        lambda pane: returned_rows(pane.project, pane.snapshot, pane.named),
        present=lambda pane: returned(pane.name)["clicks"] > 0,
        clicks=lambda pane: int(returned(pane.name)["clicks"]),
    ),
    "warned": _Tab(
        "Warned",
        lambda pane: warned_rows(pane.project, pane.snapshot, pane.named),
        present=lambda pane: warned(pane.name)["clicks"] > 0,
        clicks=lambda pane: int(warned(pane.name)["clicks"]),
    ),
}
