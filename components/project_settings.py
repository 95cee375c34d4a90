"""Which project is open, and what its annotators are told."""

import pandas as pd
import streamlit as st

from components.attempts import attempt, show_refused
from components.palette import class_colors
from components.who import who
from labeling.counted import counted
from labeling.project import Project
from labeling.workspace import Workspace


def project_choice(workspace: Workspace, project: Project) -> None:
    """Draw the choice of project, and what the open one holds."""
    names = workspace.projects()
    current = project.folder.name
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        # The key names the open project: one opened elsewhere gets a box that shows it.
        key = f"data-project-{current}"
        st.selectbox(
            "Project",
            names,
            index=names.index(current),
            width=560,
            key=key,
            on_change=_open_chosen,
            args=(key,),
        )
        snapshot = project.snapshot()
        gold = int((snapshot.dev_gold >= 0).sum())
        test = int(snapshot.is_test.sum())
        st.text(
            f"{counted(snapshot.n_rows, 'row')}, {len(project.info().classes)} classes, "
            f"{gold:,} with dev gold, {test:,} locked away for test"
        )


def _open_chosen(key: str) -> None:
    chosen = str(st.session_state[key])
    st.session_state["project_name"] = chosen
    st.query_params["project"] = chosen
    st.session_state.pop("studio_function", None)


def class_settings(project: Project) -> None:
    """Draw classes with their colours, a field for one more, and the guidelines."""
    info = project.info()
    colors = class_colors(info.classes)
    table, guidelines = st.columns([1.2, 1], gap="large")
    with table:
        st.dataframe(
            pd.DataFrame({"number": range(len(info.classes)), "class": info.classes}).style.apply(
                lambda column: [f"color: {colors[name]}; font-weight: 600" for name in column],
                subset=["class"],
            ),
            hide_index=True,
            column_config={"number": st.column_config.NumberColumn(width=60)},
        )
        with st.form("add-class", clear_on_submit=True):
            field = f"data-new-class-{project.folder.name}"
            st.text_input("One more class", key=field)
            st.form_submit_button("Add", on_click=attempt, args=(field, _add_class, project, field))
        show_refused(field)
    with guidelines:
        _guidelines(project, info.guidelines)


def _guidelines(project: Project, saved: str) -> None:
    # What another person saves meanwhile gives the field another name: it shows the new text.
    field = f"data-guidelines-{project.folder.name}-{hash(saved)}"
    text = st.text_area("Guidelines for annotators", saved, height=420, key=field)
    st.button(
        "Save the guidelines",
        disabled=text == saved,
        on_click=attempt,
        args=("guidelines", _save_guidelines, project, field),
    )
    show_refused("guidelines")


def _add_class(project: Project, field: str) -> None:
    project.add_class(str(st.session_state[field]), who())


def _save_guidelines(project: Project, field: str) -> None:
    project.save_guidelines(str(st.session_state[field]), who())
    st.toast("Saved.")
