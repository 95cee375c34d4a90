"""A rows file, an executor, and the one way these tests run a function."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from labeling.execution.isolation import BARE_LAYERS, IsolationSettings
from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.runs import Job, Limits, RunResult

CLASSES = ("ham", "spam")
N_ROWS = 20_000
QUICK = Limits(row_seconds=0.2, run_seconds=30, memory_mb=512)


def text_of(row_id: int) -> str | None:
    """Return the text of a row; some have none."""
    texts = ["Check out http://x.y", "what a nice song", None, "Größe free", "FREE money"]
    text = texts[row_id % 5]
    return text and f"{text} {row_id}"


def write_rows(path: Path, n_rows: int) -> Path:
    """Write rows with text, numbers, dates and odd column names, in several batches."""
    table = pa.table(
        {
            "row_id": pa.array(range(n_rows), pa.int64()),
            "text": [text_of(i) for i in range(n_rows)],
            "n": pa.array(range(n_rows), pa.int64()),
            "likes of": [i % 7 for i in range(n_rows)],
            "keys": ["k"] * n_rows,
            "_hidden": ["h"] * n_rows,
        }
    )
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table, max_chunksize=6_000)
    return path


@pytest.fixture(scope="session")
def rows_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rows file of all tests here."""
    return write_rows(tmp_path_factory.mktemp("rows") / "rows.arrow", N_ROWS)


@pytest.fixture(scope="session")
def executor() -> Iterator[LocalExecutor]:
    """An executor with its processes warm."""
    with LocalExecutor(workers=2) as executor:
        yield executor


Run = Callable[..., RunResult]


@pytest.fixture(scope="session")
def bare_executor() -> Iterator[LocalExecutor]:
    """An executor as on a system that can lock nothing up."""
    with LocalExecutor(workers=1, isolation=IsolationSettings(layers=BARE_LAYERS)) as executor:
        yield executor


@pytest.fixture
def run(executor: LocalExecutor, rows_path: Path) -> Run:
    """Run a source over some rows: `run(source, rows=10, start=0, limits=..., kind="python")`."""
    return running(executor, rows_path)


@pytest.fixture
def bare_run(bare_executor: LocalExecutor, rows_path: Path) -> Run:
    """Run a source that nothing but the limits and the server hold back."""
    return running(bare_executor, rows_path)


def running(executor: LocalExecutor, rows_path: Path) -> Run:
    """Return a function that runs a source in an executor."""

    def run_source(
        source: str,
        rows: int = 10,
        start: int = 0,
        limits: Limits = QUICK,
        kind: str = "python",
        name: str = "f",
        classes: tuple[str, ...] = CLASSES,
    ) -> RunResult:
        function = LabelingFunction(name, kind, source)
        return executor.run(Job(function, classes, rows_path, start, start + rows, limits))

    return run_source
