"""What follows from an object that never changes, worked out once for all who ask."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

Owner = TypeVar("Owner")
Question = TypeVar("Question", bound=Hashable)
Answer = TypeVar("Answer")


class KeptBeside(Generic[Owner, Question, Answer]):
    """The answers to all questions asked of an object, forgotten together with it.

    Used from any thread; who asks while the answer is being worked out waits for it. For few
    questions: `PerSnapshot` is for those without number.
    """

    def __init__(self, answer: Callable[[Owner, Question], Answer]) -> None:
        self._answer = answer
        self._lock = threading.Lock()
        self._known: WeakKeyDictionary[Owner, dict[Question, Answer]] = WeakKeyDictionary()

    def get(self, owner: Owner, question: Question) -> Answer:
        """Return the answer; errors of `answer` are raised and not kept."""
        with self._lock:
            known = self._known.setdefault(owner, {})
            if question not in known:
                known[question] = self._answer(owner, question)
            return known[question]
