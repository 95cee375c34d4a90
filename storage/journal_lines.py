"""One line of the annotation journal and the event in it, there and back.

A line carries the checksum of its predecessor and, at its end, its own. A line can match its
checksum and still be none that was written here, so its values are looked at before they go on:
whatever the database could hold is read, also what would be refused today.
"""

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from labeling.annotation_store import Annotation
from labeling.draws import Draw
from storage import times

HIGHEST_SEQUENCE = 1_000_000_000
"""Above any number ever given; the database cannot count much further within minutes."""

_CHECK_SIZE = 16
_CHECK = b', "check": "%s"}'
_CHECK_LENGTH = len(_CHECK) - 2 + _CHECK_SIZE
_BIGINT = range(-(2**63), 2**63)
_TINYINT = range(-(2**7), 2**7)
_SEQUENCES = range(HIGHEST_SEQUENCE + 1)


@dataclass(frozen=True)
class Line:
    """A line that matches its checksum; `event` is None where `fault` says why there is none."""

    previous: str | None
    check: str
    event: Annotation | None
    fault: str = ""


class _OddContentError(Exception):
    """A line holds something that is no annotation event."""


def encoded(event: Annotation) -> dict[str, object]:
    """Return an event as JSON values."""
    return {
        "sequence": event.sequence,
        "event_id": str(event.event_id),
        "row_id": event.row_id,
        "action": event.action,
        "code": event.code,
        "annotator": event.annotator,
        "at": times.from_database(times.to_database(event.at)).isoformat(),
        "seconds": event.seconds,
        "note": event.note,
        "flagged": event.flagged,
        "draw": None if event.draw is None else asdict(event.draw),
    }


def same(one: Annotation, other: Annotation) -> bool:
    """Tell whether two events would make the same line; not by value, as NaN equals nothing."""
    return json.dumps(encoded(one)) == json.dumps(encoded(other))


def lines(events: Sequence[Annotation], previous: str) -> tuple[bytes, str]:
    """Return the lines of events after the line with checksum `previous`, and the last checksum."""
    written = bytearray()
    for event in events:
        body = json.dumps({"previous": previous, **encoded(event)}).encode("ascii")
        check = _checksum(body)
        written += body[:-1] + _CHECK % check + b"\n"
        previous = check.decode()
    return bytes(written), previous


def read_line(line: bytes) -> Line | None:
    """Read a line without its newline; None where it does not match its checksum."""
    body, check = line[:-_CHECK_LENGTH] + b"}", line[-_CHECK_LENGTH:]
    checksum = _checksum(body)
    if check != _CHECK % checksum:
        return None
    previous = None
    try:
        fields = _fields(body)
        previous = _text(fields, "previous")
        return Line(previous, checksum.decode(), _event(fields))
    except _OddContentError as odd:
        return Line(previous, checksum.decode(), None, fault=str(odd))


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:_CHECK_SIZE].encode("ascii")


def _fields(body: bytes) -> dict[str, Any]:
    try:
        # What ends in a brace and is JSON is an object.
        fields: dict[str, Any] = json.loads(body)
    except (ValueError, RecursionError):
        raise _OddContentError("it is no JSON object") from None
    return fields


def _event(fields: Mapping[str, Any]) -> Annotation:
    return Annotation(
        event_id=_identity(fields),
        row_id=_whole(fields, "row_id", _BIGINT),
        # Any text: an action that is unknown here may be one of a newer version.
        action=_text(fields, "action"),  # type: ignore[arg-type]
        code=None if _is_null(fields, "code") else _whole(fields, "code", _TINYINT),
        annotator=_text(fields, "annotator"),
        at=_time(fields),
        seconds=None if _is_null(fields, "seconds") else _number(fields, "seconds"),
        note=_text(fields, "note"),
        flagged=_flag(fields),
        sequence=_whole(fields, "sequence", _SEQUENCES),
        draw=_draw(fields),
    )


def _flag(fields: Mapping[str, Any]) -> bool:
    """Read whether the row is flagged; lines of earlier versions say nothing of it."""
    flagged = fields.get("flagged", False)
    if type(flagged) is not bool:
        raise _odd(fields, "flagged", "true or false")
    return flagged


def _draw(fields: Mapping[str, Any]) -> Draw | None:
    """Read how the row was drawn; lines of earlier versions say nothing of it."""
    drawn = fields.get("draw")
    if drawn is None:
        return None
    if not isinstance(drawn, dict):
        raise _odd(fields, "draw", "an object or null")
    return Draw(_text(drawn, "sampler"), _number(drawn, "propensity"), _number(drawn, "even"))


def _is_null(fields: Mapping[str, Any], name: str) -> bool:
    return name in fields and fields[name] is None


def _whole(fields: Mapping[str, Any], name: str, valid: range) -> int:
    value = fields.get(name)
    if type(value) is not int or value not in valid:
        raise _odd(fields, name, f"a whole number from {valid[0]} to {valid[-1]}")
    return value


def _number(fields: Mapping[str, Any], name: str) -> float:
    value = fields.get(name)
    # A whole number beyond the largest double would not become one.
    if type(value) is float or (type(value) is int and abs(value) <= sys.float_info.max):
        return float(value)
    raise _odd(fields, name, "a number")


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise _odd(fields, name, "a text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _odd(fields, name, "a text of whole characters") from None
    return value


def _identity(fields: Mapping[str, Any]) -> UUID:
    text = _text(fields, "event_id")
    try:
        return UUID(text)
    except ValueError:
        raise _odd(fields, "event_id", "a UUID") from None


def _time(fields: Mapping[str, Any]) -> datetime:
    text = _text(fields, "at")
    try:
        return times.from_database(times.to_database(datetime.fromisoformat(text)))
    except (ValueError, OverflowError):
        raise _odd(fields, "at", "a time") from None


def _odd(fields: Mapping[str, Any], name: str, wanted: str) -> _OddContentError:
    if name not in fields:
        return _OddContentError(f"it has no {name!r}")
    shown = ascii(fields[name])
    shown = shown if len(shown) <= 40 else f"{shown[:37]}..."
    return _OddContentError(f"its {name!r} is {shown}, not {wanted}")
