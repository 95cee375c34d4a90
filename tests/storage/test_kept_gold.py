"""Gold, test rows, acceptances and ages of gold are read anew after each change, and only then."""

from datetime import UTC, datetime
from uuid import uuid4

import duckdb
import pytest

from labeling.annotation_store import Annotation
from labeling.errors import ProjectError
from labeling.functions import LabelingFunction
from labeling.store import ImportPlan

AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
CASH = LabelingFunction("cash", "keyword", "{}")


def label(row_id, action="label", code=1, annotator="ann"):
    """Return a new event on a row."""
    return Annotation(uuid4(), row_id, action, code, annotator, AT)


def test_nothing_is_read_twice_until_it_changes(filled):
    """What else is saved meanwhile does not matter."""
    before = filled.gold(), filled.test_rows(), filled.acceptances(), filled.gold_ages().row_ids
    filled.save_setting("model", "majority")
    filled.save_function(CASH)
    after = filled.gold(), filled.test_rows(), filled.acceptances(), filled.gold_ages().row_ids
    assert all(one is other for one, other in zip(before, after, strict=True))


def test_kept_gold_cannot_be_changed_by_those_who_share_it(filled):
    """To write into any of its arrays fails."""
    for column in vars(filled.gold()).values():
        assert not column.flags.writeable
    assert not filled.test_rows().flags.writeable


def test_gold_follows_labels_and_decisions(filled):
    """Rows 2 and 3: labelled, disputed, decided, and taken back."""
    assert filled.gold().row_ids.tolist() == [0, 1]
    filled.append_annotations([label(2), label(3)])
    assert filled.gold().row_ids.tolist() == [0, 1, 2, 3]
    filled.append_annotations([label(2, code=0, annotator="bob"), label(3, "clear", None)])
    assert filled.gold().row_ids.tolist() == [0, 1]
    filled.append_annotations([label(2, "decide", 0)])
    assert filled.gold().row_ids.tolist() == [0, 1, 2]


def test_gold_and_test_rows_follow_an_import(filled, tmp_path):
    """Row 5 comes with gold and is locked away."""
    assert (filled.gold().row_ids.size, filled.test_rows().tolist()) == (2, [1, 4])
    path = tmp_path / "more.csv"
    path.write_bytes(b"id,text,gold,split,stars\nf,cash,spam,test,1\n")
    filled.import_rows(ImportPlan(path, "text", "id", "gold", "split"))
    assert (filled.gold().row_ids.size, filled.test_rows().tolist()) == (3, [1, 4, 5])


def test_gold_follows_labels_that_could_not_be_journaled(filled, monkeypatch):
    """The label is in the database, although who sent it is told to send it again."""
    filled.gold()

    def full(events):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(filled._annotation_log._journal, "append", full)
    with pytest.raises(ProjectError, match="journal cannot be written"):
        filled.append_annotations([label(3)])
    assert filled.gold().row_ids.tolist() == [0, 1, 3]


def test_ages_of_gold_follow_labels_and_saved_functions(filled):
    """The function has seen row 2, then also row 3; a removed one has seen nothing."""
    filled.append_annotations([label(2)])
    filled.save_function(CASH)
    filled.append_annotations([label(3)])
    assert filled.gold_ages().unseen_rows("cash").tolist() == [3]
    filled.save_function(LabelingFunction("cash", "keyword", "[]"))
    assert filled.gold_ages().unseen_rows("cash").tolist() == []
    filled.append_annotations([label(0)])
    assert filled.gold_ages().row_ids.tolist() == [0, 2, 3]


def test_acceptances_follow_both_ways(filled):
    """A version is accepted, and then not any more."""
    filled.save_function(CASH)
    assert not filled.acceptances()
    filled.accept_function(CASH)
    assert [*filled.acceptances()] == [CASH.version]
    filled.withdraw_acceptance(CASH.version)
    assert not filled.acceptances()


def test_what_another_process_wrote_while_the_file_was_let_go_is_seen(filled, tmp_path):
    """After a fatal error the file is opened anew: whatever was kept may be out of date."""
    assert filled.gold().row_ids.tolist() == [0, 1]
    database = filled._database
    with pytest.raises(ProjectError), database.reading():
        raise duckdb.FatalException("the disk is full")
    with duckdb.connect(str(tmp_path / "project" / "project.duckdb")) as other:
        other.execute("INSERT INTO gold VALUES (2, 1)")
        other.execute("INSERT INTO settings VALUES ('model', 'majority')")
    assert filled.row_count() == 5
    filled.save_pin("cash", 0, 1)
    assert filled.gold().row_ids.tolist() == [0, 1, 2]
    assert filled.setting("model") == "majority"
