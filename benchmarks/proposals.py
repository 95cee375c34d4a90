"""What the suggestions alone make of a project without functions: coverage, accuracy, honesty.

Usage: PYTHONPATH=. python benchmarks/proposals.py [set ...]
A person is imitated who labels ROWS_LABELLED random rows, then accepts the first suggestion again
and again until there are none. The gold of all other rows is hidden from it, and looked at only at
the end, by this command.
Reads youtube and sms from $LABELWRIGHT_DATA, or from ../shared/data beside the project.
"""

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.label_model_sets import data_folder
from labeling.execution.local import LocalExecutor
from labeling.project import Project
from labeling.proposals import Asked, Proposal
from labeling.snapshot import Snapshot
from labeling.store import ImportPlan, ProjectInfo
from labeling.workspace import create_project
from storage import DuckDBOpener

CLASSES = {"youtube": ("HAM", "SPAM"), "sms": ("ham", "spam")}
ROWS_LABELLED = 100
MOST_FUNCTIONS = 30
SEEDS = (0, 1, 2)


@dataclass(frozen=True)
class Accepted:
    """A suggestion that was accepted, and how many of its votes on hidden gold are right."""

    proposal: Proposal
    rows: int
    right: int

    @property
    def inside(self) -> bool:
        """Whether the share that is right lies in the interval it was suggested with."""
        belief = self.proposal.belief
        return self.rows > 0 and belief.low <= self.right / self.rows <= belief.high


def main(wanted: list[str]) -> None:
    """Print one table line per set and choice of labelled rows."""
    folder = data_folder()
    names = [name for name in wanted or CLASSES if (folder / f"{name}.parquet").exists()]
    if not names:
        print("Skipped: the benchmark data is not there; name its folder in LABELWRIGHT_DATA.")
        return
    print("| set | seed | functions | covered | labels right | n | expected of the "
          "functions | right | in the interval | first s | later s |")  # fmt: skip
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    with LocalExecutor() as executor:
        for name in names:
            for seed in SEEDS:
                with tempfile.TemporaryDirectory() as scratch:
                    source = pd.read_parquet(folder / f"{name}.parquet")
                    measure(name, source, seed, Path(scratch), executor)


def measure(
    name: str, source: pd.DataFrame, seed: int, scratch: Path, executor: LocalExecutor
) -> None:
    """Accept suggestions on one set, and print what they come to on the gold that was hidden."""
    classes = CLASSES[name]
    labelled = np.random.default_rng(seed).choice(
        np.flatnonzero(source["split"] != "test"), ROWS_LABELLED, replace=False
    )
    project = _project(name, source, labelled, scratch, executor)
    hidden = source["gold"].to_numpy(dtype=np.int8).copy()
    hidden[labelled] = -1
    with project:
        accepted, seconds = _accept(project, hidden)
        snapshot = project.snapshot()
    covered, right, n = _on_hidden(snapshot, hidden)
    rows = sum(one.rows for one in accepted)
    expected = sum(one.proposal.belief.precision * one.rows for one in accepted)
    print(
        f"| {name} | {seed} | {len(accepted)} | {covered:.1%} | {right / max(n, 1):.1%} | {n} "
        f"| {expected / max(rows, 1):.1%} "
        f"| {sum(one.right for one in accepted) / max(rows, 1):.1%} "
        f"| {sum(one.inside for one in accepted)} of {len(accepted)} "
        f"| {seconds[0]:.1f} | {np.median(seconds[1:]):.2f} |"
    )
    for one in accepted:
        belief = one.proposal.belief
        print(
            f"  {one.proposal.label}: {one.proposal.title}: {belief.evidence} "
            f"{belief.precision:.0%} ({belief.low:.0%}–{belief.high:.0%}, "
            f"{belief.right} of {belief.n}), +{one.proposal.new_rows} rows; "
            f"hidden {one.right} of {one.rows}{'' if one.inside else ' !'}",
            file=sys.stderr,
        )
    assert len(classes) == len(snapshot.classes)


def _project(
    name: str,
    source: pd.DataFrame,
    labelled: npt.NDArray[np.int64],
    scratch: Path,
    executor: LocalExecutor,
) -> Project:
    """Return a project of the whole set with dev gold on the rows that were labelled alone."""
    gold = np.full(len(source), "", dtype=object)
    gold[labelled] = [CLASSES[name][code] for code in source["gold"].to_numpy()[labelled]]
    rows = pd.DataFrame(
        {"id": range(len(source)), "text": source["text"], "gold": gold, "split": source["split"]}
    )
    rows.to_csv(scratch / "rows.csv", index=False)
    create_project(
        scratch / "p",
        DuckDBOpener(),
        ProjectInfo(name, CLASSES[name], "text", "id"),
        ImportPlan(scratch / "rows.csv", "text", "id", "gold", "split"),
    )
    return Project(scratch / "p", DuckDBOpener().open(scratch / "p"), executor)


def _accept(project: Project, hidden: npt.NDArray[np.int8]) -> tuple[list[Accepted], list[float]]:
    """Accept the first suggestion until there is none; return them, and how long each took."""
    accepted: list[Accepted] = []
    seconds: list[float] = []
    project.refresh()
    while len(accepted) < MOST_FUNCTIONS:
        started = time.perf_counter()
        found = project.proposals.find(Asked("uncovered"))
        seconds.append(time.perf_counter() - started)
        if not found.proposals:
            break
        first = found.proposals[0]
        project.save_function(first.function)
        votes = project.refresh().matrix.column(first.function.name)
        judged = (votes >= 0) & (hidden >= 0)
        accepted.append(Accepted(first, int(judged.sum()), int((judged & (votes == hidden)).sum())))
    return accepted, seconds


def _on_hidden(snapshot: Snapshot, hidden: npt.NDArray[np.int8]) -> tuple[float, int, int]:
    """Return the coverage of all rows, and how many of those covered with hidden gold are right."""
    judged = (snapshot.labels >= 0) & (hidden >= 0)
    right = int((judged & (snapshot.labels == hidden)).sum())
    return float(snapshot.model_matrix.covered.mean()), right, int(judged.sum())


if __name__ == "__main__":
    main(sys.argv[1:])
