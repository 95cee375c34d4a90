"""Measures what the worker's lock-down stops, layer by layer, and what it costs.

    python benchmarks/sandbox.py [ROWS]

Prints the time of two functions over ROWS rows (default 1,000,000) next to the same function in
this process, a warm preview of 200 rows, and the time from cancelling a run that loops to the end
of the next preview. Then one line for each attack: does it succeed with limits only, with Landlock,
with seccomp, with both, and in bubblewrap?
"""

import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.run_functions import CLASSES, write_rows
from labeling.errors import Cancelled
from labeling.execution.isolation import BARE_LAYERS, IsolationSettings, isolation_settings
from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.runs import Job, Limits
from tests.labeling.execution.hostile.attack import victim_in
from tests.labeling.execution.hostile.reaching_out import REACHING_OUT

ATTACKS = (
    *("read /etc/passwd", "read the database", "write the database", "delete the database"),
    *("chmod of the database", "utime of the database", "setxattr of the database"),
    *("TCP", "UDP", "unix socket", "abstract unix socket", "netlink", "io_uring"),
    *("kill the server", "kill by a pipe", "limits of the server", "renice the server"),
    *("affinity of the server", "environment of the server", "fork", "exec", "exec from memory"),
)
LAYERS = {
    "limits only": IsolationSettings(layers=BARE_LAYERS),
    "Landlock": IsolationSettings(layers=(*BARE_LAYERS, "privileges", "landlock")),
    "seccomp": IsolationSettings(layers=(*BARE_LAYERS, "privileges", "seccomp")),
    "all": IsolationSettings(),
    "in bwrap": isolation_settings({"LABELWRIGHT_LF_ISOLATION": "bwrap"}),
}
LIMITS = Limits(row_seconds=1.0, run_seconds=20)
PREVIEW_ROWS = 200
REPEATS = 20

IN = "def f(x):\n    return 'spam' if 'subscribe' in x.text else None\n"
REGEX = (
    "import re\n"
    "def f(x):\n"
    "    return 'spam' if re.search(r'(subscribe|my\\s+channel|check\\s+\\w+)', x.text, re.I) "
    "else None\n"
)
LOOP = "def f(x):\n    while True: pass\n"


def main() -> None:
    """Run the benchmark."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="lw-") as folder:
        path = Path(folder) / "rows.arrow"
        write_rows(path, rows)
        overhead(path, rows)
        with LocalExecutor(workers=2) as executor:
            previews(executor, path)
        attacks(path, Path(folder))  # last, because those that succeed slow this process down


def attacks(rows_path: Path, folder: Path) -> None:
    """Print which attack gets through which layers; every attack is aimed at its own victim."""
    shown = [name for name in LAYERS if name != "in bwrap" or shutil.which("bwrap")]
    outcomes: dict[str, list[str]] = {name: [] for name in ATTACKS}
    for layers in shown:
        with LocalExecutor(workers=2, isolation=LAYERS[layers]) as executor:
            for name in ATTACKS:
                outcomes[name].append(_outcome(executor, name, rows_path, folder))
    print(f"\n| attack | {' | '.join(shown)} |\n|---|{'---|' * len(shown)}")
    for name, row in outcomes.items():
        print(f"| {name} | {' | '.join(row)} |")


def _outcome(executor: LocalExecutor, name: str, rows_path: Path, folder: Path) -> str:
    """Return whether a function did what it is named for: then it votes."""
    attack = next(attack for attack in REACHING_OUT if attack.name == name)
    with tempfile.TemporaryDirectory(dir=folder) as place, victim_in(Path(place)) as victim:
        function = LabelingFunction("f", "python", attack.source(victim))
        result = executor.run(Job(function, CLASSES, rows_path, 0, 1, LIMITS))
    succeeded = result.votes[0] == 1 or "exit code 0" in (result.failure or "")
    return "succeeds" if succeeded else "blocked"


def overhead(path: Path, rows: int) -> None:
    """Print how long two functions take in a worker and in this process, votes compared.

    Both read the same file of rows. "Loop alone" is what the plain loop takes once the texts are
    Python strings; to make them so is no cost of the sandbox, but part of every run.
    """
    print("\n| function | worker | in this process | ratio | of it loop alone |")
    print("|---|--:|--:|--:|--:|")
    with LocalExecutor(workers=1) as executor:
        for name, source in {"`in`": IN, "regex": REGEX}.items():
            job = Job(LabelingFunction("f", "python", source), CLASSES, path, 0, rows)
            executor.isolation()
            time.sleep(1)
            worker, bare, loop = [], [], []
            for _ in range(5):
                began = time.perf_counter()
                votes = executor.run(job).votes
                worker.append(time.perf_counter() - began)
                began = time.perf_counter()
                texts = _texts(path)
                read = time.perf_counter()
                expected = _in_process(source, texts)
                bare.append(time.perf_counter() - began)
                loop.append(time.perf_counter() - read)
                assert np.array_equal(votes, expected)
            ratio = min(worker) / min(bare)
            print(
                f"| {name} | {min(worker):.2f} s | {min(bare):.2f} s | {ratio:.2f} "
                f"| {min(loop):.2f} s |"
            )


def _texts(path: Path) -> list[str]:
    """Return the texts of a file of rows as Python strings."""
    with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as reader:
        batches = [reader.get_batch(i) for i in range(reader.num_record_batches)]
        return [text for batch in batches for text in batch.column("text").to_pylist()]


class _Row:
    """A row with one attribute, as simple as it gets."""

    __slots__ = ("text",)
    text: str


def _in_process(source: str, texts: list[str]) -> list[int]:
    """Call the function on every row, as a plain loop without a worker does."""
    names: dict[str, Callable[[_Row], str | None]] = {}
    exec(source, names)  # noqa: S102 - our own two sources
    vote, row, codes = names["f"], _Row(), {"ham": 0, "spam": 1, None: -1}
    votes = []
    for text in texts:
        row.text = text
        votes.append(codes[vote(row)])
    return votes


def previews(executor: LocalExecutor, path: Path) -> None:
    """Print how long a warm preview takes, and one right after a run that was cancelled."""
    preview = Job(LabelingFunction("f", "python", IN), CLASSES, path, 0, PREVIEW_ROWS)
    loop = replace(preview, function=LabelingFunction("f", "python", LOOP))
    warm, after_cancel = [], []
    for _ in range(REPEATS):
        time.sleep(1)
        warm.append(_seconds(lambda: executor.run(preview)))
        time.sleep(1)
        after_cancel.append(_cancel_and_preview(executor, loop, preview))
    print("\n| | median | slowest |\n|---|--:|--:|")
    for name, seconds in {
        f"warm preview of {PREVIEW_ROWS} rows": warm,
        "cancel to new preview": after_cancel,
    }.items():
        median = 1000 * statistics.median(seconds)
        print(f"| {name} | {median:.0f} ms | {1000 * max(seconds):.0f} ms |")


def _cancel_and_preview(executor: LocalExecutor, loop: Job, preview: Job) -> float:
    cancelled = threading.Event()

    def run_until_cancelled() -> None:
        try:
            executor.run(loop, cancelled=cancelled)
        except Cancelled:
            return

    running = threading.Thread(target=run_until_cancelled)
    running.start()
    time.sleep(0.3)
    began = time.perf_counter()
    cancelled.set()
    running.join()
    executor.run(preview)
    return time.perf_counter() - began


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
