"""Finds suggestions beside everything else, once for each state of votes and gold."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from labeling.background import Background
from labeling.browse import RowSet
from labeling.execution import Executor
from labeling.functions import LabelingFunction
from labeling.proposals.conditions import named
from labeling.proposals.conflicts import conflict_edits
from labeling.proposals.edit_choice import as_proposals
from labeling.proposals.evidence import Beliefs
from labeling.proposals.near_rows import near_rows
from labeling.proposals.patches import patches
from labeling.proposals.proposal import Asked, Belief, Proposal
from labeling.proposals.sample import (
    FEW_ROWS,
    Sample,
    read_sample,
    sampled_rows,
    with_more_rows,
)
from labeling.proposals.search import Candidate, needing, search, worth_looking
from labeling.runs import Job, Limits
from labeling.snapshot import Snapshot
from labeling.store import Store
from labeling.votes import Votes

SHOWN = 9
"""As many as there are digit keys."""
_LIMITS = Limits(run_seconds=30.0)

Key = tuple[object, ...]


@dataclass(frozen=True)
class Found:
    """What is known by now: the proposals, best first, and whether newer ones are being looked for.

    `problem` says why there are none; `needless`: too few rows need one to look for any.
    """

    proposals: tuple[Proposal, ...] = ()
    pending: bool = False
    problem: str | None = None
    needless: bool = False


class Finder:
    """Suggestions for one project. `announce` is called, on any thread, when some were found."""

    def __init__(
        self,
        store: Store,
        executor: Executor,
        snapshot: Callable[[], Snapshot],
        rows_file: Callable[[], Path],
        announce: Callable[[], None],
    ) -> None:
        self._store, self._executor = store, executor
        self._snapshot, self._rows_file = snapshot, rows_file
        self._background: Background[Found] = Background("suggestions", announce)
        self._sample: tuple[str, Sample] | None = None
        self._near: tuple[str, int, RowSet] | None = None

    def proposals(self, asked: Asked) -> Found:
        """Return what is known at once; what is not is looked for, and announced when found."""
        snapshot = self._snapshot()
        known = self._background.ask(
            asked, _key(snapshot, asked), partial(self._search, snapshot, asked)
        )
        if known.problem is not None:
            return Found(problem=known.problem)
        return replace(known.value or Found(), pending=known.pending)

    def find(self, asked: Asked) -> Found:
        """Return suggestions for the present state, found in this thread if need be."""
        snapshot = self._snapshot()
        return self._background.now(
            asked, _key(snapshot, asked), partial(self._search, snapshot, asked)
        )

    def near(self, row_id: int) -> RowSet:
        """Return the rows whose text is nearly that of a row, the row itself among them."""
        stamp = self._store.rows_stamp()
        kept = self._near
        if kept is None or kept[:2] != (stamp, row_id):
            found = near_rows(self._rows_file(), self._store.info().text_column, row_id)
            self._near = kept = (stamp, row_id, RowSet(f"Nearly like row {row_id}", found))
        return kept[2]

    def close(self) -> None:
        """Stop looking."""
        self._background.close()

    def _search(self, snapshot: Snapshot, asked: Asked, cancelled: threading.Event) -> Found:
        if not (snapshot.dev_gold >= 0).any() and asked.target != "conflicts":
            return Found(problem="Suggestions are judged by dev gold: label some rows in Annotate.")
        if not worth_looking(snapshot, asked):
            return Found(needless=True)
        sample = self._read_sample(snapshot, cancelled)
        edits = self._edits(snapshot, sample, asked, cancelled)
        if asked.target == "conflicts":
            return Found(edits)
        found = search(snapshot, sample, asked, SHOWN - len(edits))
        taken = {function.name for function in self._store.functions()}
        needed = needing(snapshot, asked)
        proposals = []
        for one in found.candidates:
            condition = sample.conditions[one.condition]
            label = snapshot.classes[one.code]
            function = condition.function(named(condition, label, taken), label)
            taken.add(function.name)
            votes = self._votes(function, snapshot, cancelled)
            new = (votes == one.code) & needed[:, one.code]
            judged = new if asked.target == "wrong" else votes == one.code
            proposals.append(
                Proposal(
                    function=function,
                    title=condition.title,
                    label=label,
                    belief=_exact(found.beliefs, one, judged, snapshot.dev_gold),
                    rows=int((votes >= 0).sum()),
                    new_rows=int(new.sum()),
                )
            )
        return Found((*edits, *proposals))

    def _edits(
        self, snapshot: Snapshot, sample: Sample, asked: Asked, cancelled: threading.Event
    ) -> tuple[Proposal, ...]:
        """Return what can be edited in a function, of which there is none for uncovered rows."""
        votes_of = partial(self._votes, snapshot=snapshot, cancelled=cancelled)
        if asked.target == "conflicts":
            edits = conflict_edits(snapshot, sample, asked.function)
            return as_proposals(snapshot, edits, votes_of, SHOWN, conflicts=True)
        if asked.function is None:
            return ()
        edits = patches(snapshot, sample, asked.function, self._texts_of)
        return as_proposals(snapshot, edits, votes_of, SHOWN // 3, conflicts=False)

    def _read_sample(self, snapshot: Snapshot, cancelled: threading.Event) -> Sample:
        stamp = self._store.rows_stamp()
        gold_rows = np.flatnonzero(snapshot.dev_gold >= 0)
        kept, text_column = self._sample, self._store.info().text_column
        sample = kept[1] if kept is not None and kept[0] == stamp else None
        if sample is not None:
            new = np.setdiff1d(gold_rows, sample.row_ids)
            if new.size == 0:
                return sample
            if new.size <= FEW_ROWS:  # somebody labels rows: what the others have is known
                sample = with_more_rows(sample, self._rows_file(), new, text_column)
                self._sample = (stamp, sample)
                return sample
        row_ids = sampled_rows(snapshot.n_rows, gold_rows)
        sample = read_sample(self._rows_file(), row_ids, text_column, cancelled)
        self._sample = (stamp, sample)
        return sample

    def _votes(
        self, function: LabelingFunction, snapshot: Snapshot, cancelled: threading.Event
    ) -> Votes:
        """Run a function on every row, in a worker like any other."""
        job = Job(function, snapshot.classes, self._rows_file(), 0, snapshot.n_rows, limits=_LIMITS)
        return self._executor.run(job, cancelled=cancelled).votes

    def _texts_of(self, row_ids: npt.NDArray[np.int64], column: str) -> list[str]:
        values = self._store.read_rows(row_ids).column(column).cast(pa.string()).to_pylist()
        return [value or "" for value in values]


def _exact(
    beliefs: Beliefs,
    found: Candidate,
    judged: npt.NDArray[np.bool_],
    gold: npt.NDArray[np.int8],
) -> Belief:
    """Return what dev gold says on all rows, where it is what speaks of the sample."""
    known = judged & (gold >= 0)
    n, right = int(known.sum()), int((known & (gold == found.code)).sum())
    if n == 0 or not beliefs.by_gold[found.condition]:
        return beliefs.of(found.condition, found.code)
    return beliefs.by_counts(right, n, found.code)


def _key(snapshot: Snapshot, asked: Asked) -> Key:
    """Return all that decides the suggestions; a version stands for the votes of its function."""
    versions = tuple(
        (state.function.version, state.run.votes if state.run else None, state.status)
        for state in snapshot.functions
    )
    gold = hashlib.sha256(snapshot.dev_gold.tobytes()).digest()
    model = snapshot.model
    fitted = (model.chosen, model.class_balance, model.temperature) if model else None
    return asked, snapshot.classes, snapshot.n_rows, versions, gold, fitted
