"""What went wrong when the saved function ran: failure, errors by row and line, what it printed."""

import pandas as pd
import streamlit as st

from components.live import live_snapshot
from labeling.project import Project

_SHOWN_ERRORS = 200


@st.fragment
def run_report(project: Project, name: str) -> None:
    """Draw the report of the function's latest run, where there is something to say."""
    state = live_snapshot(project, key="studio-report-live").state(name)
    if state is None or state.run is None:
        return
    run = state.run
    if run.failure:
        with st.container(border=True):
            st.text(f"✗ The run ended early: {run.failure}")
            if st.button("Run again", key="studio-run-again"):
                project.run_again(name)
    if run.error_count:
        st.text(f"✗ {run.error_count:,} rows with an error; they count as not voted.")
        errors = project.run_errors(name)[:_SHOWN_ERRORS]
        st.dataframe(
            pd.DataFrame(
                {
                    "row": [error.row_id for error in errors],
                    "line": [error.line for error in errors],
                    "error": [f"{error.error}: {error.message}" for error in errors],
                }
            ),
            hide_index=True,
            height=min(36 + 35 * len(errors), 220),
        )
    if run.stdout:
        with st.expander("What it printed"):
            st.code(run.stdout, language=None)
    if state.status == "ready":
        st.text(f"Ran on {run.rows:,} rows in {run.seconds:.2f} s.")
