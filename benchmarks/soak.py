"""Runs thousands of mixed functions, good and bad, on three threads, and looks what is left behind.

    python benchmarks/soak.py [RUNS]

Most of them fail or do harm; between them one innocent function is run as another user would
preview it.
Prints how many runs ended in which way, the preview's median and p95, open descriptors before and
after, processes left over, and whether the innocent votes ever changed (they must not).
"""

import os
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.runs import Job, Limits, RunResult

CLASSES = ("ham", "spam")
ROWS = 2000
PREVIEW_ROWS = 200
THREADS = 3
LIMITS = Limits(row_seconds=0.1, run_seconds=20, memory_mb=512, row_timeouts=2)

INNOCENT = "def f(x):\n    return 'spam' if x.n % 3 == 0 else None\n"
SOURCES = {
    "innocent": INNOCENT,
    "imports": "import json\ndef f(x):\n    return len(json.dumps(x.n)) % 2\n",
    "error on a row": "def f(x):\n    return 1 if x.n != 7 else 1 / 0\n",
    "wrong label": "def f(x):\n    return 'spma' if x.n == 9 else 0\n",
    "endless loop": "def f(x):\n    while x.n == 3: pass\n    return 1\n",
    "exit": "import os\ndef f(x):\n    os._exit(3)\n",
    "crash": "import ctypes\ndef f(x):\n    ctypes.string_at(0)\n",
    "memory": "def f(x):\n    return len(bytearray(10 ** 10))\n",
    "flood": "def f(x):\n    print('y' * 10 ** 7)\n",
    "file": "def f(x):\n    return open('/etc/passwd').read()\n",
    "network": "import socket\ndef f(x):\n    return socket.socket()\n",
    "process": "import os\ndef f(x):\n    return os.fork()\n",
    "thread": "import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()\n"
    "def f(x):\n    return 1\n",
    "not Python": "def f(x:\n",
}


@dataclass
class Soak:
    """What was seen."""

    endings: Counter[str] = field(default_factory=Counter)
    preview_seconds: list[float] = field(default_factory=list)
    changed_votes: int = 0
    descriptors: tuple[int, int] = (0, 0)
    left_over: int = 0


def soak(runs: int, folder: Path) -> Soak:
    """Do `runs` mixed runs on three threads, and previews of another user beside them."""
    rows = _write_rows(folder / "rows.arrow")
    seen = Soak()
    others = _children()
    with LocalExecutor(workers=THREADS + 1) as executor:
        expected = executor.run(_job(INNOCENT, rows)).votes
        before = _open_descriptors()
        done = threading.Event()
        other_user = threading.Thread(target=_preview, args=(executor, rows, seen, done))
        other_user.start()
        with ThreadPoolExecutor(THREADS) as pool:
            names = list(islice(cycle(SOURCES), runs))
            results = pool.map(lambda name: executor.run(_job(SOURCES[name], rows)), names)
            for name, result in zip(names, results, strict=True):
                seen.endings[_ending(name, result)] += 1
                if name == "innocent" and not np.array_equal(result.votes, expected):
                    seen.changed_votes += 1
        done.set()
        other_user.join()
        seen.descriptors = (before, _open_descriptors())
    seen.left_over = _children() - others
    return seen


def main() -> None:
    """Run the soak and print what was seen."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        seen = soak(runs, Path(folder))
    previews = np.array(seen.preview_seconds)
    print(f"{runs:,} runs on {THREADS} threads in {time.perf_counter() - began:.0f} s")
    for ending, count in sorted(seen.endings.items()):
        print(f"  {count:>5}  {ending}")
    print(
        f"another user's preview of {PREVIEW_ROWS} rows: {len(previews):,} times, median "
        f"{1000 * np.median(previews):.0f} ms, p95 {1000 * np.percentile(previews, 95):.0f} ms"
    )
    print(f"open descriptors before and after: {seen.descriptors[0]}, {seen.descriptors[1]}")
    print(f"processes left over: {seen.left_over}; changed innocent votes: {seen.changed_votes}")


def _preview(executor: LocalExecutor, rows: Path, seen: Soak, done: threading.Event) -> None:
    """Preview an innocent function again and again, as somebody does who writes one."""
    job = _job(INNOCENT, rows, PREVIEW_ROWS)
    while not done.wait(0.2):
        began = time.perf_counter()
        result = executor.run(job)
        seen.preview_seconds.append(time.perf_counter() - began)
        seen.changed_votes += int((result.votes == 1).sum() != -(-PREVIEW_ROWS // 3))


def _write_rows(path: Path) -> Path:
    table = pa.table({"row_id": pa.array(range(ROWS), pa.int64()), "n": range(ROWS)})
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    return path


def _job(source: str, rows: Path, stop: int = ROWS) -> Job:
    return Job(LabelingFunction("f", "python", source), CLASSES, rows, 0, stop, LIMITS)


def _ending(name: str, result: RunResult) -> str:
    if result.failure:
        return f"{name}: ended early"
    return f"{name}: {'errors on rows' if result.error_count else 'complete'}"


def _open_descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a plain listing, no paths


def _children() -> int:
    """Return how many processes of ours there still are, dead ones not reaped included."""
    tasks = Path("/proc/self/task").iterdir()
    return sum(len((task / "children").read_text().split()) for task in tasks)


if __name__ == "__main__":
    main()
