"""What an unsaved function would do: counts, the difference to the saved votes, and errors."""

import streamlit as st

from components.deltas import in_color
from components.paging import page_choice
from components.pins_panel import pin_lines
from components.rows import PAGE_ROWS, show_rows
from components.typed_preview import (
    PREVIEW,
    changed_part,
    hear_of_preview,
    is_behind,
    previewed,
    show_change,
)
from labeling.browse import RowSet, with_vote
from labeling.counted import counted
from labeling.ledger import ErrorGroup, error_groups
from labeling.preview import LABEL_CHANGES, VOTE_CHANGES, PreviewState
from labeling.project import Project
from labeling.runs import RowError
from labeling.snapshot import Snapshot
from labeling.table import accuracy_text, share
from labeling.votes import ABSTAIN

_SHOWN_ERRORS = 3
_COUNTS = {
    "gained": "+{} gained",
    "lost": "− {} lost",
    "flipped": "⇄ {} flipped",
    "gold_mended": "✓ {} right now",
    "gold_broken": "✗ {} no longer right",
}


@st.fragment(key=PREVIEW)
def preview_panel(project: Project) -> None:
    """Draw what the text in the editor would do; it follows the typing."""
    snapshot = project.snapshot()
    hear_of_preview(project)
    state = previewed(project, snapshot)
    if state is None:
        return
    with st.container(border=True, gap="xsmall", key="studio-preview-panel"):
        if is_behind():
            st.text("! What is typed now cannot run as it stands. Of the text before it:")
        st.text("\n".join(_lines(project, state, snapshot)))
        if state.statistics is not None and state.before is not None:
            st.markdown(in_color(state.statistics, state.before))
        if state.diff is not None:
            st.caption("Votes against the saved version; a click shows the rows")
            _counts(state, VOTE_CHANGES)
        if state.label_diff is not None:
            st.caption("Labels, with these votes in the label model")
            _counts(state, LABEL_CHANGES)
        elif state.whole and not state.done:
            st.caption("Labels, with these votes in the label model …")


def show_previewed_rows(project: Project, snapshot: Snapshot, state: PreviewState | None) -> None:
    """Draw the rows that the text in the editor votes on, with its own votes."""
    if state is None or state.statistics is None:
        st.text("Running …")
        return
    of = "" if state.whole else f" Of {_on(state)}."
    st.text(f"Rows the function votes on, before it is saved.{of}")
    _page(project, snapshot, state, state.hits, key="studio-preview-rows")


def show_changed_rows(project: Project, snapshot: Snapshot, state: PreviewState | None) -> None:
    """Draw the rows behind the count of changes that was clicked, or behind the first one."""
    if state is None or not state.changes:
        st.text("Nothing to compare yet.")
        return
    asked = changed_part()["part"]
    filled = [part for part, rows in state.changes.items() if rows.row_ids.size]
    part = asked if asked in state.changes else next(iter(filled), "gained")
    row_set = state.changes[part]
    st.text(row_set.title)
    _page(project, snapshot, state, row_set, key="studio-changed-rows", compares=True)


def preview_count(state: PreviewState | None) -> int | None:
    """Return on how many of the rows that were run it votes, None before any was."""
    return None if state is None or state.statistics is None else state.statistics.votes


def changed_count(state: PreviewState | None) -> int | None:
    """Return how many votes differ from the saved version's, None where that is not known."""
    found = None if state is None else state.diff
    return None if found is None else found.gained.size + found.lost.size + found.flipped.size


def _counts(state: PreviewState, parts: dict[str, str]) -> None:
    with st.container(horizontal=True, gap="small"):
        for part in parts:
            count = state.changes[part].row_ids.size
            st.button(
                _COUNTS[part.removeprefix("label_")].format(f"{count:,}"),
                key=f"studio-change-{part}",
                type="tertiary",
                disabled=count == 0,
                help=state.changes[part].title,
                on_click=show_change,
                args=(part,),
            )


def _page(
    project: Project,
    snapshot: Snapshot,
    state: PreviewState,
    row_set: RowSet,
    *,
    key: str,
    compares: bool = False,
) -> None:
    """Draw one page of rows with the votes of the text in the editor."""
    row_ids = row_set.row_ids
    last = max(-(-row_ids.size // PAGE_ROWS), 1)
    page_key = f"{key}-page-{project.folder.name}-{state.replaces}-{row_set.title}"
    page = int(st.session_state.get(page_key, 1))
    if page > last:
        page = st.session_state[page_key] = last
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(counted(row_ids.size, "row"), width="content")
        page_choice(last, page_key)
    shown = row_ids[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    show_rows(
        project,
        snapshot,
        tuple(
            with_vote(row, state.function.name, int(state.votes[row.row_id]), state.replaces)
            for row in project.rows(shown.tolist())
        ),
        key=key,
        function=state.function.name,
        notes={int(row): _note(snapshot, state, int(row)) for row in shown} if compares else None,
        unsaved=state.function,
    )


def _note(snapshot: Snapshot, state: PreviewState, row_id: int) -> str:
    """Say what was voted on a row and what is voted now, where it differs."""
    before = int(snapshot.matrix.column(str(state.replaces))[row_id])
    after = int(state.votes[row_id])
    if max(before, ABSTAIN) == max(after, ABSTAIN):
        return ""
    said = [snapshot.classes[code] if code >= 0 else "no vote" for code in (before, after)]
    return f"was {said[0]}, now {said[1]}"


def _lines(project: Project, state: PreviewState, snapshot: Snapshot) -> list[str]:
    found = state.statistics
    if state.problem is not None:
        return [f"✗ {state.problem}"]
    if found is None:
        return ["Running …"]
    lines = [
        f"Preview on {_on(state)}, not saved:",
        f"votes on {counted(found.votes, 'row')} ({share(found.coverage)}), "
        f"conflicts {share(found.conflicts)}",
        "accuracy on dev gold: "
        + accuracy_text(
            {
                "accuracy": found.accuracy,
                "accuracy_low": found.accuracy_low,
                "accuracy_high": found.accuracy_high,
                "gold": found.gold,
            }
        ),
    ]
    if state.failure:
        lines.append(f"✗ {state.failure}")
    lines += error_lines(state.error_count, state.errors)
    if state.stdout:
        lines.append("It printed:\n" + state.stdout[:2_000])
    if state.replaces is not None and (state.whole or state.pinned):
        results = project.pins.check_votes(state.replaces, state.votes_for_tests)
        lines += pin_lines(results, snapshot.classes)
    return lines


def error_lines(failed: int, errors: tuple[RowError, ...]) -> list[str]:
    """Say how many rows failed, and with what the first of them did: not all errors are kept."""
    if not failed:
        return []
    groups, kept = error_groups(errors), len(errors)
    first = f"; of the first {kept:,}" if 0 < kept < failed else ""
    such = ", such as" if len(groups) > _SHOWN_ERRORS else ""
    return [
        f"✗ {counted(failed, 'row')} with an error{first}{such}:",
        *(f"  {_where(group)}: {group.text}" for group in groups[:_SHOWN_ERRORS]),
    ]


def _where(group: ErrorGroup) -> str:
    more = f" and {len(group.row_ids) - 1:,} more" if len(group.row_ids) > 1 else ""
    lines = f", line {', '.join(map(str, group.lines))}" if group.lines else ""
    return f"row {group.row_ids[0]}{more}{lines}"


def _on(state: PreviewState) -> str:
    if state.whole:
        return f"all {state.total_rows:,} rows"
    return f"{state.rows:,} of {state.total_rows:,} rows"
