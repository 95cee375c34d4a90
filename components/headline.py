"""The first lines of the Dashboard: one sentence, four tiles, and the label model with its why."""

from collections.abc import Iterator

import streamlit as st

from components import chart_parts
from components.deltas import points
from components.figures import BEFORE, count, label_accuracy
from components.held_out_card import leak_line
from components.kept import tell
from components.label_model_panel import panel_lines
from labeling.counted import counted
from labeling.last_change import LastChange, last_change
from labeling.models import MODELS
from labeling.project import Project
from labeling.row_choices import weakest
from labeling.snapshot import Snapshot
from labeling.table import share, unseen_line

_MODEL = "dashboard-model"
_SAME = "as before"


def headline(project: Project, snapshot: Snapshot) -> None:
    """Draw what is to be known in five seconds."""
    with st.container(horizontal=True, vertical_alignment="center", key="dashboard-headline"):
        st.text(sentence(snapshot), width="stretch")
        _model(project, snapshot)
    changed = last_change(snapshot, project.fits(2))
    with st.container(horizontal=True, key="dashboard-tiles"):
        for label, value, delta, color, said in _tiles(snapshot, changed):
            same = delta == _SAME
            st.metric(
                label,
                value,
                delta,
                delta_color="off" if same else color,  # type: ignore[arg-type]
                delta_arrow="off" if same else "auto",
                help=said,
                border=True,
            )
    remarks = list(_remarks(project, snapshot))
    if changed is not None:
        remarks.insert(0, "Below each figure: what the last change did to it.")
    if remarks:
        st.caption("  \n".join(remarks))
    else:
        chart_parts.leave_empty()


def _remarks(project: Project, snapshot: Snapshot) -> Iterator[str]:
    """Say how gold was chosen, what unseen gold says, and how often test gold was looked at."""
    if snapshot.reweighted_accuracy is not None:
        yield reweighted_line(snapshot)
    unseen = snapshot.model.unseen if snapshot.model else None
    if unseen is not None:
        yield unseen_line(unseen) + (f" ({BEFORE})" if snapshot.is_pending else "")
    looks = project.held_out.looks(snapshot)
    if looks:
        yield leak_line(looks)


def sentence(snapshot: Snapshot) -> str:
    """Say how many rows have a label, how many of these are right, and what is weakest."""
    if not snapshot.n_rows:
        return "No rows yet: import some on the Data page."
    covered = snapshot.summary.covered_rows / snapshot.n_rows
    said = [f"Of {count(snapshot.n_rows)} rows {_in_hundred(covered)} have a label"]
    measured = snapshot.model.measured if snapshot.model else None
    if measured is None and snapshot.is_pending:
        return f"{said[0]}. How many are right is being measured."
    if measured is None:
        said.append(". How many are right is not known: label some rows in Annotate.")
        return "".join(said)
    gold = count(int((snapshot.dev_gold >= 0).sum()))
    fair = snapshot.reweighted_accuracy
    right = measured.accuracy if fair is None else fair.share
    are = f"were right {BEFORE}" if snapshot.is_pending else "are right"
    said.append(f", and of these labels about {_in_hundred(right)} {are}, by {gold} dev gold rows.")
    found = weakest(snapshot)
    if found is not None:
        said.append(f" Weakest: {found}.")
    return "".join(said)


def reweighted_line(snapshot: Snapshot) -> str:
    """Say that accuracies are reweighted, and what was counted."""
    measured = snapshot.model.measured if snapshot.model else None
    counted = "" if measured is None else f"; as counted, {share(measured.accuracy)} are right"
    return (
        "Gold rows were chosen and not drawn at random: accuracies and class shares are reweighted "
        f"by how likely each row was to be drawn{counted}."
    )


def _in_hundred(value: float) -> str:
    """Return a share as people say it.

    >>> _in_hundred(0.786), _in_hundred(1.0), _in_hundred(0.004)
    ('79 in 100', 'all', 'fewer than 1 in 100')
    """
    if value >= 1:
        return "all"
    if 0 < value < 0.01:
        return "fewer than 1 in 100"
    return f"{min(round(100 * value), 99)} in 100"


def _tiles(
    snapshot: Snapshot, changed: LastChange | None
) -> list[tuple[str, str, str | None, str, str]]:
    """Return label, value, change since the last version, its colour and a help text of each."""
    rows = max(snapshot.n_rows, 1)
    gold = int((snapshot.dev_gold >= 0).sum())
    summary = snapshot.summary
    accuracy = None if changed is None else changed.accuracy
    return [
        (
            "Covered rows",
            share(summary.covered_rows / rows),
            None if changed is None else _points(changed.covered),
            "normal",
            "Share of rows on which at least one function of the label model votes",
        ),
        (
            "Labels right on dev gold",
            label_accuracy(snapshot, raw=False),
            None if accuracy is None else _points(accuracy),
            "normal",
            f"Share of labels that are right, with its 95 % interval, on covered rows among "
            f"{count(gold)} dev gold rows, judged by fits that did not see them",
        ),
        (
            "Rows in conflict",
            share(summary.conflict_rows / rows),
            None if changed is None else _points(changed.conflicts),
            "inverse",
            "Share of rows on which functions vote for different classes",
        ),
        (
            "Rows still uncovered",
            count(summary.uncovered_rows),
            None if changed is None else _rows(changed.uncovered_rows),
            "inverse",
            "Rows without a label: no function votes on them",
        ),
    ]


def _points(difference: float) -> str:
    """Return how a share moved; what rounds to 0.0 did not.

    >>> _points(0.125), _points(-0.0004)
    ('+12.5 points', 'as before')
    """
    if not points(difference, 0.0):
        return _SAME
    return f"{100 * difference:+.1f} points"


def _rows(difference: int) -> str:
    sign = "+" if difference > 0 else ""
    return f"{sign}{counted(difference, 'row')}" if difference else _SAME


def _model(project: Project, snapshot: Snapshot) -> None:
    """Draw the choice of the label model, and why the labels are as they are, behind a button."""
    name, _ = project.model()
    tell(_MODEL, name)
    if snapshot.model is not None:
        if snapshot.model.fallback is not None:
            st.text("⚠ Majority vote labels", width="content")
        with st.popover("Why these labels?", width="content"):
            st.text("\n\n".join(panel_lines(snapshot.model)))
    st.selectbox(
        "Label model",
        list(MODELS),
        width=190,
        label_visibility="collapsed",
        key=_MODEL,
        disabled=not project.may("tune"),
        on_change=_choose,
        args=(project,),
    )


def _choose(project: Project) -> None:
    project.choose_model(st.session_state[_MODEL])
