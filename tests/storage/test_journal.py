"""The annotation journal: whole lines, told from damage, and equal to the database."""

import hashlib
import json
import logging
import math
import shutil
from dataclasses import fields
from datetime import UTC, datetime
from uuid import uuid4

import duckdb
import pytest

from labeling.annotation_store import Annotation
from labeling.draws import Draw
from labeling.errors import ProjectError
from storage import DuckDBOpener, doctor, journal
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
    drawn = Draw("uncertain", 0.5, 1e-6)
    events = tuple(
        event(sequence=number, note="line\none\u2028\r", flagged=True, draw=drawn)
        for number in (1, 2, 5)
    )
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


def rewritten(path, number, change):
    """Change the JSON text of a line and give it, and those after it, checksums that match."""
    lines = path.read_bytes().splitlines()
    check = b""
    for place in range(number - 1, len(lines)):
        body = lines[place][: lines[place].rindex(b', "check"')] + b"}"
        if place == number - 1:
            body = change(body)
        else:
            body = b'{"previous": "' + check + body[body.index(b'",') :]
        check = hashlib.sha256(body).hexdigest()[:16].encode()
        lines[place] = body[:-1] + b', "check": "' + check + b'"}'
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def with_value(name, value):
    """Return a change of a line's JSON that gives a field this value, or takes it out."""

    def change(body):
        fields = json.loads(body)
        if value is MISSING:
            del fields[name]
        else:
            fields[name] = value
        return json.dumps(fields).encode()

    return change


MISSING = object()
ODD_VALUES = [
    ("row_id", "2", "its 'row_id' is '2', not a whole number from"),
    ("row_id", True, "its 'row_id' is True, not a whole number"),
    ("row_id", math.nan, "its 'row_id' is nan, not a whole number"),
    ("row_id", 2**63, "its 'row_id' is 9223372036854775808, not"),
    ("row_id", MISSING, "it has no 'row_id'"),
    ("code", 128, "its 'code' is 128, not a whole number from -128 to 127"),
    ("code", MISSING, "it has no 'code'"),
    ("sequence", None, "its 'sequence' is None, not a whole number"),
    ("sequence", 2**62, "its 'sequence' is 4611686018427387904, not a whole number"),
    ("event_id", "7", "its 'event_id' is '7', not a UUID"),
    ("event_id", 7, "its 'event_id' is 7, not a text"),
    ("action", ["label"], "its 'action' is ['label'], not a text"),
    ("at", "noon", "its 'at' is 'noon', not a time"),
    ("at", "0001-01-01T00:00:00+14:00", "not a time"),
    ("seconds", "2", "its 'seconds' is '2', not a number"),
    ("seconds", 10**400, "not a number"),
    ("seconds", MISSING, "it has no 'seconds'"),
    ("note", "\ud800", r"its 'note' is '\ud800', not a text of whole characters"),
    ("note", {"x": "y" * 100}, "..., not a text"),
    ("draw", "random", "its 'draw' is 'random', not an object or null"),
    ("draw", {"sampler": "random"}, "it has no 'propensity'"),
    ("draw", {"sampler": 1}, "its 'sampler' is 1, not a text"),
    ("flagged", "yes", "its 'flagged' is 'yes', not true or false"),
    ("previous", 1, "its 'previous' is 1, not a text"),
    ("previous", MISSING, "it has no 'previous'"),
]


@pytest.mark.parametrize(("name", "value", "told"), ODD_VALUES)
def test_odd_value_under_a_valid_checksum_is_damage_of_its_line(three, name, value, told):
    """The line is named and left out; those before and after it are whole and in order."""
    path, events = three
    rewritten(path, 2, with_value(name, value))
    reading = journal.read(path)
    assert reading.events == (events[0], events[2])
    ((line, what),) = [(one.line, one.what) for one in reading.damage]
    assert line == 2
    assert what.startswith("holds no annotation: ")
    assert told in what


@pytest.mark.parametrize(
    "body",
    [
        b"{" * 50_000 + b"}",
        b"[" * 100_000 + b"}",
        b'{"previous": \xff}',
        b'{"row_id": ' + b"9" * 5_000 + b"}",
        b"}",
    ],
    ids=["braces", "brackets", "bytes", "digits", "nothing"],
)
def test_text_under_a_valid_checksum_that_is_no_json_is_damage(three, body):
    """Whatever stands in a line, reading goes on with the next."""
    path, events = three
    rewritten(path, 2, lambda _: body)
    reading = journal.read(path)
    assert reading.events == (events[0], events[2])
    assert [(one.line, one.what) for one in reading.damage] == [
        (2, "holds no annotation: it is no JSON object")
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code", -1),
        ("row_id", -1),
        ("seconds", -2.5),
        ("action", "approve"),
        ("note", "x" * 200_000),
        ("at", "1950-01-01T00:00:00"),
        ("draw", {"sampler": "", "propensity": 2.0, "even": -1}),
        ("draw", MISSING),
        ("flagged", MISSING),
    ],
)
def test_line_that_would_be_refused_today_is_still_read(three, name, value):
    """A journal from before a check was added loses nothing; the database can store it."""
    path, _ = three
    rewritten(path, 2, with_value(name, value))
    reading = journal.read(path)
    assert (len(reading.events), reading.damage) == (3, ())


def test_duration_that_is_no_number_agrees_with_itself(filled, tmp_path):
    """NaN is read, and what database and journal both hold is no difference, though it is NaN."""
    filled.append_annotations([event(2, seconds=1.5)])

    def make_nan(folder):
        with duckdb.connect(str(folder / "project.duckdb")) as connection:
            connection.execute("UPDATE annotation_events SET seconds = 'NaN'::DOUBLE")
        rewritten(folder / journal.NAME, 1, with_value("seconds", math.nan))

    again = reopened(filled, tmp_path, make_nan)
    again.close()
    assert all(check.fine for check in doctor.examine(tmp_path / "project"))


def test_two_lost_events_of_one_number_are_not_both_replayed(filled, tmp_path, filled_project):
    """The first gets the number back; the other waits in the journal, as if it were taken."""
    filled.append_annotations([event(2), event(3)])

    def restore(folder):
        shutil.copy(filled_project / "project.duckdb", folder)
        rewritten(folder / journal.NAME, 2, with_value("sequence", 1))

    again = reopened(filled, tmp_path, restore)
    assert [(saved.row_id, saved.sequence) for saved in again.annotations()] == [(2, 1)]
    again.close()


def test_folder_in_the_journal_s_place_is_said(filled, tmp_path):
    """The project is not opened without a journal, and the message says how to get one."""

    def replace(folder):
        (folder / journal.NAME).unlink()
        (folder / journal.NAME).mkdir()

    with pytest.raises(ProjectError, match="The annotation journal cannot be used: Is a dir") as e:
        reopened(filled, tmp_path, replace)
    assert e.value.where == str(tmp_path / "project" / journal.NAME)
    assert "move that away; the journal is written anew" in e.value.remedy


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
