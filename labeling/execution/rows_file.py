"""Reads a range of rows from a memory-mapped Arrow file, chunk by chunk."""

import mmap
from collections.abc import Iterator

import pyarrow as pa

from labeling.execution.row import Chunk

CHUNK_ROWS = 8192
COLUMN_CHUNK_ROWS = 65_536
"""Rows of a chunk whose columns are looked at as a whole."""


class RowsFile:
    """An Arrow IPC file of rows, open for reading; only the pages asked for are ever read."""

    def __init__(self, descriptor: int) -> None:
        mapped = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
        self._reader = pa.ipc.open_file(pa.BufferReader(pa.py_buffer(mapped)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._reader.schema.names)

    def table(self) -> pa.Table:
        """Return all rows; nothing is read before it is looked at."""
        return self._reader.read_all()

    def chunks(self, start: int, stop: int, most: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """Yield rows `start` to `stop` in order, at most so many at a time.

        A chunk's `first` counts from `start`.
        """
        batch_start = 0
        for number in range(self._reader.num_record_batches):
            if batch_start >= stop:
                return
            batch = self._reader.get_batch(number)
            low, high = max(start - batch_start, 0), min(stop - batch_start, batch.num_rows)
            for offset in range(low, high, most):
                rows = batch.slice(offset, min(most, high - offset))
                yield Chunk(rows, batch_start + offset - start)
            batch_start += batch.num_rows
