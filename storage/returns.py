"""Which `return` of a Python function gave each answer of a run: packed bytes, in row order."""

import zlib

import numpy as np
import numpy.typing as npt

from labeling.runs import RunResult
from storage.database import Connection, Database

_QUICK = 1
"""Of zlib's levels: the numbers are few, so that trying harder gains little."""


def write(connection: Connection, result: RunResult) -> None:
    """Add the numbers of a run to those of its version, where they were asked for."""
    if result.returns is not None:
        packed = zlib.compress(result.returns.tobytes(), _QUICK)
        connection.execute(
            "INSERT INTO return_codes VALUES (?, ?, ?, ?)",
            [result.version, result.start, result.stop, packed],
        )


def return_codes(database: Database, version: str) -> npt.NDArray[np.uint8] | None:
    """Return the number of each row's return, uint8 (rows,); None unless all rows have theirs."""
    with database.reading() as cursor:
        stored = cursor.execute(
            "SELECT first_row, stop_row, packed FROM return_codes WHERE version = ?"
            " ORDER BY first_row",
            [version],
        ).fetchall()
        run = cursor.execute("SELECT rows FROM runs WHERE version = ?", [version]).fetchone()
    stops = [0, *(stop for _, stop, _ in stored)]
    is_whole = [first for first, _, _ in stored] == stops[:-1]
    if not stored or run is None or not is_whole or stops[-1] != run[0]:
        return None
    return np.frombuffer(b"".join(zlib.decompress(p) for _, _, p in stored), dtype=np.uint8)
