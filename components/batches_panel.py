"""Review: rows given to one person, how far each batch is, and the pause of the whole queue."""

from collections.abc import Sequence

import streamlit as st

from components.attempts import attempt, show_refused
from components.figures import count
from components.notice import say_next
from components.who import who
from labeling.batches import BatchProgress
from labeling.counted import counted
from labeling.project import Project
from labeling.queues import BATCH_SAMPLERS

_PLACE = "batches"
_WHO, _ROWS, _SAMPLER, _TAKEN = "batch-who", "batch-rows", "batch-sampler", "batch-taken"


def batches_panel(project: Project, people: Sequence[str] | None) -> None:
    """Draw the panel; without accounts `people` is None, and a batch goes to any name."""
    _pause(project)
    batches = project.assignments.batch_progress()
    if batches:
        st.dataframe(
            [_line(one) for one in batches],
            hide_index=True,
            alt="Batches: whose, how many rows are done, and how many are left",
        )
    with st.expander("Give somebody a batch, or take one back"):
        _give(project, people)
        _take_back(project, batches)
        st.caption(
            "Rows of a batch go to that person alone, before those of the open queue. Taken back, "
            "those that are not answered go to the open queue."
        )
    show_refused(_PLACE)


def _pause(project: Project) -> None:
    paused = project.assignments.paused()
    with st.container(horizontal=True, vertical_alignment="center"):
        said = "The queue is paused: nobody gets rows." if paused else "The queue is open."
        st.text(said, width="content")
        st.button(
            "Resume the queue" if paused else "Pause the queue",
            on_click=attempt,
            args=(_PLACE, _resume if paused else _hold, project),
            help="Annotators read that it is paused; what they answered is saved.",
        )


def _hold(project: Project) -> None:
    project.assignments.pause(who())


def _resume(project: Project) -> None:
    project.assignments.resume(who())


def _line(one: BatchProgress) -> dict[str, str]:
    return {
        "batch": f"{one.batch.number}",
        "annotator": one.batch.annotator,
        "rows": count(len(one.batch.rows)),
        "done": count(one.done),
        "left": count(one.left),
        "chosen": one.batch.sampler,
        "given by": one.batch.author or "–",
        "given": one.batch.at.strftime("%Y-%m-%d"),
    }


def _give(project: Project, people: Sequence[str] | None) -> None:
    if people is None:
        people = [one.annotator for one in project.annotators.progress()]
        other = True
    else:
        other = False
    with (
        st.form("batch-give", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.selectbox(
            "Annotator", people, index=None, key=_WHO, width=200, accept_new_options=other,
            placeholder="Choose or type a name" if other else "Choose a name",
        )  # fmt: skip
        st.number_input("Rows", 1, value=100, key=_ROWS, width=130)
        st.selectbox("Chosen by", BATCH_SAMPLERS, key=_SAMPLER, width=180)
        st.form_submit_button("Give", on_click=attempt, args=(_PLACE, _given, project))


def _given(project: Project) -> None:
    name = str(st.session_state[_WHO] or "")
    rows, sampler = int(st.session_state[_ROWS]), str(st.session_state[_SAMPLER])
    batch = project.queues.give_batch(name, rows, sampler, author=who())
    say_next(f"{batch.annotator} has a batch of {counted(len(batch.rows), 'row')}.")


def _take_back(project: Project, batches: Sequence[BatchProgress]) -> None:
    numbers = [one.batch.number for one in batches]
    if not numbers:
        return
    names = {one.batch.number: f"{one.batch.number}, {one.batch.annotator}" for one in batches}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            "Batch", numbers, format_func=lambda one: names.get(one, ""), key=_TAKEN, width=200
        )
        st.button("Take back", on_click=attempt, args=(_PLACE, _taken, project, number))


def _taken(project: Project, number: int) -> None:
    batch = project.assignments.take_back(number, who())
    say_next(f"Batch {batch.number} of {batch.annotator} is taken back.")
