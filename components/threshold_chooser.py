"""Chooses the least confidence of exported labels by how many of them are to be right."""

import streamlit as st

from components.chart_parts import picture
from components.figures import BEFORE
from components.kept import kept
from components.model_charts import threshold_spec
from labeling.calibration import Threshold, threshold_for
from labeling.project import Project
from labeling.snapshot import Snapshot
from labeling.table import share

THRESHOLD_KEY = "export-threshold"


def threshold_chooser(project: Project, snapshot: Snapshot, chosen: float) -> None:
    """Draw the trade-off, and offer the lowest threshold that keeps a wanted accuracy."""
    curve = snapshot.thresholds
    if not curve:
        return
    picture(threshold_spec(curve, chosen), key="chart-threshold")
    if snapshot.is_pending:
        st.text(f"The labels are new; accuracy and counts here are as they were {BEFORE}.")
    _offer(project, curve)


def _offer(project: Project, curve: tuple[Threshold, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        percent = st.number_input(
            "Labels right, at least (%)",
            min_value=50.0,
            max_value=100.0,
            step=0.5,
            format="%.1f",
            key=kept(project, "export-wanted", 90.0),
            width=190,
        )
        found = threshold_for(curve, float(percent) / 100)
        if found is None:
            st.text("No confidence is enough for that. Write better functions, or label more rows.")
            return
        st.button(
            f"Use {found.confidence:.2f}", on_click=_use, args=(found.confidence,), key="export-use"
        )
        st.text(_means(found))


def _use(confidence: float) -> None:
    st.session_state[THRESHOLD_KEY] = confidence


def _means(found: Threshold) -> str:
    """Say what a threshold keeps, and how that is known."""
    stay = f"{found.rows:,} labels stay ({share(found.share)})"
    if found.accuracy is None or found.low is None or found.high is None:
        return f"{stay}; {share(found.expected)} of them are expected to be right."
    return (
        f"{stay}; {share(found.accuracy)} right on {found.gold:,} dev gold rows "
        f"({100 * found.low:.0f}–{100 * found.high:.0f}), {share(found.expected)} expected."
    )
