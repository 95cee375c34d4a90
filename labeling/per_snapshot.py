"""Answers that follow from a snapshot and a question, worked out once for all who ask."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from labeling.snapshot import Snapshot

Question = TypeVar("Question", bound=Hashable)
Answer = TypeVar("Answer")


class PerSnapshot(Generic[Question, Answer]):
    """The answers to the `most` questions asked last of the newest snapshot. Used from any thread.

    Twenty people who look at one project ask the same questions of each new snapshot at once. Who
    asks while the answer is being worked out waits for it.
    """

    def __init__(self, answer: Callable[[Snapshot, Question], Answer], most: int) -> None:
        self._answer, self._most = answer, most
        self._lock = threading.Lock()
        self._of: Snapshot | None = None
        self._asked: dict[Question, _Asked[Answer]] = {}

    def get(self, snapshot: Snapshot, question: Question) -> Answer:
        """Return the answer; errors of `answer` are raised and not kept."""
        with self._lock:
            if self._of is not snapshot:
                if self._of is not None and snapshot.version < self._of.version:
                    return self._answer(snapshot, question)
                self._of, self._asked = snapshot, {}
            asked = self._asked.pop(question, None) or _Asked[Answer]()
            self._asked[question] = asked
            if len(self._asked) > self._most:
                del self._asked[next(iter(self._asked))]
        with asked.lock:
            if not asked.answers:
                asked.answers.append(self._answer(snapshot, question))
            return asked.answers[0]


class _Asked(Generic[Answer]):
    """A question that was asked, and its answer once it is there."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.answers: list[Answer] = []
