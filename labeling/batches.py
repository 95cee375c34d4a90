"""Batches: rows that one person alone gets, before those of the open queue.

While a row of a batch waits for its person nobody else gets it. Once it is answered it is like any
other: where it is wanted from several people, others get it from the open queue.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.answers import Answers
from labeling.assignment_store import AssignmentStore, Batch
from labeling.draws import Draw
from labeling.errors import ProjectError
from labeling.sampling.queue import DrawnRow

LONGEST_NAME = 80
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class BatchProgress:
    """How far a batch is: its person answered `done` rows, and is still to get `left`.

    Rows that a reviewer decided, or that others answered as often as wanted, are neither.
    """

    batch: Batch
    done: int
    left: int


class Batches:
    """The batches of a project. Whoever uses it lets one thread in at a time."""

    def __init__(self, store: AssignmentStore, answers: Answers) -> None:
        self._store, self._answers = store, answers

    def of_others(self, annotator: str) -> dict[str, set[int]]:
        """Return the rows of all batches but this person's, by person, answered ones too."""
        rows: defaultdict[str, set[int]] = defaultdict(set)
        for batch in self._store.given_batches():
            if batch.annotator != annotator:
                rows[batch.annotator].update(batch.rows)
        return rows

    def of(self, annotator: str) -> dict[int, Draw | None]:
        """Return the rows of a person's batches and how they were drawn, in their order."""
        own = (batch for batch in self._store.given_batches() if batch.annotator == annotator)
        return {
            row: draw for batch in own for row, draw in zip(batch.rows, batch.draws, strict=True)
        }

    def give(self, annotator: str, drawn: Sequence[DrawnRow], sampler: str, author: str) -> Batch:
        """Save a batch of these rows.

        Raises:
            ProjectError: the name cannot be one, or there are no rows.
        """
        if not annotator.strip() or len(annotator) > LONGEST_NAME or not annotator.isprintable():
            raise ProjectError(
                f"{annotator!r} is nobody's name.",
                remedy=f"Name who gets the batch, with 1 to {LONGEST_NAME} visible characters.",
            )
        if not drawn:
            raise ProjectError(
                f"No row is left for {annotator}.",
                remedy="Choose another sampler, want rows from more people, or import more rows.",
            )
        rows, draws = tuple(row.row_id for row in drawn), tuple(row.draw for row in drawn)
        return self._store.save_batch(annotator, rows, draws, sampler, author)

    def take_back(self, number: int, author: str) -> Batch:
        """Let the rows of a batch that are not answered go to the open queue.

        Raises:
            ProjectError: there is no such batch, or it was taken back before.
        """
        found = {batch.number: batch for batch in self._store.given_batches()}
        if number not in found:
            raise ProjectError(
                f"There is no batch number {number}.", choices=[str(one) for one in found]
            )
        self._store.take_back_batch(number, author)
        return found[number]

    def progress(self, closed_to: Callable[[str], Mask]) -> tuple[BatchProgress, ...]:
        """Return how far each batch is; `closed_to` gives the rows that a person cannot get."""
        return tuple(self._progress(batch, closed_to) for batch in self._store.given_batches())

    def _progress(self, batch: Batch, closed_to: Callable[[str], Mask]) -> BatchProgress:
        done = self._answers.answered(batch.annotator, batch.rows)
        closed = closed_to(batch.annotator)
        return BatchProgress(batch, len(done), int((~closed[list(batch.rows)]).sum()))


def first_of(waiting: Sequence[int], batch: Collection[int], few: int) -> list[int]:
    """Return the rows of a queue that stay where a batch goes first: its own, and the first `few`.

    The first rows may be on the annotator's screen, or answered and on their way.

    >>> first_of([4, 5, 6, 7, 8], {8, 9}, few=2)
    [4, 5, 8]
    """
    return [row for place, row in enumerate(waiting) if place < few or row in batch]
