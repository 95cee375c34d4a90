"""Folders in the temporary folder that are to be gone when the process is that made them.

A process that is killed removes nothing. Each folder is locked by its maker, and the system takes
the lock away with the process: whoever finds a folder without one may remove it.
"""

import fcntl
import os
import shutil
import tempfile
import time
from contextlib import suppress
from itertools import chain
from pathlib import Path

PREFIXES = ("labelwright-worker-", "labelwright-check-")
_NEW_SECONDS = 60.0
"""A folder is made a moment before it is locked."""


class ScratchFolder:
    """A new folder, nobody else's; it is removed by `remove`, or after the end of this process."""

    def __init__(self, prefix: str = PREFIXES[0]) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=prefix))
        self._lock = _locked(self.path)

    def __enter__(self) -> Path:
        """Return the folder's path; it is removed at the end of the block."""
        return self.path

    def __exit__(self, *_: object) -> None:
        """Remove it."""
        self.remove()

    def remove(self) -> None:
        """Remove the folder and what is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def remove_left_behind(new_seconds: float = _NEW_SECONDS) -> None:
    """Remove the folders of processes that have ended, but none made in the last `new_seconds`."""
    folder = Path(tempfile.gettempdir())
    for path in chain.from_iterable(folder.glob(f"{prefix}*") for prefix in PREFIXES):
        with suppress(OSError):  # it was removed meanwhile, or is somebody else's
            if time.time() - path.lstat().st_mtime < new_seconds or path.is_symlink():
                continue
            lock = _locked(path)
            if lock is not None:
                shutil.rmtree(path, ignore_errors=True)
                os.close(lock)


def _locked(path: Path) -> int | None:
    """Lock a folder; None where another process has, or where the system has no such locks."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
