"""Settings: who may work here, and how this server runs other people's labeling functions."""

from components.isolation import isolation_panel
from components.people_panel import people_panel
from labeling.people.accounts import Accounts
from labeling.workspace import Workspace


def show(workspace: Workspace, accounts: Accounts | None = None) -> None:
    """Draw the page; without accounts nobody has to sign in."""
    isolation_panel(workspace)
    people_panel(accounts)
