"""The annotation card: one row after the other, labelled by keyboard.

The browser holds a queue of cards and never waits for the server between two of them. Each press
becomes an event in a log, which the browser sends again and again until Python acknowledges it. A
page therefore does, in this order:

    events = new_events(key)          # what the browser sent and nobody acknowledged
    project.annotate(events)          # store them; storing one twice must do no harm
    acknowledge(events, key=key)
    annotation_card(project.queue(), key=key, ...)
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

import streamlit as st

from components.assets import component, declared
from components.names import short_names
from labeling.errors import ProjectError
from labeling.examples import Example
from labeling.votes_on_demand import RowVotes

Action = Literal["label", "skip", "clear"]

_ACTIONS = ("label", "skip", "clear")

_NAME_COLUMNS = 28

_mount = component("card")


@dataclass(frozen=True)
class Card:
    """A row to annotate.

    Attributes:
        row_id: the row.
        text: shown as it is, never as markup.
        fields: further columns to show beside the text, as (name, value).
        suggestion: class code that Enter accepts, None for no suggestion.
        suggestion_confidence: 0 to 1.
        reason: why this row was chosen, in a few words.
        draw: how it was chosen, as a text that comes back with the answer.
    """

    row_id: int
    text: str
    fields: tuple[tuple[str, str], ...] = ()
    suggestion: int | None = None
    suggestion_confidence: float | None = None
    reason: str = ""
    draw: str = ""


@dataclass(frozen=True)
class AnnotationEvent:
    """One press. `clear` takes back what was said of the row before.

    Attributes:
        event_id: UUID made by the browser; the same event may come more than once.
        row_id: the row.
        action: what was done.
        code: class code of a `label`, else None.
        seconds: from the card's appearance to the press.
        at: when, by the browser's clock, in ISO 8601 UTC.
        note: what was written about the row.
        flagged: whether somebody should look at the row again.
        draw: what the card said of how the row was chosen.
    """

    event_id: str
    row_id: int
    action: Action
    code: int | None
    seconds: float
    at: str
    note: str = ""
    flagged: bool = False
    draw: str = ""


def new_events(key: str) -> tuple[AnnotationEvent, ...]:
    """Return the events the card `key` sent and nobody acknowledged yet, oldest first."""
    acknowledged = _acknowledged(key)
    return tuple(event for event in _sent(key) if event.event_id not in acknowledged)


def acknowledge(events: Sequence[AnnotationEvent], *, key: str) -> None:
    """Note that events are stored; the next `annotation_card` tells the browser."""
    still_sent = {event.event_id for event in _sent(key)}
    stored = _acknowledged(key) | {event.event_id for event in events}
    st.session_state[_acknowledged_name(key)] = sorted(stored & still_sent)


def asked_row(key: str) -> int | None:
    """Return the row whose votes the card `key` asked for last, None where it asked for none."""
    asked = (st.session_state.get(key) or {}).get("asked")
    return asked if type(asked) is int else None


def annotation_card(
    cards: Sequence[Card],
    *,
    classes: Sequence[str],
    colors: Mapping[str, str],
    key: str,
    log: str,
    labelled: int = 0,
    total: int = 0,
    paused: bool = False,
    guidelines: str = "",
    examples: Sequence[Example] = (),
    queue: int | str = 0,
    votes: RowVotes | None = None,
    votes_allowed: bool = False,
) -> tuple[AnnotationEvent, ...]:
    """Draw the card and return the events that are not acknowledged yet.

    Args:
        cards: the next rows, 20 or more; those already answered are dropped by the browser.
        classes: class names by code.
        colors: colour of each class name, as `components.palette.class_colors` returns.
        key: names this card on the page.
        log: names project and annotator. Events that could not be delivered before a page was
            left are kept in the browser's tab under this name and sent when it is back.
        labelled: rows annotated so far, those of unacknowledged events not counted.
        total: rows there are to annotate; 0 shows no total.
        paused: whether nobody gets rows at the moment, which the card says where it has none.
        guidelines: shown beside the card, as plain text.
        examples: shown below the guidelines, in the order of classes.
        queue: a new value says that `cards` was drawn afresh: answered rows may come again.
        votes: on the row of `asked_row`; the card shows them only when its user asks.
        votes_allowed: whether its user can ask.
    """
    _mount(
        key=key,
        data={
            "cards": [asdict(card) for card in cards],
            "classes": [{"name": name, "color": colors[name]} for name in classes],
            "short": short_names(classes, _NAME_COLUMNS),
            "acknowledged": sorted(_acknowledged(key)),
            "log": log,
            "labelled": labelled,
            "total": total,
            "paused": paused,
            "guidelines": guidelines,
            "examples": [asdict(example) for example in examples],
            "queue": str(queue),
            "votes": None if votes is None else _sent_votes(votes),
            "votes_allowed": votes_allowed,
        },
        on_events_change=declared,
        on_asked_change=declared,
    )
    return new_events(key)


def _sent_votes(votes: RowVotes) -> dict[str, object]:
    names = [vote.function for vote in votes.votes]
    return {**asdict(votes), "short": short_names(names, _NAME_COLUMNS)}


def _sent(key: str) -> tuple[AnnotationEvent, ...]:
    sent = (st.session_state.get(key) or {}).get("events") or []
    return tuple(_event(fields) for fields in sent)


def _event(fields: Mapping[str, object]) -> AnnotationEvent:
    """Read an event that the browser sent.

    Raises:
        ProjectError: it is none.
    """
    try:
        return _read(fields)
    except (KeyError, TypeError, ValueError, OverflowError) as fault:
        raise ProjectError(
            f"The browser sent an answer that is none ({fault}): {ascii(fields)[:200]}.",
            remedy="Reload the page. What was saved stays; other answers of this page wait.",
        ) from fault


def _read(fields: Mapping[str, object]) -> AnnotationEvent:
    action, code, row_id = fields["action"], fields["code"], fields["row_id"]
    if action not in _ACTIONS or (action == "label") != (type(code) is int):
        raise ValueError(f"action {action!r} with code {code!r}")
    if type(row_id) is not int:
        raise ValueError(f"row {row_id!r}")
    event_id, at = str(fields["event_id"]), str(fields["at"])
    UUID(event_id)
    datetime.fromisoformat(at)
    return AnnotationEvent(
        event_id=event_id,
        row_id=row_id,
        action=cast("Action", action),
        code=cast("int | None", code),
        seconds=float(cast("float", fields["seconds"])),
        at=at,
        note=str(fields.get("note", "")),
        flagged=fields.get("flagged") is True,
        draw=str(fields.get("draw", "")),
    )


def _acknowledged(key: str) -> set[str]:
    return set(st.session_state.get(_acknowledged_name(key), ()))


def _acknowledged_name(key: str) -> str:
    return f"{key}:acknowledged"
