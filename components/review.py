"""Review: how far annotators agree, and the rows on which they do not, to be settled."""

import streamlit as st

from components.errors import errors_shown
from components.figures import count
from components.kept import kept
from components.palette import class_colors
from components.run_anew import run_anew
from components.who import name_field, who
from labeling.agreement import Agreement, PairAgreement
from labeling.annotators import RowToReview
from labeling.calibration import Figure
from labeling.project import Project

_OPEN, _SETTLED, _FLAGGED = "Open", "Settled", "Flagged"
_PLACE = "review-place"
_NOTHING = {
    _OPEN: "Nothing is open: annotators agree, or every difference is settled.",
    _SETTLED: "Nothing is settled yet.",
    _FLAGGED: "No row is flagged. Annotators flag one with F, to have it looked at again.",
}


def agreement_panel(project: Project) -> None:
    """Draw the figures of agreement: all together, by class and by pair."""
    found = project.annotators.agreement()
    if found.rows == 0:
        st.text(
            "No row is labelled by two people yet. Once one is, this page says how far they agree. "
            "Labels made elsewhere come in with: python cli.py annotations import"
        )
        return
    st.text(
        f"{len(found.annotators)} annotators. Rows with two labels or more: {count(found.rows)}; "
        f"labels differ on {count(found.disagreeing_rows)}."
    )
    for place, (name, figure, said) in zip(st.columns(3), _figures(found), strict=True):
        interval = None if figure is None else f"{figure.low:.2f} to {figure.high:.2f}"
        value = "–" if figure is None else f"{figure.value:.2f}"
        place.metric(
            name, value, interval, delta_color="off", delta_arrow="off", help=said, border=True
        )
    st.dataframe(
        [
            {
                "class": one.name,
                "labels": count(one.labels),
                "alpha against the others": _said(one.krippendorff_alpha),
            }
            for one in found.classes
        ],
        hide_index=True,
        alt="Agreement by class",
    )
    _pairs(found, project.info().classes)


def _figures(found: Agreement) -> tuple[tuple[str, Figure | None, str], ...]:
    return (
        (
            "Krippendorff's alpha",
            found.krippendorff_alpha,
            "Agreement beyond chance of all annotators; made for rows that some left out. "
            "1 is full agreement, 0 is chance.",
        ),
        ("Fleiss' kappa", found.fleiss_kappa, "The same, without the correction for few labels."),
        (
            "Cohen's kappa",
            found.cohen_kappa,
            "Mean over pairs of annotators, weighed by their common rows.",
        ),
    )


def _pairs(found: Agreement, classes: tuple[str, ...]) -> None:
    """Draw the pairs, the weakest first, and who says what where the other says what."""
    pairs = sorted(found.pairs, key=lambda pair: pair.agreement)
    st.dataframe(
        [
            {
                "pair": f"{pair.first} · {pair.second}",
                "rows": count(pair.rows),
                "alike": f"{100 * pair.agreement:.0f} %",
                "Cohen's kappa": _said(pair.kappa),
            }
            for pair in pairs
        ],
        hide_index=True,
        alt="Agreement by pair of annotators",
    )
    named = {f"{pair.first} · {pair.second}": pair for pair in pairs}
    chosen = st.selectbox("Who says what", list(named), key="review-pair")
    _confusion(named[str(chosen)], classes)


def _confusion(pair: PairAgreement, classes: tuple[str, ...]) -> None:
    st.dataframe(
        [
            {f"{pair.first} says": name}
            | {
                f"{pair.second}: {other}": count(pair.confusion[i][j])
                for j, other in enumerate(classes)
            }
            for i, name in enumerate(classes)
        ],
        hide_index=True,
        alt=f"Labels of {pair.first} against those of {pair.second}",
    )


def _said(figure: Figure | None) -> str:
    return "–" if figure is None else f"{figure.value:.2f} ({figure.low:.2f}–{figure.high:.2f})"


def disagreements_panel(project: Project) -> None:
    """Draw one row on which labels differ, who says what, and the buttons that settle it."""
    found = project.annotators.disagreements()
    rows = {
        _OPEN: [one for one in found if one.decision is None],
        _SETTLED: [one for one in found if one.decision is not None],
        _FLAGGED: list(project.annotators.flagged()),
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.segmented_control(
            "Rows on which labels differ, and rows that annotators flagged",
            list(rows),
            required=True,
            format_func=lambda name: f"{name} {len(rows[name]):,}",
            key=kept(project, "review-rows", _OPEN, list(rows)),
        )
        name_field("review-name", "reviewer")
    waiting = rows[str(chosen)]
    if not waiting:
        st.text(_NOTHING[str(chosen)])
        return
    place = min(int(st.session_state.get(_PLACE, 0)), len(waiting) - 1)
    _card(project, waiting[place])
    with st.container(horizontal=True, vertical_alignment="center"):
        _step("Back", place - 1, len(waiting), shortcut="Left")
        _step("Later", place + 1, len(waiting), shortcut="Right")
        st.text(f"{place + 1:,} of {len(waiting):,}", width="content")


def _step(label: str, to: int, of: int, *, shortcut: str) -> None:
    st.button(
        label,
        key=f"review-{label}",
        disabled=not 0 <= to < of,
        shortcut=shortcut,
        on_click=_go,
        args=(to,),
    )


def _go(to: int) -> None:
    st.session_state[_PLACE] = to
    run_anew()


def _card(project: Project, one: RowToReview) -> None:
    """Draw the row and both sides of it, as a merge conflict is drawn."""
    classes = project.info().classes
    (row,) = project.rows([one.row_id])
    with st.container(border=True, key="review-card"):
        st.text(row.text)
        if row.fields:
            st.text("\n".join(f"{name}: {value}" for name, value in row.fields if value))
        for code in sorted({label.code for label in one.labels if label.code is not None}):
            _side(code, classes, one)
        _flags(one)
        if row.votes:
            with st.expander("What the functions vote"):
                st.text(", ".join(f"{name}: {classes[code]}" for name, code in row.votes))
        _settle(project, one, classes)


def _side(code: int, classes: tuple[str, ...], one: RowToReview) -> None:
    """Draw one class and all who name it, with their notes."""
    color = class_colors(classes)[classes[code]]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<span style="color:{color}" aria-hidden="true">■</span>', width="content")
        people = [label for label in one.labels if label.code == code]
        names = ", ".join(label.annotator for label in people)
        st.text(f"{classes[code]}: {names}", width="content")
    for label in people:
        if label.note:
            st.text(f"{label.annotator}: “{label.note}”")  # a caption would be markup


def _flags(one: RowToReview) -> None:
    """Draw who flagged the row, with the notes of those who gave it no label."""
    if not one.flags:
        return
    names = ", ".join(flag.annotator for flag in one.flags)
    st.text(f"⚑ {names}: look at this again")
    for flag in one.flags:
        if flag.note and flag.action != "label":
            st.text(f"{flag.annotator}: “{flag.note}”")


def _settle(project: Project, one: RowToReview, classes: tuple[str, ...]) -> None:
    if one.flags:
        st.button("Take the flag off", on_click=_take_off_flag, args=(project, one.row_id))
    if one.decision is not None and one.decision.code is not None:
        note = f" “{one.decision.note}”" if one.decision.note else ""
        st.text(f"✓ {classes[one.decision.code]}, decided by {one.decision.annotator}.{note}")
        st.button("Reopen", on_click=_reopen, args=(project, one.row_id))
        return
    note_key = f"review-note-{one.row_id}"
    st.text_input("Why (optional)", key=note_key)
    with st.container(horizontal=True):
        for code, name in enumerate(classes):
            # The label of a button is markup, and names of classes are not ours: they stand beside.
            with st.container(
                horizontal=True, vertical_alignment="center", gap="small", width="content"
            ):
                st.button(
                    "✓" if code < 9 else f"✓ {code + 1}",
                    key=f"review-settle-{code}",
                    shortcut=str(code + 1) if code < 9 else None,
                    on_click=_decide,
                    args=(project, one.row_id, code, note_key),
                )
                st.text(name, width="content")


def _decide(project: Project, row_id: int, code: int, note_key: str) -> None:
    with errors_shown():
        note = str(st.session_state.get(note_key) or "")
        project.annotators.decide(row_id, code, who() or "reviewer", note)


def _take_off_flag(project: Project, row_id: int) -> None:
    with errors_shown():
        project.annotators.take_off_flag(row_id, who() or "reviewer")


def _reopen(project: Project, row_id: int) -> None:
    with errors_shown():
        project.annotators.reopen(row_id, who() or "reviewer")
