"""Checks, while there is nothing else to do, whether functions vote the same when run again."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from labeling.errors import Cancelled, LabelwrightError
from labeling.execution import Executor
from labeling.functions import LabelingFunction
from labeling.inputs import Inputs
from labeling.known_runs import KnownRuns
from labeling.snapshot import FunctionState, Snapshot
from labeling.stability import check_stability

log = logging.getLogger(__name__)


class Publish(Protocol):
    """Publishes the snapshot with changes; `soon` where another one is likely to follow."""

    def __call__(self, *, soon: bool = False, **changes: object) -> None:
        """Publish."""
        ...


class VoteChecks:
    """Runs some rows of each Python function again; what is found goes into its state."""

    def __init__(
        self,
        runs: KnownRuns,
        executor: Executor,
        rows_file: Callable[[], Path],
        snapshot: Callable[[], Snapshot],
        publish: Publish,
    ) -> None:
        self._runs = runs
        self._executor = executor
        self._rows_file = rows_file
        self._snapshot = snapshot
        self._publish = publish
        self._cancelled = threading.Event()

    def give_way(self) -> None:
        """Cancel the check under way: there is something else to do."""
        self._cancelled.set()

    def while_idle(self, is_idle: Callable[[], bool]) -> None:
        """Check one function after the other as long as there is nothing else to do."""
        while True:
            cancelled = self._cancelled = threading.Event()
            if not is_idle():
                return
            function = self._next()
            if function is None:
                return
            try:
                self._check_or_say_why_not(function, cancelled)
            except Cancelled:
                return

    def check_next(self) -> bool:
        """Check one more function; False where all are checked.

        One that cannot be checked has the reason in its state.
        """
        function = self._next()
        if function is None:
            return False
        self._check_or_say_why_not(function)
        return True

    def problems(self, inputs: Inputs) -> tuple[str, ...]:
        """Say which functions could not be checked."""
        reasons = [(function, self._runs.unchecked(function)) for function in inputs.functions]
        return tuple(_problem(function, why) for function, why in reasons if why is not None)

    def _next(self) -> LabelingFunction | None:
        """Return a function to run again; one that could not be waits for the next change."""
        open_ones = filter(_can_be_checked, self._snapshot().functions)
        return next((state.function for state in open_ones), None)

    def _check_or_say_why_not(
        self, function: LabelingFunction, cancelled: threading.Event | None = None
    ) -> None:
        try:
            self._check(function, cancelled)
        except Cancelled:
            raise
        except LabelwrightError as error:
            self._note_unchecked(function, str(error))
        except Exception as error:
            log.exception("the check of %s failed", function.name)
            failed = f"Labelwright failed ({type(error).__name__}: {error}); see the log."
            self._note_unchecked(function, failed)

    def _check(self, function: LabelingFunction, cancelled: threading.Event | None) -> None:
        """Run some rows of a function again and publish whether they got the same votes."""
        snapshot, rows_file = self._snapshot(), self._rows_file()
        votes = snapshot.matrix.column(function.name)
        check = check_stability(
            function, votes, snapshot.classes, rows_file, self._executor, cancelled
        )
        self._runs.keep_check(function, check)
        self._publish(soon=True, functions=self._states_with(function, stability=check))

    def _note_unchecked(self, function: LabelingFunction, why: str) -> None:
        self._runs.keep_unchecked(function, why)
        self._publish(
            problems=(*self._snapshot().problems, _problem(function, why)),
            functions=self._states_with(function, unchecked=why),
        )

    def _states_with(self, function: LabelingFunction, **changes: Any) -> tuple[FunctionState, ...]:
        """Return the functions as they stand, with something more known of one."""
        return tuple(
            replace(one, **changes) if one.function == function else one
            for one in self._snapshot().functions
        )


def _can_be_checked(state: FunctionState) -> bool:
    ran = state.status in ("ready", "errors") and state.statistics is not None
    is_open = state.stability is None and state.unchecked is None
    return ran and state.function.kind == "python" and is_open


def _problem(function: LabelingFunction, why: str) -> str:
    return f"{function.name}: Votes could not be checked: {why}"
