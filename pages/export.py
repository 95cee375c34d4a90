"""Export: choose what the labelled file holds, see it, write it, and find earlier ones."""

import streamlit as st

from components.attempts import attempt, show_refused
from components.errors import errors_shown
from components.export_view import counts_table, csv_preview, export_links, options_form
from components.live import live_activity, live_snapshot
from components.threshold_chooser import threshold_chooser
from labeling.export_labels import ExportOptions
from labeling.project import Project


def show(project: Project) -> None:
    """Draw the page."""
    choices, outcome = st.columns([1, 2.2], gap="large")
    with choices:
        st.subheader("What to export", anchor=False)
        options = options_form(project)
    with outcome:
        _outcome(project, options)
        st.subheader("Exports of this project", anchor=False)
        export_links(project)


@st.fragment
def _outcome(project: Project, options: ExportOptions) -> None:
    """What the file would hold now, and the button that writes it."""
    snapshot = live_snapshot(project, key="export-live")
    st.subheader("What the file will hold", anchor=False)
    with errors_shown():
        counts_table(project.exports.counts(options), snapshot)
        csv_preview(project.exports.preview(options))
    if options.labels == "label-model" and not options.rebalanced:
        threshold_chooser(project, snapshot, options.threshold)  # its figures are of these labels
    live_activity(project, key="export-activity")
    ready = snapshot.phase == "idle"
    st.button(
        "Write the export",
        type="primary",
        disabled=not ready,
        help="The CSV and a manifest that tells how to make it again",
        on_click=attempt,
        args=("export", project.exports.write_to_project, options),
    )
    show_refused("export")
