"""Hands what a test opened to the page that it runs in the same process."""

from pathlib import Path

from labeling.people.accounts import Accounts
from labeling.project import Project
from labeling.workspace import Workspace

project: Project | None = None
workspace: Workspace | None = None
accounts: Accounts | None = None
uploads: dict[str, Path] = {}
