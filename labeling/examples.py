"""Examples of each class for annotators: rows whose gold was imported or settled by a reviewer.

What annotators agree on is no example: an annotator who is still to get the row would read there
what others say of it. Test gold is never shown.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.answers import Answers
from labeling.snapshot import Snapshot
from labeling.store import Store

PER_CLASS = 3
LOOKED_AT = 200
"""So many known rows of a class are looked at, by row; the shortest of them are the examples."""
LONGEST = 160
"""Characters of an example; a longer text ends in an ellipsis."""
MOST = 60
"""Examples of all classes together: they stand beside every card."""
_CHECKS_FOR_AN_EXAMPLE = 10

RowIds = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Example:
    """A row that is known to be of class `code`; `text` may be cut."""

    row_id: int
    code: int
    text: str


class Examples:
    """The examples of a project. Used from any thread."""

    def __init__(
        self,
        store: Store,
        answers: Answers,
        snapshot: Callable[[], Snapshot],
        check_share: Callable[[], float],
    ) -> None:
        self._store, self._answers = store, answers
        self._snapshot, self._check_share = snapshot, check_share
        self._lock = threading.Lock()
        self._chosen: tuple[object, tuple[Example, ...]] | None = None

    def shown(self) -> tuple[Example, ...]:
        """Return up to PER_CLASS rows of each class, in the order of classes, short texts first.

        They are chosen once for the gold there is.
        """
        snapshot = self._snapshot()
        per_class = min(PER_CLASS, max(1, MOST // max(1, len(snapshot.classes))))
        known = list(self._known(snapshot, per_class))
        of = [(rows.tobytes(), most) for rows, most in known]  # the text of a row never changes
        with self._lock:
            if self._chosen is None or self._chosen[0] != of:
                examples = [
                    example
                    for code, (rows, most) in enumerate(known)
                    for example in self._shortest(code, rows, most)
                ]
                self._chosen = of, tuple(examples[:MOST])
            return self._chosen[1]

    def checks(self) -> Mask:
        """Return the rows that may check every annotator: known ones that are no example.

        bool (n,), n the rows of the snapshot.
        """
        may_check = self._snapshot().imported_gold.copy()
        may_check[[example.row_id for example in self.shown()]] = False
        return may_check

    def _known(self, snapshot: Snapshot, per_class: int) -> Iterator[tuple[RowIds, int]]:
        """Give of each class the rows to choose from, and how many to choose.

        Where known rows check annotators, one in ten of a class is an example at most: what is
        shown checks nobody any more.
        """
        settled = snapshot.imported_gold | self._answers.decided(snapshot.n_rows)
        gold_rows = snapshot.gold_rows[settled[snapshot.gold_rows]]
        codes = snapshot.dev_gold[gold_rows]
        checks = self._check_share() > 0
        for code in range(len(snapshot.classes)):
            rows = gold_rows[codes == code]
            spare = rows.size // _CHECKS_FOR_AN_EXAMPLE if checks else per_class
            yield rows[:LOOKED_AT], min(per_class, spare)

    def _shortest(self, code: int, rows: RowIds, most: int) -> list[Example]:
        if rows.size == 0 or most == 0:
            return []
        column = self._store.info().text_column
        texts = [
            str(text or "").strip() for text in self._store.read_rows(rows)[column].to_pylist()
        ]
        first_rows: dict[str, int] = {}
        for row_id, text in zip(rows.tolist(), texts, strict=True):
            first_rows.setdefault(text, row_id)
        by_length = sorted((len(text), row_id, text) for text, row_id in first_rows.items() if text)
        return [Example(row_id, code, _cut(text)) for _, row_id, text in by_length[:most]]


def _cut(text: str) -> str:
    """Return a text of LONGEST characters at most.

    >>> len(_cut("a" * 500)), _cut("short")
    (160, 'short')
    """
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
