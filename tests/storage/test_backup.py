"""Backups: whole, of one moment, and able to stand in for the project."""

import shutil
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from labeling.annotation_store import Annotation
from labeling.errors import ProjectError
from labeling.functions import LabelingFunction
from storage import DuckDBOpener, journal
from storage.restoring import newest_backup


def label(row_id):
    """Return a new event that labels a row."""
    return Annotation(uuid4(), row_id, "label", 1, "ann", datetime.now(UTC))


def test_backup_opens_like_any_project(filled, tmp_path):
    """Rows, functions, gold and annotations are there, and numbers go on where they were."""
    function = LabelingFunction("f", "keyword", "{}")
    filled.save_function(function)
    filled.append_annotations([label(2), label(3)])
    filled.back_up(tmp_path / "copy")
    filled.append_annotations([label(4)])

    copy = DuckDBOpener().open(tmp_path / "copy")
    assert copy.read_rows([0, 4]).equals(filled.read_rows([0, 4]))
    assert copy.functions() == (function,)
    assert copy.annotations() == filled.annotations()[:2]
    assert copy.append_annotations([label(4)]) == 3
    copy.save_function(LabelingFunction("g", "keyword", "{}"))
    assert [one.name for one in copy.functions()] == ["f", "g"]
    copy.close()


def test_restored_backup_gets_later_annotations_from_the_journal(filled, tmp_path):
    """Following the restore instructions loses no annotation."""
    folder = tmp_path / "project"
    filled.append_annotations([label(2)])
    filled.back_up(folder / "backups" / "20240501-120000")
    filled.append_annotations([label(3)])
    saved = filled.annotations()
    filled.close()
    shutil.copy(newest_backup(folder) / "project.duckdb", folder)
    again = DuckDBOpener().open(folder)
    assert again.annotations() == saved
    again.close()


def test_place_that_is_taken_is_refused(filled, tmp_path):
    """Nothing is overwritten."""
    (tmp_path / "copy").mkdir()
    with pytest.raises(ProjectError, match="There is something at this place already"):
        filled.back_up(tmp_path / "copy")
    assert list((tmp_path / "copy").iterdir()) == []


def test_place_that_cannot_be_written_is_said(filled, tmp_path):
    """A path below a file is a user's fault, and the project goes on."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(ProjectError, match=r"The backup was not made: .*Not a directory"):
        filled.back_up(tmp_path / "file" / "copy")
    assert filled.append_annotations([label(2)]) == 1


def test_journal_that_cannot_be_read_does_not_keep_a_backup_from_being_made(filled, tmp_path):
    """The copy's journal is written from the copy, so the project's own is not needed."""
    filled.append_annotations([label(2)])
    (tmp_path / "project" / journal.NAME).unlink()
    (tmp_path / "project" / journal.NAME).mkdir()
    filled.back_up(tmp_path / "copy")
    assert journal.read(tmp_path / "copy" / journal.NAME).events == filled.annotations()


def test_backup_leaves_no_unfinished_folder(filled, tmp_path):
    """The copy has its final name only."""
    filled.back_up(tmp_path / "backups" / "copy")
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["copy"]
    assert sorted(path.name for path in (tmp_path / "backups" / "copy").iterdir()) == [
        "annotations.jsonl",
        "project.duckdb",
    ]
