"""What every visit runs: which project, which pages, then the page that was asked for."""

from functools import partial

import streamlit as st

from components.look import DENSE
from components.notice import show_notice
from labeling.project import Project
from labeling.workspace import Workspace
from pages import annotate, dashboard, data, export, history, review, settings, studio
from web.services import Services, services

# The pages that need an open project; the address is the title in lower case.
_VIEWS = {
    "Studio": studio.show,
    "Annotate": annotate.show,
    "Review": review.show,
    "Dashboard": dashboard.show,
    "Export": export.show,
    "History": history.show,
}


def main() -> None:
    """Choose the project and run the page."""
    st.set_page_config(page_icon="🏷️", layout="wide")
    st.html(DENSE)
    shared = services()
    project = _chosen_project(shared.workspace)
    pages = _pages(shared, project)
    start = pages[0] if project is None else pages[1]
    page = st.navigation([_front_door(start), *pages], position="top")
    name = [project.folder.name] if project is not None else []
    st.set_page_config(page_title=" · ".join([page.title, *name, "Labelwright"]))
    if project is not None:
        st.text(f"Project {project.folder.name}")
    page.run()
    show_notice()


def _chosen_project(workspace: Workspace) -> Project | None:
    """Return the project that the address names, else the one last seen, else the first."""
    names = workspace.projects()
    if not names:
        return None
    wishes = (st.query_params.get("project"), st.session_state.get("project_name"))
    chosen = next((name for name in wishes if name in names), names[0])
    st.session_state["project_name"] = chosen
    if "project" in st.query_params:
        st.query_params["project"] = chosen
    return workspace.open(chosen)


def _pages(shared: Services, project: Project | None) -> list[st.Page]:
    pages = [
        st.Page(
            partial(data.show, shared.workspace, shared.uploads.path, project),
            title="Data",
            url_path="data",
        )
    ]
    if project is not None:
        pages += [
            st.Page(partial(view, project), title=title, url_path=title.lower())
            for title, view in _VIEWS.items()
        ]
    pages.append(
        st.Page(partial(settings.show, shared.workspace), title="Settings", url_path="settings")
    )
    return pages


def _front_door(start: st.Page) -> st.Page:
    """The bare address leads on, so that every page has an address of its own."""
    return st.Page(
        partial(st.switch_page, start),
        title="Labelwright",
        url_path="start",
        default=True,
        visibility="hidden",
    )


main()
