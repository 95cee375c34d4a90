"""Settings: how this server runs other people's labeling functions."""

from components.isolation import isolation_panel
from labeling.workspace import Workspace


def show(workspace: Workspace) -> None:
    """Draw the page."""
    isolation_panel(workspace)
