"""Edits that mend different rows, with what each one does to all rows of the project."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling import analysis
from labeling.functions import LabelingFunction
from labeling.proposals.conditions import Condition
from labeling.proposals.proposal import Belief, Proposal
from labeling.snapshot import Snapshot
from labeling.votes import ABSTAIN, Votes

_LEAST_NEW = 0.3
"""An edit that mends less than this part of its rows anew says what one before it said."""

VotesOf = Callable[[LabelingFunction], Votes]
"""Runs a function on every row."""


@dataclass(frozen=True, eq=False)
class Edit:
    """An edit of the function `name`: `mends` are ids of rows that it is for, int64.

    It takes back the votes on all rows on which `condition` holds; without one, those that the
    edited function does not give any more. `worth` ranks it among others.
    """

    name: str
    function: LabelingFunction
    title: str
    belief: Belief
    condition: Condition | None
    mends: npt.NDArray[np.int64]
    worth: float


def as_proposals(
    snapshot: Snapshot, edits: Sequence[Edit], votes_of: VotesOf, wanted: int, *, conflicts: bool
) -> tuple[Proposal, ...]:
    """Return at most `wanted` edits, the one of most worth first, each for other rows.

    `conflicts` counts the conflicts among the votes that are taken back.
    """
    chosen: list[Edit] = []
    mended: defaultdict[str, set[int]] = defaultdict(set)
    for edit in sorted(edits, key=lambda one: -one.worth):
        rows = set(map(int, edit.mends))
        if len(chosen) < wanted and len(rows - mended[edit.name]) > _LEAST_NEW * len(rows):
            chosen.append(edit)
            mended[edit.name] |= rows
    return tuple(_proposal(snapshot, edit, votes_of, conflicts=conflicts) for edit in chosen)


def _proposal(snapshot: Snapshot, edit: Edit, votes_of: VotesOf, *, conflicts: bool) -> Proposal:
    votes = snapshot.matrix.column(edit.name) > ABSTAIN
    if edit.condition is None:
        back = votes & (votes_of(edit.function) == ABSTAIN)
    else:
        held = votes_of(edit.condition.function("held", snapshot.classes[0])) > ABSTAIN
        back = votes & held
    among = analysis.conflicts(snapshot.matrix, edit.name) if conflicts else None
    return Proposal(
        function=edit.function,
        title=edit.title,
        label="",
        belief=edit.belief,
        rows=int(votes.sum() - back.sum()),
        new_rows=int(back.sum()),
        replaces=edit.name,
        in_conflict=None if among is None else int((back & among).sum()),
    )
