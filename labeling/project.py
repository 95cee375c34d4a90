"""The use cases. Pages and the command line call only this; it reads like a table of contents."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self

from labeling.annotation_progress import AnnotationProgress, annotation_progress
from labeling.annotation_store import WITH_CODE, Annotation
from labeling.annotators import Annotators
from labeling.answers import Answers
from labeling.assignments import QUEUE, Assignments
from labeling.browse import RowFilter, RowPage, RowView
from labeling.class_names import valid_class_name
from labeling.engine import Engine
from labeling.errors import ModelError, ProjectError
from labeling.examples import Examples
from labeling.execution import Executor
from labeling.execution.isolation import IsolationReport
from labeling.export_labels import (
    LabelsFrom,
)
from labeling.exports import Exports
from labeling.found_rows import FoundRows
from labeling.functions import LabelingFunction
from labeling.held_out import HeldOut
from labeling.history import History
from labeling.inputs import model_choice
from labeling.leases import NOBODY, Holder
from labeling.marginal import Marginals
from labeling.models import MODELS
from labeling.people.roles import Action
from labeling.pins import Pins
from labeling.previews import Previews
from labeling.project_end_model import ProjectEndModel
from labeling.proposals import Finder
from labeling.queues import Queues
from labeling.return_statistics import Returns
from labeling.row_query import Masks
from labeling.row_slices import Slices
from labeling.runs import RowError
from labeling.saved_functions import SavedFunctions
from labeling.snapshot import FunctionState, Snapshot
from labeling.store import (
    Column,
    FunctionVersion,
    ImportPlan,
    ImportReport,
    ModelFit,
    Progress,
    ProjectInfo,
    Store,
)
from labeling.suggestions import Suggestion, suggestions
from labeling.versions import Versions
from labeling.votes_on_demand import VotesOnDemand


class Project:
    """One open project: its data, functions, live statistics, annotations and exports.

    Every method may be called from any thread. Changes return once they are saved; what follows
    from them (votes, statistics, labels) arrives in a later `snapshot()`.
    """

    def __init__(
        self,
        folder: Path,
        store: Store,
        executor: Executor,
        publish: Callable[[int], None] | None = None,
        tell: Callable[[str, int], None] | None = None,
        say: Callable[[int], None] | None = None,
    ) -> None:
        """Open a project.

        `publish` is told each snapshot version, `say` one that only says what begins, and `tell` a
        session its own.
        """
        self.folder = folder
        self._store = store
        self._executor = executor
        self._engine = Engine(store, executor, folder / "cache", publish, say)
        self.versions = Versions(store, self.snapshot, self.put_function)
        self.annotators = Annotators(store, self.annotate, self.snapshot)
        self._answers = Answers(store)
        tell = tell or (lambda session, number: None)
        self.assignments = Assignments(store, self._answers, tell=partial(tell, QUEUE))
        self.examples = Examples(store, self._answers, self.snapshot, self.assignments.check_share)
        self.held_out = HeldOut(
            store, self._engine.settled, partial(self._engine.announce, figures=True)
        )
        self.votes_on_demand = VotesOnDemand(store, self.snapshot)
        self.pins = Pins(store, self.snapshot)
        self._functions = SavedFunctions(
            store, self.pins, self.readable_columns, self._engine.changed
        )
        self.end_model = ProjectEndModel(
            store,
            folder / "cache" / "end-models",
            self._functions,
            self.snapshot,
            self._engine.show_end_model,
            self._engine.forget_votes,
        )
        self.exports = Exports(folder, store, self.snapshot, self._engine.settled)
        self.returns = Returns(store, self.snapshot)
        self._masks = Masks(store.rows_stamp)
        self._rows = FoundRows(store, self.snapshot, self._masks)
        self.queues = Queues(
            store, self.snapshot, self.assignments, self.examples.checks, self._rows.ids
        )
        self.slices = Slices(store, self.snapshot, self._masks)
        self.history = History(store, self, self._undone)
        self.proposals = Finder(
            store, executor, self.snapshot, self._engine.rows_file, self._engine.announce
        )
        self.marginals = Marginals(self.snapshot, self._engine.announce)
        self.previews = Previews(
            executor,
            self.snapshot,
            self._engine.rows_file,
            self._engine.counted_votes,
            tell,
            self.pins.rows_of,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Keep votes, statistics and labels fresh in the background from now on."""
        self._engine.start()

    def close(self) -> None:
        """Stop the background work and close the store."""
        self.end_model.close()
        self.previews.close()
        self.proposals.close()
        self.marginals.close()
        self._engine.stop()
        self._store.close()

    def _undone(self) -> None:
        self._engine.changed()
        self.assignments.changed()

    def may(self, action: Action) -> bool:
        """Whether whoever works here may do something: all, but see `labeling.people.acting`."""
        return True

    # What the project is about

    def info(self) -> ProjectInfo:
        """Return the name, classes and columns with a meaning."""
        return self._store.info()

    def columns(self) -> tuple[Column, ...]:
        """Return the columns of the data."""
        return self._store.columns()

    def readable_columns(self) -> tuple[Column, ...]:
        """Return the columns that labeling functions see: all but those that hold answers."""
        hidden = self.info().answer_columns
        return tuple(column for column in self.columns() if column.name not in hidden)

    def save_guidelines(self, text: str, author: str = "") -> None:
        """Save what annotators read beside a row."""
        self._store.save_info(replace(self.info(), guidelines=text), author)

    def add_class(self, name: str, author: str = "") -> None:
        """Add a class at the end; the codes of the others stay, so votes and gold stay valid."""
        info = self.info()
        name = valid_class_name(name)
        if name in info.classes:
            raise ProjectError(f"The class {name!r} is there already.", choices=info.classes)
        self.save_classes((*info.classes, name), author)

    def save_classes(self, classes: Sequence[str], author: str = "") -> None:
        """Name the classes in code order; every function then runs again."""
        self._store.save_info(replace(self.info(), classes=tuple(classes)), author)
        self._store.forget_runs()
        self._engine.forget_votes()

    # Rows

    def import_rows(self, plan: ImportPlan, progress: Progress | None = None) -> ImportReport:
        """Import a file, whole or not at all; functions then run on the new rows only."""
        report = self._store.import_rows(plan, progress)
        self._engine.changed()
        return report

    def snapshot(self) -> Snapshot:
        """Return the latest votes, statistics and labels."""
        return self._engine.snapshot

    def refresh(self) -> Snapshot:
        """Bring everything up to date now, in this thread (for use without `start`)."""
        return self._engine.refresh()

    def wait_idle(self, timeout: float = 60.0) -> Snapshot:
        """Wait until the background work asked for so far is done."""
        return self._engine.wait_idle(timeout)

    def find_rows(self, wanted: RowFilter, offset: int = 0, limit: int = 50) -> RowPage:
        """Return one page of the rows that `wanted` keeps, in its order."""
        return self._rows.page(wanted, offset, limit)

    def rows(self, row_ids: Sequence[int]) -> tuple[RowView, ...]:
        """Return these rows, in this order."""
        return self._rows.rows(row_ids)

    # Labeling functions

    def functions(self) -> tuple[LabelingFunction, ...]:
        """Return the saved functions, in the order they were first saved."""
        return self._functions.all()

    def function(self, name: str) -> LabelingFunction:
        """Return one saved function."""
        return self._functions.one(name)

    def isolation(self) -> IsolationReport:
        """Return how the processes that run the functions are locked up."""
        return self._executor.isolation()

    def check_function(self, function: LabelingFunction) -> None:
        """Raise a FunctionError where a function is not valid as written; nothing is run."""
        self._functions.check(function)

    def save_function(
        self,
        function: LabelingFunction,
        author: str = "",
        replaces: str | None = None,
        based_on: str | None = None,
    ) -> None:
        """Check and save a function; `replaces` names the one it was edited from.

        `based_on` is the version that the edit started from; where another one is saved by now,
        FunctionChanged is raised and nothing is saved. None saves over whatever is there.
        Saving an unchanged function changes nothing and runs nothing.
        """
        self._functions.save(function, author, replaces, based_on)

    def put_function(self, function: LabelingFunction, author: str = "") -> None:
        """Check and save a function under its name, whether it is there or not."""
        self._functions.put(function, author)

    def remove_function(self, name: str, author: str = "") -> None:
        """Remove a function; its versions and votes stay in the history."""
        self._functions.remove(name, author)

    def run_again(self, name: str) -> None:
        """Run a function anew, after a failure that may have passed."""
        self._engine.run_again(self.function(name).name)

    def ledger(self, name: str) -> tuple[FunctionState, tuple[RowError, ...]]:
        """Return how the present version of a function ran, after checking that it repeats."""
        errors = self.run_errors(name)
        state = self.check_stability().state(name)
        if state is None:
            raise ProjectError(f"{name} has not been run yet.", remedy="Run the project first.")
        return state, errors

    def check_stability(self) -> Snapshot:
        """Run some rows of each Python function again now, in this thread, and compare the votes.

        With `start` this happens by itself whenever there is nothing else to do.
        """
        while self._engine.check_next():
            pass
        return self.snapshot()

    def accept_function(self, name: str, author: str = "") -> None:
        """Let the present version of a function into the label model with its errors."""
        self._functions.accept(name, author)

    def function_history(self, name: str) -> tuple[FunctionVersion, ...]:
        """Return the saved versions of a function, oldest first."""
        return self._store.function_history(name)

    def run_errors(self, name: str) -> tuple[RowError, ...]:
        """Return the rows on which the current version of a function failed."""
        return self._store.run_errors(self.function(name).version)

    # Label model

    def model(self) -> tuple[str, int]:
        """Return the label model in use and its seed."""
        return model_choice(self._store)

    def choose_model(self, name: str, seed: int = 0, author: str = "") -> None:
        """Use another label model."""
        if name not in MODELS:
            raise ModelError(f"Unknown label model {name!r}.", choices=list(MODELS))
        model_before, seed_before = self.model()
        if name != model_before:
            self._store.save_setting("model", name, author)
        if seed != seed_before:
            self._store.save_setting("seed", str(seed), author)
        self._engine.changed()

    def fits(self, limit: int = 100) -> tuple[ModelFit, ...]:
        """Return the history of label-model fits, newest first."""
        return self._store.fits(limit)

    # Annotation

    def next_rows(
        self,
        sampler: str,
        count: int,
        seed: int = 0,
        leave_out: Sequence[int] = (),
        holder: Holder = NOBODY,
    ) -> tuple[RowView, ...]:
        """Return rows worth annotating next, as `queues.draw` draws them."""
        drawn = self.queues.draw(sampler, count, seed, leave_out, holder)
        return self.rows([row.row_id for row in drawn])

    def annotate(self, events: Sequence[Annotation]) -> int:
        """Save annotation events, each once however often it is sent; return the last sequence."""
        classes = self.info().classes
        for event in events:  # all else that an event has to be, the store looks at
            is_outside = type(event.code) is int and not 0 <= event.code < len(classes)
            if event.action in WITH_CODE and (event.code is None or is_outside):
                raise ProjectError(f"There is no class number {event.code}.", choices=classes)
        sequence = self._store.append_annotations(events)
        self._engine.labelled()
        return sequence

    def suggestions(
        self, row_ids: Sequence[int], labels_from: LabelsFrom = "label-model"
    ) -> tuple[Suggestion | None, ...]:
        """Return which class a model suggests for each of these rows, None where it has none."""
        return suggestions(self.snapshot(), row_ids, labels_from)

    def still_wanted(self, row_ids: Sequence[int], holder: Holder) -> list[int]:
        """Return those of the rows that wait in a queue that its holder is still to annotate."""
        return self.queues.still_wanted(row_ids, holder)

    def annotation_progress(self) -> AnnotationProgress:
        """Return how many rows may be annotated, and how many of them are labelled by hand."""
        snapshot = self.snapshot()
        labelled = self._answers.labelled(snapshot.n_rows)
        return annotation_progress(snapshot, labelled, self.assignments.check_share())

    def annotations(self, row_id: int | None = None) -> tuple[Annotation, ...]:
        """Return annotation events in the order they were saved."""
        return self._store.annotations(row_id)

    # Backup

    def backup(self, out: Path | None = None) -> Path:
        """Copy the project to a new folder, by default one in its backups; return the folder.

        The copy is proven whole, and opens like any project. Nobody has to stop working meanwhile.
        """
        if out is None:
            out = self.folder / "backups" / datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")[:-3]
        self._store.back_up(out)
        return out
