"""The annotation journal: whole lines, told from damage, and equal to the database."""

import json
import logging
import shutil
from dataclasses import fields
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from labeling.errors import ProjectError
from labeling.store import Annotation
from storage import DuckDBOpener, journal
from storage.journal import Journal

NOON = datetime(2024, 5, 1, 12, 30, 15, 123456, tzinfo=UTC)


def event(row_id=2, **more):
    """Return a new event that labels a row."""
    given = {"event_id": uuid4(), "code": 1, "annotator": "Zoë", "at": NOON} | more
    return Annotation(row_id=row_id, action="label", **given)


@pytest.fixture
def three(tmp_path):
    """A journal of three events, closed, and the events."""
    path = tmp_path / journal.NAME
    events = tuple(event(sequence=number, note="line\none\u2028\r") for number in (1, 2, 5))
    with Journal(path, journal.read(path)) as opened:
        opened.append(events[:1])
        opened.append(events[1:])
    return path, events


def test_events_come_back_whole(three):
    """Every field is read as it was written, and nothing is wrong."""
    path, events = three
    reading = journal.read(path)
    assert (reading.events, reading.damage, reading.torn) == (events, (), 0)
    assert reading.size == path.stat().st_size


def test_every_field_of_an_event_is_journaled(three):
    """A field that is added to annotations has to be added to the journal."""
    line = json.loads(three[0].read_text("ascii").splitlines()[0])
    assert set(line) == {one.name for one in fields(Annotation)} | {"previous", "check"}
    assert line["at"] == "2024-05-01T12:30:15.123456+00:00"


def test_torn_line_is_told_from_damage_and_goes(three):
    """At whatever byte the last write was cut off, the events before it are whole."""
    path, events = three
    content = path.read_bytes()
    start = content.rfind(b"\n", 0, -1) + 1
    for end in range(start, len(content)):
        path.write_bytes(content[:end])
        reading = journal.read(path)
        assert (reading.events, reading.damage) == (events[:2], ())
        assert reading.torn == end - start
    with Journal(path, reading) as opened:
        opened.append(events[2:])
    assert path.read_bytes() == content


def test_every_flipped_byte_is_found(three):
    """No byte can change unseen, and no event is read that was not written."""
    path, events = three
    content = path.read_bytes()
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        reading = journal.read(path)
        assert reading.damage or reading.torn, place
        assert set(reading.events) < set(events)


def test_missing_line_is_found(three):
    """A line that was taken out leaves a successor without its predecessor."""
    path, events = three
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[2])
    reading = journal.read(path)
    assert reading.events == (events[0], events[2])
    assert [(one.line, one.what) for one in reading.damage] == [
        (2, "does not follow the line before it")
    ]


def test_failed_append_leaves_no_half_line(three):
    """What a failed write left behind is overwritten by the next one."""
    path, events = three
    more = event(sequence=6)
    with Journal(path, journal.read(path)) as opened:
        with path.open("ab") as file:
            file.write(b'{"previous": "half a li')
        opened.append([more])
    reading = journal.read(path)
    assert (reading.events, reading.damage, reading.torn) == ((*events, more), (), 0)


def test_journal_holds_what_was_acknowledged(filled, tmp_path):
    """When an append returns, its events are in the journal with their sequence numbers."""
    filled.append_annotations([event(2), event(3)])
    filled.append_annotations([event(4)])
    reading = journal.read(tmp_path / "project" / journal.NAME)
    assert reading.events == filled.annotations()


def test_resubmitted_event_is_journaled_once(filled, tmp_path):
    """The same id, in one call or in two, makes one line."""
    first = event()
    filled.append_annotations([first, first])
    filled.append_annotations([first])
    assert len(journal.read(tmp_path / "project" / journal.NAME).events) == 1


def reopened(filled, tmp_path, change):
    """Close the project, change its files, and open it again."""
    filled.close()
    change(tmp_path / "project")
    return DuckDBOpener().open(tmp_path / "project")


def test_missing_journal_is_written_from_the_database(filled, tmp_path):
    """A project from before the journal, or one whose journal was deleted, gets it."""
    filled.append_annotations([event(2), event(3)])
    saved = filled.annotations()
    again = reopened(filled, tmp_path, lambda folder: (folder / journal.NAME).unlink())
    assert journal.read(tmp_path / "project" / journal.NAME).events == saved
    again.close()


def test_older_database_gets_the_events_back(filled, tmp_path, filled_project, caplog):
    """A restored backup is completed from the journal, in order, and the log says so."""
    filled.append_annotations([event(2, code=0)])
    filled.append_annotations([event(2, code=1), event(3)])
    saved = filled.annotations()

    def restore(folder):
        shutil.copy(filled_project / "project.duckdb", folder)

    with caplog.at_level(logging.WARNING):
        again = reopened(filled, tmp_path, restore)
    assert "had lost 3 annotations (numbers 1 to 3); they were replayed" in caplog.text
    assert again.annotations() == saved
    assert again.gold().codes.tolist() == [1, 0, 1, 1]
    assert again.append_annotations([event(4)]) == 4
    again.close()


def test_events_of_rows_that_are_not_there_wait_in_the_journal(
    filled, tmp_path, empty_project, caplog
):
    """They are not replayed, not forgotten, and their numbers are not given away."""
    filled.append_annotations([event(2), event(3)])

    def restore(folder):
        shutil.copy(empty_project / "project.duckdb", folder)

    again = reopened(filled, tmp_path, restore)
    assert "2 annotations contradict the database" in caplog.text
    assert again.annotations() == ()
    again.close()
    assert len(journal.read(tmp_path / "project" / journal.NAME).events) == 2


def test_event_that_cannot_be_saved_leaves_the_others_of_its_group_alone(filled):
    """A bad event is refused before it joins a group."""
    with pytest.raises(ProjectError, match="There is no row 9"):
        filled.append_annotations([event(9)])
    assert filled.append_annotations([event(2)]) == 1
