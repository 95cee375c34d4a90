"""The rows waiting for the annotation card, and the events that come back from it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import streamlit as st

from components.annotation_card import AnnotationEvent, Card
from components.errors import errors_shown
from labeling.browse import RowView
from labeling.export_labels import LabelsFrom
from labeling.leases import Holder
from labeling.project import Project
from labeling.sampling import SAMPLERS
from labeling.store import Annotation
from labeling.suggestions import Suggestion
from labeling.votes_on_demand import RowVotes

QUEUE_ROWS = 40
REFILL_BELOW = 20


@dataclass(frozen=True)
class Queue:
    """Cards to answer; `name` changes when the queue is drawn afresh."""

    name: str
    cards: tuple[Card, ...]


def next_cards(
    project: Project, sampler: str, annotator: str, suggest_from: LabelsFrom = "label-model"
) -> Queue:
    """Return the waiting cards, refilled before they run out.

    The rows wait in the session, so that a refit between two presses does not shuffle them.
    """
    name = f"{project.folder.name}/{sampler}/{annotator}"
    holder = Holder(annotator, str(_session_seed()))
    waiting = st.session_state.get("annotate_queue")
    row_ids = list(waiting["row_ids"]) if waiting and waiting["name"] == name else []
    row_ids = project.still_wanted(row_ids, holder)
    if len(row_ids) < REFILL_BELOW:
        more = project.next_rows(
            sampler,
            QUEUE_ROWS - len(row_ids),
            seed=_session_seed(),
            leave_out=row_ids,
            holder=holder,
        )
        row_ids += [row.row_id for row in more]
    st.session_state["annotate_queue"] = {"name": name, "row_ids": row_ids}
    reason = SAMPLERS[sampler].reason
    rows = zip(project.rows(row_ids), project.suggestions(row_ids, suggest_from), strict=True)
    return Queue(name, tuple(_card(row, suggested, reason) for row, suggested in rows))


def save_events(project: Project, events: Sequence[AnnotationEvent], annotator: str) -> None:
    """Save what the card sent; sending an event twice saves it once."""
    if events:
        project.annotate([_annotation(event, annotator) for event in events])


def votes_beside(project: Project, asked: int | None) -> RowVotes | None:
    """Return the votes on the row for which the card asked, None where it may not have them."""
    if asked is not None and project.votes_on_demand.allowed():
        with errors_shown():
            return project.votes_on_demand.of(asked)
    return None


def _session_seed() -> int:
    """Return this session's own seed, so that two annotators do not get the same rows in turn."""
    seed: int = st.session_state.setdefault("annotate_seed", secrets.randbits(32))
    return seed


def _card(row: RowView, suggested: Suggestion | None, reason: str) -> Card:
    return Card(
        row_id=row.row_id,
        text=row.text,
        fields=row.fields,
        suggestion=None if suggested is None else suggested.code,
        suggestion_confidence=None if suggested is None else suggested.confidence,
        reason=reason,
    )


def _annotation(event: AnnotationEvent, annotator: str) -> Annotation:
    return Annotation(
        event_id=UUID(event.event_id),
        row_id=event.row_id,
        action=event.action,
        code=event.code,
        annotator=annotator,
        at=datetime.fromisoformat(event.at),
        seconds=event.seconds,
        note=event.note,
        flagged=event.flagged,
    )
