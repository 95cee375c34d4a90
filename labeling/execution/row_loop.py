"""The inner loop: one vote per row, written where the server can see it at once."""

import enum
import mmap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, repeat
from typing import Any

import numpy as np

from labeling.execution.fault import described, return_line, row_error
from labeling.execution.protocol import ERRORS_PER_MESSAGE, RowErrors, Timed
from labeling.execution.row import FAST_COLUMNS, Chunk, Row
from labeling.execution.row_timer import NOT_RUN_BYTE, RowTimeout, RowTimer
from labeling.execution.row_times import FIRST_SPACING, SPACING, RowClock
from labeling.kinds.kind import ColumnVote
from labeling.patterns.search import Mask
from labeling.runs import ERROR, RowError
from labeling.tasks.classification import Classification, InvalidLabelError
from labeling.votes import ABSTAIN, Votes

Vote = Callable[[Row], object]
_Values = tuple[int, tuple[object, object, object, object]]

MEMORY_RESERVE = 4 * 1024 * 1024
"""Set free when a row runs out of memory, so that saying so does not run out as well.

Mapped and never touched, it is counted as used and takes no time.
"""


class RunEndedError(Exception):
    """The run cannot go on."""

    def __init__(self, what: str, line: int | None, row_id: int | None) -> None:
        super().__init__(what)
        self.line = line
        self.row_id = row_id


@dataclass(frozen=True)
class LoopLimits:
    """What the loop itself keeps to."""

    row_seconds: float
    row_timeouts: int
    error_details: int


class RowLoop:
    """Runs one compiled function over chunks of rows.

    `votes` has one byte for each row of the run; row 0 of the run has the id `start`.
    `is_open` says that every row must be an object of its own. Rows of which `column_vote` is
    certain are not asked one by one.
    """

    def __init__(
        self,
        vote: Vote,
        column_vote: ColumnVote | None,
        row_type: type[Row],
        fast: tuple[str, ...],
        is_open: bool,
        classes: tuple[str, ...],
        start: int,
        votes: mmap.mmap,
        limits: LoopLimits,
        report: Callable[[RowErrors | Timed], None],
    ) -> None:
        self._vote = vote
        self.column_vote = column_vote
        self._row_type = row_type
        self._fast = fast
        self._is_open = is_open
        self._one_column = len(fast) == 1 and not is_open
        self._task = Classification(classes)
        self._start = start
        self._file = votes
        self._votes = memoryview(votes).cast("b")
        self._limits = limits
        self._report = report
        self._codes = _known_answers(classes)
        self._details: list[RowError] = []
        self._detailed = 0
        self._timeouts = 0
        self._reserve: mmap.mmap | None = mmap.mmap(-1, MEMORY_RESERVE)
        self._clock = RowClock(vote, start)
        loops = (RowLoop._vote_on, RowLoop._vote_on_one_column, RowLoop._between_known)
        methods = (RowLoop.run, *loops, RowLoop._encode, RowLoop._failed)
        ours = frozenset(method.__code__ for method in methods)
        self.timer = RowTimer(votes, limits.row_seconds, ours, self._clock.note)

    def run(self, chunk: Chunk) -> None:
        """Vote on a chunk's rows. Raises RunEndedError where the run must stop."""
        self.timer.paused = True
        vote_on = self._vote_on_one_column if self._one_column else self._vote_on
        rows, count = self._to_ask(chunk)
        self.timer.paused = False
        spacing = SPACING if chunk.first else FIRST_SPACING
        for _ in range(0, count, spacing):
            vote_on(chunk, islice(rows, 1), self._clock.timed_vote)
            vote_on(chunk, islice(rows, spacing - 1), self._vote)
        next(rows, None)  # writes the known votes after the last row that was asked
        self.timer.paused = True  # reading the next chunk is not the author's time

    def _to_ask(self, chunk: Chunk) -> tuple[Iterator[tuple[int, Any]], int]:
        """Return the rows to be asked one by one, as positions and values, and their number."""
        if self.column_vote is None:
            return enumerate(self._values(chunk, None), chunk.first), len(chunk)
        known = self.column_vote(chunk.rows)
        asked = ~known.certain
        places = np.flatnonzero(asked)
        rows = zip(places.tolist(), self._values(chunk, asked), strict=True)
        return self._between_known(chunk.first, known.votes, rows), places.size

    def _between_known(
        self, first: int, known: Votes, rows: Iterable[tuple[int, Any]]
    ) -> Iterator[tuple[int, Any]]:
        """Yield rows to be asked, with the known votes before each written by then.

        So whoever watches the votes finds the row that is being run where the first one is missing.
        """
        votes, done = known.data, 0
        for place, values in rows:
            self._votes[first + done : first + place] = votes[done:place]
            yield first + place, values
            done = place + 1
        self._votes[first + done : first + len(votes)] = votes[done:]

    def _vote_on_one_column(
        self, chunk: Chunk, rows: Iterable[tuple[int, object]], vote: Vote
    ) -> None:
        """Do what `_vote_on` does where a function reads one column, as most do.

        Written out, because each step that is left out is a tenth of what such a row takes.
        """
        votes, codes = self._votes, self._codes
        row = self._empty_row(chunk)
        for position, value in rows:
            row._position = position
            row._slot0 = value
            try:
                answer = vote(row)
            except BaseException as error:  # noqa: BLE001 - whatever the author's code raises
                self._failed(position, error)
                continue
            if answer is None:
                votes[position] = ABSTAIN
                continue
            try:
                votes[position] = codes[type(answer)][answer]
            except KeyError:
                votes[position] = self._encode(chunk, position, answer)
            except BaseException as error:  # noqa: BLE001 - the label's own __hash__ and __eq__
                self._failed(position, error)

    def _vote_on(self, chunk: Chunk, rows: Iterable[_Values], vote: Vote) -> None:
        votes, codes = self._votes, self._codes
        is_open, new_row, row_type = self._is_open, object.__new__, self._row_type
        row = self._empty_row(chunk)
        for position, (a, b, c, d) in rows:
            if is_open:
                row = new_row(row_type)
                row._chunk = chunk
            row._position = position
            row._slot0 = a
            row._slot1 = b
            row._slot2 = c
            row._slot3 = d
            try:
                answer = vote(row)
            except BaseException as error:  # noqa: BLE001 - whatever the author's code raises
                self._failed(position, error)
                continue
            try:
                votes[position] = codes[type(answer)][answer]
            except KeyError:
                votes[position] = self._encode(chunk, position, answer)
            except BaseException as error:  # noqa: BLE001 - the label's own __hash__ and __eq__
                self._failed(position, error)

    def row_at_hand(self) -> int | None:
        """Return the row that is being run, or comes next; None after the last."""
        position = self._file.find(NOT_RUN_BYTE)
        return self._start + position if position < len(self._file) - 1 else None

    def report_errors(self) -> None:
        """Send the errors collected since the last time."""
        self.timer.paused = True
        for first in range(0, len(self._details), ERRORS_PER_MESSAGE):
            self._report(RowErrors(tuple(self._details[first : first + ERRORS_PER_MESSAGE])))
        self._details.clear()

    def report_times(self) -> None:
        """Send how long rows took, where any was timed."""
        if (times := self._clock.times()) is not None:
            self._report(Timed(times))

    def _values(self, chunk: Chunk, asked: Mask | None) -> Iterable[Any]:
        """Return what `_vote_on` takes of each row that is asked, by default of all."""

        def column(name: str) -> list[Any]:
            return chunk.column(name) if asked is None else chunk.selected(name, asked)

        count = len(chunk) if asked is None else int(np.count_nonzero(asked))
        if self._one_column:
            return column(self._fast[0])
        columns: list[Iterable[object]] = [column(name) for name in self._fast]
        while len(columns) < FAST_COLUMNS:
            columns.append(repeat(None, count))
        a, b, c, d = columns
        return zip(a, b, c, d, strict=False)

    def _empty_row(self, chunk: Chunk) -> Row:
        """Return a new row object that is none of the chunk's yet."""
        row = object.__new__(self._row_type)
        row._chunk, row._position = chunk, chunk.first
        row._slot0 = row._slot1 = row._slot2 = row._slot3 = None
        return row

    def _row(self, chunk: Chunk, position: int) -> Row:
        """Return a new row object for one row."""
        row = self._empty_row(chunk)
        row._position = position
        for name in self._fast:
            setattr(row, name, chunk.value(name, position))
        return row

    def _encode(self, chunk: Chunk, position: int, answer: object) -> int:
        """Return the code of an answer that is none of the common ones."""
        try:
            return self._code(answer)
        except InvalidLabelError as error:
            wrong = error
        except BaseException as error:  # noqa: BLE001 - the answer's own __repr__ may raise
            self._failed(position, error)
            return ERROR
        try:
            self._wrong_label(chunk, position, wrong)
        except BaseException as error:  # noqa: BLE001 - the row is run a second time for its line
            self._failed(position, error)
        return ERROR

    def _code(self, answer: object) -> int:
        code = self._task.encode(answer)
        if isinstance(answer, enum.Enum | np.integer):
            self._codes.setdefault(type(answer), {})[answer] = code
        return code

    def _wrong_label(self, chunk: Chunk, position: int, error: InvalidLabelError) -> None:
        if self._detailed < self._limits.error_details:
            line = return_line(self._vote, self._row(chunk, position))
            self._keep(described(self._start + position, "InvalidLabelError", str(error), line))

    def _failed(self, position: int, error: BaseException) -> None:
        """Record an exception. Raises RunEndedError after sys.exit or too many timeouts.

        The vote is written once the exception is described: its text is the author's code as well,
        and where that hangs or ends the process, the server takes the row without a vote for it.
        """
        self.timer.paused = True
        if isinstance(error, MemoryError):
            self._reserve = None
        ends_runs = isinstance(error, SystemExit | RowTimeout)
        if ends_runs or self._detailed < self._limits.error_details:
            row = row_error(self._start + position, error)
            self._votes[position] = ERROR
            self._keep(row)
            self._end_where_hopeless(row, error)
        self._votes[position] = ERROR
        self._renew_reserve()
        self.timer.paused = False

    def _renew_reserve(self) -> None:
        if self._reserve is None:
            try:
                self._reserve = mmap.mmap(-1, MEMORY_RESERVE)
            except OSError:  # no memory; the next row that frees some gets it back
                return

    def _end_where_hopeless(self, row: RowError, error: BaseException) -> None:
        where = f"row {row.row_id}" + (f", line {row.line}" if row.line else "")
        if isinstance(error, SystemExit):
            raise RunEndedError(f"The function called sys.exit() on {where}.", row.line, row.row_id)
        if isinstance(error, RowTimeout):
            self._timeouts += 1
            if self._timeouts >= self._limits.row_timeouts:
                what = (
                    f"The function took longer than {self._limits.row_seconds:g} s on "
                    f"{self._timeouts} rows and was stopped, the last time on {where}."
                )
                raise RunEndedError(what, row.line, row.row_id)

    def _keep(self, row: RowError) -> None:
        """Keep an error to be reported; a row has one, the first."""
        is_second = bool(self._details) and self._details[-1].row_id == row.row_id
        if self._detailed < self._limits.error_details and not is_second:
            self._details.append(row)
            self._detailed += 1


def _known_answers(classes: tuple[str, ...]) -> dict[type, dict[object, int]]:
    """Return the codes of common answers by type, so that True is not taken for 1."""
    return {
        str: {name: code for code, name in enumerate(classes)},
        int: {code: code for code in range(ABSTAIN, len(classes))},
        type(None): {None: ABSTAIN},
    }
