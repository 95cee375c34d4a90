"""What every visit runs: who is there, which project, which pages, then the page asked for."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.account_line import first_line
from components.look import DENSE
from components.notice import show_notice
from components.who import signed_in_as
from labeling.people.account_store import Account
from labeling.people.accounts import Accounts
from labeling.people.acting import acting_accounts
from labeling.people.acting_workspace import ActingWorkspace
from labeling.people.roles import ACTIONS, Action, allowed
from labeling.project import Project
from labeling.workspace import Workspace
from pages import annotate, dashboard, data, export, history, review, settings, studio
from web.gate import COOKIE, signed_in_with
from web.services import Services, services

# The pages that need an open project, each with the action that opens it. The address is the title
# in lower case.
_View = tuple[Action, Callable[[Project], None]]
_VIEWS: dict[str, _View] = {
    "Studio": ("write functions", studio.show),
    "Annotate": ("annotate", annotate.show),
    "Review": ("review", review.show),
    "Dashboard": ("see", dashboard.show),
    "Export": ("export", export.show),
    "History": ("see", history.show),
}


def main() -> None:
    """Choose the project and run the page."""
    st.set_page_config(page_icon="🏷️", layout="wide")
    st.html(DENSE)
    shared = services()
    accounts = shared.people.accounts()
    if accounts is None:
        _run(shared, None, None, shared.workspace)
        return
    token = st.context.cookies.get(COOKIE, "")
    account = signed_in_with(shared.people.accounts, token)
    if account is None:
        st.text("You are not signed in any more. Reload the page to sign in.")
        return
    signed_in_as(account.name)
    signed_in = partial(signed_in_with, shared.people.accounts, token)
    workspace = ActingWorkspace(shared.workspace, signed_in)
    _run(shared, acting_accounts(accounts, signed_in), account, workspace)


def _run(
    shared: Services, accounts: Accounts | None, account: Account | None, workspace: Workspace
) -> None:
    may = frozenset(ACTIONS) if account is None else allowed(account.roles)
    project = _chosen_project(workspace)
    pages = _pages(shared, accounts, workspace, project, may)
    if not pages:
        first_line(None, account)
        limited = account is not None and account.projects is not None
        none_there = "There is no project yet. An admin can create one."
        st.text("No project is open to you. Ask an admin for access." if limited else none_there)
        return
    beyond_data = project is not None and pages[0].title == "Data" and len(pages) > 1
    page = st.navigation([_front_door(pages[int(beyond_data)]), *pages], position="top")
    name = [project.folder.name] if project is not None else []
    st.set_page_config(page_title=" · ".join([page.title, *name, "Labelwright"]))
    first_line(name[0] if name else None, account)
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


def _pages(
    shared: Services,
    accounts: Accounts | None,
    workspace: Workspace,
    project: Project | None,
    may: frozenset[Action],
) -> list[st.Page]:
    """Return the pages that somebody may open; the core refuses what they offer beyond that."""
    pages = []
    if "manage" in may or (project is not None and "see" in may):
        show = partial(data.show, workspace, shared.uploads.path, project)
        pages.append(st.Page(show, title="Data", url_path="data"))
    if project is not None:
        with_people: _View = ("review", partial(review.show, accounts=accounts))
        pages += [
            st.Page(partial(view, project), title=title, url_path=title.lower())
            for title, (action, view) in {**_VIEWS, "Review": with_people}.items()
            if action in may
        ]
    if "manage" in may:
        show_settings = partial(settings.show, workspace, accounts, project)
        pages.append(st.Page(show_settings, title="Settings", url_path="settings"))
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
