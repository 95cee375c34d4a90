"""Hands what a test opened to the page that it runs in the same process."""

from pathlib import Path

from labeling.project import Project
from labeling.workspace import Workspace

project: Project | None = None
workspace: Workspace | None = None
uploads: dict[str, Path] = {}
