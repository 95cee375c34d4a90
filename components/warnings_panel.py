"""Warnings about the open function, with what to do next and the rows or the function behind them.

Session state holds one plain value, `studio_warned`: the function and check whose rows are asked
for, and how often somebody clicked.
"""

from typing import Any

import streamlit as st

from components.function_actions import open_function, pressed
from components.rows import row_browser
from components.run_anew import run_anew
from labeling.browse import RowFilter
from labeling.project import Project
from labeling.snapshot import Snapshot
from labeling.warnings import FunctionWarning, all_warnings

_MOST_NAMED = 3


def warnings_panel(snapshot: Snapshot, name: str) -> None:
    """Draw the warnings about one function."""
    for check, warning in all_warnings(snapshot).get(name, {}).items():
        if check != "non-deterministic":  # the report of the run says so, with its rows
            _draw(name, check, warning)


def _draw(name: str, check: str, warning: FunctionWarning) -> None:
    with st.container(border=True, gap="xsmall", key=f"studio-warning-{check}"):
        st.text(f"⚠ {warning.sentence}\n{warning.step}")
        with st.container(horizontal=True):
            if warning.rows is not None:
                st.button(
                    _rows_button(warning.rows.row_ids.size),
                    key=f"studio-warning-rows-{check}",
                    on_click=_ask,
                    args=(name, check),
                )
            if warning.other is not None:
                st.button(
                    "Open the other one",
                    key=f"studio-warning-other-{check}",
                    on_click=pressed,
                    args=(open_function, warning.other),
                )


def _rows_button(rows: int) -> str:
    return "Show the row" if rows == 1 else f"Show {rows:,} rows"


def warned(name: str | None) -> dict[str, Any]:
    """Return which warning's rows were asked for of this function; `clicks` 0 where none was."""
    kept = st.session_state.get("studio_warned")
    if kept and kept["function"] == name:
        return dict(kept)
    return {"function": name, "check": None, "clicks": 0}


def warned_rows(project: Project, snapshot: Snapshot, name: str) -> None:
    """Draw the rows of the warning that was asked for."""
    # The kept warnings: a list of rows stays on its page as long as its set is the same.
    warning = all_warnings(snapshot).get(name, {}).get(str(warned(name)["check"]))
    if warning is None or warning.rows is None:
        st.text("There is no such warning any more.")
        return
    st.text(warning.rows.title)
    wanted = RowFilter(function=name, only=warning.rows)
    row_browser(project, snapshot, wanted, key="studio-warned", empty="These rows are gone.")


def warned_names(snapshot: Snapshot) -> dict[str, str]:
    """Return in a few words what every function is warned of, by its name."""
    return {
        name: ", ".join(warning.what for warning in found.values())
        for name, found in all_warnings(snapshot).items()
    }


def warnings_line(snapshot: Snapshot) -> None:
    """Say under the list which functions have warnings."""
    said = warned_names(snapshot)
    if not said:
        return
    lines = [f"⚠ {name}: {what}" for name, what in list(said.items())[:_MOST_NAMED]]
    if len(said) > _MOST_NAMED:
        lines.append(f"⚠ {len(said) - _MOST_NAMED} more, marked ⚠ in the list.")
    st.text("\n".join(lines))


def _ask(name: str, check: str) -> None:
    st.session_state["studio_warned"] = {
        "function": name,
        "check": check,
        "clicks": warned(name)["clicks"] + 1,
    }
    run_anew()
