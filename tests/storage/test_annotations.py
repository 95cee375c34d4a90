"""Hand annotations: append-only, idempotent, and merged with imported gold."""

import math
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest

from labeling.annotation_store import Annotation
from labeling.draws import Draw
from labeling.errors import ProjectError

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def event(row_id, action="label", code=None, **more):
    """Return a new event; a label is class 1 unless a code is given."""
    code = 1 if action == "label" and code is None else code
    given = {"event_id": uuid4(), "annotator": "ann", "at": NOON} | more
    return Annotation(row_id=row_id, action=action, code=code, **given)


def test_events_come_back_whole(filled):
    """Every field is kept; times come back in UTC."""
    identity = UUID(int=7)
    rome = timezone(timedelta(hours=2))
    at, draw = datetime(2024, 5, 1, 14, tzinfo=rome), Draw("random", 0.25, 0.25)
    sent = event(3, event_id=identity, at=at, seconds=2.5, note="<b>", flagged=True, draw=draw)
    assert filled.append_annotations([sent]) == 1
    assert filled.annotations(3) == (
        Annotation(identity, 3, "label", 1, "ann", NOON, 2.5, "<b>", True, sequence=1, draw=draw),
    )


def test_resubmitted_events_are_saved_once(filled):
    """The same id is ignored, in the same call and in a later one."""
    first, second = event(2), event(3, "skip")
    filled.append_annotations([first, first])
    highest = filled.append_annotations([first, second])
    assert [saved.event_id for saved in filled.annotations()] == [first.event_id, second.event_id]
    assert filled.annotations()[-1].sequence == highest
    assert filled.append_annotations([]) == highest


def test_latest_event_of_an_annotator_counts(filled):
    """Clear and skip take the own label back; a later label replaces an earlier one."""
    filled.append_annotations([event(2, code=0), event(3), event(4)])
    filled.append_annotations([event(2, code=1), event(3, "clear")])
    gold = filled.gold()
    assert gold.row_ids.tolist() == [0, 1, 2, 4]
    assert gold.codes.tolist() == [1, 0, 1, 1]
    assert gold.annotated.tolist() == [False, False, True, True]
    first, *_, last = filled.annotations()
    assert first.sequence is not None and last.sequence is not None
    assert filled.annotations_since(first.sequence) == filled.annotations()[1:]
    assert filled.annotations_since(last.sequence) == ()


def test_gold_knows_how_its_row_was_drawn(filled):
    """The first label that stands says it; one that was taken back does not."""
    likely, rare = Draw("uncertain", 0.5, 0.01), Draw("random", 0.01, 0.01)
    filled.append_annotations([event(2, draw=likely), event(3, draw=likely), event(4)])
    filled.append_annotations([event(2, annotator="bob", draw=rare), event(3, "clear")])
    filled.append_annotations([event(3, annotator="bob", draw=rare)])
    gold = filled.gold()
    assert gold.row_ids.tolist() == [0, 1, 2, 3, 4]
    assert gold.first.tolist() == [0, 0, 1, 6, 3]
    assert gold.weights[2:4].tolist() == [0.02, 1.0]
    assert [math.isnan(weight) for weight in gold.weights] == [True, True, False, False, True]


def test_imported_gold_wins(filled):
    """A hand label on a row with imported gold changes nothing."""
    filled.append_annotations([event(0, code=0)])
    gold = filled.gold()
    assert (gold.row_ids[0], gold.codes[0], gold.annotated[0]) == (0, 1, False)


def test_hand_label_on_a_test_row_is_test_gold(filled):
    """The split of a row decides, not where its label comes from."""
    filled.append_annotations([event(3), event(4)])
    gold = filled.gold()
    assert dict(zip(gold.row_ids.tolist(), gold.is_test.tolist(), strict=True)) == {
        0: False,
        1: True,
        3: False,
        4: True,
    }


@pytest.mark.parametrize("bad", [event(5), event(-1)])
def test_unknown_row_saves_nothing(filled, bad):
    """One bad event undoes the whole call."""
    with pytest.raises(ProjectError, match=r"There is no row -?\d; the project has 5 rows"):
        filled.append_annotations([event(2), bad])
    assert filled.annotations() == ()


NOT_SAVABLE = [
    ({"row_id": "2"}, "names row '2'; a row id is a whole number"),
    ({"row_id": True}, "names row True; a row id is a whole number"),
    ({"row_id": 2**70}, f"There is no row {2**70}; the project has 5 rows"),
    ({"event_id": "7"}, "row 2 has the id '7'. Give each event its own UUID"),
    (
        {"action": "delete"},
        "unknown action 'delete'. Valid choices: label, skip, clear, decide, reopen",
    ),
    ({"code": 128}, "row 2 has the class code 128. Give the place of a class"),
    ({"code": -1}, "row 2 has the class code -1"),
    ({"code": 1.0}, "row 2 has the class code 1.0"),
    ({"code": True}, "row 2 has the class code True"),
    ({"seconds": math.nan}, "row 2 took nan seconds. Give a number from 0 to 1,000,000,000"),
    ({"seconds": math.inf}, "row 2 took inf seconds"),
    ({"seconds": -0.5}, "row 2 took -0.5 seconds"),
    ({"seconds": "2"}, "row 2 took '2' seconds"),
    ({"seconds": True}, "row 2 took True seconds"),
    ({"seconds": 10**400}, "row 2 took 1000"),
    ({"at": datetime(2024, 5, 1, 12)}, "which names no time zone. Give a datetime with a zone"),
    ({"at": "2024-05-01"}, "has the time '2024-05-01', which names no time zone"),
    ({"at": datetime(1969, 12, 31, tzinfo=UTC)}, "row 2 is of 1969-12-31T00:00:00+00:00. Set the"),
    ({"at": datetime(2200, 1, 1, tzinfo=UTC)}, "times are from 1970 to before 2200"),
    ({"note": "a\ud800"}, "row 2 has half a character at place 2 of its note"),
    ({"note": "x" * 100_001}, "row 2 has 100,001 characters in its note. Shorten it"),
    ({"note": None}, "row 2 has the note None. Give the note as text"),
    ({"draw": Draw("random", 0.0, 0.5)}, "row 2 was drawn with the propensity 0.0. Give"),
    ({"draw": Draw("random", 0.5, math.nan)}, "drawn with the even propensity nan"),
    ({"draw": Draw("random", True, 0.5)}, "drawn with the propensity True"),
    ({"draw": Draw("", 0.5, 0.5)}, "row 2 names the sampler ''"),
    ({"draw": Draw("\ud800", 0.5, 0.5)}, "row 2 has half a character at place 1 of its sampler"),
    ({"flagged": 1}, "row 2 has the flag 1. Give True or False"),
    (
        {"action": "clear", "code": None, "flagged": True},
        "'clear' has a flag. Give one with 'label'",
    ),
    ({"annotator": "\udfff"}, "row 2 has half a character at place 1 of its annotator"),
]


@pytest.mark.parametrize(("field", "told"), NOT_SAVABLE, ids=lambda value: repr(value)[:40])
def test_event_that_the_database_could_not_keep_is_refused(filled, field, told):
    """It is refused by name before it is saved, and so are the others of its call."""
    with pytest.raises(ProjectError, match=re.escape(told)):
        filled.append_annotations([event(3), replace(event(2), **field)])
    assert filled.annotations() == ()


def test_events_at_the_edges_are_saved_as_they_are(filled):
    """The lowest and the highest of each field come back whole."""
    first = event(0, code=0, seconds=0, at=datetime(1970, 1, 1, tzinfo=UTC), annotator="")
    last = event(
        4, code=127, at=datetime(2199, 12, 31, tzinfo=UTC), note="\0" + "\U0001f600" * 99_999
    )
    filled.append_annotations([first, last])
    assert filled.annotations() == (replace(first, sequence=1), replace(last, sequence=2))


def test_label_needs_a_code(filled):
    """A label without a class, or a skip with one, is refused."""
    label = Annotation(uuid4(), 2, "label", None, "ann", NOON)
    with pytest.raises(ProjectError, match="action 'label' has code None"):
        filled.append_annotations([label])
    with pytest.raises(ProjectError, match="action 'skip' has code 1"):
        filled.append_annotations([event(2, "skip", 1)])


def flagged_rows(store):
    """Return the row and the annotator of each flag that stands."""
    return [(one.row_id, one.annotator) for one in store.flags()]


def test_a_flag_stands_until_its_annotator_answers_without_one(filled):
    """Skipped rows can be flagged, too; what somebody else says changes nothing."""
    filled.append_annotations([event(2, flagged=True), event(3, "skip", flagged=True), event(4)])
    filled.append_annotations([event(2, annotator="bob")])
    assert flagged_rows(filled) == [(2, "ann"), (3, "ann")]
    filled.append_annotations([event(2), event(3, "clear")])
    assert flagged_rows(filled) == []


def test_a_reviewer_decides_a_flagged_row_or_takes_the_flag_off(filled):
    """A flag that came later stands; so does one whose row is reopened or flagged anew."""
    filled.append_annotations([event(row, flagged=True) for row in (2, 3)])
    filled.append_annotations([event(2, "decide", code=0), event(3, "flag")])
    assert flagged_rows(filled) == []
    filled.append_annotations([event(3, annotator="bob", flagged=True)])
    assert flagged_rows(filled) == [(3, "bob")]
    filled.append_annotations([event(2, "reopen"), event(3, "flag", flagged=True)])
    assert flagged_rows(filled) == [(2, "ann"), (3, "ann"), (3, "bob")]
    assert {one.row_id for one in filled.labels_by_annotator()} == {2, 3}
