"""Turns what a function answers for all rows at once into votes and errors, row by row again.

A row that is answered twice with one label has one vote; with two labels it has none, but an
error. Abstaining answers say nothing, so they contradict no other.
"""

import mmap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from labeling.errors import FunctionError
from labeling.execution.fault import described
from labeling.execution.protocol import ERRORS_PER_MESSAGE, RowErrors
from labeling.kinds.kind import Answers, SetVote
from labeling.runs import ERROR, RowError
from labeling.tasks.classification import Classification, InvalidLabelError
from labeling.votes import ABSTAIN, Votes


@dataclass(frozen=True, eq=False)
class SetRun:
    """Runs a set function and writes the votes of rows `start` to `stop` (excluded) of `n_rows`.

    It may look at every row, also for a run of few: what it says of one may depend on all the
    others, and a preview must say what the whole run will.
    """

    vote: SetVote
    classes: tuple[str, ...]
    n_rows: int
    start: int
    stop: int
    votes: mmap.mmap
    error_details: int
    report: Callable[[RowErrors], None]

    def run(self) -> None:
        """Ask the function and write all votes at once; none where FunctionError is raised."""
        spoken = _spoken(self.vote(), self.classes, self.n_rows)
        votes, faulty = _votes(spoken, self.n_rows)
        rows = spoken.row_ids[faulty]
        here = faulty[(rows >= self.start) & (rows < self.stop)]
        self._report(list(_described(spoken, here[: self.error_details], votes, self.classes)))
        votes[rows] = ERROR
        part = votes[self.start : self.stop]
        self.votes[: part.size] = part.tobytes()

    def _report(self, errors: list[RowError]) -> None:
        for first in range(0, len(errors), ERRORS_PER_MESSAGE):
            self.report(RowErrors(tuple(errors[first : first + ERRORS_PER_MESSAGE])))


@dataclass(frozen=True, eq=False)
class _Spoken:
    """The answers that are no abstains, each with its row and its code, ERROR for no class.

    `label_numbers` are positions in `labels`, the distinct labels as they came.
    """

    row_ids: npt.NDArray[np.int64]
    codes: Votes
    label_numbers: npt.NDArray[np.int64]
    labels: list[object]


def _spoken(answers: Answers, classes: tuple[str, ...], n_rows: int) -> _Spoken:
    """Encode the distinct labels, of which there are few, and leave the abstains out."""
    row_ids = _row_ids(answers.row_ids, n_rows)
    encoded = answers.labels.combine_chunks().dictionary_encode()
    labels = encoded.dictionary.to_pylist()
    codes_of_labels = np.array([*(_code(label, classes) for label in labels), ABSTAIN], np.int8)
    numbers = encoded.indices.fill_null(len(labels)).to_numpy(zero_copy_only=False)
    codes = codes_of_labels[numbers]
    speaks = codes != ABSTAIN
    return _Spoken(row_ids[speaks], codes[speaks], numbers[speaks], labels)


def _row_ids(column: pa.ChunkedArray, n_rows: int) -> npt.NDArray[np.int64]:
    """Return the row ids, int64; raise FunctionError where one is no row of the project."""
    if column.null_count:
        raise FunctionError(
            "row_id is NULL in the answer.", remedy="Give the row_id of rows, and join with it."
        )
    row_ids: npt.NDArray[np.int64] = column.to_numpy()
    outside = (row_ids < 0) | (row_ids >= n_rows)
    if outside.any():
        raise FunctionError(
            f"There is no row {row_ids[outside][0]}.", remedy=f"Rows go from 0 to {n_rows - 1}."
        )
    return row_ids


def _code(label: object, classes: tuple[str, ...]) -> int:
    try:
        return Classification(classes).encode(label)
    except InvalidLabelError:
        return ERROR


def _votes(spoken: _Spoken, n_rows: int) -> tuple[Votes, npt.NDArray[np.int64]]:
    """Return the votes of all rows, and for each faulty row the position of one faulty answer.

    The last answer of a row is its vote for now; what differs from it is a second label. Answers
    that are no class come last, so that they are what is said about their row.
    """
    row_ids, codes = spoken.row_ids, spoken.codes
    votes = np.full(n_rows, ABSTAIN, dtype=np.int8)
    votes[row_ids] = codes
    votes[row_ids[codes == ERROR]] = ERROR
    second = (votes[row_ids] != codes) & (votes[row_ids] != ERROR)
    faulty = np.flatnonzero((codes == ERROR) | second)
    _, first = np.unique(row_ids[faulty], return_index=True)
    return votes, faulty[first]


def _described(
    spoken: _Spoken, faulty: npt.NDArray[np.int64], votes: Votes, classes: tuple[str, ...]
) -> Iterator[RowError]:
    """Yield the error of each faulty answer, in row order."""
    for position in faulty:
        row_id, code = int(spoken.row_ids[position]), int(spoken.codes[position])
        if code == ERROR:
            label = spoken.labels[spoken.label_numbers[position]]
            try:
                Classification(classes).encode(label)
            except InvalidLabelError as error:
                yield described(row_id, "InvalidLabelError", f"{error} (NULL)", None)
        else:
            one, other = sorted((classes[code], classes[votes[row_id]]))
            message = f"answered with two labels, {one!r} and {other!r}; give each row one"
            yield described(row_id, "TwoLabelsError", message, None)
