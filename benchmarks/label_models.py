"""Our label models and the field on real votes: `make bench-models`.

Usage: PYTHONPATH=. python benchmarks/label_models.py [SET ...]

Each SET is a parquet file or a folder of the WRENCH benchmark (`benchmarks.label_model_sets`);
without any, the sets in $LABELWRIGHT_DATA (default: shared/data beside the project) are measured.
Writes docs/label-model-benchmark.md.
"""

import argparse
import os
import sys
from pathlib import Path

from benchmarks.label_model_gates import gates
from benchmarks.label_model_jobs import ROOT
from benchmarks.label_model_peers import CROWD_KIT, SNORKEL, installed_version
from benchmarks.label_model_report import Measured, document
from benchmarks.label_model_results import measure
from benchmarks.label_model_sets import SETS, VoteSet, data_folder, read_set
from benchmarks.label_model_speed import N_ROWS, measure_speed
from labeling.errors import ImportFileError, WorkerError

DOCUMENT = ROOT / "docs" / "label-model-benchmark.md"


def main(arguments: list[str]) -> int:
    """Measure, write the document, print the gates; 1 where a set cannot be read."""
    asked = _parser().parse_args(arguments)
    try:
        sets = _read_sets(asked.sets)
    except ImportFileError as fault:
        print(fault, file=sys.stderr)
        return 1
    load = os.getloadavg()[0]
    speeds, not_run = measure_speed(asked.speed_rows, asked.peers) if asked.speed else ([], {})
    results = measure(sets, asked.seeds, asked.peers)
    judged = gates(results, speeds)
    measured = Measured(
        command=_command(asked),
        sets=sets,
        seeds=asked.seeds,
        versions=_versions() if asked.peers else {},
        load=load,
        results=results,
        n_rows=asked.speed_rows,
        speeds=speeds,
        not_run={**results.not_run, **not_run},
        gates=judged,
    )
    asked.out.write_text(document(measured), "utf-8")
    for gate in judged:
        print(f"{gate.verdict}: {gate.asked}: {gate.figures}")
    print(f"Wrote {asked.out}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sets", nargs="*", type=Path, metavar="SET", help="parquet file or folder")
    parser.add_argument("--seeds", type=int, default=5, help="draws of gold, and starts of models")
    parser.add_argument("--out", type=Path, default=DOCUMENT, help="the document to write")
    parser.add_argument("--speed-rows", type=int, default=N_ROWS, help="rows of the speed table")
    yes_no = argparse.BooleanOptionalAction
    parser.add_argument("--peers", action=yes_no, default=True, help="run other projects' models")
    parser.add_argument("--speed", action=yes_no, default=True, help="measure speed and memory")
    return parser


def _read_sets(named: list[Path]) -> list[VoteSet]:
    if not named and not data_folder().exists():
        raise ImportFileError(
            "The folder with the sets is not there.",
            where=str(data_folder()),
            remedy="Set LABELWRIGHT_DATA to it, or name files and folders.",
        )
    return [read_set(source) for source in named or [data_folder() / f"{s}.parquet" for s in SETS]]


def _command(asked: argparse.Namespace) -> str:
    """Return how to repeat it; sets by their names, as folders differ between machines."""
    words = [source.name for source in asked.sets]
    words += [] if asked.speed else ["--no-speed"]
    words += [] if asked.peers else ["--no-peers"]
    words += [] if asked.seeds == 5 else [f"--seeds {asked.seeds}"]
    words += [] if asked.speed_rows == N_ROWS else [f"--speed-rows {asked.speed_rows}"]
    if not words:
        return "make bench-models"
    return " ".join(["PYTHONPATH=. python benchmarks/label_models.py", *words])


def _versions() -> dict[str, str]:
    found = {}
    for package in (SNORKEL, CROWD_KIT):
        try:
            found[package.name] = installed_version(package)
        except WorkerError as fault:
            found[package.name] = f"not run ({fault.what})"
    return found


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
