"""The Arrow file of all rows that workers map, in the project's cache."""

from pathlib import Path

from labeling.store import Store


class RowsCache:
    """Writes the rows to a file when somebody asks for it and it is not there."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder

    def file(self) -> Path:
        """Return the file of all rows as they are now.

        It is named after what decides its content: a copy of other rows is never taken for it.
        """
        while True:
            stamp = self._store.rows_stamp()
            path = self._folder / f"rows-{stamp}.arrow"
            if path.exists():
                return path
            self._folder.mkdir(parents=True, exist_ok=True)
            for outdated in self._folder.glob("rows-*.arrow"):
                outdated.unlink(missing_ok=True)
            self._store.write_arrow(path)
            if self._store.rows_stamp() == stamp:
                return path
            path.unlink()  # rows were imported while it was written
