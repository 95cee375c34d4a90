"""What each return of the open function does: figures beside its line, and its rows.

Session state holds one plain value, `studio_return`: of which function and line the rows were
asked for, how often somebody clicked, and what else had been asked for by then.
"""

from typing import Any

import streamlit as st

from components.editor import LineMark
from components.rows import row_browser
from components.run_anew import run_anew
from labeling.browse import RowFilter
from labeling.counted import counted
from labeling.functions import LabelingFunction
from labeling.project import Project
from labeling.return_statistics import ReturnStatistics
from labeling.snapshot import Snapshot
from labeling.table import share

_KEPT = "studio_return"
_THOUSANDS_FROM = 100_000


def return_marks(project: Project, function: LabelingFunction) -> list[LineMark] | None:
    """Return the figures of a function's returns; None where it is not what is saved and ran."""
    state = project.snapshot().state(function.name)
    if state is None or state.function != function:
        return None
    return [_mark(one) for one in project.returns.of(function.name) or ()]


def ask_for_line(name: str, line: int) -> None:
    """Show the rows of a return, on the whole page: they stand beside the editor."""
    st.session_state[_KEPT] = {
        "function": name,
        "line": line,
        "clicks": returned(name)["clicks"] + 1,
    }
    run_anew()


def returned(name: str | None) -> dict[str, Any]:
    """Return which line's rows were asked for; `clicks` is 0 where none were."""
    kept = st.session_state.get(_KEPT)
    if kept and kept["function"] == name:
        return dict(kept)
    return {"function": name, "line": 0, "clicks": 0}


def returned_rows(project: Project, snapshot: Snapshot, name: str) -> None:
    """Draw the rows of the line that was asked for."""
    line = returned(name)["line"]
    found = {one.line: one for one in project.returns.of(name) or ()}.get(line)
    if found is None:
        st.text("That return is not there any more.")
        return
    st.text(f"{found.rows.title}: {_title(found)}")
    row_browser(
        project,
        snapshot,
        RowFilter(function=name, only=found.rows),
        key="studio-returned",
        empty="No row came to this return.",
    )


def _mark(one: ReturnStatistics) -> LineMark:
    count = one.votes or one.answered
    figures = f"{count:,}" if count < _THOUSANDS_FROM else f"{count // 1000:,}k"
    if one.correct + one.incorrect:
        figures += f" · {100 * one.accuracy:.0f}%"
    return LineMark(
        one.line, figures, f"{one.rows.title}: {_title(one)}. Click for rows.", muted=not one.votes
    )


def _title(one: ReturnStatistics) -> str:
    if not one.votes:
        return (
            f"{counted(one.answered, 'row')}, without a vote"
            if one.answered
            else "no row came here"
        )
    gold = one.correct + one.incorrect
    said = f"{counted(one.votes, 'row')} ({share(one.coverage)})"
    if not gold:
        return f"{said}, none with dev gold"
    low, high = 100 * one.accuracy_low, 100 * one.accuracy_high
    return f"{said}, {share(one.accuracy)} right on dev gold ({low:.0f}–{high:.0f}, n = {gold:,})"
