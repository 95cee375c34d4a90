"""Which rows to annotate next: a sampler, and for "search" what to search for."""

import streamlit as st

from components.annotation_queue import WantedRows
from components.kept import kept
from components.slice_bar import slice_choice, slice_rows
from labeling.browse import RowFilter
from labeling.project import Project
from labeling.sampling import SAMPLERS
from labeling.store import TextSearch


def wanted_rows(project: Project) -> WantedRows:
    """Draw the choice of a sampler, and the search of the one that searches."""
    sampler = str(
        st.selectbox(
            "Which rows next",
            list(SAMPLERS),
            key="annotate-sampler",
            help="\n".join(f"- {name}: {one.reason}" for name, one in SAMPLERS.items()),
            width=200,
        )
    )
    return WantedRows(sampler, _search(project) if sampler == "search" else None)


def _search(project: Project) -> RowFilter | None:
    """Draw what to search for; None until there is something."""
    query = st.text_input(
        "Rows that contain",
        key=kept(project, "annotate-query", ""),
        placeholder="Text or slice to draw rows from",
        width=260,
    )
    regex = st.toggle("Regex", key=kept(project, "annotate-regex", default=False))
    # Slices are made of votes and labels too, which only some roles see.
    within = slice_choice(project, "annotate-within") if project.may("see") else None
    if not query and within is None:
        return None
    return RowFilter(
        search=TextSearch(query, regex=regex) if query else None,
        only=slice_rows(project, within),
    )
