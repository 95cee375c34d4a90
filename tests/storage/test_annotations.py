"""Hand annotations: append-only, idempotent, and merged with imported gold."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest

from labeling.errors import ProjectError
from labeling.store import Annotation

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
    sent = event(
        3, event_id=identity, at=datetime(2024, 5, 1, 14, tzinfo=rome), seconds=2.5, note="<b>"
    )
    assert filled.append_annotations([sent]) == 1
    assert filled.annotations(3) == (
        Annotation(identity, 3, "label", 1, "ann", NOON, 2.5, "<b>", sequence=1),
    )


def test_resubmitted_events_are_saved_once(filled):
    """The same id is ignored, in the same call and in a later one."""
    first, second = event(2), event(3, "skip")
    filled.append_annotations([first, first])
    highest = filled.append_annotations([first, second])
    assert [saved.event_id for saved in filled.annotations()] == [first.event_id, second.event_id]
    assert filled.annotations()[-1].sequence == highest
    assert filled.append_annotations([]) == highest


def test_latest_event_of_a_row_counts(filled):
    """Clear and skip take a label back; a later label by anyone replaces an earlier one."""
    filled.append_annotations([event(2, code=0), event(3), event(4)])
    filled.append_annotations([event(2, code=1, annotator="bob"), event(3, "clear")])
    gold = filled.gold()
    assert gold.row_ids.tolist() == [0, 1, 2, 4]
    assert gold.codes.tolist() == [1, 0, 1, 1]
    assert gold.annotated.tolist() == [False, False, True, True]
    assert filled.latest_actions() == {2: "label", 3: "clear", 4: "label"}


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


def test_label_needs_a_code(filled):
    """A label without a class, or a skip with one, is refused."""
    label = Annotation(uuid4(), 2, "label", None, "ann", NOON)
    with pytest.raises(ProjectError, match="action 'label' has code None"):
        filled.append_annotations([label])
    with pytest.raises(ProjectError, match="action 'skip' has code 1"):
        filled.append_annotations([event(2, "skip", 1)])
