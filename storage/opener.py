"""Opening and creating project folders: PROJECT/project.duckdb, its journal and PROJECT/cache/."""

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from labeling.errors import ProjectError
from labeling.store import Preview, ProjectInfo, Store
from storage import migrations, project
from storage.database import DATABASE, Database
from storage.importing import preview_file
from storage.store import DuckDBStore

_UNFINISHED = ".creating-"


class DuckDBOpener:
    """Implements `labeling.store.Opener`."""

    def open(self, folder: Path) -> Store:
        """Open the project in `folder`.

        Raises:
            ProjectError: there is none, another process has it open, it is damaged, or a newer
                version of Labelwright made it.
        """
        path = folder / DATABASE
        if not path.is_file():
            raise ProjectError(
                "There is no project in this folder.",
                where=str(folder),
                remedy="Check the path, or create a project there.",
            )
        database = Database(path)
        try:
            migrations.migrate(database)
            database.mark_writes()
            return DuckDBStore(database, folder)
        except BaseException:
            database.close()
            raise

    def create(self, folder: Path, info: ProjectInfo) -> Store:
        """Create a project in `folder`, which is made when it is missing.

        The database gets its name only when it is complete, so an interrupted creation leaves
        no project.

        Raises:
            ProjectError: there is a project already, or the folder cannot be written.
        """
        made_here = not folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _refuse_existing(folder)
            _make_database(folder, info)
        except OSError as error:
            raise _cannot_create(folder, error) from error
        finally:
            if made_here and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        return self.open(folder)

    def preview(self, path: Path, file_name: str | None = None) -> Preview:
        """Read a file and say what an import would understand.

        Raises:
            ImportFileError: the file cannot be read as it stands.
        """
        return preview_file(path, file_name)


def _make_database(folder: Path, info: ProjectInfo) -> None:
    workplace = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    try:
        with closing(Database(workplace / DATABASE)) as database:
            migrations.prepare(database)
            migrations.migrate(database)
            project.save_info(database, info)
        _refuse_existing(folder)
        (workplace / DATABASE).rename(folder / DATABASE)
    finally:
        shutil.rmtree(workplace)


def _refuse_existing(folder: Path) -> None:
    if (folder / DATABASE).exists():
        raise ProjectError(
            "There is a project in this folder already.",
            where=str(folder),
            remedy="Open it, or choose another folder.",
        )


def _cannot_create(folder: Path, error: OSError) -> ProjectError:
    return ProjectError(
        f"The project could not be created: {error.strerror}.",
        where=str(folder),
        remedy="Choose a folder you may write to, on a disk with free space.",
    )
