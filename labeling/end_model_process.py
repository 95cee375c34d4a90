"""An end model that learns in a process of its own, which can be ended at any moment.

Nothing ends scikit-learn in the middle of a `fit`, but a process can be ended. And while it learns,
the pages that people look at have Python's lock for themselves.

What goes to and fro is pickled: both ends are our own code, and no user's code runs in either.
"""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from labeling.end_labels import EndModelChoice
from labeling.end_model import Examples, Floats, Ints, unheard
from labeling.end_passes import PassDone
from labeling.errors import LabelwrightError, ModelError
from labeling.text_features import BlockDone

LOOK_SECONDS = 0.1
"""While the process works, so often is it asked whether to go on."""
BLOCK_ROWS = 5_000
"""So many texts go to the process at once."""

_ROOT = Path(__file__).resolve().parents[1]
_BOOTSTRAP = """\
import sys
sys.path.insert(0, sys.argv[1])
from labeling.end_model_child import main
main(int(sys.argv[2]))
"""


class EndModelProcess:
    """Does what an `EndModel` does, elsewhere; `features` stay there, and are None here."""

    def __init__(
        self, choice: EndModelChoice, n_classes: int, go_on: Callable[[], None] = lambda: None
    ) -> None:
        """Start the process; what `go_on` raises while it works is raised to the caller."""
        self.choice, self.n_classes = choice, n_classes
        self._go_on = go_on
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOTSTRAP, str(_ROOT), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
            )
        self._connection = Connection(ours.detach())
        self._begun = False

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.wait()
        self._connection.close()

    def learn_features(self, texts: Sequence[str], done: BlockDone = unheard) -> None:
        """Learn what features texts have, and keep theirs there."""
        self._asked("learn_features", list(texts), done)

    def fit(self, _features: None, examples: Examples, done: PassDone = unheard) -> None:
        """Learn from the examples, whose positions are those of the texts."""
        self._asked("fit", examples, done)

    def predict_at(self, _features: None, positions: Ints) -> Floats:
        """Return the probability of each class of some of the texts, float64 (g, k)."""
        return np.asarray(self._asked("predict_at", positions), dtype=np.float64)

    def label_texts(
        self, texts: Sequence[str], done: BlockDone = unheard
    ) -> npt.NDArray[np.float32]:
        """Return the probability of each class of texts, float32 (n, k), block by block."""
        labelled = np.empty((len(texts), self.n_classes), dtype=np.float32)
        for start in range(0, len(texts), BLOCK_ROWS):
            done(start, len(texts))
            block = list(texts[start : start + BLOCK_ROWS])
            labelled[start : start + len(block)] = self._asked("label_texts", block)
        return labelled

    def _asked(self, name: str, asked: Any, done: PassDone = unheard) -> Any:
        """Return the answer to one request; what the process refuses is raised here."""
        try:
            if not self._begun:
                self._connection.send((self.choice, self.n_classes))
                self._begun = True
            self._connection.send((name, asked))
            for kind, content in self._replies():
                if kind == "done":
                    done(*content)
                else:
                    return _answer(kind, content)
        except (EOFError, ConnectionError):
            pass
        raise ModelError(
            f"The process that the end model learned in ended ({self._process.wait()}).",
            remedy="Where memory ran out, choose another classifier, such as naive-bayes.",
        )

    def _replies(self) -> Iterator[tuple[str, Any]]:
        while True:
            while not self._connection.poll(LOOK_SECONDS):
                self._go_on()
            yield self._connection.recv()


@contextmanager
def learning_elsewhere(
    choice: EndModelChoice, n_classes: int, go_on: Callable[[], None]
) -> Iterator[EndModelProcess]:
    """Start a process for one training, and end it afterwards, however the training ends."""
    process = EndModelProcess(choice, n_classes, go_on)
    try:
        yield process
    finally:
        process.close()


def _answer(kind: str, content: Any) -> Any:
    if kind == "answer":
        return content
    if isinstance(content, LabelwrightError):
        raise content
    raise RuntimeError(f"in the process of the end model: {content}")
