"""The rows waiting for the annotation card, and the events that come back from it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
import numpy.typing as npt
import streamlit as st

from components.annotation_card import AnnotationEvent, Card
from components.errors import errors_shown
from components.sealed_draws import sealed_draw, unsealed_draw
from labeling.annotation_store import Annotation
from labeling.browse import RowFilter, RowView
from labeling.draws import Draw
from labeling.export_labels import LabelsFrom
from labeling.leases import Holder
from labeling.project import Project
from labeling.sampling import SAMPLERS
from labeling.suggestions import Suggestion
from labeling.votes_on_demand import RowVotes

QUEUE_ROWS = 40
REFILL_BELOW = 20


@dataclass(frozen=True)
class Queue:
    """Cards to answer; `name` changes when the queue is drawn afresh.

    While the project's queue is paused there are no cards; those that waited do so still.
    """

    name: str
    cards: tuple[Card, ...]
    paused: bool = False


@dataclass(frozen=True)
class WantedRows:
    """Which rows to annotate next: those of a sampler, of "search" those that a filter keeps."""

    sampler: str
    search: RowFilter | None = None

    @property
    def name(self) -> str:
        """A name that is another one for other rows."""
        return self.sampler if self.search is None else f"{self.sampler} {self.search!r}"


def next_cards(
    project: Project,
    wanted: WantedRows,
    annotator: str,
    suggest_from: LabelsFrom = "label-model",
) -> Queue:
    """Return the waiting cards, refilled before they run out.

    The rows wait in the session, so that a refit between two presses does not shuffle them.
    """
    name = f"{project.folder.name}/{wanted.name}/{annotator}"
    holder = Holder(annotator, str(_session_seed()))
    kept = st.session_state.get("annotate_queue")
    waiting: dict[int, Draw | None] = kept["draws"] if kept and kept["name"] == name else {}
    row_ids = project.still_wanted(list(waiting), holder)
    draws = {row_id: waiting[row_id] for row_id in row_ids}
    if project.assignments.paused():
        st.session_state["annotate_queue"] = {"name": name, "draws": draws}
        return Queue(f"{name}/paused", (), paused=True)
    if len(draws) < REFILL_BELOW:
        more = project.queues.draw(
            wanted.sampler,
            QUEUE_ROWS - len(draws),
            seed=_session_seed(),
            leave_out=row_ids,
            holder=holder,
            search=wanted.search,
        )
        draws |= {row.row_id: row.draw for row in more}
    st.session_state["annotate_queue"] = {"name": name, "draws": draws}
    shown = list(draws)
    rows = zip(project.rows(shown), project.suggestions(shown, suggest_from), strict=True)
    # A row that checks the annotator looks like any other of the queue, down to what is sent.
    like_others = next((one for one in draws.values() if one), Draw(wanted.sampler, 1.0, 1.0))
    cards = (
        _card(project, row, suggested, draws[row.row_id] or like_others) for row, suggested in rows
    )
    return Queue(name, tuple(cards))


def save_events(project: Project, events: Sequence[AnnotationEvent], annotator: str) -> None:
    """Save what the card sent; sending an event twice saves it once."""
    if events:
        known = project.snapshot().imported_gold
        project.annotate(
            [
                _annotation(
                    event, annotator, project.folder.name, is_check=_is_among(known, event.row_id)
                )
                for event in events
            ]
        )


def votes_beside(project: Project, asked: int | None) -> RowVotes | None:
    """Return the votes on the row for which the card asked, None where it may not have them."""
    if asked is not None and project.votes_on_demand.allowed():
        with errors_shown():
            return project.votes_on_demand.of(asked)
    return None


def _is_among(rows: npt.NDArray[np.bool_], row_id: int) -> bool:
    return 0 <= row_id < rows.size and bool(rows[row_id])


def _session_seed() -> int:
    """Return this session's own seed, so that two annotators do not get the same rows in turn."""
    seed: int = st.session_state.setdefault("annotate_seed", secrets.randbits(32))
    return seed


def _card(project: Project, row: RowView, suggested: Suggestion | None, draw: Draw) -> Card:
    return Card(
        row_id=row.row_id,
        text=row.text,
        fields=row.fields,
        suggestion=None if suggested is None else suggested.code,
        suggestion_confidence=None if suggested is None else suggested.confidence,
        reason=SAMPLERS[draw.sampler].reason,
        draw=sealed_draw(draw, project.folder.name, row.row_id),
    )


def _annotation(
    event: AnnotationEvent, annotator: str, project: str, *, is_check: bool
) -> Annotation:
    """Return what is saved; the draw of a row that checks the annotator is none of its own."""
    draw = unsealed_draw(event.draw, project, event.row_id)
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
        draw=None if is_check else draw,
    )
