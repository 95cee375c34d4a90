"""A folder of projects: list, create and open them."""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from labeling.class_names import valid_classes
from labeling.errors import ProjectError
from labeling.execution import Executor
from labeling.execution.isolation import IsolationReport
from labeling.project import Project
from labeling.snapshot import Snapshot
from labeling.store import ImportPlan, ImportReport, Opener, Preview, Progress, ProjectInfo

DATABASE_NAME = "project.duckdb"
SAMPLE_NAME = "support-messages"
_REPOSITORY = Path(__file__).resolve().parent.parent


def projects_folder() -> Path:
    """Return the folder whose projects the app shows: LABELWRIGHT_PROJECTS, or ./projects."""
    return Path(os.environ.get("LABELWRIGHT_PROJECTS") or _REPOSITORY / "projects").resolve()


def create_project(
    folder: Path,
    opener: Opener,
    info: ProjectInfo,
    plan: ImportPlan,
    progress: Progress | None = None,
) -> ImportReport:
    """Create a project with the rows of one file in it, whole or not at all."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProjectError(
            "There is something at this place already.",
            where=str(folder),
            remedy="Choose another name, or remove what is there.",
        )
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        store = opener.create(unfinished, info)
        try:
            report = store.import_rows(plan, progress)
        finally:
            store.close()
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return report


class Workspace:
    """The projects of one folder, each opened once and kept fresh in the background.

    `publish(project, snapshot)` is told of every new snapshot, `say(project, snapshot)` of one that
    only says what begins, and `tell(topic, number)` of what concerns one session alone. `only`
    limits the workspace to one project. `make_sample` makes the sample project in a folder that is
    not there yet; without it none is offered.
    """

    def __init__(
        self,
        folder: Path,
        opener: Opener,
        executor: Executor,
        publish: Callable[[str, Snapshot], None] | None = None,
        tell: Callable[[str, int], None] | None = None,
        say: Callable[[str, Snapshot], None] | None = None,
        only: str | None = None,
        make_sample: Callable[[Path], None] | None = None,
    ) -> None:
        self.folder = folder
        self.only = only
        self._make_sample = make_sample
        self._opener = opener
        self._executor = executor
        self._publish = publish or (lambda project, snapshot: None)
        self._tell = tell or (lambda topic, number: None)
        self._say = say or (lambda project, snapshot: None)
        self._open: dict[str, Project] = {}
        self._lock = threading.RLock()

    def projects(self) -> tuple[str, ...]:
        """Return the names of the projects that are there, sorted."""
        if self.only is not None:
            return (self.only,)
        return project_names(self.folder)

    def open(self, name: str) -> Project:
        """Return a project, opened and kept fresh in the background."""
        with self._lock:
            if name not in self._open:
                check_project_name(name, self.projects())
                folder = self.folder / name
                project = Project(
                    folder,
                    self._opener.open(folder),
                    self._executor,
                    publish=lambda _version: self._publish(name, project.snapshot()),
                    tell=lambda session, number: self._tell(topic(name, session), number),
                    say=lambda _version: self._say(name, project.snapshot()),
                )
                project.start()
                self._open[name] = project
            return self._open[name]

    def preview(self, path: Path, file_name: str | None = None) -> Preview:
        """Say what an import of this file would understand."""
        return self._opener.preview(path, file_name)

    def create(
        self,
        name: str,
        classes: tuple[str, ...],
        plan: ImportPlan,
        progress: Progress | None = None,
    ) -> Project:
        """Create a project with the rows of one file, and open it."""
        name = valid_project_name(name)
        if self.only is not None:
            raise ProjectError(
                "This server shows one project only.",
                remedy="Start the app without a project to create another.",
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        info = ProjectInfo(name, valid_classes(classes), plan.text_column, plan.id_column)
        create_project(self.folder / name, self._opener, info, plan, progress)
        return self.open(name)

    @property
    def offers_sample(self) -> bool:
        """Whether `create_sample` would make a project."""
        return self._make_sample is not None and self.only is None

    def create_sample(self) -> Project:
        """Create the sample project where it is not there yet, and open it."""
        with self._lock:
            if SAMPLE_NAME not in self.projects():
                if self._make_sample is None or self.only is not None:
                    raise ProjectError("This server offers no sample project.")
                self._make_sample(self.folder / SAMPLE_NAME)
            return self.open(SAMPLE_NAME)

    def isolation(self) -> IsolationReport:
        """Return how the processes that run labeling functions are locked up."""
        return self._executor.isolation()

    def close(self) -> None:
        """Close every open project and end the workers."""
        with self._lock:
            for project in self._open.values():
                project.close()
            self._open.clear()
            self._executor.close()


def project_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the projects in a folder, sorted."""
    found = (path.parent.name for path in folder.glob(f"*/{DATABASE_NAME}"))
    return tuple(sorted(name for name in found if not name.startswith(".")))


def check_project_name(name: str, names: tuple[str, ...]) -> None:
    """Raise ProjectError where a project is not one of these."""
    if name not in names:
        raise ProjectError(f"There is no project {name!r}.", choices=list(names))


def topic(project: str, session: str) -> str:
    """Return under which name what concerns one session alone is published; it is no project's."""
    return f"{project}/{session}"


def valid_project_name(name: str) -> str:
    """Return a name that can be a folder everywhere, or say what is wrong with it."""
    cleaned = name.strip()
    allowed = cleaned.replace("-", "").replace("_", "").replace(" ", "")
    if not allowed.isalnum() or len(cleaned) > 80:
        raise ProjectError(
            f"{name!r} cannot name a project.",
            remedy="Use up to 80 letters, digits, spaces, - and _.",
        )
    return cleaned
