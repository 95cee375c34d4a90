"""What an unsaved function would do: counts, the difference to the saved votes, and errors."""

import streamlit as st

from components.pins_panel import pin_lines
from components.rows import show_rows
from labeling.browse import with_vote
from labeling.functions import LabelingFunction
from labeling.preview import FunctionPreview
from labeling.project import Project
from labeling.snapshot import Snapshot
from labeling.table import accuracy_text, share

_SHOWN_ERRORS = 3


def run_preview(project: Project, function: LabelingFunction) -> None:
    """Run the function on the first rows and keep what it did for `preview_panel`."""
    with st.spinner("Running on the first rows …"):
        preview = project.preview_function(function)
    st.session_state["studio_preview"] = {
        "function": (function.name, function.kind, function.source),
        "lines": _lines(preview)
        + pin_lines(
            project.pins.check_votes(function.name, preview.result.votes), project.info().classes
        ),
        "votes": {row_id: int(preview.result.votes[row_id]) for row_id in preview.hits[:50]},
    }


def forget_preview() -> None:
    """Drop the preview: it speaks of another text."""
    st.session_state.pop("studio_preview", None)
    st.session_state.pop("studio_wish", None)


def has_previewed_rows() -> bool:
    """Tell whether the previewed function votes on a row."""
    return bool(st.session_state.get("studio_preview", {}).get("votes"))


def show_previewed_rows(project: Project, snapshot: Snapshot) -> None:
    """Draw the first rows that the previewed function votes on, with its own votes."""
    kept = st.session_state["studio_preview"]
    function, votes = LabelingFunction(*kept["function"]), kept["votes"]
    st.text("First rows the function votes on, before it is saved")
    rows = tuple(
        with_vote(row, function.name, votes[row.row_id]) for row in project.rows(list(votes))
    )
    show_rows(
        project,
        snapshot,
        rows,
        key="studio-preview-rows",
        function=function.name,
        unsaved=function,
    )


def preview_panel(_project: Project) -> None:
    """Draw the kept preview."""
    kept = st.session_state.get("studio_preview")
    if not kept:
        return
    with st.container(border=True):
        st.text("\n".join(kept["lines"]))


def _lines(preview: FunctionPreview) -> list[str]:
    found, result = preview.statistics, preview.result
    of = (
        f"all {preview.total_rows:,} rows"
        if preview.rows == preview.total_rows
        else f"the first {preview.rows:,} of {preview.total_rows:,} rows"
    )
    lines = [
        f"Preview on {of}, not saved:",
        f"votes on {found.votes:,} rows ({share(found.coverage)}), "
        f"conflicts {share(found.conflicts)}",
        "accuracy on dev gold: "
        + accuracy_text(
            {
                "accuracy": found.accuracy,
                "accuracy_low": found.accuracy_low,
                "accuracy_high": found.accuracy_high,
                "gold": found.correct + found.incorrect,
            }
        ),
    ]
    if preview.diff is not None:
        diff = preview.diff
        lines.append(
            f"against the saved version: +{diff.gained:,} gained, −{diff.lost:,} lost, "
            f"{diff.flipped:,} flipped"
        )
    if result.failure:
        lines.append(f"✗ {result.failure}")
    if result.error_count:
        lines.append(f"✗ {result.error_count:,} rows with an error, such as:")
    for error in result.errors[:_SHOWN_ERRORS]:
        line = f", line {error.line}" if error.line is not None else ""
        lines.append(f"  row {error.row_id}{line}: {error.error}: {error.message}")
    if result.stdout:
        lines.append("It printed:\n" + result.stdout[:2_000])
    return lines
