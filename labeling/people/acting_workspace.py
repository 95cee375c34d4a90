"""A workspace as one person may use it: only the projects that are for them, with their roles."""

from pathlib import Path
from typing import Any

from labeling.errors import NotAllowed
from labeling.people.acting import REQUIRES, SignedIn, acting_project, check_allowed
from labeling.project import Project
from labeling.store import ImportPlan, Preview, Progress
from labeling.workspace import Workspace, check_project_name


class ActingWorkspace(Workspace):
    """The projects of a workspace as one person may use them."""

    def __init__(self, workspace: Workspace, signed_in: SignedIn) -> None:
        """Stand before a workspace; `close` is left to the server."""
        self._behind, self._signed_in = workspace, signed_in
        self.folder, self.only = workspace.folder, workspace.only

    def projects(self) -> tuple[str, ...]:
        """Return the names of the projects that this person may open, sorted."""
        account = check_allowed(self._signed_in, REQUIRES["info"])
        return tuple(name for name in self._behind.projects() if account.may_open(name))

    def open(self, name: str) -> Project:
        """Return a project as this person may use it."""
        # One that is not for this person is like one that is not there.
        check_project_name(name, self.projects())
        return acting_project(self._behind.open(name), self._signed_in)

    def preview(self, path: Path, file_name: str | None = None) -> Preview:
        """Say what an import of this file would understand."""
        check_allowed(self._signed_in, REQUIRES["import_rows"])
        return self._behind.preview(path, file_name)

    def create(
        self,
        name: str,
        classes: tuple[str, ...],
        plan: ImportPlan,
        progress: Progress | None = None,
    ) -> Project:
        """Create a project with the rows of one file, and open it."""
        check_allowed(self._signed_in, REQUIRES["import_rows"])
        return acting_project(self._behind.create(name, classes, plan, progress), self._signed_in)

    @property
    def offers_sample(self) -> bool:
        """Whether `create_sample` would make a project."""
        return self._behind.offers_sample

    def create_sample(self) -> Project:
        """Create the sample project where it is not there yet, and open it."""
        check_allowed(self._signed_in, REQUIRES["import_rows"])
        return acting_project(self._behind.create_sample(), self._signed_in)

    def isolation(self) -> Any:
        """Return how the processes that run labeling functions are locked up."""
        check_allowed(self._signed_in, REQUIRES["isolation"])
        return self._behind.isolation()

    def close(self) -> None:
        """Refuse: the server closes its projects, no person does."""
        raise NotAllowed("Only the server closes its projects.")
