"""Runs what people are typing, and tells each of them what it would do.

Every browser session has one preview: a newer text ends the run of the older one. A function runs
on growing random samples first and on all rows in the end; after each run there is a `PreviewState`
to be read without waiting, and the session is told its number.
"""

import itertools
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from labeling.errors import Cancelled, LabelwrightError
from labeling.execution import Executor
from labeling.functions import LabelingFunction
from labeling.kinds import votes_by_column, votes_row_by_row
from labeling.label_diff import label_diff
from labeling.models.running import RunningVotes
from labeling.preview import QUICK_ROWS, WHOLE_BY_COLUMN, PreviewState, Stage, not_run, stages
from labeling.preview_measure import PreviewMeasure
from labeling.row_sample import picked_rows, sampled_rows
from labeling.runs import NOT_RUN, Job, Limits, RunResult
from labeling.snapshot import Snapshot
from labeling.vote_diff import VoteDiff
from labeling.votes import Votes

log = logging.getLogger(__name__)

QUICK_LIMITS = Limits(row_seconds=1.0, run_seconds=10.0, row_timeouts=3, error_details=50)
WHOLE_LIMITS = Limits(row_seconds=1.0, run_seconds=120.0, row_timeouts=3, error_details=50)
LABELS_AFTER_SECONDS = 0.05
"""So long after the counts a page that waited for them is being drawn."""
KEPT_SESSIONS = 32
"""The votes of a preview take a byte a row: those of sessions long gone are forgotten."""


class Previews:
    """The previews of a project, by session; every method may be called from any thread.

    `announce` is told the session and the number of each new state, on any thread, but for those
    that come while somebody waits for them. `counted` gives a copy of the votes behind the labels,
    None before the first fit, and `pinned` the rows that are pinned to a function.
    """

    def __init__(
        self,
        executor: Executor,
        snapshot: Callable[[], Snapshot],
        rows_file: Callable[[], Path],
        counted: Callable[[], RunningVotes | None],
        announce: Callable[[str, int], None],
        pinned: Callable[[str], tuple[int, ...]],
    ) -> None:
        self._executor, self._snapshot, self._rows_file = executor, snapshot, rows_file
        self._counted, self._announce, self._pinned = counted, announce, pinned
        self._numbers = itertools.count(int(time.time() * 1000))
        self._changed = threading.Condition()
        self._previews: OrderedDict[str, _Preview] = OrderedDict()

    def start(
        self, session: str, function: LabelingFunction, replaces: str | None = None
    ) -> PreviewState:
        """Preview a function that was checked, in place of what the session previewed before.

        `replaces` names the saved function it was edited from, None for a new one. Returns at once.
        """
        snapshot, number = self._snapshot(), next(self._numbers)
        n_rows = snapshot.n_rows
        state = PreviewState(number, number, function, replaces, 0, n_rows, not_run(n_rows))
        preview = _Preview(session, state, snapshot)
        with self._changed:
            self.stop(session)
            self._previews[session] = preview
            while len(self._previews) > KEPT_SESSIONS:
                _, forgotten = self._previews.popitem(last=False)
                forgotten.cancelled.set()
        preview.thread = threading.Thread(
            target=self._run, args=(preview,), name="preview", daemon=True
        )
        preview.thread.start()
        return state

    def state(self, session: str) -> PreviewState | None:
        """Return what is known by now, None where the session previews nothing."""
        preview = self._previews.get(session)
        return None if preview is None else preview.state

    def wait(self, session: str, seconds: float) -> PreviewState | None:
        """Return what is known once all is, or after so long."""
        return self._wait(session, _is_done, seconds)

    def wait_for_counts(self, session: str, seconds: float) -> PreviewState | None:
        """Return what is known once there are counts or nothing will come, or after so long."""
        return self._wait(session, _has_counts, seconds)

    def _wait(
        self, session: str, until: Callable[[PreviewState | None], bool], seconds: float
    ) -> PreviewState | None:
        with self._changed:
            preview = self._previews.get(session)
            if preview is not None:
                preview.awaited += 1
            self._changed.wait_for(lambda: until(self.state(session)), seconds)
            if preview is not None:
                preview.awaited -= 1
            return self.state(session)

    def stop(self, session: str) -> None:
        """End the preview of a session and forget it."""
        with self._changed:
            preview = self._previews.pop(session, None)
        if preview is not None:
            preview.cancelled.set()

    def close(self) -> None:
        """End every preview and wait until they have ended."""
        with self._changed:
            previews = [*self._previews.values()]
            self._previews.clear()
        for preview in previews:
            preview.cancelled.set()
        for preview in previews:
            if preview.thread is not None:
                preview.thread.join(timeout=30)

    def _run(self, preview: "_Preview") -> None:
        with suppress(Cancelled):
            self._run_or_say_why_not(preview)

    def _run_or_say_why_not(self, preview: "_Preview") -> None:
        try:
            self._run_stages(preview)
        except Cancelled:
            raise
        except LabelwrightError as error:
            self._publish(preview, problem=str(error), done=True)
        except Exception as error:
            log.exception("the preview of %s failed", preview.state.function.name)
            problem = f"Labelwright failed ({type(error).__name__}: {error}); see the log."
            self._publish(preview, problem=problem, done=True)

    def _run_stages(self, preview: "_Preview") -> None:
        n_rows, function = preview.snapshot.n_rows, preview.state.function
        if n_rows == 0:
            self._publish(preview, done=True)
            return
        votes, measure = not_run(n_rows), PreviewMeasure(preview.snapshot, preview.state.replaces)
        by_column = votes_by_column(function, preview.snapshot.classes)
        quick_rows = WHOLE_BY_COLUMN if by_column else QUICK_ROWS
        planned = stages(function.kind, n_rows, by_column=by_column)
        for stage in planned:
            result, row_ids = self._result(preview, stage, quick_rows)
            ran = result.votes != NOT_RUN
            votes[row_ids[ran]] = result.votes[ran]
            self._add(preview, measure, votes.copy(), result, from_start=stage.start == 0)
            if result.failure is not None:
                return
            if stage is planned[0] and stage.sample is not None:
                self._run_pinned(preview)
        # The page that shows the counts is drawn first, without a fit beside it.
        preview.cancelled.wait(LABELS_AFTER_SECONDS)
        number = preview.state.votes_number
        diff = self._label_diff(preview)
        self._publish(preview, votes_number=number, label_diff=diff, done=True)

    def _run_pinned(self, preview: "_Preview") -> None:
        """Run the rows pinned to the saved function, which need not be in any sample."""
        state = preview.state
        row_ids = np.array(self._pinned(state.replaces) if state.replaces else (), dtype=np.int64)
        if row_ids.size == 0:
            return
        path, classes = picked_rows(self._rows_file(), row_ids), preview.snapshot.classes
        job = Job(state.function, classes, path, 0, row_ids.size, limits=QUICK_LIMITS, typed=True)
        votes = self._executor.run(job, cancelled=preview.cancelled).votes
        self._publish(preview, pinned=dict(zip(row_ids.tolist(), votes.tolist(), strict=True)))

    def _result(
        self, preview: "_Preview", stage: Stage, quick_rows: int
    ) -> tuple[RunResult, npt.NDArray[np.int64]]:
        """Run one stage; return what came of it and the ids of its rows."""
        rows_path, n_rows = self._rows_file(), preview.snapshot.n_rows
        if stage.sample is None:
            row_ids = np.arange(stage.stop)
        else:
            rows_path, sampled = sampled_rows(rows_path, n_rows, stage.sample)
            row_ids = sampled[stage.start : stage.stop]
        if preview.cancelled.is_set():
            raise Cancelled("There is a newer text.")
        function, is_quick = preview.state.function, stage.stop <= quick_rows
        job = Job(
            function,
            preview.snapshot.classes,
            rows_path,
            stage.start,
            stage.stop,
            limits=QUICK_LIMITS if is_quick else WHOLE_LIMITS,
            typed=is_quick or not votes_row_by_row(function.kind),
        )
        result = self._executor.run(job, cancelled=preview.cancelled)
        return _of_rows(result, row_ids), row_ids

    def _add(
        self,
        preview: "_Preview",
        measure: "PreviewMeasure",
        votes: Votes,
        result: RunResult,
        *,
        from_start: bool,
    ) -> None:
        """Publish what a stage brought."""
        seen = votes != NOT_RUN
        rows = int(np.count_nonzero(seen))
        before = preview.state
        errors = result.errors if from_start else (*before.errors, *result.errors)
        count = result.error_count + (0 if from_start else before.error_count)
        self._publish(
            preview,
            rows=rows,
            votes=votes,
            statistics=measure.statistics(preview.state.function.name, votes, rows),
            before=measure.before,
            diff=measure.diff(votes, seen),
            errors=errors,
            error_count=count,
            stdout=result.stdout,
            failure=result.failure,
            done=result.failure is not None,
        )

    def _label_diff(self, preview: "_Preview") -> VoteDiff | None:
        """Return how labels change; a function with errors takes no part before it is accepted."""
        state, counted = preview.state, self._counted()
        if preview.cancelled.is_set():
            raise Cancelled("There is a newer text.")
        if counted is None or state.error_count:
            return None
        return label_diff(preview.snapshot, counted, state.replaces, state.votes)

    def _publish(self, preview: "_Preview", **changes: object) -> None:
        with self._changed:
            if self._previews.get(preview.session) is not preview:
                raise Cancelled("There is a newer text.")
            number = next(self._numbers)
            new = {"number": number, "votes_number": number} | changes
            preview.state = replace(preview.state, **new)  # type: ignore[arg-type]
            self._changed.notify_all()
            awaited = preview.awaited > 0
        if not awaited:
            self._announce(preview.session, number)


class _Preview:
    """One text of one session, being run beside the functions of one snapshot."""

    def __init__(self, session: str, state: PreviewState, snapshot: Snapshot) -> None:
        self.session, self.state, self.snapshot = session, state, snapshot
        self.cancelled = threading.Event()
        self.awaited = 0
        self.thread: threading.Thread | None = None


def _of_rows(result: RunResult, row_ids: npt.NDArray[np.int64]) -> RunResult:
    """Return a result that names rows by their ids, and not by their place in the file."""

    def row_id(place: int) -> int:
        return int(row_ids[place - result.start])

    failure, at = result.failure, result.failure_row
    if failure is not None and at is not None:
        failure = failure.replace(f" row {at}", f" row {row_id(at)}")
    return replace(
        result,
        errors=tuple(replace(error, row_id=row_id(error.row_id)) for error in result.errors),
        failure=failure,
        failure_row=None if at is None else row_id(at),
    )


def _has_counts(state: PreviewState | None) -> bool:
    return state is None or state.done or state.statistics is not None


def _is_done(state: PreviewState | None) -> bool:
    return state is None or state.done
