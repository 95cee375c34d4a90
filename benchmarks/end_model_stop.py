"""How long it takes to stop an end model in the middle of learning.

Usage: PYTHONPATH=. python benchmarks/end_model_stop.py [CLASSES]
Some 50,000 generated rows, by default of ten classes that all are likely; the times are from the
wish to stop until the process that learns has ended.
"""

import sys
import threading
import time

import numpy as np

from benchmarks.end_model import made_up_texts, soft_labels
from labeling.end_labels import EndModelChoice
from labeling.end_model import Examples, examples_of, rows_to_learn
from labeling.end_model_process import learning_elsewhere
from labeling.errors import Cancelled

ROWS = 60_000
CLASSIFIERS = ("logistic-regression", "sgd-logistic-regression", "hist-gradient-boosting")
AFTER_SECONDS = (0.2, 2.0)


def main() -> None:
    """Print a table line for each classifier and each moment."""
    classes = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    random = np.random.default_rng(classes)
    truth = random.integers(0, classes, ROWS)
    texts, posterior = made_up_texts(random, truth, classes), soft_labels(random, truth, classes)
    everywhere, nowhere = np.ones(ROWS, dtype=np.bool_), np.zeros(ROWS, dtype=np.bool_)
    gold = np.full(ROWS, -1, dtype=np.int8)
    learned = rows_to_learn(posterior, everywhere, gold, nowhere)
    examples = examples_of(learned, posterior, everywhere, gold, nowhere)
    print("| classes | classifier | learned for | stopped after |")
    print("|--:|---|--:|--:|")
    for classifier in CLASSIFIERS:
        for seconds in AFTER_SECONDS:
            took = stopped_after(
                classifier, classes, [texts[row] for row in learned.row_ids], examples, seconds
            )
            said = "had learned it all" if took is None else f"{took:.2f} s"
            print(f"| {classes} | {classifier} | {seconds:.1f} s | {said} |", flush=True)


def stopped_after(
    classifier: str, classes: int, texts: list[str], examples: Examples, seconds: float
) -> float | None:
    """Return the seconds from a wish to its fulfilment, None where learning was done before."""
    wished: list[float] = []

    def go_on() -> None:
        if wished:
            raise Cancelled("Enough.")

    def wish() -> None:
        wished.append(time.monotonic())

    timer = threading.Timer(seconds, wish)
    try:
        with learning_elsewhere(EndModelChoice(classifier), classes, go_on) as model:
            model.learn_features(texts)
            timer.start()
            model.fit(None, examples)
    except Cancelled:
        return time.monotonic() - wished[0]
    timer.cancel()
    return None


if __name__ == "__main__":
    main()
