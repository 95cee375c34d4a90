"""Reading sets of votes: folders of WRENCH, parquet files, and what is wrong with them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from benchmarks.label_model_sets import read_set
from labeling.errors import ImportFileError


def wrench(folder: Path, **contents: Any) -> Path:
    """Write a folder of WRENCH with two training rows, one valid and one test row."""
    files = {
        "train": {
            "0": {"label": 1, "weak_labels": [1, -1], "data": {"text": "a"}},
            "1": {"label": None, "weak_labels": [-1, -1], "data": {"text": "b"}},
        },
        "valid": {"0": {"label": 0, "weak_labels": [0, 1], "data": {}}},
        "test": {"0": {"label": 2, "weak_labels": [-1, 0], "data": {}}},
        "label": {"0": "no", "1": "yes", "2": "perhaps"},
        **contents,
    }
    folder.mkdir()
    for name, content in files.items():
        if content is not None:
            (folder / f"{name}.json").write_text(json.dumps(content), "utf-8")
    return folder


def test_a_folder_of_wrench_is_read_split_by_split(tmp_path: Path) -> None:
    """Votes, gold (-1 for null), splits, and the classes that label.json names."""
    found = read_set(wrench(tmp_path / "SMS"))
    assert found.votes.tolist() == [[1, -1], [-1, -1], [0, 1], [-1, 0]]
    assert found.votes.dtype == np.int8
    assert found.gold.tolist() == [1, -1, 0, 2]
    assert found.split.tolist() == ["train", "train", "valid", "test"]
    assert (found.n_classes, found.name, found.metric) == (3, "sms", "F1 of class 1")


def test_words_of_sentences_are_rows(tmp_path: Path) -> None:
    """With meta.json each word is a row, BIO tags are classes, and O abstains."""
    sentence = {
        "label": ["B-PER", "I-PER", "O"],
        "weak_labels": [["B-PER", "O"], ["O", "O"], ["O", "B-PER"]],
        "data": {"text": ["Ada", "Lovelace", "wrote"]},
    }
    meta = {"entity_types": ["PER"], "lf": ["names", "verbs"], "lf_rec": ["names"]}
    folder = wrench(
        tmp_path / "people", train={"0": sentence}, valid={}, test={}, label=None, meta=meta
    )
    found = read_set(folder)
    assert found.votes.tolist() == [[1], [-1], [-1]]
    assert found.gold.tolist() == [1, 2, 0]
    assert found.n_classes == 3


def test_test_rows_judge_where_training_has_no_gold(tmp_path: Path) -> None:
    """The split that judges is train, or else test; its gold gives the class balance."""
    train = {"0": {"label": -1, "weak_labels": [1, 0], "data": {}}}
    test = {str(i): {"label": i % 2, "weak_labels": [1, 0], "data": {}} for i in range(3)}
    found = read_set(wrench(tmp_path / "set", train=train, test=test))
    assert found.judged_split == "test"
    # Class 2 has no gold and counts as half a row.
    assert found.class_balance == pytest.approx(np.array([2, 1, 0.5]) / 3.5)


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        ({"label": None}, "label.json: The file is not there"),
        ({"valid": None}, "valid.json: The file is not there"),
        ({"train": {"0": {"label": 0}}}, "A row has no label, no weak_labels"),
        ({"train": {"0": {"label": "ham", "weak_labels": [0, 1]}}}, "A row has no label"),
        ({"train": {"0": {"label": 0, "weak_labels": [0]}}}, "others than the first row"),
        ({"train": {"0": {"label": 0, "weak_labels": [3, 0]}}}, "Vote 3 is no class"),
        ({"train": {"0": {"label": 0, "weak_labels": [300, 0]}}}, "Vote 127 is no class"),
        ({"train": {"0": {"label": 7, "weak_labels": [1, 0]}}}, "Gold 7 is no class"),
        ({"train": {}, "test": {}}, "both a vote and gold"),
    ],
)
def test_a_malformed_folder_is_named(tmp_path: Path, contents: Any, words: str) -> None:
    """The error says which file or folder, what is wrong, and what is to be given."""
    with pytest.raises(ImportFileError, match=words):
        read_set(wrench(tmp_path / "set", **contents))


def test_text_that_is_not_json_is_named(tmp_path: Path) -> None:
    """A file cut short names itself."""
    folder = wrench(tmp_path / "set")
    (folder / "test.json").write_text("{", "utf-8")
    with pytest.raises(ImportFileError, match=r"test\.json: This is not JSON"):
        read_set(folder)


def test_a_parquet_file_is_read(tmp_path: Path) -> None:
    """Columns lf_ are votes, split and gold are what they say."""
    table = {"split": ["train", "test"], "gold": [1, 0], "lf_0": [1, -1], "lf_1": [0, 0]}
    pd.DataFrame(table).to_parquet(tmp_path / "claude9.parquet")
    found = read_set(tmp_path / "claude9.parquet")
    assert found.votes.tolist() == [[1, 0], [-1, 0]]
    assert (found.n_classes, found.metric) == (2, "macro F1")


def test_a_parquet_file_without_gold_is_named(tmp_path: Path) -> None:
    """A missing column is named."""
    pd.DataFrame({"split": ["train"], "lf_0": [1]}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(ImportFileError, match="No column 'gold'"):
        read_set(tmp_path / "a.parquet")


def test_what_is_no_set_is_named(tmp_path: Path) -> None:
    """Neither file nor folder: the error says what to name."""
    with pytest.raises(ImportFileError, match="Neither a parquet file nor a folder"):
        read_set(tmp_path / "nothing")
