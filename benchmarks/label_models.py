"""Label models on real votes: how right, how honest about it, and how fast.

Reads the weak-supervision sets in the folder LABELWRIGHT_DATA (default: ../shared/data beside the
project) and prints one Markdown row per set and model. Models see no gold. Judged are covered
training rows with gold (test rows where training has none); ties count at expected credit.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from labeling.models import MODELS
from labeling.models.contract import Floats, Ints
from labeling.votes import Votes

SETS = {
    "youtube": "accuracy",
    "sms": "F1 of class 1",
    "tennis": "F1 of class 1",
    "semeval": "accuracy",
    "clickbait": "accuracy",
    "bank_intents": "accuracy",
    "claude9": "macro F1",
}
"""The sets, and the metric that the literature uses for each, shown beside accuracy."""


@dataclass(frozen=True, eq=False)
class VoteSet:
    """Votes to fit on (n, m), and votes (e, m) with gold (e,) to judge by."""

    votes: Votes
    judged: Votes
    gold: Ints
    n_classes: int


@dataclass(frozen=True)
class Quality:
    """Accuracy and F1 in percent; log loss in nats; expected calibration error as a share."""

    accuracy: float
    f1_of_class_1: float
    macro_f1: float
    log_loss: float
    calibration_error: float

    def metric(self, name: str) -> float:
        """Return the figure by the name that `SETS` gives it."""
        return {
            "accuracy": self.accuracy,
            "F1 of class 1": self.f1_of_class_1,
            "macro F1": self.macro_f1,
        }[name]


def data_folder() -> Path:
    """Return where the sets are."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("LABELWRIGHT_DATA", beside))


def read_votes(name: str) -> VoteSet:
    """Read one set, with the functions' votes in column order."""
    table = pd.read_parquet(data_folder() / f"{name}.parquet")
    columns = [column for column in table.columns if column.startswith("lf_")]
    votes = table[columns].to_numpy().astype(np.int8)
    gold = table["gold"].to_numpy().astype(np.int64)
    train = (table["split"] == "train").to_numpy()
    judged = train & (gold >= 0)
    if not judged.any():
        judged = (table["split"] == "test").to_numpy() & (gold >= 0)
    judged &= (votes >= 0).any(axis=1)
    n_classes = int(max(votes.max(), gold.max())) + 1
    return VoteSet(votes[train], votes[judged], gold[judged], n_classes)


def credit(posterior: Floats) -> Floats:
    """Return the chance of each class (n, k) when ties for the first place are drawn by lot."""
    first = np.isclose(posterior, posterior.max(axis=1, keepdims=True), rtol=0, atol=1e-9)
    return np.asarray(first / first.sum(axis=1, keepdims=True), dtype=np.float64)


def quality(posterior: Floats, gold: Ints) -> Quality:
    """Judge posteriors (n, k) by gold (n,)."""
    labels = credit(posterior)
    rows = np.arange(gold.size)
    right = labels[rows, gold]
    truth = np.eye(posterior.shape[1])[gold]
    found = (labels * truth).sum(axis=0)
    f1 = 2 * found / np.maximum(labels.sum(axis=0) + truth.sum(axis=0), 1e-12)
    return Quality(
        accuracy=100 * float(right.mean()),
        f1_of_class_1=100 * float(f1[1]),
        macro_f1=100 * float(f1.mean()),
        log_loss=float(-np.log(np.maximum(posterior[rows, gold], 1e-6)).mean()),
        calibration_error=_calibration_error(posterior.max(axis=1), right),
    )


def _calibration_error(confidence: Floats, right: npt.NDArray[np.float64], bins: int = 15) -> float:
    found = np.minimum((confidence * bins).astype(np.int64), bins - 1)
    gap = np.bincount(found, weights=right - confidence, minlength=bins)
    return float(np.abs(gap).sum() / confidence.size)


def main() -> None:
    """Print the table, or say what is missing where the data is absent."""
    missing = [name for name in SETS if not (data_folder() / f"{name}.parquet").exists()]
    if missing:
        print(
            f"Skipped: no {missing[0]}.parquet in {data_folder()}. "
            "Set LABELWRIGHT_DATA to the folder with the sets."
        )
        return
    print("| set | model | accuracy % | metric | % | log loss | ECE | fit + predict s |")
    print("|---|---|--:|---|--:|--:|--:|--:|")
    for name, metric in SETS.items():
        votes = read_votes(name)
        for model, factory in MODELS.items():
            started = time.perf_counter()
            fitted = factory(votes.n_classes).fit(votes.votes)
            fitted.predict_proba(votes.votes)
            seconds = time.perf_counter() - started
            found = quality(fitted.predict_proba(votes.judged), votes.gold)
            print(
                f"| {name} | {model} | {found.accuracy:.1f} | {metric} | "
                f"{found.metric(metric):.1f} | {found.log_loss:.2f} | "
                f"{found.calibration_error:.3f} | {seconds:.3f} |"
            )


if __name__ == "__main__":
    main()
