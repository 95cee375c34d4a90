"""The file a worker votes into: one byte per row, and one more that must stay as it is.

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

    def __init__(self, file: IO[bytes], n_rows: int) -> None:
        self._descriptor = file.fileno()
        self._n_rows = n_rows
        self._done = 0
        size = n_rows + 1
        for offset in range(0, size, BLOCK_BYTES):
            block = NOT_RUN_BYTE * min(BLOCK_BYTES, size - offset)
            os.pwrite(self._descriptor, block, offset)

    def rows_done(self) -> int:
        """Return how many rows were run so far; the next one is being run."""
        while self._done < self._n_rows:
            block = os.pread(self._descriptor, BLOCK_BYTES, self._done)
            run = block.find(NOT_RUN_BYTE)
            if run >= 0 or not block:
                self._done += max(run, 0)
                break
            self._done += len(block)
        self._done = min(self._done, self._n_rows)
        return self._done

    def read(self, n_classes: int) -> npt.NDArray[np.int8]:
        """Return the votes, int8 (n,); raise ProtocolError where they are none."""
        size = self._n_rows + 1
        if os.fstat(self._descriptor).st_size != size:
            raise ProtocolError("the votes file changed its size")
        content = bytearray()
        while block := os.pread(self._descriptor, BLOCK_BYTES, len(content)):
            content += block
        votes = np.frombuffer(content, dtype=np.int8)
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
