"""End models: how right they are beside the label model alone, and what very many rows cost.

Usage: PYTHONPATH=. python benchmarks/end_model.py
The first table reads the sets with texts from $LABELWRIGHT_DATA, or from ../shared/data beside the
project; no gold is known. Their test split judges, or where there is none, all rows with gold; end
models learn from the other rows. The second is over generated texts.
"""

import resource
import subprocess
import sys
import time
from itertools import pairwise

import numpy as np
import pandas as pd

from benchmarks.label_model_sets import VoteSet, data_folder, read_votes
from labeling.end_labels import EndModelChoice
from labeling.end_model import EndModel, Floats, Mask, examples_of, rows_to_learn
from labeling.models import MODELS
from labeling.models.comparison import credit

SETS = ("youtube", "sms", "semeval", "clickbait", "bank_intents", "claude9")
SIZES = ((100_000, 2), (1_000_000, 2), (1_000_000, 10))
COMPARED = ("logistic-regression", "sgd-logistic-regression", "linear-svm", "naive-bayes")
TIMED = ("logistic-regression", "naive-bayes")
WORDS = 30_000
WORDS_A_ROW = 20


def main() -> None:
    """Print both tables, each size of the second from a process of its own."""
    if len(sys.argv) > 1:
        cost(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
        return
    missing = [name for name in SETS if not (data_folder() / f"{name}.parquet").exists()]
    if missing:
        print(f"No {missing[0]}: name the folder of the benchmark data in LABELWRIGHT_DATA.")
    else:
        quality()
    print("\n| rows | classes | classifier | learned rows | texts s | fit s | label s | peak MB |")
    print("|--:|--:|---|--:|--:|--:|--:|--:|", flush=True)
    for rows, classes in SIZES:
        for classifier in TIMED:
            sized = [str(rows), str(classes), classifier]
            subprocess.run([sys.executable, __file__, *sized], check=True)


def quality() -> None:
    """Print how many test rows are right, all of them and the covered ones."""
    print("| set | test rows | covered | way | all right | covered right |")
    print("|---|--:|--:|---|--:|--:|")
    for name in SETS:
        found = read_votes(name)
        texts = pd.read_parquet(data_folder() / f"{name}.parquet", columns=["text"])["text"]
        covered = np.asarray((found.votes >= 0).any(axis=1), dtype=np.bool_)
        is_test = judged_rows(found)
        gold = found.gold[is_test]
        model = MODELS["auto"](found.n_classes).fit(found.votes)
        posterior = model.predict_proba(found.votes)
        voted = covered[is_test]
        ways = {"label model": credit(posterior[is_test], gold) * voted}
        nothing = np.full(found.gold.size, -1, dtype=np.int8)
        nowhere = np.zeros(found.gold.size, dtype=np.bool_)
        for classifier in COMPARED:
            end = EndModel(EndModelChoice(classifier), found.n_classes)
            learned = rows_to_learn(posterior, covered, nothing, is_test)
            features = end.learn_features([texts[row] for row in learned.row_ids])
            end.fit(features, examples_of(learned, posterior, covered, nothing, nowhere))
            labelled = end.label_texts([str(text) for text in texts[is_test]])
            ways[classifier] = credit(labelled.astype(np.float64), gold)
        for way, right in ways.items():
            print(
                f"| {name} | {gold.size:,} | {voted.mean():.1%} | {way} | {right.mean():.1%} "
                f"| {right[voted].mean():.1%} |",
                flush=True,
            )


def judged_rows(found: VoteSet) -> Mask:
    """Return the rows that judge, bool (n,): no end model learns from them."""
    is_test = np.asarray(found.split == "test", dtype=np.bool_)
    return is_test if is_test.any() else np.asarray(found.gold >= 0, dtype=np.bool_)


def cost(rows: int, classes: int, classifier: str) -> None:
    """Print what learning from generated rows, and labelling all of them, takes."""
    random = np.random.default_rng(rows + classes)
    truth = random.integers(0, classes, rows)
    texts = made_up_texts(random, truth, classes)
    posterior = soft_labels(random, truth, classes)
    covered = random.random(rows) < 0.8
    gold = np.full(rows, -1, dtype=np.int8)
    gold[:200] = truth[:200]
    nowhere = np.zeros(rows, dtype=np.bool_)
    model = EndModel(EndModelChoice(classifier), classes)
    at = [time.perf_counter()]
    learned = rows_to_learn(posterior, covered, gold, nowhere)
    features = model.learn_features([texts[row] for row in learned.row_ids])
    at.append(time.perf_counter())
    model.fit(features, examples_of(learned, posterior, covered, gold, nowhere))
    at.append(time.perf_counter())
    model.label_texts(texts)
    at.append(time.perf_counter())
    seconds = " | ".join(f"{after - before:.1f}" for before, after in pairwise(at))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"| {rows:,} | {classes} | {classifier} | {learned.row_ids.size:,} | {seconds} "
        f"| {peak:,.0f} |"
    )


def made_up_texts(random: np.random.Generator, truth: object, classes: int) -> list[str]:
    """Return texts of frequent and rare words, each with one word in ten of its class."""
    own = np.asarray(truth)
    drawn = np.minimum(random.zipf(1.3, (own.size, WORDS_A_ROW)), WORDS)
    of_class = random.random(drawn.shape) < 0.1
    drawn = np.where(of_class, WORDS + own[:, None] + classes * (drawn % 7), drawn)
    return [" ".join(f"w{word}" for word in line) for line in drawn]


def soft_labels(random: np.random.Generator, truth: object, classes: int) -> Floats:
    """Return probabilities float64 (n, k) that favour the truth in three rows of four."""
    own = np.asarray(truth)
    named = np.where(random.random(own.size) < 0.75, own, random.integers(0, classes, own.size))
    weights = random.random((own.size, classes)) * 0.2
    weights[np.arange(own.size), named] += 1.0
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


if __name__ == "__main__":
    main()
