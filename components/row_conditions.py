"""Conditions on columns, votes and confidence, each drawn as one line that can be taken away.

Session state holds plain values: the numbers of the lines that are drawn, and their fields.
"""

from typing import Any

import streamlit as st

from components.kept import keep, kept
from labeling.browse import RowFilter
from labeling.pins import vote_name
from labeling.project import Project
from labeling.row_query import COLUMN_TESTS, ColumnCondition, ColumnTest, VoteCondition
from labeling.snapshot import Snapshot
from labeling.votes import ABSTAIN

_ANY_CLASS = "any class"
_ANY_CONFIDENCE = (0.0, 1.0)


def column_conditions(project: Project) -> tuple[ColumnCondition, ...]:
    """Draw the conditions on columns, and return those that are filled in."""
    names = [column.name for column in project.readable_columns()]
    said = []
    for number in _numbers(project, "column"):
        key = f"data-column-{number}"
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            negate = _not_toggle(project, key)
            column = st.selectbox(
                "Column", names, key=kept(project, f"{key}-name", names[0], names), width=190
            )
            test: ColumnTest = st.selectbox(
                "is",
                list(COLUMN_TESTS),
                key=kept(project, f"{key}-test", "contains", list(COLUMN_TESTS)),
                width=130,
            )
            values = tuple(
                st.text_input(
                    ("Value", "and")[i], key=kept(project, f"{key}-value-{i}", ""), width=190
                )
                for i in range(COLUMN_TESTS[test])
            )
            _remove_button(project, "column", number)
        if all(values):
            said.append(ColumnCondition(column, test, values, negate))
    return tuple(said)


def vote_conditions(project: Project, snapshot: Snapshot) -> tuple[VoteCondition, ...]:
    """Draw the conditions on votes, which together are a vote pattern, and return them."""
    functions = [state.function.name for state in snapshot.functions]
    votes = [_ANY_CLASS, *(vote_name(code, snapshot.classes) for code in _codes(snapshot))]
    said = []
    for number in _numbers(project, "vote"):
        if not functions:
            continue
        key = f"data-vote-{number}"
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            negate = _not_toggle(project, key)
            function = st.selectbox(
                "Function",
                functions,
                key=kept(project, f"{key}-name", functions[0], functions),
                width=270,
            )
            vote = st.selectbox(
                "votes", votes, key=kept(project, f"{key}-vote", _ANY_CLASS, votes), width=190
            )
            _remove_button(project, "vote", number)
        code = None if vote == _ANY_CLASS else _codes(snapshot)[votes.index(vote) - 1]
        said.append(VoteCondition(function, code, negate))
    return tuple(said)


def keep_conditions(project: Project, wanted: RowFilter) -> None:
    """Fill the lines with the conditions of a filter, in a callback; others are taken away."""
    classes = project.info().classes
    for number, column in enumerate(wanted.columns, 1):
        key = f"data-column-{number}"
        keep(project, f"{key}-name", column.column)
        keep(project, f"{key}-test", column.test)
        keep(project, f"{key}-not", column.negate)
        for i, value in enumerate(column.values):
            keep(project, f"{key}-value-{i}", value)
    for number, vote in enumerate(wanted.votes, 1):
        key = f"data-vote-{number}"
        keep(project, f"{key}-name", vote.function)
        code = vote.vote
        keep(project, f"{key}-vote", _ANY_CLASS if code is None else vote_name(code, classes))
        keep(project, f"{key}-not", vote.negate)
    keep(project, "data-confidence", wanted.confidence or _ANY_CONFIDENCE)
    for what, conditions in (("column", wanted.columns), ("vote", wanted.votes)):
        st.session_state[_name(project, what)] = list(range(1, len(conditions) + 1))


def confidence_range(project: Project) -> tuple[float, float] | None:
    """Draw the range of confidence; None where it leaves nothing out."""
    chosen: Any = st.slider(
        "Confidence of the label",
        0.0,
        1.0,
        step=0.05,
        key=kept(project, "data-confidence", _ANY_CONFIDENCE),
        width=330,
    )
    return None if chosen == _ANY_CONFIDENCE else (float(chosen[0]), float(chosen[1]))


def add_buttons(project: Project) -> None:
    """Draw the buttons that add a line."""
    for what, label in (("column", "Add a column"), ("vote", "Add a vote")):
        st.button(label, key=f"data-add-{what}", on_click=_add, args=(project, what))


def _codes(snapshot: Snapshot) -> list[int]:
    return [*range(len(snapshot.classes)), ABSTAIN]


def _not_toggle(project: Project, key: str) -> bool:
    return st.toggle("not", key=kept(project, f"{key}-not", default=False))


def _remove_button(project: Project, what: str, number: int) -> None:
    st.button(
        "✕",
        key=f"data-{what}-{number}-remove",
        type="tertiary",
        help="Take this condition away",
        on_click=_remove,
        args=(project, what, number),
    )


def _numbers(project: Project, what: str) -> list[int]:
    numbers: list[int] = st.session_state.get(_name(project, what), [])
    return numbers


def _add(project: Project, what: str) -> None:
    numbers = _numbers(project, what)
    st.session_state[_name(project, what)] = [*numbers, max(numbers, default=0) + 1]


def _remove(project: Project, what: str, number: int) -> None:
    left = [one for one in _numbers(project, what) if one != number]
    st.session_state[_name(project, what)] = left


def _name(project: Project, what: str) -> str:
    return f"data-{what}-lines-{project.folder.name}"
