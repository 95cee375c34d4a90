"""What runs in the process of an end model: it answers one request after the other.

It ends when the server closes the connection, and within a second of the server's death.
"""

import os
import threading
import time
import traceback
from multiprocessing.connection import Connection
from typing import Any

from labeling.end_model import EndModel
from labeling.errors import LabelwrightError
from labeling.few_threads import few_threads

NICENESS = 5
"""Pages that people look at go first."""


def main(connected_to: int) -> None:
    """Serve the connection of this number until it is closed."""
    os.nice(NICENESS)
    threading.Thread(target=_end_with_the_server, args=(os.getppid(),), daemon=True).start()
    connection = Connection(connected_to)
    try:
        with few_threads():
            _serve(connection)
    except (EOFError, ConnectionError):
        # The training is over, or was stopped.
        return


def _serve(connection: Connection) -> None:
    choice, n_classes = connection.recv()
    served: _Served | None = None
    while True:
        name, asked = connection.recv()
        try:
            served = served or _Served(EndModel(choice, n_classes), connection)
            answer = served.answer(name, asked)
        except LabelwrightError as error:
            connection.send(("refused", error))
        except Exception:
            # The server logs it; what is left here is no use to anybody.
            connection.send(("failed", traceback.format_exc()))
            raise
        else:
            connection.send(("answer", answer))


class _Served:
    """An end model, and the features of the texts that it learned from."""

    def __init__(self, model: EndModel, connection: Connection) -> None:
        self._model, self._connection = model, connection
        self._features: Any = None

    def answer(self, name: str, asked: Any) -> Any:
        """Return the answer to a request with one argument."""
        if name == "learn_features":
            self._features = self._model.learn_features(asked, self._tell)
        elif name == "fit":
            self._model.fit(self._features, asked, self._tell)
        elif name == "predict_at":
            return self._model.predict_at(self._features, asked)
        elif name == "label_texts":
            return self._model.label_texts(asked)
        else:
            raise ValueError(f"no request {name!r}")
        return None

    def _tell(self, done: int, total: int) -> None:
        self._connection.send(("done", (done, total)))


def _end_with_the_server(server: int) -> None:
    """End this process when its parent is not the server any more."""
    while os.getppid() == server:
        time.sleep(1.0)
    os._exit(1)
