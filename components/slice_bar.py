"""Saved slices: which one the rows are taken from, what it is like, and a name for a new one."""

from collections.abc import Callable

import streamlit as st

from components.attempts import attempt, show_refused
from components.kept import kept
from components.notice import say_next
from components.who import who
from labeling.browse import RowFilter, RowSet
from labeling.counted import counted
from labeling.filter_words import filter_words
from labeling.project import Project
from labeling.row_slices import SliceStatistics
from labeling.table import accuracy_text, share

ALL_ROWS = "(all rows)"
"""What is chosen where no slice is."""
_PLACE = "slices"


def slice_choice(project: Project, key: str, *, width: int = 230) -> str | None:
    """Draw the choice of a saved slice; None for all rows. Without slices nothing is drawn."""
    names = [ALL_ROWS, *project.slices.names()]
    if len(names) == 1:
        return None
    chosen = st.selectbox(
        "Within the slice", names, key=kept(project, key, ALL_ROWS, names), width=width
    )
    return str(chosen) if chosen in names[1:] else None


def slice_rows(project: Project, name: str | None) -> RowSet | None:
    """Return the rows of a slice, None for all rows."""
    return None if name is None else project.slices.rows(name)


def slice_line(project: Project, name: str, edit: Callable[[], None]) -> None:
    """Draw what a slice keeps and its statistics, and buttons that `edit` it and take it away."""
    found, classes = project.slices.statistics(name), project.info().classes
    keeps = filter_words(project.slices.filter(name), classes) or "all rows"
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.text(
            f"{name}: {_figures(found)}\n{_balance(found, classes)}\nKeeps: {keeps}",
            width="stretch",
        )
        st.button(
            "Edit its filters",
            key="slice-edit",
            type="tertiary",
            help="Puts them into the fields above; save them under its name or another one",
            on_click=edit,
        )
        st.button(
            "Remove the slice",
            key="slice-remove",
            type="tertiary",
            help="Its rows stay; it can be brought back in the history",
            on_click=attempt,
            args=(_PLACE, _remove, project, name),
        )


def save_slice_form(
    project: Project, wanted: RowFilter, within: str | None, saved: Callable[[str], None]
) -> None:
    """Draw a field that gives the present filters a name; not within another slice.

    `saved` is told the name of a slice that was saved, in a callback.
    """
    key = _name_key(project)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Save these filters as a slice", key=key, width=260)
        st.button(
            "Save",
            key="slice-save",
            disabled=within is not None,
            help=f"Choose {ALL_ROWS} first: a slice is not part of another one" if within else None,
            on_click=attempt,
            args=(_PLACE, _save, project, wanted, saved),
        )
    show_refused(_PLACE)


def name_slice(project: Project, name: str) -> None:
    """Fill the field for the name of a slice, in a callback."""
    st.session_state[_name_key(project)] = name


def _figures(found: SliceStatistics) -> str:
    right = "no covered dev gold"
    if found.judged:
        accuracy = {
            "accuracy": found.accuracy,
            "accuracy_low": found.accuracy_low,
            "accuracy_high": found.accuracy_high,
            "gold": found.judged,
        }
        right = f"labels as dev gold {accuracy_text(accuracy)}"
    return (
        f"{counted(found.rows, 'row')} · {share(found.coverage)} covered · "
        f"{share(found.conflicts)} in conflict · {right} · {found.gold_rows:,} with dev gold"
    )


def _balance(found: SliceStatistics, classes: tuple[str, ...]) -> str:
    labelled = sum(found.balance)
    if not labelled:
        return "No row of it has a label."
    shares = (
        f"{name} {share(count / labelled)}"
        for name, count in zip(classes, found.balance, strict=True)
    )
    return "Labels: " + " · ".join(shares)


def _name_key(project: Project) -> str:
    return f"slice-name-{project.folder.name}"


def _save(project: Project, wanted: RowFilter, saved: Callable[[str], None]) -> None:
    name = str(st.session_state[_name_key(project)]).strip()
    project.slices.save(name, wanted, who())
    name_slice(project, "")
    saved(name)
    say_next(f"Saved the slice {name}.")


def _remove(project: Project, name: str) -> None:
    project.slices.remove(name, who())
