"""Test gold on the Dashboard: how often it was looked at, what was changed since, and a look."""

import pandas as pd
import streamlit as st

from components.attempts import attempt, show_refused
from components.figures import with_interval
from components.who import name_field, who
from labeling.counted import counted
from labeling.held_out import HeldOutFigures, Right, figures_from_json
from labeling.past import Look
from labeling.project import Project
from labeling.snapshot import Snapshot

_PLACE, _NAME = "held-out", "held-out-name"
_MOST_LOOKS, _LOG_PIXELS = 20, 620


def held_out_card(project: Project, snapshot: Snapshot) -> None:
    """Draw the card; nothing where the project has no test rows."""
    rows = int(snapshot.is_test.sum())
    if not rows:
        return
    looks = project.held_out.looks(snapshot)
    with st.container(border=True, key="held-out-card"):
        st.subheader("Test gold", anchor=False)
        st.caption(
            f"{counted(rows, 'test row')} that neither functions nor models are tuned on. Each "
            "look at their figures is logged: what is changed after it may have learned from it."
        )
        st.text(leak_meter(looks))
        with st.container(horizontal=True, vertical_alignment="center"):
            if project.may("tune"):
                _look(project, len(looks))
            if looks:
                _log(looks)
        if looks:
            _figures(figures_from_json(looks[-1].figures))


def leak_meter(looks: tuple[Look, ...]) -> str:
    """Say how often test gold was looked at, and what may have learned from it."""
    if not looks:
        return "Never looked at."
    last = looks[-1]
    said = [f"Looked at {_times(looks)}, last by {last.author} on {last.at:%Y-%m-%d %H:%M} UTC"]
    said.append(f"; {_edits(last)} since.")
    leaked = sum(look.edits for look in looks[:-1])
    if leaked:
        said.append(
            f"\n! {counted(leaked, 'edit')} came between looks: the last figures may flatter."
        )
    if last.edits:
        said.append("\n! The figures below are from before these edits.")
    return "".join(said)


def leak_line(looks: tuple[Look, ...]) -> str:
    """Say the same in one line that names nobody and no function."""
    return f"Test gold: looked at {_times(looks)}; {counted(looks[-1].edits, 'edit')} since."


def _times(looks: tuple[Look, ...]) -> str:
    return "once" if len(looks) == 1 else f"{len(looks)} times"


def _edits(look: Look) -> str:
    named = (
        f" ({', '.join(look.edited[:3])}{', …' * (len(look.edited) > 3)})" if look.edited else ""
    )
    said = counted(look.edits, "edit") + named
    return f"{said} and {counted(look.labels, 'label')}" if look.labels else said


def _look(project: Project, before: int) -> None:
    # Another key makes it another popover, which is closed: the look is done.
    label = "Look again" if before else "Look at test gold"
    with st.popover(label, width="content", key=f"held-out-ask-{before}"):
        st.text("The look is logged with your name, and cannot be undone.")
        name_field(_NAME)
        st.button(
            "Look and log it",
            key="held-out-look",
            type="primary",
            on_click=attempt,
            args=(_PLACE, _take_a_look, project),
        )
        show_refused(_PLACE)


def _take_a_look(project: Project) -> None:
    project.held_out.look(who())


def _log(looks: tuple[Look, ...]) -> None:
    with st.popover("All looks", width="content"):
        lines = [
            {
                "when (UTC)": f"{look.at:%Y-%m-%d %H:%M}",
                "who": look.author,
                "labels right": _said(figures_from_json(look.figures).labels),
                "changed before the next look": _edits(look),
            }
            for look in reversed(looks[-_MOST_LOOKS:])
        ]
        st.dataframe(
            pd.DataFrame(lines),
            width=_LOG_PIXELS,
            hide_index=True,
            alt="Looks at test gold, newest first",
        )
        earlier = len(looks) - _MOST_LOOKS
        if earlier > 0:
            st.caption(f"{counted(earlier, 'earlier look')}: see History.")


def _figures(found: HeldOutFigures) -> None:
    shown = [found.labels, found.majority, *([found.end_model] if found.end_model else [])]
    st.dataframe(
        pd.DataFrame(
            [
                {"test gold right": one.name, f"of {counted(found.rows, 'row')}": _said(one)}
                for one in [*shown, *found.functions]
            ]
        ),
        hide_index=True,
        height="auto" if len(found.functions) < 10 else 360,
        alt="Labels and functions on test gold at the last look",
    )
    st.caption(
        "Label model and majority vote on the rows with a vote, the end model on all rows, a "
        "function where it votes; 95 % intervals."
    )


def _said(one: Right) -> str:
    if one.share is None or one.interval is None:
        return "–"
    return with_interval(one.share, *one.interval, one.rows)
