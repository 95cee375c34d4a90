"""The engine beside Snorkel's in one run: applying functions, statistics, refits, edits, memory.

    PYTHONPATH=. python benchmarks/engine.py [ROWSxFUNCTIONS ...]

Sizes are 100000x10, 100000x50, 1000000x10 and 1000000x50; Snorkel applies functions to its first
SHARE texts, in an environment of its own (`make bench-engine` makes it). Writes
docs/engine-benchmark.md and its chart where all sizes are measured, and prints the table anyway.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.engine_report import Measured, chart, page
from benchmarks.label_model_peers import PEERS, installed_version, peers_python

ROOT = Path(__file__).resolve().parents[1]
SIZES = ((100_000, 10), (100_000, 50), (1_000_000, 10), (1_000_000, 50))
SHARE = 10_000
SNORKEL = PEERS["Snorkel LabelModel"].package


def main() -> None:
    """Measure every size and write what came of it."""
    asked = [tuple(map(int, size.split("x"))) for size in sys.argv[1:]]
    version = installed_version(SNORKEL)
    measured, loads = [], []
    for rows, functions in asked or SIZES:
        measured.append(measure(rows, functions))
        loads.append(os.getloadavg()[1])
    text = page(measured, version, SHARE, max(loads))
    print(text)
    if not asked:
        (ROOT / "docs" / "engine-benchmark.md").write_text(text, "utf-8")
        (ROOT / "docs" / "images" / "engine-benchmark.svg").write_text(chart(measured), "utf-8")


def measure(rows: int, functions: int) -> Measured:
    """Measure one size, ours first, each side in a process of its own."""
    print(f"{rows:,} rows x {functions} functions", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        ours = [sys.executable, "-m", "benchmarks.engine_own", scratch]
        run([*ours, str(rows), str(functions), str(SHARE)])
        theirs = [str(peers_python()), "-W", "ignore", "-m", "benchmarks.peers.snorkel_engine"]
        run([*theirs, scratch, str(rows)])
        own, snorkel = (
            json.loads((Path(scratch) / name).read_text("utf-8"))
            for name in ("own.json", "snorkel.json")
        )
    assert snorkel["differ"] == 0, f"{snorkel['differ']} votes differ from Snorkel's"
    return Measured(rows, functions, own, snorkel)


def run(command: list[str]) -> None:
    """Run a side; its errors are printed and end the benchmark."""
    subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
