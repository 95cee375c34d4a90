"""How long a large CSV takes to import, and how much memory: `import_rows.py [ROWS]`."""

import argparse
import csv
import random
import resource
import tempfile
import time
from pathlib import Path

from labeling.store import ImportPlan, ProjectInfo
from storage import DuckDBOpener

_WORDS = ("late", "refund", "please", "help", "account", "login", "broken", "screen", "invoice")


def write_file(path: Path, rows: int) -> None:
    """Write a CSV of about 100 bytes a row, with quotes and newlines in some cells."""
    rng = random.Random(0)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(["id", "text", "gold", "score", "date"])
        for number in range(rows):
            text = " ".join(rng.choices(_WORDS, k=10))
            if number % 50 == 0:
                text += '\nsaid "never again"'
            gold = rng.choice(["ham", "spam"]) if number % 20 == 0 else ""
            date = f"2024-01-{number % 28 + 1:02d}"
            writer.writerow([f"m{number}", text, gold, number / 7, date])


def peak_mb() -> float:
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Make a file in a temporary folder, preview it, import it, and print what it took."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("rows", nargs="?", type=int, default=1_000_000)
    rows = arguments.parse_args().rows
    opener = DuckDBOpener()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        write_file(path, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:.0f} MB; before: {peak_mb():.0f} MB")
        store = opener.create(Path(folder) / "project", ProjectInfo("benchmark", ("ham", "spam")))
        plan = ImportPlan(path, "text", id_column="id", gold_column="gold")
        started = time.perf_counter()
        report = store.import_rows(plan)
        print(f"import: {time.perf_counter() - started:.1f} s, peak {peak_mb():.0f} MB, {report}")
        started = time.perf_counter()
        store.write_arrow(Path(folder) / "rows.arrow")
        print(f"write_arrow: {time.perf_counter() - started:.1f} s, peak {peak_mb():.0f} MB")
        store.close()
        started = time.perf_counter()
        opener.preview(path)
        print(f"preview: {time.perf_counter() - started:.1f} s, peak {peak_mb():.0f} MB")


if __name__ == "__main__":
    main()
