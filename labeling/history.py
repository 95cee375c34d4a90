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

from labeling.annotation_store import Annotation, AnnotationAction
from labeling.counted import counted
from labeling.draws import Draw
from labeling.errors import FunctionError, ProjectError
from labeling.event_words import described, function_of
from labeling.kinds import KINDS
from labeling.past import Event, EventFilter, EventKind, EventPage
from labeling.store import Store

if TYPE_CHECKING:
    from labeling.project import Project

EVERYTHING = EventFilter()


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
            "batch": self._undo_batch,
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
                    draw=self._drawn(int(event.subject), annotator) if action == "label" else None,
                )
            ]
        )

    def _drawn(self, row_id: int, annotator: str) -> Draw | None:
        """Return how a row was first drawn for an annotator: labelled anew, it still was."""
        events = self._store.annotations(row_id)
        return next((one.draw for one in events if one.annotator == annotator and one.draw), None)

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
            rows = counted(labelled, "row is", "rows are")
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

    def _undo_batch(self, event: Event, author: str) -> None:
        if event.action != "given":
            raise ProjectError(
                "A batch that was taken back cannot be given again: others may have its rows.",
                remedy="Give a new one.",
            )
        self._project.assignments.take_back(int(event.event_id.partition(":")[2]), author)

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
    return event.latest and event.kind not in ("import", "look") and event.action != "taken back"
