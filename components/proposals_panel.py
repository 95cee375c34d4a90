"""Suggestions of functions and edits beside the rows that need them; a digit key accepts one.

What is accepted becomes unsaved text in the editor with its preview: nothing is saved by it.
"""

import streamlit as st

from components.drafts import Document, draft_of_kind, keep_draft, kept_draft
from components.figures import count
from components.function_actions import ask_for_preview, begin_anew, pressed
from components.kind_forms import FORM_KINDS, filled_form
from components.notice import say_next
from labeling.functions import LabelingFunction
from labeling.project import Project
from labeling.proposals import Asked, Proposal, Target

_ACCEPTED = "studio_accepted"
_PIXELS, _WHOLE = 236, 2
"""So many suggestions are in sight as a whole; more scroll in a place of this height."""
_HELP = (
    "How often it is right is estimated from the rows named in brackets and from all other "
    "candidates: the best of many owes a part of its figures to luck, so less is said than was "
    "counted."
)

_NONE: dict[Target, str] = {
    "uncovered": "No suggestion: nothing covers new rows and is right more often than by chance.",
    "wrong": "No suggestion: nothing tells what is wrong from what is right, on enough rows.",
    "conflicts": "No suggestion: nothing tells the wrong votes of conflicts from right ones.",
}


def proposals_panel(project: Project, asked: Asked) -> None:
    """Draw the suggestions that are known by now; newer ones arrive with a later snapshot."""
    found = project.proposals.proposals(asked)
    if found.problem is not None:
        st.caption("Suggestions")
        st.text(found.problem)
        return
    if found.needless:
        return
    if not found.proposals:
        st.caption("Looking for suggestions …" if found.pending else _NONE[asked.target])
        return
    more = " · looking for newer ones …" if found.pending else ""
    st.caption(
        f"Suggestions: press 1–{len(found.proposals)} to try one in the editor{more}", help=_HELP
    )
    with st.container(
        key="studio-proposals",
        border=True,
        height=_PIXELS if len(found.proposals) > _WHOLE else "content",
        gap="xsmall",
    ):
        for number, proposal in enumerate(found.proposals, 1):
            _line(project, number, proposal)


def _line(project: Project, number: int, proposal: Proposal) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Try",
            key=f"studio-proposal-{number}",
            shortcut=str(number),
            help="Put it into the editor, unsaved, with its preview",
            on_click=pressed,
            args=(accept, project, proposal),
        )
        st.text("\n".join(said(proposal)), width="stretch")


def said(proposal: Proposal) -> tuple[str, str]:
    """Return what a suggestion looks at, and what is known of it, a line each."""
    belief = proposal.belief
    by = f"{count(belief.right)} of {count(belief.n)} on dev gold"
    if belief.evidence == "posterior":
        by = f"labels of the model, worth {count(belief.n)} gold rows"
    known = f"({100 * belief.low:.0f}–{100 * belief.high:.0f}; {by})"
    if proposal.replaces is not None:
        return (
            f"{proposal.replaces}: {proposal.title}",
            f"takes back {_taken_back(proposal)} · "
            f"{_whole(belief.precision)} of them wrong {known}",
        )
    return (
        f"{proposal.label}: {proposal.title}",
        f"+{count(proposal.new_rows)} rows · {_whole(belief.precision)} right {known}",
    )


def _taken_back(proposal: Proposal) -> str:
    votes, among = proposal.new_rows, proposal.in_conflict
    if among == votes:
        return f"{count(votes)} votes in conflict"
    return f"{count(votes)} votes" + (f" ({count(among)} in conflict)" if among else "")


def _whole(precision: float) -> str:
    """Return an estimate without tenths, which it has not."""
    return f"{100 * precision:.0f} %"


def accept(project: Project, proposal: Proposal) -> None:
    """Put a suggestion into the editor as an unsaved draft and preview it.

    What somebody wrote there and did not save is not written over.
    """
    function, opened = proposal.function, proposal.replaces or ""
    saved = {one.name: one for one in project.functions()}
    if opened and opened not in saved:
        say_next(f"{opened} is not there any more.")
        return
    document = Document(project.folder.name, opened, function.kind)
    waiting = draft_of_kind(document.project, opened) if opened else kept_draft(document)
    if waiting is not None and _plain(waiting) != st.session_state.get(_ACCEPTED):
        say_next("Save or discard what you wrote first: it would be written over.")
        return
    if function.kind in FORM_KINDS:
        function = filled_form(project, function)
    based_on = saved[opened].version if opened else None
    if not opened:
        st.session_state["studio_kind"] = function.kind
    st.session_state["studio_function"] = opened
    begin_anew()
    keep_draft(document, function, based_on)
    st.session_state[_ACCEPTED] = _plain(function)
    ask_for_preview()


def _plain(function: LabelingFunction) -> tuple[str, str, str]:
    return function.name, function.kind, function.source
