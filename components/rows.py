"""Rows on a page: how many there are, one page of them, with votes, labels and highlights."""

from collections.abc import Callable, Mapping

import streamlit as st

from components.highlight import Highlight, RowItem, VoteChip, row_list
from components.paging import page_choice
from components.palette import class_colors
from labeling.browse import RowFilter, RowView
from labeling.counted import counted
from labeling.functions import LabelingFunction
from labeling.highlights import Span, highlights, with_found
from labeling.project import Project
from labeling.snapshot import Snapshot

PAGE_ROWS = 25
_FIELD_CHARACTERS = 120
"""So much is shown of another column's value: a row is no place for a second text."""


def row_browser(
    project: Project,
    snapshot: Snapshot,
    wanted: RowFilter,
    *,
    key: str,
    empty: str,
    height: int | None = None,
    on_click: Callable[[int], None] | None = None,
) -> None:
    """Draw the rows that `wanted` keeps, a page at a time; `on_click` is told of a clicked one.

    `empty` is said where there are none.
    """
    page_key = f"{key}-page-{project.folder.name}-{hash(wanted)}"
    page = int(st.session_state.get(page_key, 1))
    found = project.find_rows(wanted, offset=(page - 1) * PAGE_ROWS, limit=PAGE_ROWS)
    if found.total == 0:
        st.text(empty)
        return
    last = -(-found.total // PAGE_ROWS)
    with st.container(horizontal=True, vertical_alignment="center"):
        of = "" if found.total == snapshot.n_rows else f"{found.total:,} of "
        st.text(f"{of}{counted(snapshot.n_rows, 'row')}", width="content")
        page_choice(last, page_key)
    show_rows(
        project,
        snapshot,
        found.rows,
        key=key,
        function=wanted.function,
        height=height,
        wanted=wanted,
        on_click=on_click,
    )


def show_rows(
    project: Project,
    snapshot: Snapshot,
    rows: tuple[RowView, ...],
    *,
    key: str,
    function: str | None = None,
    height: int | None = None,
    notes: Mapping[int, str] | None = None,
    unsaved: LabelingFunction | None = None,
    wanted: RowFilter | None = None,
    on_click: Callable[[int], None] | None = None,
) -> None:
    """Draw these rows; ✓ and ✗ judge `function`'s vote, or the label where there is none.

    `notes` are remarks by row id, shown before the usual ones. `unsaved` takes the place of the
    saved function of its name where what it matched is marked. What `wanted` searched for is
    marked, too.
    """
    remarks = notes or {}
    functions = {one.name: one for one in project.functions()}
    if unsaved is not None:
        functions[unsaved.name] = unsaved
    info = project.info()
    spans = highlights(list(functions.values()), info, rows, function)
    if wanted is not None:
        for row in rows:
            spans[row.row_id] = with_found(
                spans.get(row.row_id, ()), wanted, info.text_column, row.text
            )
    row_list(
        [
            _item(
                row,
                spans.get(row.row_id, ()),
                _fields(row, info.id_column),
                function,
                remarks.get(row.row_id),
            )
            for row in rows
        ],
        classes=snapshot.classes,
        colors=class_colors(snapshot.classes),
        key=key,
        height=height,
        on_click=on_click,
    )


def _fields(row: RowView, id_column: str | None) -> tuple[tuple[str, str], ...]:
    """Return the other columns that have a value, without that of the ids."""
    return tuple(
        (name, value if len(value) <= _FIELD_CHARACTERS else f"{value[:_FIELD_CHARACTERS]}…")
        for name, value in row.fields
        if value and name != id_column
    )


def _item(
    row: RowView,
    spans: tuple[Span, ...],
    fields: tuple[tuple[str, str], ...],
    function: str | None,
    remark: str | None,
) -> RowItem:
    judged = dict(row.votes).get(function) if function else row.label
    return RowItem(
        row_id=row.row_id,
        text=row.text,
        highlights=tuple(Highlight(span.start, span.end, span.code) for span in spans),
        label=row.label,
        confidence=row.confidence,
        gold=row.gold,
        correct=None if row.gold is None or judged is None else judged == row.gold,
        votes=tuple(VoteChip(name, code) for name, code in row.votes),
        fields=fields,
        judged=function,
        note=_note(row, remark),
    )


def _note(row: RowView, remark: str | None) -> str:
    notes = [remark] if remark else ([] if row.votes else ["uncovered"])
    if row.annotated:
        notes.append("annotated")
    if row.is_test:
        notes.append("test")
    return ", ".join(notes)
