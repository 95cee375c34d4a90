"""An end model in a process of its own: the same answers, and an end at any moment."""

import os
import signal
import threading
import time

import numpy as np
import pytest

from labeling.end_labels import EndModelChoice
from labeling.end_model import EndModel, Examples
from labeling.end_model_process import EndModelProcess, learning_elsewhere
from labeling.errors import Cancelled, ModelError

NAIVE = EndModelChoice("naive-bayes")
TEXTS = [f"{word} {row}" for row, word in enumerate(["money", "lunch", "prize", "hello"] * 10)]
EXAMPLES = Examples(np.arange(40), np.tile([1, 0], 20), np.ones(40))


def go_on() -> None:
    """Stop nothing."""


def test_it_answers_as_one_in_this_process_does() -> None:
    """Features, passes and probabilities are the same, wherever it learns."""
    here, passes, told = EndModel(EndModelChoice(), 2), [], []
    features = here.learn_features(TEXTS)
    here.fit(features, EXAMPLES, lambda done, _total: passes.append(done))
    with learning_elsewhere(EndModelChoice(), 2, go_on) as there:
        there.learn_features(TEXTS)
        there.fit(None, EXAMPLES, lambda done, _total: told.append(done))
        held = there.predict_at(None, np.array([3, 5]))
        labelled = there.label_texts(TEXTS)
    assert told == passes
    np.testing.assert_allclose(held, here.predict_at(features, np.array([3, 5])))
    np.testing.assert_allclose(labelled, here.label_texts(TEXTS))


def test_what_it_refuses_is_refused_here() -> None:
    """The message is that of an end model in this process."""
    with (
        learning_elsewhere(NAIVE, 2, go_on) as there,
        pytest.raises(ModelError, match="no words to learn from in 2 texts"),
    ):
        there.learn_features(["…", " "])


def test_it_is_ended_in_the_middle_of_a_fit() -> None:
    """Boosted trees learn in one pass of many seconds; it takes less than one to stop them."""
    random, stop = np.random.default_rng(0), threading.Event()
    rows = 20_000
    texts = [" ".join(f"w{word}" for word in line) for line in random.integers(0, 300, (rows, 6))]
    examples = Examples(np.arange(rows), random.integers(0, 10, rows), np.ones(rows))

    def heed() -> None:
        if stop.is_set():
            raise Cancelled("Enough.")

    with learning_elsewhere(EndModelChoice("hist-gradient-boosting"), 10, heed) as there:
        there.learn_features(texts)
        threading.Timer(0.5, stop.set).start()
        began = time.monotonic()
        with pytest.raises(Cancelled, match="Enough"):
            there.fit(None, examples)
        pid = there.pid
    assert 0.5 <= time.monotonic() - began < 1.5
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_its_death_is_told() -> None:
    """As when the system ends it for want of memory."""
    with learning_elsewhere(NAIVE, 2, go_on) as there:
        there.learn_features(TEXTS)
        os.kill(there.pid, signal.SIGKILL)
        with pytest.raises(ModelError, match=r"ended \(-9\).*memory ran out"):
            there.fit(None, EXAMPLES)


def test_an_unforeseen_fault_is_no_answer() -> None:
    """What it could not do is raised here, with where it happened."""
    process = EndModelProcess(NAIVE, 2)
    try:
        with pytest.raises(RuntimeError, match="predict_at"):
            process.predict_at(None, np.array([0]))
    finally:
        process.close()
