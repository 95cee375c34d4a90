"""Settings: what annotators see, who may work here, and how other people's functions are run."""

from components.annotation_settings import annotation_settings
from components.isolation import isolation_panel
from components.people_panel import people_panel
from labeling.people.accounts import Accounts
from labeling.project import Project
from labeling.workspace import Workspace


def show(
    workspace: Workspace, accounts: Accounts | None = None, project: Project | None = None
) -> None:
    """Draw the page; without accounts nobody has to sign in."""
    annotation_settings(project)
    isolation_panel(workspace)
    people_panel(accounts, workspace.projects() if accounts is not None else ())
