"""Labels of people as files: taken whole or not at all, and the same when they come back."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from labeling.annotation_files import read_labels, write_labels
from labeling.annotation_store import Annotation
from labeling.errors import ImportFileError

CLASSES = ("ham", "spam")
ROWS = {"a": [0], "b": [1], "twice": [2, 3]}


def _file(folder: Path, text: str, name: str = "labels.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def _read(path: Path, annotator: str = "") -> tuple[Annotation, ...]:
    return read_labels(path, CLASSES, 5, lambda ids: ROWS, annotator).annotations


def test_rows_are_named_by_id_or_number_and_sorted_by_time(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "id,row,annotator,label,at,seconds,note\n"
        'b,,ann,spam,2026-05-02T10:00:00+02:00,1.5,"odd, this"\n'
        ",4,ben,ham,2026-05-01T10:00:00,,\n",
    )
    first, second = _read(path)
    assert (first.row_id, first.annotator, first.code) == (4, "ben", 0)
    assert first.at == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert (second.row_id, second.seconds, second.note) == (1, 1.5, "odd, this")
    assert [one.event_id for one in _read(path)] == [first.event_id, second.event_id]


def test_every_wrong_line_is_named_and_nothing_is_taken(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "id,row,annotator,label,at,seconds,note\n"
        "a,,ann,spam,,,\n"
        "a,,ann,spm,,,\n"
        "c,,ann,ham,,,\n"
        "twice,,ann,ham,,,\n"
        ",9,ann,ham,,,\n"
        ",,ann,ham,,,\n"
        "a,,,ham,,,\n"
        "a,,ann,ham,yesterday,,\n"
        "a,,ann,ham,,-1,\n",
    )
    with pytest.raises(ImportFileError) as refused:
        _read(path)
    said = str(refused.value)
    assert "8 of 9 labels" in said
    for part in (
        "line 3: there is no class 'spm' (classes: ham, spam)",
        "line 4: no row has the id 'c'",
        "line 5: 2 rows have the id 'twice'",
        "line 6: there is no row '9'; rows go from 0 to 4",
        "line 7: it names no row",
        "line 8: it does not say who labelled it",
        "line 9: 'yesterday' is no time",
        "line 10: '-1' is no number of seconds",
        "Nothing was imported",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("labels.csv", "id,annotator\na,ann\n", "no column label"),
        ("labels.csv", "id,label\na,ham,more\n", "line 2: A line has more or fewer cells"),
        ("labels.csv", 'id,label\na,"ham\n', "It is no CSV"),
        ("labels.jsonl", '{"id": "a"\n', "line 1: It is no JSON"),
        ("labels.jsonl", "[1]\n", "a line has to be one object"),
        ("labels.txt", "", "Valid choices: .csv, .jsonl"),
    ],
)
def test_a_file_that_is_none_says_where(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(ImportFileError, match=said.replace(".", r"\.")):
        _read(_file(tmp_path, text, name), "ann")


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="cannot be read"):
        _read(tmp_path / "gone.csv")
    path = tmp_path / "latin.csv"
    path.write_bytes("id,label,note\na,ham,h\xe9\n".encode("latin-1"))
    with pytest.raises(ImportFileError, match="no UTF-8"):
        _read(path)


def test_columns_that_mean_nothing_are_named(tmp_path: Path) -> None:
    path = _file(tmp_path, '{"row": 3, "label": "ham", "mood": "fine"}\n', "labels.jsonl")
    found = read_labels(path, CLASSES, 5, lambda ids: {}, "ann")
    assert found.unknown_columns == ("mood",)
    assert found.annotations[0].row_id == 3


@pytest.mark.parametrize("name", ["labels.csv", "labels.jsonl"])
def test_what_is_written_reads_the_same(tmp_path: Path, name: str) -> None:
    at = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    labels = [
        Annotation(uuid4(), 0, "label", 1, "=cmd()", at, 2.25, 'it\'s, "so"\nhere'),
        Annotation(uuid4(), 1, "label", 0, "ann", at, None, "'tis", flagged=True),
    ]
    path = tmp_path / name
    write_labels(path, labels, {0: "a", 1: "b"}, CLASSES)
    plain = [
        (one.row_id, one.code, one.annotator, one.at, one.seconds, one.note, one.flagged)
        for one in labels
    ]
    read = _read(path)
    assert plain == [
        (one.row_id, one.code, one.annotator, one.at, one.seconds, one.note, one.flagged)
        for one in read
    ]
    if name.endswith(".csv"):
        assert ",'=cmd()," in path.read_text("utf-8")
    else:
        assert json.loads(path.read_text("utf-8").splitlines()[0])["id"] == "a"
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_flag_is_yes_or_no_and_a_line_without_one_is_known_again(tmp_path: Path) -> None:
    """Files that were written before there were flags have the ids that they always had."""
    lines = "row,annotator,label,flagged\n1,ann,ham,\n2,ann,ham,No\n3,ann,ham,TRUE\n"
    plain = _read(_file(tmp_path, "row,annotator,label\n1,ann,ham\n", "plain.csv"))
    found = _read(_file(tmp_path, lines))
    assert [one.flagged for one in found] == [False, False, True]
    assert found[0].event_id == plain[0].event_id
    with pytest.raises(ImportFileError, match="'maybe' is no flag"):
        _read(_file(tmp_path, "row,annotator,label,flagged\n1,ann,ham,maybe\n"))
