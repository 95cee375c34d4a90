"""Tests of the open function: a row clicked on the right is pinned with the vote it should get.

Session state holds one plain value, `studio_pinning`: the row that was clicked, and on which
function.
"""

import streamlit as st

from components.attempts import attempt, show_refused
from components.live_parts import live_part
from components.notice import say_next
from components.who import who
from labeling.counted import counted
from labeling.pins import PinResult, vote_name
from labeling.project import Project
from labeling.snapshot import Snapshot
from labeling.votes import ABSTAIN

_PLACE, _PART = "studio-pins", "studio-pins-part"
_SHOWN = 40
_SHOWN_TEXT = 90


@st.fragment(key=_PART)
def pins_panel(project: Project, name: str) -> None:
    """Draw the pinned rows of a saved function, failures first, and how it votes on them."""
    snapshot = live_part(project, _PART, "figures")
    results = project.pins.check(name)
    if not results:
        return
    failed = any(one.passed is False for one in results)
    # What fails is seen without a click. Another key: Streamlit keeps how a key was first opened.
    key = f"{_PLACE}-{name}-{'failed' if failed else 'passed'}"
    with st.expander(_summary(results), expanded=failed, key=key):
        texts = {row.row_id: row.text for row in project.rows([one.pin.row_id for one in results])}
        for result in results[:_SHOWN]:
            _line(project, name, result, texts[result.pin.row_id], snapshot.classes)
        if len(results) > _SHOWN:
            st.text(f"{len(results) - _SHOWN:,} more; all of them: cli.py functions test PROJECT")


def pin_lines(results: tuple[PinResult, ...], classes: tuple[str, ...]) -> list[str]:
    """Say how votes that are not saved do on pinned rows: a sum, and each failure."""
    if not results:
        return []
    failed = [one for one in results if one.passed is False]
    return [
        _summary(results),
        *(
            f"  ✗ row {one.pin.row_id} should be {vote_name(one.pin.code, classes)}: "
            f"{vote_name(one.vote, classes)}"
            for one in failed[:5]
        ),
    ]


def marks_of_tests(project: Project) -> dict[str, str]:
    """Return, for each function with pinned rows, how many are as they should be."""
    return {name: _mark(results) for name, results in project.pins.check_all().items()}


def failed_tests(project: Project) -> dict[str, str]:
    """Return what to warn of: the functions with a pinned row that gets another vote."""
    failed = {
        name: sum(one.passed is False for one in results)
        for name, results in project.pins.check_all().items()
    }
    return {
        name: counted(count, "test fails", "tests fail") for name, count in failed.items() if count
    }


def choose_row(name: str | None, row_id: int) -> None:
    """Keep the row that was clicked on the right, where a function is open."""
    if name is not None:
        st.session_state["studio_pinning"] = [name, row_id]


def pin_form(project: Project, snapshot: Snapshot, name: str) -> None:
    """Draw the choice of vote for the row that was clicked, where one was."""
    chosen = st.session_state.get("studio_pinning")
    if not chosen or chosen[0] != name or chosen[1] >= snapshot.n_rows:
        return
    row_id = int(chosen[1])
    column = snapshot.matrix.column(name) if name in snapshot.matrix.names else None
    vote = ABSTAIN if column is None else int(column[row_id])
    gold = int(snapshot.dev_gold[row_id])
    votes = [*range(len(snapshot.classes)), ABSTAIN]
    wished = gold if gold >= 0 else max(vote, ABSTAIN)
    key = f"{_PLACE}-vote-{name}-{row_id}"
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="bottom",
        gap="small",
        key="studio-pin-form",
    ):
        st.selectbox(
            f"Row {row_id} should get",
            votes,
            index=votes.index(wished),
            format_func=lambda code: vote_name(code, snapshot.classes),
            key=key,
            width=120,  # all in one line: the row that was clicked is below it
        )
        st.button(
            "Pin as a test",
            key="studio-pin",
            help=f"Checks on every change of {name} that it votes like this",
            on_click=attempt,
            args=(_PLACE, _pin, project, name, row_id, key),
        )
        st.button("Close", type="tertiary", key="studio-pin-close", on_click=_forget)
    show_refused(_PLACE)


def _line(
    project: Project, name: str, result: PinResult, text: str, classes: tuple[str, ...]
) -> None:
    mark = {True: "✓", False: "✗", None: "…"}[result.passed]
    should, votes = (vote_name(one, classes) for one in (result.pin.code, result.vote))
    said = should if result.passed else f"should be {should}, votes {votes}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(f"{mark} row {result.pin.row_id}: {said}\n{_short(text)}", width="stretch")
        st.button(
            "Let go",
            type="tertiary",
            key=f"{_PLACE}-unpin-{result.pin.row_id}",
            help="Do not test this row any more",
            on_click=attempt,
            args=(_PLACE, _unpin, project, name, result.pin.row_id),
        )


def _summary(results: tuple[PinResult, ...]) -> str:
    return f"Tests: {_mark(results)}"


def _mark(results: tuple[PinResult, ...]) -> str:
    passed = sum(one.passed is True for one in results)
    failed = sum(one.passed is False for one in results)
    waiting = len(results) - passed - failed
    counts = (("✓", passed), ("✗", failed), ("…", waiting))
    return " ".join(f"{sign} {count:,}" for sign, count in counts if count)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_TEXT else f"{line[: _SHOWN_TEXT - 1]}…"


def _pin(project: Project, name: str, row_id: int, key: str) -> None:
    project.pins.pin(name, row_id, int(st.session_state[key]), who())
    say_next(f"Row {row_id} is pinned to {name}.")
    _forget()


def _unpin(project: Project, name: str, row_id: int) -> None:
    project.pins.unpin(name, row_id, who())


def _forget() -> None:
    st.session_state.pop("studio_pinning", None)
