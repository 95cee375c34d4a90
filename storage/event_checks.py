"""What an annotation event has to be before it is saved; a refusal names the event and a way out.

Events of several people are saved in one transaction. What the database could not take is refused
here, before it shares one with the events of others.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import get_args
from uuid import UUID

from labeling.annotation_store import FLAGGABLE, WITH_CODE, Annotation, AnnotationAction
from labeling.errors import ProjectError

ACTIONS: tuple[str, ...] = get_args(AnnotationAction)
HIGHEST_CODE = 127
MOST_SECONDS = 1_000_000_000
LONGEST_TEXT = 100_000
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def check(events: Sequence[Annotation], rows: int) -> None:
    """Refuse events that cannot be saved in a project of so many rows.

    Raises:
        ProjectError: a field of an event is not of its kind or out of its range.
    """
    for event in events:
        _check_row(event, rows)
        _check_choice(event)
        _check_times(event)
        _check_text(event, "annotator", event.annotator)
        _check_text(event, "note", event.note)
        _check_flag(event)
        _check_draw(event)


def _check_row(event: Annotation, rows: int) -> None:
    if type(event.row_id) is not int:
        raise ProjectError(
            f"An annotation names row {event.row_id!r}; a row id is a whole number.",
            remedy="Send the row_id of the row as an int.",
        )
    if not 0 <= event.row_id < rows:
        raise ProjectError(
            f"There is no row {event.row_id}; the project has {rows} rows.",
            remedy=f"Give a row_id from 0 to {rows - 1}." if rows else "Import rows first.",
        )
    if type(event.event_id) is not UUID:
        raise _refused(event, f"has the id {event.event_id!r}", "Give each event its own UUID.")


def _check_choice(event: Annotation) -> None:
    if event.action not in ACTIONS:
        raise ProjectError(
            f"An annotation of row {event.row_id} has the unknown action {event.action!r}.",
            choices=ACTIONS,
        )
    if (event.action in WITH_CODE) != (event.code is not None):
        raise _refused(
            event,
            f"with action {event.action!r} has code {event.code}",
            "Give a class code for 'label' and 'decide', and none for other actions.",
        )
    if event.code is not None and not (type(event.code) is int and 0 <= event.code <= HIGHEST_CODE):
        raise _refused(
            event,
            f"has the class code {event.code!r}",
            f"Give the place of a class in the project's classes, 0 to {HIGHEST_CODE} at most.",
        )


def _check_times(event: Annotation) -> None:
    if not _is_duration(event.seconds):
        raise _refused(
            event,
            f"took {event.seconds!r} seconds",
            f"Give a number from 0 to {MOST_SECONDS:,}, or None where it is not known.",
        )
    if not _has_zone(event.at):
        raise _refused(
            event,
            f"has the time {event.at!r}, which names no time zone",
            "Give a datetime with a zone, such as datetime.now(UTC).",
        )
    if not EARLIEST <= event.at < LATEST:
        raise _refused(
            event,
            f"is of {event.at.isoformat()}",
            f"Set the clock right: times are from {EARLIEST.year} to before {LATEST.year}.",
        )


def _check_text(event: Annotation, name: str, text: object) -> None:
    if not isinstance(text, str):
        raise _refused(event, f"has the {name} {text!r}", f"Give the {name} as text.")
    if len(text) > LONGEST_TEXT:
        raise _refused(
            event,
            f"has {len(text):,} characters in its {name}",
            f"Shorten it to at most {LONGEST_TEXT:,}.",
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _refused(
            event,
            f"has half a character at place {error.start + 1} of its {name}",
            "Take it out: a lone surrogate is no text.",
        ) from None


def _check_flag(event: Annotation) -> None:
    if type(event.flagged) is not bool:
        raise _refused(event, f"has the flag {event.flagged!r}", "Give True or False.")
    if event.flagged and event.action not in FLAGGABLE:
        raise _refused(
            event,
            f"with action {event.action!r} has a flag",
            f"Give one with {', '.join(map(repr, FLAGGABLE))} only.",
        )


def _check_draw(event: Annotation) -> None:
    if event.draw is not None and event.draw.fault is not None:
        raise _refused(
            event,
            event.draw.fault,
            "Give the sampler's name and probabilities above 0 and at most 1, or no draw.",
        )
    if event.draw is not None:
        _check_text(event, "sampler", event.draw.sampler)


def _is_duration(seconds: object) -> bool:
    # bool is an int to Python, but no duration; NaN is in no range.
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return seconds is None
    return 0 <= seconds <= MOST_SECONDS


def _has_zone(at: object) -> bool:
    return isinstance(at, datetime) and at.utcoffset() is not None


def _refused(event: Annotation, what: str, remedy: str) -> ProjectError:
    return ProjectError(f"An annotation of row {event.row_id} {what}.", remedy=remedy)
