"""The project's history as one log, and undo: an undo adds the inverse event, nothing is deleted.

Only the latest change of a thing can be undone, so that an undo never sweeps away what somebody
did after it. Undoing an undo brings the change back.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import numpy as np

from labeling.errors import FunctionError, ProjectError
from labeling.functions import LabelingFunction
from labeling.held_out import figures_from_json
from labeling.kinds import KINDS
from labeling.models import DEFAULT_MODEL
from labeling.past import Event, EventFilter, EventKind, EventPage
from labeling.queues import RANDOM_SHARE
from labeling.store import Annotation, AnnotationAction, Store
from labeling.versions import code_diff

if TYPE_CHECKING:
    from labeling.project import Project

EVERYTHING = EventFilter()
_DEFAULTS = {
    "model": DEFAULT_MODEL,
    "seed": "0",
    "votes_on_demand": "on demand",
    "random_share": str(RANDOM_SHARE),
}
_SETTINGS = {
    "model": "label model",
    "seed": "seed of the label model",
    "overlap_annotators": "people for a row",
    "overlap_share": "share of rows wanted from several people",
    "check_share": "share of known rows mixed into queues",
    "votes_on_demand": "votes beside a row that is annotated",
    "random_share": "share of rows drawn at random",
}


class History:
    """What happened in a project, and the way back. `changed` is called after a change."""

    def __init__(self, store: Store, project: "Project", changed: Callable[[], None]) -> None:
        self._store = store
        self._project = project
        self._changed = changed
        self._undo: Mapping[EventKind, Callable[[Event, str], None]] = {
            "function": self._undo_function,
            "acceptance": self._undo_acceptance,
            "annotation": self._undo_annotation,
            "pin": self._undo_pin,
            "slice": lambda event, author: store.save_slice(event.subject, event.before, author),
            "setting": self._undo_setting,
            "look": self._undo_look,
            "import": self._undo_import,
        }

    def timeline(
        self, wanted: EventFilter = EVERYTHING, offset: int = 0, limit: int | None = None
    ) -> EventPage:
        """Return the changes that `wanted` keeps, newest first."""
        return self._store.events(wanted, offset, limit)

    def authors(self) -> tuple[str, ...]:
        """Return who changed something, sorted."""
        return self._store.event_authors()

    def undo(self, event_id: str, author: str = "") -> Event:
        """Add the inverse of a change, and return what was undone.

        Raises:
            LabelwrightError: there is no such change, something happened to its subject since, or
                going back would leave something that is not valid.
        """
        found = self._store.events(EventFilter(event_id=event_id)).events
        if not found:
            raise ProjectError(
                f"There is no change {event_id!r} in the history.",
                remedy="Take one from: cli.py history PROJECT",
            )
        event = found[0]
        if not event.latest:
            raise ProjectError(
                f"{described(event, self._project.info().classes)}: this was changed again since.",
                remedy="Undo the later change first.",
            )
        self._undo[event.kind](event, author)
        return event

    def _undo_function(self, event: Event, author: str) -> None:
        before = None if event.before is None else function_of(event.subject, event.before)
        if before is None and event.action == "saved":
            self._project.remove_function(event.subject, author)
        elif before is not None:
            self._project.put_function(before, author)

    def _undo_acceptance(self, event: Event, author: str) -> None:
        if event.action == "withdrawn":
            self._project.accept_function(event.subject, author)
            return
        self._store.withdraw_acceptance(str(event.after), author)
        self._changed()

    def _undo_annotation(self, event: Event, author: str) -> None:
        code = None if event.before is None else int(event.before)
        action: AnnotationAction
        flagged = event.action == "flag" and event.after == "0"
        if event.action == "flag":
            action, code, annotator = "flag", None, author or event.author
        elif event.action in ("decide", "reopen"):
            action, annotator = "reopen" if code is None else "decide", author or event.author
        else:  # a label is taken back in the name of the one who gave it
            action, annotator = "clear" if code is None else "label", event.author
        self._project.annotate(
            [
                Annotation(
                    event_id=uuid4(),
                    row_id=int(event.subject),
                    action=action,
                    code=code,
                    annotator=annotator,
                    at=datetime.now(UTC),
                    note=f"undo by {author}" if author else "undo",
                    flagged=flagged,
                )
            ]
        )

    def _undo_pin(self, event: Event, author: str) -> None:
        name, _, row_id = event.subject.rpartition("\n")
        code = None if event.before is None else int(event.before)
        self._store.save_pin(name, int(row_id), code, author)

    def _undo_setting(self, event: Event, author: str) -> None:
        if event.subject == "guidelines":
            self._project.save_guidelines(event.before or "", author)
        elif event.subject == "classes":
            self._undo_classes(event, author)
        else:
            self._store.save_setting(event.subject, event.before, author)
            self._changed()

    def _undo_classes(self, event: Event, author: str) -> None:
        before = tuple(json.loads(event.before or "[]"))
        classes = self._project.info().classes
        for code in range(len(before), len(classes)):
            self._check_unused(code, classes[code], before)
        self._project.save_classes(before, author)

    def _check_unused(self, code: int, name: str, without: tuple[str, ...]) -> None:
        """Raise ProjectError where something speaks of a class that is to go."""
        labelled = int((self._store.gold().codes == code).sum())
        if labelled:
            rows = "1 row is" if labelled == 1 else f"{labelled:,} rows are"
            raise ProjectError(
                f"The class {name!r} cannot go: {rows} labelled with it.",
                remedy="Give what is labelled with it another label first.",
            )
        matrix = self._project.snapshot().matrix
        columns = [column.name for column in self._project.readable_columns()]
        for function in self._store.functions():
            votes = 0
            if function.name in matrix.names:
                votes = int(np.count_nonzero(matrix.column(function.name) == code))
            try:
                KINDS[function.kind].check(function, columns, without)
            except FunctionError:
                votes = max(votes, 1)
            if votes:
                raise ProjectError(
                    f"The class {name!r} cannot go: {function.name} votes for it.",
                    remedy="Change or remove that function first.",
                )

    def _undo_look(self, event: Event, author: str) -> None:
        raise ProjectError(
            "A look at test gold cannot be undone: its figures were seen.",
            remedy="Take new rows as test gold, and leave them alone until the functions are done.",
        )

    def _undo_import(self, event: Event, author: str) -> None:
        raise ProjectError(
            f"The rows of {event.subject} cannot be taken out again: votes and labels refer to "
            "their numbers.",
            remedy="Open a backup that was made before the import.",
        )


def can_undo(event: Event) -> bool:
    """Whether an undo may be offered: it is the latest of its subject, and can be taken back."""
    return event.latest and event.kind not in ("import", "look")


def function_of(name: str, code: str) -> LabelingFunction:
    """Return the function that an event speaks of: its kind, a line break, its source."""
    kind, _, source = code.partition("\n")
    return LabelingFunction(name, kind, source)


def changed_lines(event: Event) -> str:
    """Return what a change did to a text, as a unified diff; "" where it changed none."""
    if event.kind == "function" and event.after is not None:
        after = function_of(event.subject, event.after)
        before = LabelingFunction(event.subject, after.kind, "")
        if event.before is not None:
            before = function_of(event.subject, event.before)
        elif after.kind not in ("python", "sql"):
            before = LabelingFunction(event.subject, after.kind, "{}")
        return code_diff(before, after)
    if event.subject == "guidelines" and event.kind == "setting":
        before, after = (
            LabelingFunction("", "python", text or "") for text in (event.before, event.after)
        )
        return code_diff(before, after)
    return ""


def described(event: Event, classes: tuple[str, ...]) -> str:
    """Say what a change was, in a few words; `classes` name the codes of labels."""
    return _SAYS[event.kind](event, classes)


def _say_function(event: Event, _classes: tuple[str, ...]) -> str:
    if event.action == "removed":
        return f"removed {event.subject}"
    if event.before is None:
        return f"added {event.subject} ({str(event.after).partition(chr(10))[0]})"
    lines = changed_lines(event).splitlines()
    added = sum(line.startswith("+") for line in lines)
    gone = sum(line.startswith("-") for line in lines)
    return f"changed {event.subject}: +{added:,} −{gone:,} lines"


def _say_acceptance(event: Event, _classes: tuple[str, ...]) -> str:
    if event.action == "accepted":
        return f"let {event.subject} into the label model as it is"
    return f"took {event.subject} out of the label model"


def _say_annotation(event: Event, classes: tuple[str, ...]) -> str:
    if event.action == "flag":
        way = (
            "put the flag of row {} on again" if event.after == "1" else "took the flag off row {}"
        )
        return way.format(event.subject)
    was = f", which was {_class(event.before, classes)}" if event.before is not None else ""
    if event.action == "label":
        return f"labelled row {event.subject} as {_class(event.after, classes)}{was}"
    if event.action == "decide":
        return f"decided that row {event.subject} is {_class(event.after, classes)}{was}"
    if event.action == "reopen":
        return f"reopened row {event.subject}{was}"
    return f"{'skipped' if event.action == 'skip' else 'cleared'} row {event.subject}{was}"


def _class(code: str | None, classes: tuple[str, ...]) -> str:
    number = int(code or 0)
    return classes[number] if number < len(classes) else f"class {number}"


def _say_pin(event: Event, classes: tuple[str, ...]) -> str:
    name, _, row_id = event.subject.rpartition("\n")
    if event.after is None:
        return f"let go of row {row_id}, which was pinned to {name}"
    vote = "abstain" if event.after == "-1" else _class(event.after, classes)
    return f"pinned row {row_id} to {name}: {vote}"


def _say_setting(event: Event, _classes: tuple[str, ...]) -> str:
    if event.subject == "guidelines":
        return "changed the guidelines"
    if event.subject == "classes":
        before, after = json.loads(event.before or "[]"), json.loads(event.after or "[]")
        added = [name for name in after if name not in before]
        gone = [name for name in before if name not in after]
        said = [f"added the class {name}" for name in added]
        return ", ".join([*said, *(f"took out the class {name}" for name in gone)])
    default = _DEFAULTS.get(event.subject, "none")
    named = _SETTINGS.get(event.subject, event.subject)
    return f"{named}: {event.before or default} → {event.after or default}"


def _say_look(event: Event, _classes: tuple[str, ...]) -> str:
    return "looked at test gold: " + figures_from_json(event.after or "").says


def _say_import(event: Event, _classes: tuple[str, ...]) -> str:
    return f"imported {event.subject}: {int(event.after or 0):,} rows"


_SAYS: Mapping[EventKind, Callable[[Event, tuple[str, ...]], str]] = {
    "function": _say_function,
    "acceptance": _say_acceptance,
    "annotation": _say_annotation,
    "pin": _say_pin,
    "slice": lambda event, _classes: f"{event.action} the slice {event.subject}",
    "setting": _say_setting,
    "look": _say_look,
    "import": _say_import,
}
