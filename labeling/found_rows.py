"""The rows that filters keep, each search made once for a snapshot however many pages are read."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from labeling import browse
from labeling.browse import RowFilter, RowPage, RowView
from labeling.per_snapshot import PerSnapshot
from labeling.row_query import Masks
from labeling.snapshot import Snapshot
from labeling.store import Store

_MOST_SEARCHES, _MOST_PAGES = 8, 64


class FoundRows:
    """Finds and reads the rows of a project."""

    def __init__(self, store: Store, snapshot: Callable[[], Snapshot], masks: Masks) -> None:
        self._store = store
        self._snapshot = snapshot
        self._masks = masks
        self._found = PerSnapshot(self._matching, _MOST_SEARCHES)
        self._pages = PerSnapshot(self._page, _MOST_PAGES)

    def ids(self, wanted: RowFilter) -> npt.NDArray[np.int64]:
        """Return the ids of the rows that `wanted` keeps, in its order."""
        return self._found.get(self._snapshot(), wanted)

    def page(self, wanted: RowFilter, offset: int, limit: int) -> RowPage:
        """Return one page of the rows that `wanted` keeps, in its order."""
        return self._pages.get(self._snapshot(), (wanted, offset, limit))

    def rows(self, row_ids: Sequence[int]) -> tuple[RowView, ...]:
        """Return these rows, in this order."""
        wanted = np.asarray(row_ids, dtype=np.int64)
        return browse.row_views(self._store, self._snapshot(), wanted)

    def _matching(self, snapshot: Snapshot, wanted: RowFilter) -> npt.NDArray[np.int64]:
        return browse.matching_rows(self._store, snapshot, wanted, self._masks)

    def _page(self, snapshot: Snapshot, wanted: tuple[RowFilter, int, int]) -> RowPage:
        row_filter, offset, limit = wanted
        row_ids = self._found.get(snapshot, row_filter)
        return browse.read_page(self._store, snapshot, row_ids, offset, limit)
