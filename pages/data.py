"""Data: choose or create a project, browse and search its rows, and name its classes."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from components.import_form import first_project_form, import_form, new_project_form
from components.project_settings import class_settings, project_choice
from components.rows_view import rows_view
from labeling.project import Project
from labeling.workspace import Workspace

UploadPath = Callable[[str], Path]
"""Where the file of an upload id lies."""


def show(workspace: Workspace, upload_path: UploadPath, project: Project | None) -> None:
    """Draw the page."""
    if project is None:
        first_project_form(workspace, upload_path)
        return
    project_choice(workspace, project)
    if not project.may("manage"):
        rows_view(project)
        return
    rows, classes, add, new = st.tabs(
        ["Rows", "Classes and guidelines", "Add rows", "New project"],
        # A project just created opens on its rows.
        key=f"data-tabs-{project.folder.name}",
        on_change="rerun",
    )
    if rows.open:
        with rows:
            rows_view(project)
    if classes.open:
        with classes:
            class_settings(project)
    if add.open:
        with add:
            import_form(workspace, upload_path, project)
    if new.open:
        with new:
            new_project_form(workspace, upload_path)
