"""The loop on real data through the command line: statistics against pandas, accuracy on test gold.

Usage: PYTHONPATH=. python benchmarks/real_data.py
All gold of the train and valid splits is dev gold here; models other than majority use it.
Reads youtube and sms from $LABELWRIGHT_DATA, or from ../shared/data beside the project.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.label_model_sets import data_folder
from labeling.models import MODELS

ROOT = Path(__file__).resolve().parent.parent
CLASSES = {"youtube": ("HAM", "SPAM"), "sms": ("ham", "spam")}


def main() -> None:
    """Print one table line per set and label model."""
    folder = data_folder()
    if not all((folder / f"{name}.parquet").exists() for name in CLASSES):
        print("Skipped: the benchmark data is not there; name its folder in LABELWRIGHT_DATA.")
        return
    print("| set | rows | functions | covered | model | dev gold | test gold | n test | run s |")
    print("|---|--:|--:|--:|---|--:|--:|--:|--:|")
    for name, classes in CLASSES.items():
        with tempfile.TemporaryDirectory() as scratch:
            measure(name, classes, pd.read_parquet(folder / f"{name}.parquet"), Path(scratch))


def measure(name: str, classes: tuple[str, ...], source: pd.DataFrame, scratch: Path) -> None:
    """Run one set with every label model."""
    rows = pd.DataFrame(
        {
            "id": [f"r{i}" for i in range(len(source))],
            "text": source["text"],
            "gold": [classes[code] if code >= 0 else "" for code in source["gold"]],
            "split": source["split"],
        }
    )
    rows.to_csv(scratch / "rows.csv", index=False)
    project = scratch / "project"
    cli("init", project, "--data", scratch / "rows.csv", "--text", "text", "--id", "id",
        "--classes", ",".join(classes), "--gold", "gold", "--split", "split")  # fmt: skip
    cli("functions", "add", project, ROOT / "benchmarks" / "functions" / f"{name}.py")
    for model in MODELS:
        started = time.perf_counter()
        cli("run", project, "--model", model)
        seconds = time.perf_counter() - started
        exported: Any = labels(project, scratch)
        assert list(exported["id"]) == list(rows["id"])
        check_statistics(json.loads(cli("stats", project, "--json")), exported, rows)
        covered = exported.filter(regex="^vote_").ne("").any(axis=1)
        probabilities = exported[[f"p_{label}" for label in classes]].astype(float)
        predicted = probabilities.idxmax(axis=1).str.removeprefix("p_")
        test = covered & rows["split"].eq("test") & rows["gold"].ne("")
        report = json.loads(cli("stats", project, "--json"))
        print(
            f"| {name} | {len(rows):,} | {len(report)} | {covered.mean():.1%} | {model} "
            f"| {dev_accuracy(project)} | {(predicted == rows['gold'])[test].mean():.1%} "
            f"| {int(test.sum())} | {seconds:.1f} |"
        )


def labels(project: Path, scratch: Path) -> pd.DataFrame:
    """Export with votes and read the file as text."""
    cli("export", project, scratch / "out.csv", "--votes")
    return pd.read_csv(scratch / "out.csv", dtype=str, keep_default_na=False)


def check_statistics(stats: list[dict[str, Any]], exported: Any, rows: pd.DataFrame) -> None:
    """Stop where a figure differs from what pandas computes of the exported votes."""
    votes = exported[[f"vote_{record['name']}" for record in stats]]
    voted = votes.ne("")
    dev = rows["gold"].ne("") & rows["split"].ne("test")
    for record in stats:
        own = votes[f"vote_{record['name']}"]
        mine, others = own.ne(""), voted.drop(columns=own.name)
        differs = votes.drop(columns=own.name).ne(own, axis=0) & others
        judged = mine & dev
        correct = int((judged & own.eq(rows["gold"])).sum())
        expected = {
            "coverage": int(mine.sum()) / len(rows),
            "overlaps": int((mine & others.any(axis=1)).sum()) / len(rows),
            "conflicts": int((mine & differs.any(axis=1)).sum()) / len(rows),
            "correct": correct,
            "incorrect": int(judged.sum()) - correct,
            "accuracy": correct / int(judged.sum()) if judged.any() else None,
        }
        for figure, value in expected.items():
            assert record[figure] == value, (record["name"], figure, record[figure], value)


def dev_accuracy(project: Path) -> str:
    """Return the accuracy on dev gold that the fit did not see, from the printed report."""
    lines = cli("run", project).splitlines()
    report = next(line for line in lines if line.startswith("Label model "))
    return report.split(": ", 1)[1].split(" right")[0]


def cli(*arguments: object) -> str:
    """Run the command line and return what it prints."""
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
