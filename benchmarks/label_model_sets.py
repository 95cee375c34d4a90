"""Sets of real votes with gold: where they are, and how they are read.

A set is a parquet file (`split`, `gold`, `lf_0` ... `lf_m`; -1 = unknown or abstain) or a folder
of the WRENCH benchmark (https://github.com/JieyuZ2/wrench): `train.json`, `valid.json` and
`test.json`, each {id: {"label": ..., "weak_labels": [...], "data": ...}}, and `label.json`, or
`meta.json` where the rows are sentences whose words are labelled.
"""

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from labeling.errors import ImportFileError
from labeling.models.contract import MAX_CLASSES, Floats, Ints
from labeling.votes import ABSTAIN, Votes

SETS = ("youtube", "sms", "tennis", "semeval", "clickbait", "bank_intents", "claude9")
"""The sets in `data_folder()` that are measured where no others are named."""

METRICS = {
    "claude9": "macro F1",
    **dict.fromkeys(
        ("sms", "tennis", "census", "basketball", "commercial", "cdr", "spouse"), "F1 of class 1"
    ),
}
"""What the literature measures on a set, where that is not accuracy."""

SPLITS = ("train", "valid", "test")


@dataclass(frozen=True, eq=False)
class VoteSet:
    """Votes int8 (n, m), gold int64 (n,) with -1 unknown, and `split` str (n,)."""

    name: str
    votes: Votes
    gold: Ints
    split: npt.NDArray[np.str_]
    n_classes: int

    @property
    def metric(self) -> str:
        """The metric that the literature uses for this set."""
        return METRICS.get(self.name, "accuracy")

    @cached_property
    def judged_split(self) -> str:
        """The split whose gold judges: train, or test where training has no gold."""
        known = self.gold >= 0
        return "train" if (known & (self.split == "train")).any() else "test"

    @cached_property
    def class_balance(self) -> Floats:
        """The share of each class (k,) among gold of the judged split, covered or not.

        A class without gold counts as half a row: no model takes a share of 0.
        """
        gold = self.gold[(self.gold >= 0) & (self.split == self.judged_split)]
        rows = np.maximum(np.bincount(gold, minlength=self.n_classes), 0.5)
        return np.asarray(rows / rows.sum(), dtype=np.float64)


def data_folder() -> Path:
    """Return where the sets are: LABELWRIGHT_DATA, or shared/data beside the project."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("LABELWRIGHT_DATA", beside))


def read_votes(name: str) -> VoteSet:
    """Read one of `SETS` from `data_folder()`."""
    return read_set(data_folder() / f"{name}.parquet")


def read_set(source: Path) -> VoteSet:
    """Read a parquet file, or a folder of WRENCH; raises ImportFileError where it is neither."""
    if source.is_dir():
        return _checked(_read_wrench(source), source)
    if source.suffix == ".parquet" and source.exists():
        return _checked(_read_parquet(source), source)
    raise ImportFileError(
        "Neither a parquet file nor a folder.",
        where=str(source),
        remedy="Name a folder with train.json, valid.json, test.json and label.json.",
    )


def _read_parquet(source: Path) -> VoteSet:
    table = pd.read_parquet(source)
    functions = [column for column in table.columns if column.startswith("lf_")]
    missing = [column for column in ("split", "gold") if column not in table.columns]
    if missing or not functions:
        raise ImportFileError(
            f"No column {(missing or ['lf_0'])[0]!r}.",
            where=str(source),
            remedy="Give split, gold, and lf_0, lf_1 ... with the votes.",
        )
    votes = table[functions].to_numpy()
    gold = table["gold"].to_numpy().astype(np.int64)
    n_classes = int(max(votes.max(), gold.max())) + 1
    split = table["split"].to_numpy().astype(np.str_)
    return VoteSet(source.stem, votes.astype(np.int8), gold, split, n_classes)


def _read_wrench(folder: Path) -> VoteSet:
    rows = [(split, row) for split in SPLITS for row in _json(folder / f"{split}.json").items()]
    if (folder / "meta.json").exists():
        return _words(folder, rows)
    n_classes = len(_json(folder / "label.json"))
    try:
        votes = np.array([row["weak_labels"] for _, (_, row) in rows], dtype=np.int64)
        # Sets without gold for training leave the label out, or say null.
        labels = [row.get("label") for _, (_, row) in rows]
        gold = np.array([-1 if label is None else label for label in labels], dtype=np.int64)
    except (KeyError, TypeError, ValueError) as fault:
        raise _malformed(folder, fault) from fault
    split = np.array([split for split, _ in rows], dtype=np.str_)
    return VoteSet(folder.name.lower(), _int8(votes, folder), gold, split, n_classes)


def _words(folder: Path, rows: list[tuple[str, tuple[str, Any]]]) -> VoteSet:
    """Return one row per word of sentences, with a class for each BIO tag.

    The tag O of a function is an abstain: these files have no other, so that a vote against every
    entity cannot be told from silence. Covered words are those that some function tags.
    """
    meta = _json(folder / "meta.json")
    try:
        tags = ["O", *(f"{part}-{kind}" for kind in meta["entity_types"] for part in "BI")]
        code = {tag: number for number, tag in enumerate(tags)}
        chosen = [meta["lf"].index(name) for name in meta.get("lf_rec", meta["lf"])]
        votes = np.array(
            [
                [code[word[j]] for j in chosen]
                for _, (_, row) in rows
                for word in row["weak_labels"]
            ],
            dtype=np.int64,
        )
        gold = np.array([code[tag] for _, (_, row) in rows for tag in row["label"]], dtype=np.int64)
        split = np.array([split for split, (_, row) in rows for _ in row["label"]], dtype=np.str_)
    except (KeyError, TypeError, ValueError, IndexError) as fault:
        raise _malformed(folder, fault) from fault
    votes[votes == code["O"]] = ABSTAIN
    return VoteSet(folder.name.lower(), _int8(votes, folder), gold, split, len(tags))


def _json(file: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except FileNotFoundError as fault:
        raise ImportFileError(
            "The file is not there.",
            where=str(file),
            remedy="Give train.json, valid.json, test.json, and label.json or meta.json.",
        ) from fault
    except ValueError as fault:
        raise ImportFileError(
            f"This is not JSON: {fault}.", where=str(file), remedy="Download the set again."
        ) from fault
    return content


def _malformed(folder: Path, fault: Exception) -> ImportFileError:
    return ImportFileError(
        f"A row has no label, no weak_labels, or others than the first row: {fault}.",
        where=str(folder),
        remedy='Give {id: {"label": 0, "weak_labels": [0, -1], "data": {}}} in each file.',
    )


def _int8(votes: Ints, folder: Path) -> Votes:
    if votes.ndim != 2:
        raise ImportFileError(
            f"Votes have shape {votes.shape}.",
            where=str(folder),
            remedy="Give every row one vote for each function, -1 where it abstains.",
        )
    # A code above every class stays above every class, and is refused below.
    return votes.clip(ABSTAIN, MAX_CLASSES - 1).astype(np.int8)


def _checked(votes: VoteSet, source: Path) -> VoteSet:
    """Refuse codes that are no class, and sets without a row to judge by."""
    for what, codes in (("Vote", votes.votes), ("Gold", votes.gold)):
        if codes.size and int(codes.max()) >= votes.n_classes:
            raise ImportFileError(
                f"{what} {int(codes.max())} is no class.",
                where=str(source),
                remedy=f"Codes go from 0 to {votes.n_classes - 1}; -1 is none.",
            )
    covered = (votes.votes >= 0).any(axis=1)
    if not (covered & (votes.gold >= 0) & (votes.split == votes.judged_split)).any():
        raise ImportFileError(
            "No row of train or test has both a vote and gold.",
            where=str(source),
            remedy="Give gold for the rows of train or of test.",
        )
    return votes
