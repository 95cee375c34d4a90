"""Annotate: one row after the other, by keyboard, the most useful ones first."""

import streamlit as st

from components.annotation_card import acknowledge, annotation_card, asked_row, new_events
from components.annotation_queue import Queue, WantedRows, next_cards, save_events, votes_beside
from components.errors import errors_shown
from components.listener import live_version
from components.palette import class_colors
from components.suggestion_choice import suggestion_choice
from components.wanted_rows import wanted_rows
from components.who import name_field
from labeling.assignments import QUEUE
from labeling.export_labels import LabelsFrom
from labeling.project import Project
from labeling.workspace import topic

_KEY = "annotation-card"


def show(project: Project) -> None:
    """Draw the page."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = wanted_rows(project)
        annotator = name_field("annotate-name", "annotator")
        suggest_from = suggestion_choice(project)
    _card(project, wanted, annotator, suggest_from)


@st.fragment
def _card(project: Project, wanted: WantedRows, annotator: str, suggest_from: LabelsFrom) -> None:
    with errors_shown():
        events = new_events(_KEY)
        save_events(project, events, annotator)
        acknowledge(events, key=_KEY)
    changed = topic(project.folder.name, QUEUE)
    live_version(changed, key="annotate-live", seen=project.assignments.version())
    info, progress = project.info(), project.annotation_progress()
    # The card keeps its place, and its keys, where a search is refused.
    queue = Queue("refused", ())
    with errors_shown():
        queue = next_cards(project, wanted, annotator, suggest_from)
    with errors_shown():
        annotation_card(
            queue.cards,
            classes=info.classes,
            colors=class_colors(info.classes),
            key=_KEY,
            log=f"{project.folder.name}/{annotator}",
            labelled=progress.labelled,
            total=progress.total,
            paused=queue.paused,
            guidelines=info.guidelines,
            examples=project.examples.shown(),
            queue=queue.name,
            votes=votes_beside(project, asked_row(_KEY)),
            votes_allowed=project.votes_on_demand.allowed(),
        )
