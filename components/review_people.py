"""Review: what each annotator has done, how far each can be trusted, and what is wanted of them."""

import streamlit as st

from components.errors import errors_shown
from components.figures import count, with_interval
from components.who import who
from labeling.annotators import Progress
from labeling.assignments import MOST_ANNOTATORS, MOST_CHECKS, Overlap
from labeling.calibration import Figure
from labeling.project import Project
from labeling.reliability import Reliability
from labeling.table import share

_FIT = (
    "People and functions are fitted together: a label is right where all that is said of its row "
    "speaks for it. The interval is wide where nobody else says anything of the rows. On gold: the "
    "share right of labels on rows whose gold was imported."
)


def people_panel(project: Project) -> None:
    """Draw who labelled how much and how well, and from how many people rows are wanted."""
    people = project.annotators.progress()
    if people:
        judged = {one.annotator: one for one in project.annotators.reliability()}
        st.dataframe(
            [_line(one, judged.get(one.annotator)) for one in people],
            hide_index=True,
            alt="What each annotator has done, and how often each is right",
        )
        st.caption(_FIT)
        _errors(judged, project.info().classes)
    _overlap_form(project)


def _line(one: Progress, judged: Reliability | None) -> dict[str, str]:
    seconds = "–" if one.median_seconds is None else f"{one.median_seconds:.1f}"
    return {
        "annotator": one.annotator,
        "labels": count(one.labels),
        "right, by the fit": "–" if judged is None else _range(judged.accuracy),
        "right on gold": "–" if judged is None else _share(judged.on_gold, judged.gold_rows),
        "seconds each": seconds,
        "last": one.last.strftime("%Y-%m-%d %H:%M UTC"),
    }


def _range(figure: Figure) -> str:
    """Say an estimate of the fit; no number of rows stands for what it rests on."""
    return f"{share(figure.value)} ({100 * figure.low:.0f}–{100 * figure.high:.0f})"


def _share(figure: Figure | None, rows: int) -> str:
    return "–" if figure is None else with_interval(figure.value, figure.low, figure.high, rows)


def _errors(judged: dict[str, Reliability], classes: tuple[str, ...]) -> None:
    """Draw what one annotator says of rows of each class, as shares of the rows."""
    if not judged:
        return
    with st.expander("What a person takes for what"):
        chosen = st.selectbox("Person", list(judged), key="review-person", width=240)
        confusion = judged[str(chosen)].confusion
        st.dataframe(
            [
                {"where the row is": name, "rows": f"{sum(line):,.1f}"}
                | {
                    f"says {said}": _of(part, line)
                    for said, part in zip(classes, line, strict=True)
                }
                for name, line in zip(classes, confusion, strict=True)
            ],
            hide_index=True,
            alt=f"What {chosen} says of rows of each class",
        )
        st.caption("Rows are expected numbers: a row that may be of two classes counts in both.")


def _of(part: float, line: tuple[float, ...]) -> str:
    total = sum(line)
    return share(part / total) if total >= 0.5 else "–"


def _overlap_form(project: Project) -> None:
    """Draw from how many people rows are wanted, which can change midway."""
    overlap, checks = project.assignments.overlap(), project.assignments.check_share()
    at_random = project.queues.random_share()
    several = overlap.annotators > 1 and overlap.share > 0
    said = (
        f"{overlap.share:.0%} of the rows from {overlap.annotators} people"
        if several
        else "every row from one person"
    )
    with st.expander(f"Labels are wanted of {said}"), st.form("review-overlap", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.number_input(
                "People for a row",
                1,
                MOST_ANNOTATORS,
                overlap.annotators,
                width=160,
                key=f"review-people-{overlap.annotators}",
            )
            _percent("Share of the rows, %", "review-share", overlap.share)
            _percent(
                "Known rows mixed in, %",
                "review-checks",
                checks,
                most=MOST_CHECKS,
                says="Rows with imported gold, which nobody can tell from others. They show how "
                "often each annotator is right.",
            )
            _percent(
                "Drawn at random, %",
                "review-random",
                at_random,
                says="So many of the rows that any sampler chooses are drawn from all rows "
                "instead. Without them, accuracies cannot be measured fairly on rows that were "
                "chosen.",
            )
            st.form_submit_button(
                "Save", on_click=_set_overlap, args=(project, overlap, checks, at_random)
            )
        st.caption(
            "Other rows are wanted from one person. It can change midway: labels stay, and more "
            "of a row are asked for or no more."
        )


def _percent(
    label: str, key: str, share: float, most: float = 1.0, says: str | None = None
) -> None:
    """Draw a field for a share in percent; another share saved elsewhere makes it another field."""
    st.number_input(
        label,
        0,
        round(100 * most),
        round(100 * share),
        width=180,
        key=f"{key}-{share}",
        help=says,
    )


def _set_overlap(project: Project, shown: Overlap, checks: float, at_random: float) -> None:
    people = st.session_state[f"review-people-{shown.annotators}"]
    share = st.session_state[f"review-share-{shown.share}"]
    with errors_shown():
        project.assignments.set_overlap(Overlap(int(people), share / 100), who())
        mixed_in = st.session_state[f"review-checks-{checks}"]
        project.assignments.set_check_share(mixed_in / 100, who())
        drawn = st.session_state[f"review-random-{at_random}"]
        project.queues.set_random_share(drawn / 100, who())
