"""The file a worker votes into: one byte per row, and one more that must stay as it is.

Where returns are noted, as many bytes again follow: the number of the `return` of each row.

The server reads it with pread and never maps it: code in the worker could shorten the file, and a
mapped page that is gone would take the server with it. It is filled before the run, so that a
full disk is an error here and no crash there.
"""

import os
from typing import IO

import numpy as np
import numpy.typing as npt

from labeling.execution.protocol import ProtocolError
from labeling.execution.row_timer import NOT_RUN_BYTE
from labeling.runs import ERROR, NOT_RUN

BLOCK_BYTES = 1 << 20


class VotesFile:
    """The votes of one run, as the server sees them."""

    def __init__(self, file: IO[bytes], n_rows: int, *, notes: bool = False) -> None:
        self._descriptor = file.fileno()
        self._n_rows = n_rows
        self._done = 0
        self._votes_size = n_rows + 1
        self._size = self._votes_size * (2 if notes else 1)
        os.ftruncate(self._descriptor, self._size)
        self._fill(NOT_RUN_BYTE, 0, self._votes_size)
        self._fill(b"\0", self._votes_size, self._size)

    def rows_done(self) -> int:
        """Return how many rows were run so far; the next one is being run."""
        while self._done < self._n_rows:
            wanted = min(BLOCK_BYTES, self._n_rows - self._done)
            block = os.pread(self._descriptor, wanted, self._done)
            run = block.find(NOT_RUN_BYTE)
            if run >= 0 or not block:
                self._done += max(run, 0)
                break
            self._done += len(block)
        self._done = min(self._done, self._n_rows)
        return self._done

    def read(self, n_classes: int) -> npt.NDArray[np.int8]:
        """Return the votes, int8 (n,); raise ProtocolError where they are none."""
        size = self._votes_size
        if os.fstat(self._descriptor).st_size != self._size:
            raise ProtocolError("the votes file changed its size")
        votes = np.frombuffer(self._content(0, size), dtype=np.int8)
        if votes.shape != (size,) or votes[-1] != NOT_RUN:
            raise ProtocolError("the votes file was written past its end")
        votes = votes[:-1]
        valid = (votes >= ERROR) & (votes < n_classes)
        not_run = votes == NOT_RUN
        if not (valid | not_run).all():
            raise ProtocolError("the votes file holds what is no vote")
        if not_run.any() and not not_run[int(not_run.argmax()) :].all():
            raise ProtocolError("the votes file has gaps")
        return votes

    def read_notes(self) -> npt.NDArray[np.uint8]:
        """Return the noted numbers, uint8 (n,), whatever they are; only where notes were asked for.

        Raises:
            ProtocolError: the file was shortened.
        """
        content = self._content(self._votes_size, self._size)
        if len(content) != self._votes_size:
            raise ProtocolError("the votes file changed its size")
        return np.frombuffer(content, dtype=np.uint8)[:-1]

    def _fill(self, byte: bytes, start: int, stop: int) -> None:
        for offset in range(start, stop, BLOCK_BYTES):
            os.pwrite(self._descriptor, byte * min(BLOCK_BYTES, stop - offset), offset)

    def _content(self, start: int, stop: int) -> bytearray:
        content = bytearray()
        while block := os.pread(
            self._descriptor, min(BLOCK_BYTES, stop - start - len(content)), start + len(content)
        ):
            content += block
        return content
