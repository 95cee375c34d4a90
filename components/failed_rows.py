"""The rows on which the open function failed, each with its line and message.

Session state holds one plain value, `studio_failures`: which function's failures were asked for,
the message they are narrowed to, the row that is open, and how often somebody clicked.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from components.paging import page_choice
from components.rows import PAGE_ROWS, show_rows
from components.run_anew import run_anew
from labeling.browse import RowView
from labeling.counted import counted
from labeling.ledger import described, error_groups
from labeling.project import Project
from labeling.runs import RowError
from labeling.snapshot import FunctionState, Snapshot
from labeling.stability import warning

_SHOWN_CHARACTERS = 2_000


def has_failures(state: FunctionState | None) -> bool:
    """Tell whether the function's run has rows to show here."""
    run = state.run if state else None
    differs = state is not None and warning(state.stability) is not None
    return differs or (run is not None and (run.error_count > 0 or run.failure_row is not None))


def ask_for(name: str, *, group: str | None = None, row_id: int | None = None) -> None:
    """Show the failures of a function: those of one message, or one row."""
    st.session_state.pop("studio_compared", None)  # what was asked for last is what is shown
    st.session_state["studio_failures"] = {
        "function": name,
        "group": group,
        "row": row_id,
        "clicks": asked(name)["clicks"] + 1,
    }


def ask_on_page(name: str, row_id: int | None = None, group: str | None = None) -> None:
    """Do the same in a callback, for the whole page: the rows stand beside the editor."""
    ask_for(name, group=group, row_id=row_id)
    run_anew()


def asked(name: str | None) -> dict[str, Any]:
    """Return what was asked for of this function; `clicks` 0 where nothing was."""
    kept = st.session_state.get("studio_failures")
    if kept and kept["function"] == name:
        return dict(kept)
    return {"function": name, "group": None, "row": None, "clicks": 0}


def failed_rows(project: Project, snapshot: Snapshot, state: FunctionState | None) -> None:
    """Draw the failed rows; a click opens one with its fields."""
    if state is None:
        return
    name = state.function.name
    wanted = asked(name)
    errors = project.run_errors(name)
    groups = {group.text: group for group in error_groups(errors)}
    notes = {error.row_id: _note(error) for error in errors}
    for row_id in state.stability.differing if state.stability else ():
        notes.setdefault(row_id, "votes differ between two runs")
    row_ids = list(notes)
    if state.run is not None and state.run.failure_row is not None:
        row_id = state.run.failure_row
        row_ids = [row_id, *(other for other in row_ids if other != row_id)]
        notes[row_id] = "the run ended here" + _at(state.run.failure_line)
    if wanted["group"] in groups:
        row_ids = list(groups[wanted["group"]].row_ids)
        st.text(f"{counted(len(row_ids), 'row')}: {wanted['group']}")
        st.button(
            "All failed rows",
            key="studio-failures-all",
            on_click=ask_on_page,
            args=(name,),
        )
    if wanted["row"] in notes:
        (opened,) = project.rows([wanted["row"]])
        _detail(opened, notes[opened.row_id])
    _page(project, snapshot, row_ids, notes, wanted)


def _page(
    project: Project,
    snapshot: Snapshot,
    row_ids: list[int],
    notes: dict[int, str],
    wanted: Mapping[str, Any],
) -> None:
    name = str(wanted["function"])
    key = f"studio-failures-{name}-{wanted['clicks']}"
    page = int(st.session_state.get(f"{key}-page", 1))
    last = -(-len(row_ids) // PAGE_ROWS)
    page_choice(last, f"{key}-page")
    shown = project.rows(row_ids[(page - 1) * PAGE_ROWS : page * PAGE_ROWS])
    show_rows(
        project,
        snapshot,
        shown,
        key=key,
        function=name,
        notes=notes,
        on_click=partial(ask_on_page, name, group=wanted["group"]),
    )


def _detail(row: RowView, note: str) -> None:
    """Draw one row whole: what went wrong on it, its text and its fields, all as plain text."""
    with st.container(border=True):
        st.text(f"Row {row.row_id} · {note}")
        st.text(row.text[:_SHOWN_CHARACTERS])
        if row.fields:
            st.caption("Fields")
            st.text("\n".join(f"{name}: {value[:200]}" for name, value in row.fields))


def _note(error: RowError) -> str:
    return described(error.error, error.message) + _at(error.line)


def _at(line: int | None) -> str:
    return f" (line {line})" if line else ""
