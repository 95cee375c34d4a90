"""What survives which fault: `faults.py [KILLS]` prints one table (takes minutes)."""

import argparse
import tempfile
from multiprocessing import get_context
from pathlib import Path

from tests.faults.__main__ import SCENARIOS
from tests.faults.outcome import Outcome


def run(name: str, rounds: int) -> Outcome:
    """Run a scenario in a new process, because the scenarios fork."""
    with tempfile.TemporaryDirectory() as folder, get_context("spawn").Pool(1) as pool:
        return pool.apply(SCENARIOS[name], (rounds, Path(folder)))


def main() -> None:
    """Run every scenario and print its line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("kills", nargs="?", type=int, default=100)
    kills = arguments.parse_args().kills
    rounds = {
        "kill": kills,
        "full-disk": 20,
        "damaged-log": 100,
        "flipped-bytes": 100,
        "killed-migrations": 1,
        "annotators": 200,
    }
    print("| fault | rounds | acknowledged | lost | duplicated | p95 | |")
    print("|---|--:|--:|--:|--:|--:|---|")
    for name in SCENARIOS:
        outcome = run(name, rounds[name])
        p95 = "–" if outcome.p95_ms is None else f"{outcome.p95_ms:.0f} ms"
        print(
            f"| {outcome.fault} | {outcome.rounds:,} | {outcome.acknowledged:,} "
            f"| {outcome.lost} | {outcome.duplicated} | {p95} | {outcome.detail} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
