"""The file that is read, the name it goes by in messages, and the limits it has to keep."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from labeling.errors import ImportFileError

MAX_CELL_MB = 10
MAX_CELL_BYTES = MAX_CELL_MB * 1024 * 1024
MAX_COLUMNS = 1_000


@dataclass(frozen=True)
class Source:
    """A file to import; `name` is shown where `path` is an upload's temporary name."""

    path: Path
    name: str

    @classmethod
    def of(cls, path: Path, file_name: str | None) -> "Source":
        """Return the source at a path.

        Raises:
            ImportFileError: it is a folder or not there, it cannot be read, or it is empty.
        """
        source = cls(path, file_name or path.name or str(path))
        if path.is_dir():
            raise source.refused("This is a folder, not a file.", remedy="Name a file in it.")
        if not path.is_file():
            raise source.refused("There is no such file.", remedy="Check the path.")
        try:
            empty = not source.first_bytes(1)
        except PermissionError:
            raise source.refused(
                "The file cannot be read.", remedy="Change its permissions."
            ) from None
        if empty:
            raise source.refused("The file is empty.", remedy="Choose a file with data.")
        return source

    @property
    def extension(self) -> str:
        """The end of the name that says its format, in lower case with its dot."""
        return Path(self.name).suffix.lower()

    def first_bytes(self, count: int) -> bytes:
        """Return the first bytes of the file."""
        with self.path.open("rb") as file:
            return file.read(count)

    def sha256(self) -> str:
        """Return the hash of the whole file, read in blocks."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def refused(
        self, what: str, *, place: str = "", choices: tuple[str, ...] = (), remedy: str = ""
    ) -> ImportFileError:
        """Return the error that names this file and a place in it, such as "line 7"."""
        where = f"{self.name}, {place}" if place else self.name
        return ImportFileError(what, where=where, choices=choices, remedy=remedy)
