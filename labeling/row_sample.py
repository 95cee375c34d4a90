"""Some of a project's rows in a file that workers map like the one of all rows: a random sample.

Rows often come sorted, so the first thousand say little of the others. The sample is drawn once:
any number of its first rows is a random sample as well.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import numpy as np
import numpy.typing as npt
import pyarrow as pa

TAKEN_ROWS = 8_192
SEED = 20_261


def sampled_rows(rows_path: Path, n_rows: int, count: int) -> tuple[Path, npt.NDArray[np.int64]]:
    """Return a file of `count` of the rows in `rows_path`, and their ids in its order, int64.

    The file is written where it is not there; like that of all rows it is named after its content.
    """
    row_ids = sampled_ids(n_rows, count)

    def taken(rows: pa.Table) -> Iterator[pa.Table]:
        for start in range(0, row_ids.size, TAKEN_ROWS):
            yield rows.take(pa.array(row_ids[start : start + TAKEN_ROWS]))

    path = rows_path.with_name(f"{rows_path.stem}-sample-{count}.arrow")
    return _written(rows_path, path, taken), row_ids


def picked_rows(rows_path: Path, row_ids: npt.NDArray[np.int64]) -> Path:
    """Return a file of these few rows of `rows_path`, in this order; it is named after them."""
    named = sha256(row_ids.tobytes()).hexdigest()[:16]
    path = rows_path.with_name(f"{rows_path.stem}-{named}.arrow")
    # `take` would copy all rows first.
    return _written(rows_path, path, lambda rows: (rows.slice(row, 1) for row in row_ids.tolist()))


@lru_cache(maxsize=8)
def sampled_ids(n_rows: int, count: int) -> npt.NDArray[np.int64]:
    """Return `count` different row ids of 0..n_rows-1 in random order, the same at each call."""
    row_ids = np.random.default_rng(SEED).permutation(n_rows)[:count]
    row_ids.flags.writeable = False
    return row_ids


def _written(rows_path: Path, path: Path, parts: Callable[[pa.Table], Iterable[pa.Table]]) -> Path:
    """Return `path` after the parts of all rows were written to it, where it was not there."""
    if not path.exists():
        unfinished = path.with_suffix(f".{uuid4().hex}")
        try:
            with pa.memory_map(str(rows_path)) as mapped:
                rows = pa.ipc.open_file(mapped).read_all()
                with (
                    pa.OSFile(str(unfinished), "wb") as file,
                    pa.ipc.new_file(file, rows.schema) as writer,
                ):
                    for part in parts(rows):
                        writer.write_table(part)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    return path
