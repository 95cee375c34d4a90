"""The annotation journal: every saved event once more, as one line of JSON in a file of its own.

DuckDB opens a database without a word when its write-ahead log was cut short or deleted; the last
transactions are gone then. The journal shows it, and holds what is needed to put it right.

A line carries the checksum of its predecessor and, at its end, its own. A line that was damaged
fails its own checksum; a line that is missing leaves a successor without its predecessor. What
follows the last newline is a write that was cut off: it was never acknowledged.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from labeling.store import Annotation
from storage import times

NAME = "annotations.jsonl"
_CHECK_SIZE = 16
_CHECK = b', "check": "%s"}'
_CHECK_LENGTH = len(_CHECK) - 2 + _CHECK_SIZE


@dataclass(frozen=True)
class Damage:
    """A line of the journal that is not as it was written; lines count from 1."""

    line: int
    what: str


@dataclass(frozen=True)
class JournalReading:
    """What a journal holds: the events of its intact lines, and what is wrong with the others.

    `size` counts the bytes up to the last newline, `torn` those after it. `last_check` is the
    checksum that the next line names as its predecessor.
    """

    events: tuple[Annotation, ...]
    damage: tuple[Damage, ...]
    size: int
    torn: int
    last_check: str


def encoded(event: Annotation) -> dict[str, object]:
    """Return an event as JSON values; two events are the same when these are."""
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
    }


def read(path: Path) -> JournalReading:
    """Read a journal; one that is not there reads as empty."""
    content = path.read_bytes() if path.exists() else b""
    size = content.rfind(b"\n") + 1
    events: list[Annotation] = []
    damage: list[Damage] = []
    expected: str | None = ""
    for number, line in enumerate(content[:size].split(b"\n")[:-1], start=1):
        body, check = line[:-_CHECK_LENGTH] + b"}", line[-_CHECK_LENGTH:]
        if check != _CHECK % _checksum(body):
            damage.append(Damage(number, "does not match its checksum"))
            expected = None
            continue
        fields = json.loads(body)
        previous = fields.pop("previous")
        if expected not in (None, previous):
            damage.append(Damage(number, "does not follow the line before it"))
        events.append(_decoded(fields))
        expected = _checksum(body).decode()
    return JournalReading(
        tuple(events), tuple(damage), size, len(content) - size, last_check=expected or ""
    )


class Journal:
    """A journal open for appending. Used by one thread at a time."""

    def __init__(self, path: Path, reading: JournalReading) -> None:
        """Open the journal that was read, or make it; a line that was cut off is removed."""
        made_here = not path.exists()
        self._file = path.open("ab", buffering=0)
        self._size = reading.size
        self._last_check = reading.last_check
        if made_here:
            _sync_folder(path.parent)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, events: Sequence[Annotation]) -> None:
        """Write events and return once they are on disk, all of them or, with OSError, none."""
        # What an earlier attempt that failed left behind goes first.
        self._file.truncate(self._size)
        lines, check = _lines(events, self._last_check)
        unwritten = memoryview(lines)
        while unwritten:
            unwritten = unwritten[self._file.write(unwritten) :]
        os.fsync(self._file.fileno())
        self._size += len(lines)
        self._last_check = check

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def write_whole(path: Path, events: Iterable[Annotation]) -> None:
    """Write a journal of these events; it takes its name when it is complete."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with Journal(unfinished, read(unfinished)) as journal:
        journal.append(tuple(events))
    unfinished.replace(path)
    _sync_folder(path.parent)


def _lines(events: Sequence[Annotation], previous: str) -> tuple[bytes, str]:
    written = bytearray()
    for event in events:
        body = json.dumps({"previous": previous, **encoded(event)}).encode("ascii")
        check = _checksum(body)
        written += body[:-1] + _CHECK % check + b"\n"
        previous = check.decode()
    return bytes(written), previous


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:_CHECK_SIZE].encode("ascii")


def _decoded(fields: dict[str, Any]) -> Annotation:
    fields["event_id"] = UUID(fields["event_id"])
    fields["at"] = datetime.fromisoformat(fields["at"])
    return Annotation(**fields)


def _sync_folder(folder: Path) -> None:
    """Make sure that a new name in a folder outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
