"""The saved labeling functions of a project: what may be saved, and under which name."""

import threading
from collections.abc import Callable

from labeling.errors import FunctionChanged, FunctionError, ProjectError
from labeling.functions import LabelingFunction
from labeling.kinds import KINDS
from labeling.pins import Pins
from labeling.store import Column, Store


class SavedFunctions:
    """Checks and saves functions; `changed` is told of each change."""

    def __init__(
        self,
        store: Store,
        pins: Pins,
        readable_columns: Callable[[], tuple[Column, ...]],
        changed: Callable[[], None],
    ) -> None:
        self._store = store
        self._pins = pins
        self._readable_columns = readable_columns
        self._changed = changed
        self._saving = threading.Lock()

    def all(self) -> tuple[LabelingFunction, ...]:
        """Return the saved functions, in the order they were first saved."""
        return self._store.functions()

    def one(self, name: str) -> LabelingFunction:
        """Return one saved function."""
        found = {function.name: function for function in self.all()}
        if name not in found:
            raise ProjectError(f"There is no labeling function {name!r}.", choices=list(found))
        return found[name]

    def check(self, function: LabelingFunction) -> None:
        """Raise a FunctionError where a function is not valid as written; nothing is run."""
        if function.kind not in KINDS:
            raise FunctionError(f"Unknown kind {function.kind!r}.", choices=list(KINDS))
        if not function.name.strip() or not function.name.isprintable():
            raise FunctionError(
                f"{function.name!r} cannot name a labeling function.",
                remedy="Use one or more visible characters.",
            )
        names = [column.name for column in self._readable_columns()]
        KINDS[function.kind].check(function, names, self._store.info().classes)

    def save(
        self,
        function: LabelingFunction,
        author: str = "",
        replaces: str | None = None,
        based_on: str | None = None,
    ) -> None:
        """Check and save a function, as `Project.save_function` says."""
        self.check(function)
        with self._saving:
            saved = {one.name: one for one in self.all()}
            renamed = replaces is not None and replaces != function.name
            if function.name in saved and (renamed or replaces is None):
                raise FunctionError(
                    f"There is a labeling function {function.name!r} already.",
                    remedy="Give this one another name, or open that one to change it.",
                )
            if replaces is not None and based_on is not None:
                self._check_unchanged(saved.get(replaces), replaces, based_on)
            if saved.get(function.name) != function:
                self._store.save_function(function, author)
            if renamed and replaces in saved:
                self._store.remove_function(replaces, author)
                self._pins.move(replaces, function.name, author)
        self._changed()

    def put(self, function: LabelingFunction, author: str = "") -> None:
        """Check and save a function under its name, whether it is there or not."""
        exists = function.name in {one.name for one in self.all()}
        self.save(function, author, replaces=function.name if exists else None)

    def remove(self, name: str, author: str = "") -> None:
        """Remove a function; its versions and votes stay in the history."""
        self._store.remove_function(self.one(name).name, author)
        self._changed()

    def accept(self, name: str, author: str = "") -> None:
        """Let the present version of a function into the label model with its errors."""
        function = self.one(name)
        run = self._store.run(function.version)
        if run is None or run.failure is not None:
            raise FunctionError(
                f"{name} did not run on every row, so it has no votes to accept.",
                remedy="Mend it or run it first.",
            )
        if run.error_count == 0 and function.kind != "model":
            raise FunctionError(
                f"{name} ran without an error.", remedy="It is in the label model already."
            )
        self._store.accept_function(function, author)
        self._changed()

    def _check_unchanged(self, saved: LabelingFunction | None, name: str, based_on: str) -> None:
        if saved is None:
            raise FunctionChanged(
                f"{name!r} was removed while you edited it.",
                remedy="Save yours over it to bring it back with your changes.",
            )
        if saved.version != based_on:
            latest = self._store.function_history(name)[-1]
            by = f" by {latest.author}" if latest.author else ""
            raise FunctionChanged(
                f"{name!r} was saved{by} at {latest.saved_at:%Y-%m-%d %H:%M:%S} UTC, "
                "while you edited it.",
                remedy="Look at that version first, or save yours over it.",
            )
