"""What went wrong when the saved function ran: failure, errors by message, what it printed."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from components.failed_rows import ask_for, ask_on_page
from components.learned_function import learned_bar
from components.live_parts import live_part
from components.names import told_apart
from components.refusal import keep_refusal
from components.return_marks import return_marks
from components.run_anew import run_anew
from components.warnings_panel import warnings_panel
from components.who import who
from labeling.counted import counted
from labeling.errors import LabelwrightError
from labeling.ledger import ErrorGroup, error_groups, times_text
from labeling.project import Project
from labeling.run_store import RunRecord
from labeling.snapshot import FunctionState
from labeling.stability import warning

_PART = "studio-report-part"
_SHOWN_GROUPS = 100
_ROW_PIXELS = 30
_IN_SIGHT = 48
"""So many characters of an error are in sight beside the editor."""


@st.fragment(key=_PART)
def run_report(project: Project, name: str) -> None:
    """Draw the report of the function's latest run, where there is something to say."""
    snapshot = live_part(project, _PART, "states")
    state = snapshot.state(name)
    if state is None or state.run is None:
        return
    run = state.run
    if run.failure:
        _ended_early(project, name, run)
    if run.error_count:
        _errors_bar(project, state, run)
        _groups(project, name, run)
    if state.function.kind == "model" and not run.failure:
        learned_bar(project, state)
    _stability(state)
    warnings_panel(snapshot, name)
    if run.stdout:
        with st.expander("What it printed"):
            st.code(run.stdout, language=None)
    if state.status in ("ready", "errors"):
        ran = f"Ran on {counted(run.rows, 'row')} in {run.seconds:.2f} s."
        if state.function.kind == "model":
            ran = f"Its votes on {counted(run.rows, 'row')} are kept."
        st.text("\n".join(filter(None, [ran, times_text(run.times)])))
    if (marks := marks_of(project, state)) != st.session_state.get("studio_marks", ""):
        st.session_state["studio_marks"] = marks
        run_anew()  # the editor, which is drawn before the run has ended, marks the lines


def marks_of(project: Project, state: FunctionState | None) -> str:
    """Name what the editor has to mark: errors of a run, and figures of its returns."""
    run = state.run if state else None
    if state is None or run is None:
        return ""
    figures = " ".join(mark.figures for mark in return_marks(project, state.function) or ())
    if not (run.error_count or run.failure_line):
        return figures
    return f"{run.version} {run.at.isoformat()} {figures}"


def _stability(state: FunctionState) -> None:
    said = warning(state.stability)
    if said is None or state.stability is None:
        return
    row_id = state.stability.differing[0]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.text(f"! {said}", width="stretch")
        st.button(
            f"Show row {row_id}",
            key="studio-unstable-row",
            on_click=ask_on_page,
            args=(state.function.name, row_id),
        )


def _ended_early(project: Project, name: str, run: RunRecord) -> None:
    with st.container(border=True):
        st.text(f"✗ The run ended early: {run.failure}")
        with st.container(horizontal=True):
            row_id = run.failure_row
            if row_id is not None:
                st.button(
                    f"Show row {row_id}",
                    key="studio-failed-row",
                    on_click=ask_on_page,
                    args=(name, row_id),
                )
            st.button(
                "Run again",
                key="studio-run-again",
                on_click=_change,
                args=(project.run_again, name),
            )


def _errors_bar(project: Project, state: FunctionState, run: RunRecord) -> None:
    """Say that rows failed, and whether the function is in the label model all the same."""
    failed = f"{counted(run.error_count, 'row')} failed"
    if state.status == "errors":
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.text(f"✗ {failed}; not in the label model.", width="stretch")
            st.button(
                "Accept anyway",
                key="studio-accept",
                help="Let this version make labels; its failed rows count as not voted",
                on_click=_change,
                args=(lambda name: project.accept_function(name, who()), state.function.name),
            )
    elif state.acceptance is not None:
        by = f" by {state.acceptance.author}" if state.acceptance.author else ""
        st.text(f"! {failed}; accepted{by} on {state.acceptance.at:%Y-%m-%d %H:%M} UTC.")
    else:
        st.text(f"✗ {failed}.")


def _change(change: Callable[[str], None], name: str) -> None:
    """Change the function; where that cannot be, Studio says why."""
    try:
        change(name)
    except LabelwrightError as error:
        keep_refusal(None, error)
        run_anew()


def _groups(project: Project, name: str, run: RunRecord) -> None:
    """Draw the errors by message; a click on one lists its rows on the right."""
    errors = project.run_errors(name)
    groups = error_groups(errors)
    shown = groups[:_SHOWN_GROUPS]
    key = f"studio-groups-{run.version}"
    picked = _picked(shown, key)
    if picked != st.session_state.get("studio_group"):
        st.session_state["studio_group"] = picked
        if picked is not None:
            ask_for(name, group=picked)
            run_anew()
    if len(groups) > len(shown):
        st.text(f"{len(groups) - len(shown):,} more messages are in the tab Errors.")
    if run.error_count > len(errors):
        st.text(f"The messages of {run.error_count - len(errors):,} more rows were not kept.")


def _picked(groups: tuple[ErrorGroup, ...], key: str) -> str | None:
    event = st.dataframe(
        pd.DataFrame(
            {
                "rows": [len(group.row_ids) for group in groups],
                "lines": [", ".join(map(str, group.lines)) for group in groups],
                "error": told_apart([group.text for group in groups], _IN_SIGHT),
            }
        ),
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        row_height=_ROW_PIXELS,
        height=min(38 + _ROW_PIXELS * len(groups), 220),
        column_config={
            "rows": st.column_config.NumberColumn("rows", width=50, format="localized"),
            "lines": st.column_config.TextColumn("lines", width=50),
            "error": st.column_config.TextColumn("error", width="large", help="Click: its rows"),
        },
    )
    cells = event["selection"]["cells"]
    return groups[cells[0][0]].text if cells and cells[0][0] < len(groups) else None
