"""Find rows: by text, by what functions voted, by label and confidence; one page at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

import numpy as np
import numpy.typing as npt

from labeling import analysis
from labeling.errors import ProjectError
from labeling.label_quality import confidences
from labeling.row_order import RowOrder, in_order
from labeling.row_query import (
    ColumnCondition,
    Masks,
    VoteCondition,
    mask_of,
    same_votes_mask,
    votes_mask,
)
from labeling.snapshot import Snapshot
from labeling.store import Store, TextSearch
from labeling.votes import ABSTAIN

Mask = npt.NDArray[np.bool_]
RowSlice = Literal["all", "hits", "conflicts", "wrong", "uncovered", "gold", "annotated", "errors"]

SLICES: dict[RowSlice, str] = {
    "all": "All rows",
    "hits": "Rows with a vote",
    "conflicts": "Conflicts",
    "wrong": "Wrong on gold",
    "uncovered": "Uncovered",
    "gold": "With dev gold",
    "annotated": "Annotated by hand",
    "errors": "Rows with errors",
}
OF_ONE_FUNCTION: frozenset[RowSlice] = frozenset({"hits", "conflicts", "wrong", "errors"})
"""Those that `function` narrows."""


@dataclass(frozen=True, eq=False)
class RowSet:
    """Rows that somebody found, such as those of a vote diff: ids int64, and what they are.

    One set equals another where it is the same object, however many rows are in it.
    """

    title: str
    row_ids: npt.NDArray[np.int64]


@dataclass(frozen=True)
class RowFilter:
    """Which rows to show; every condition given must hold.

    `function` narrows hits, conflicts, wrong and errors to one function. `label` and `gold` are
    class codes. `confidence` is a closed-open range of the label's probability. `only` keeps the
    rows of a set that the project still has. `search_negate` keeps the rows that the search does
    not find. `columns` and `votes` are conditions of which every one must hold.
    `same_votes_as` keeps the rows on which every function votes as on this row.
    """

    rows: RowSlice = "all"
    function: str | None = None
    search: TextSearch | None = None
    label: int | None = None
    gold: int | None = None
    vote: int | None = None
    confidence: tuple[float, float] | None = None
    only: RowSet | None = None
    search_negate: bool = False
    columns: tuple[ColumnCondition, ...] = ()
    votes: tuple[VoteCondition, ...] = ()
    same_votes_as: int | None = None
    order: RowOrder = "file"


@dataclass(frozen=True)
class RowView:
    """One row as a person sees it. Codes are class codes; `votes` leaves abstains out.

    `fields` are the other columns, without those that hold answers. `gold` is the dev gold code,
    None where unknown or locked away in the test split.
    """

    row_id: int
    text: str
    fields: tuple[tuple[str, str], ...]
    votes: tuple[tuple[str, int], ...]
    label: int | None
    confidence: float | None
    gold: int | None
    annotated: bool
    is_test: bool


@dataclass(frozen=True)
class RowPage:
    """One page of the rows that a filter keeps."""

    total: int
    offset: int
    rows: tuple[RowView, ...] = field(default=())


def matching_rows(
    store: Store, snapshot: Snapshot, wanted: RowFilter, masks: Masks
) -> npt.NDArray[np.int64]:
    """Return the ids of all rows that `wanted` keeps, int64; as in the file they ascend."""
    mask = _slice_mask(store, snapshot, wanted)
    if wanted.vote is not None:
        mask &= _votes_for(snapshot, wanted.function, wanted.vote)
    if wanted.gold is not None:
        mask &= snapshot.dev_gold == wanted.gold
    if wanted.label is not None or wanted.confidence is not None:
        mask &= _label_mask(snapshot, wanted)
    if wanted.search is not None and wanted.search.query:
        mask &= _search_mask(store, snapshot, wanted.search, masks) ^ wanted.search_negate
    for condition in wanted.columns:
        mask &= masks.get(condition, snapshot.n_rows, partial(store.rows_where, condition))
    for vote in wanted.votes:
        mask &= votes_mask(snapshot.matrix, vote)
    if wanted.same_votes_as is not None:
        mask &= same_votes_mask(snapshot.matrix, wanted.same_votes_as)
    if wanted.only is not None:
        mask &= mask_of(wanted.only.row_ids, snapshot.n_rows)
    return in_order(snapshot, np.flatnonzero(mask), wanted.order)


def read_page(
    store: Store, snapshot: Snapshot, row_ids: npt.NDArray[np.int64], offset: int, limit: int
) -> RowPage:
    """Return the rows `row_ids[offset : offset + limit]` with their votes and labels."""
    wanted = row_ids[offset : offset + limit]
    return RowPage(int(row_ids.size), offset, row_views(store, snapshot, wanted))


def row_views(
    store: Store, snapshot: Snapshot, row_ids: npt.NDArray[np.int64]
) -> tuple[RowView, ...]:
    """Return these rows, in this order, as a person sees them."""
    if row_ids.size == 0:
        return ()
    info = store.info()
    text_column, hidden = info.text_column, info.answer_columns | {info.text_column}
    columns = [column.name for column in store.columns() if column.name not in hidden]
    values = store.read_rows(row_ids).to_pydict()
    return tuple(
        RowView(
            row_id=int(row_id),
            text=_shown(values[text_column][i]),
            fields=tuple((name, _shown(values[name][i])) for name in columns),
            votes=row_votes(snapshot, int(row_id)),
            label=_known(int(snapshot.labels[row_id])),
            confidence=_confidence(snapshot, int(row_id)),
            gold=_known(int(snapshot.dev_gold[row_id])),
            annotated=bool(snapshot.annotated[row_id]),
            is_test=bool(snapshot.is_test[row_id]),
        )
        for i, row_id in enumerate(row_ids)
    )


def with_vote(row: RowView, name: str, code: int, replaces: str | None = None) -> RowView:
    """Return a row as it is where the function `name`, in the place of another, votes `code`.

    Below 0 it does not vote.
    """
    others = tuple(vote for vote in row.votes if vote[0] not in (name, replaces))
    return replace(row, votes=(*others, (name, code)) if code > ABSTAIN else others)


def row_votes(snapshot: Snapshot, row_id: int) -> tuple[tuple[str, int], ...]:
    """Return (function, class code) of every function that votes on this row."""
    votes = ((name, int(snapshot.matrix.column(name)[row_id])) for name in snapshot.matrix.names)
    return tuple((name, code) for name, code in votes if code > ABSTAIN)


def _search_mask(store: Store, snapshot: Snapshot, search: TextSearch, masks: Masks) -> Mask:
    return masks.get(search, snapshot.n_rows, partial(store.search, search))


def _slice_mask(store: Store, snapshot: Snapshot, wanted: RowFilter) -> Mask:
    matrix, in_model, name = snapshot.matrix, snapshot.model_matrix, wanted.function
    if name is not None and name not in matrix.names and wanted.rows != "errors":
        return np.zeros(snapshot.n_rows, dtype=np.bool_)
    masks: dict[RowSlice, Callable[[], Mask]] = {
        "all": lambda: np.ones(snapshot.n_rows, dtype=np.bool_),
        "hits": lambda: analysis.hits(matrix, name) if name else in_model.covered.copy(),
        "conflicts": lambda: analysis.conflicts(matrix if name else in_model, name),
        "wrong": lambda: _wrong(snapshot, name),
        "uncovered": lambda: ~in_model.covered,
        "gold": lambda: snapshot.dev_gold >= 0,
        "annotated": snapshot.annotated.copy,
        "errors": lambda: _errors(store, snapshot, name),
    }
    return masks[wanted.rows]()


def _wrong(snapshot: Snapshot, name: str | None) -> Mask:
    """Rows that one function, or else the label model, gets wrong on dev gold."""
    if name:
        return analysis.wrong_on_gold(snapshot.matrix, snapshot.dev_gold, name)
    judged = (snapshot.labels >= 0) & (snapshot.dev_gold >= 0)
    wrong: Mask = judged & (snapshot.labels != snapshot.dev_gold)
    return wrong


def _errors(store: Store, snapshot: Snapshot, name: str | None) -> Mask:
    mask = np.zeros(snapshot.n_rows, dtype=np.bool_)
    for state in snapshot.functions:
        if state.run is not None and (name is None or state.function.name == name):
            failed = [error.row_id for error in store.run_errors(state.function.version)]
            mask[[row_id for row_id in failed if row_id < snapshot.n_rows]] = True
    return mask


def _votes_for(snapshot: Snapshot, name: str | None, code: int) -> Mask:
    names = [name] if name else list(snapshot.matrix.names)
    mask = np.zeros(snapshot.n_rows, dtype=np.bool_)
    for voter in names:
        if voter in snapshot.matrix.names:
            mask |= snapshot.matrix.column(voter) == code
    return mask


def _label_mask(snapshot: Snapshot, wanted: RowFilter) -> Mask:
    """Rows whose label and confidence are as wanted; uncovered rows have neither."""
    if snapshot.posterior is None:
        return np.zeros(snapshot.n_rows, dtype=np.bool_)
    mask: Mask = snapshot.labels >= 0
    if wanted.label is not None:
        if wanted.label >= len(snapshot.classes):
            raise ProjectError(
                f"There is no class number {wanted.label}.", choices=snapshot.classes
            )
        mask &= snapshot.labels == wanted.label
    if wanted.confidence is not None:
        low, high = wanted.confidence
        top = confidences(snapshot.posterior)
        mask &= (top >= low) & ((top < high) | (high >= 1.0))
    return mask


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _known(code: int) -> int | None:
    return code if code >= 0 else None


def _confidence(snapshot: Snapshot, row_id: int) -> float | None:
    if snapshot.posterior is None or snapshot.labels[row_id] < 0:
        return None
    return float(snapshot.posterior[row_id].max())
