"""Edits of functions that settle conflicts: where a condition holds, a function's vote is wrong.

Votes that are judged are all those of the function, also where no other one votes: an edit takes
them back, too. Dev gold says which are wrong; where it says too little, the label model's labels
do, weighed as in `evidence`.
"""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from labeling import analysis
from labeling.intervals import wilson_bounds
from labeling.proposals.edit_choice import Edit
from labeling.proposals.edits import without
from labeling.proposals.evidence import judged
from labeling.proposals.sample import Sample
from labeling.snapshot import Snapshot
from labeling.votes import ABSTAIN

MOST_FUNCTIONS = 6
"""So many functions are looked at where none is named, those with most wrong votes first."""
_LEAST_CONFLICTS = 2
_LOOKED_AT = 100
_WRONG, _RIGHT = 0, 1

Floats = npt.NDArray[np.float64]


def conflict_edits(snapshot: Snapshot, sample: Sample, name: str | None) -> tuple[Edit, ...]:
    """Return edits of the function `name`, or of those that are most often wrong in conflicts."""
    names = worst_in_conflicts(snapshot) if name is None else (name,)
    return tuple(edit for one in names for edit in _edits(snapshot, sample, one))


def worst_in_conflicts(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the functions with most votes in conflicts that labels are against, worst first."""
    matrix, wrong = snapshot.model_matrix, {}
    conflicts = analysis.conflicts(matrix)
    for name in matrix.names:
        rows = np.flatnonzero(conflicts & analysis.hits(matrix, name))
        wrong[name] = float(_wrong_chances(snapshot, name, rows).sum())
    worst = sorted(wrong, key=lambda name: -wrong[name])
    return tuple(name for name in worst if wrong[name] >= 1)[:MOST_FUNCTIONS]


def _wrong_chances(snapshot: Snapshot, name: str, rows: npt.NDArray[np.int64]) -> Floats:
    """Return how probably the function's vote on each of `rows`, where it votes, is wrong, (r,)."""
    votes, gold = snapshot.matrix.column(name)[rows], snapshot.dev_gold[rows]
    chances = np.zeros(rows.size)
    if snapshot.posterior is not None:
        chances = 1.0 - snapshot.posterior[rows, votes]
    return np.where(gold >= 0, (votes != gold).astype(np.float64), chances)


def _edits(snapshot: Snapshot, sample: Sample, name: str) -> list[Edit]:
    state = snapshot.state(name)
    if state is None or name not in snapshot.model_matrix.names:
        return []
    column = snapshot.matrix.column(name)
    hit = np.flatnonzero(column[sample.row_ids] > ABSTAIN)
    rows = sample.row_ids[hit]
    in_conflict = analysis.conflicts(snapshot.matrix, name)[rows]
    has = sparse.csc_matrix(sample.has.tocsr()[hit])
    conflicts = np.asarray(has.T @ in_conflict.astype(np.float64))
    kept = np.flatnonzero(conflicts >= _LEAST_CONFLICTS)
    if kept.size == 0:
        return []
    conditions = tuple(sample.conditions[i] for i in kept)
    own = Sample(rows, has[:, kept], conditions)
    wrong, gold = _wrong_chances(snapshot, name, rows), snapshot.dev_gold[rows]
    answers = np.where(gold < 0, -1, np.where(column[rows] == gold, _RIGHT, _WRONG)).astype(np.int8)
    found = judged(snapshot, own, answers, np.stack([wrong, 1.0 - wrong], axis=1))
    low, _ = wilson_bounds(found.right[:, _WRONG], found.n[:, _WRONG])
    # What is taken back has to be wrong more often than the rest, or than not.
    rate = min(float(wrong.mean()), 0.5)
    worth = (low - rate) * conflicts[kept]
    good = np.flatnonzero((found.shares.mean[:, _WRONG] > 0.5) & (worth > 0))
    simple = np.array([(conditions[i].rank, len(conditions[i].slug)) for i in good]).reshape(-1, 2)
    order = good[np.lexsort((simple[:, 1], simple[:, 0], -worth[good].round(6)))[:_LOOKED_AT]]
    edits = []
    for i in map(int, order):
        edited = without(state.function, conditions[i])
        if edited is None:
            continue
        held = own.has[:, [i]].toarray().ravel() > 0
        belief = found.of(i, _WRONG)
        mends = rows[held & in_conflict]
        edits.append(
            Edit(name, edited, conditions[i].exception, belief, conditions[i], mends, worth[i])
        )
    return edits
