"""The annotation journal: every saved event once more, as one line of JSON in a file of its own.

DuckDB opens a database without a word when its write-ahead log was cut short or deleted; the last
transactions are gone then. The journal shows it, and holds what is needed to put it right.

A line (see `journal_lines`) carries the checksum of its predecessor and its own. A line that was
damaged fails its own checksum; a line that is missing leaves a successor without its predecessor.
What follows the last newline is a write that was cut off: it was never acknowledged.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from labeling.annotation_store import Annotation
from labeling.errors import ProjectError
from storage.journal_lines import lines, read_line

NAME = "annotations.jsonl"


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


def read(path: Path) -> JournalReading:
    """Read a journal; one that is not there reads as empty.

    Raises:
        ProjectError: there is something, but no file that can be read.
    """
    with usable(path):
        content = path.read_bytes() if path.exists() else b""
    size = content.rfind(b"\n") + 1
    events: list[Annotation] = []
    damage: list[Damage] = []
    expected: str | None = ""
    for number, written in enumerate(content[:size].split(b"\n")[:-1], start=1):
        line = read_line(written)
        if line is None:
            damage.append(Damage(number, "does not match its checksum"))
            expected = None
            continue
        if line.event is None:
            damage.append(Damage(number, f"holds no annotation: {line.fault}"))
        else:
            if expected not in (None, line.previous):
                damage.append(Damage(number, "does not follow the line before it"))
            events.append(line.event)
        expected = line.check
    return JournalReading(
        tuple(events), tuple(damage), size, len(content) - size, last_check=expected or ""
    )


@contextmanager
def usable(path: Path) -> Iterator[None]:
    """Say what is wrong with the journal at `path` where the system refuses what the block does.

    Raises:
        ProjectError: the block raised OSError.
    """
    try:
        yield
    except OSError as error:
        raise ProjectError(
            f"The annotation journal cannot be used: {error.strerror}.",
            where=str(path),
            remedy="It must be a file that you may read and write, on a disk with free space. If "
            "something else has its name, move that away; the journal is written anew from the "
            "database.",
        ) from error


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
        written, check = lines(events, self._last_check)
        unwritten = memoryview(written)
        while unwritten:
            unwritten = unwritten[self._file.write(unwritten) :]
        os.fsync(self._file.fileno())
        self._size += len(written)
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


def _sync_folder(folder: Path) -> None:
    """Make sure that a new name in a folder outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
