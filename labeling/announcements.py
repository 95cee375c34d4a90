"""Says that there is a newer snapshot: at once, or together with what follows within a moment.

Every announcement makes every open page draw itself anew. A small change goes through several
snapshots within moments; people need to see the first of them only where no other one
follows.
"""

import logging
import threading
from collections.abc import Callable

Hears = Callable[[int], None]

log = logging.getLogger(__name__)

SOON_SECONDS = 0.15


class Announcements:
    """Hands versions to `publish`, the newest last. Used from any thread.

    `say` is told of those that only say what begins: nothing is drawn anew for them. None for
    either where nobody is to be told.
    """

    def __init__(self, publish: Hears | None, say: Hears | None) -> None:
        self._publish, self._say = publish, say
        self._lock = threading.Lock()
        self._version = self._announced = 0
        self._timer: threading.Timer | None = None

    def now(self, version: int) -> None:
        """Announce a version."""
        with self._lock:
            self._note(version)
            self._announce()

    def soon(self, version: int) -> None:
        """Announce a version within SOON_SECONDS, or in its place a newer one."""
        with self._lock:
            self._note(version)
            if self._timer is None and self._version > self._announced:
                self._timer = threading.Timer(SOON_SECONDS, self._time_is_up)
                self._timer.daemon = True
                self._timer.start()

    def say(self, version: int) -> None:
        """Say at once what begins with a version; it is still to be announced."""
        _tell(self._say, version)

    def close(self) -> None:
        """Announce what is still to be announced, and nothing after that."""
        with self._lock:
            self._announce()

    def _note(self, version: int) -> None:
        self._version = max(self._version, version)

    def _time_is_up(self) -> None:
        with self._lock:
            self._announce()

    def _announce(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._version == self._announced:
            return
        self._announced = self._version
        _tell(self._publish, self._version)


def _tell(hears: Hears | None, version: int) -> None:
    try:
        if hears is not None:
            hears(version)
    except Exception:  # the snapshot is there to be read; who is told of it decides nothing
        log.exception("version %d of the snapshot could not be announced", version)
