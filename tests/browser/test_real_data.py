"""The loop on real data in a real browser: every function is typed in, and every figure compared.

Needs the benchmark data (LABELWRIGHT_DATA, or shared/data beside the project).
"""

import ast
import json
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from benchmarks.label_model_sets import data_folder
from tests.browser.serving import REPOSITORY, served
from tests.browser.test_whole_loop import (
    begin_function,
    forgive_probes,
    import_file,
    open_page,
    percent,
    write_export,
    write_python_function,
)

CLASSES = {"youtube": ("HAM", "SPAM"), "sms": ("ham", "spam")}


def _rows(name: str) -> pd.DataFrame:
    source = pd.read_parquet(data_folder() / f"{name}.parquet")
    gold = [CLASSES[name][code] if code >= 0 else "" for code in source["gold"]]
    ids = [f"r{i}" for i in range(len(source))]
    columns = {"id": ids, "text": source["text"], "gold": gold, "split": source["split"]}
    return pd.DataFrame(columns)


def _sources(path: Path) -> dict[str, str]:
    """Return each function of a file, with all that stands before the first one."""
    text = path.read_text("utf-8")
    lines, functions = text.splitlines(), []
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            functions.append((node.name, node.decorator_list[0].lineno - 1, node.end_lineno))
    before = "\n".join(lines[: functions[0][1]])
    return {
        name: f"{before}\n" + "\n".join(lines[first:last]) + "\n" for name, first, last in functions
    }


def _votes(sources: dict[str, str], rows: pd.DataFrame) -> pd.DataFrame:
    """Return what the functions say in plain Python, "" for abstain; nothing of ours runs."""
    module = types.ModuleType("labelwright")
    module.ABSTAIN = None  # type: ignore[attr-defined]
    module.labeling_function = lambda: lambda function: function  # type: ignore[attr-defined]
    found = {}
    for name, source in sources.items():
        names: dict[str, Callable[[object], str | None]] = {}
        sys.modules["labelwright"] = module
        try:
            exec(compile(source, name, "exec"), names)  # noqa: S102 - our own benchmark functions
        finally:
            del sys.modules["labelwright"]
        texts = (types.SimpleNamespace(text=text) for text in rows["text"])
        found[name] = [names[name](x) or "" for x in texts]
    return pd.DataFrame(found)


def _expected(votes: pd.DataFrame, gold: pd.Series) -> dict[str, dict[str, float]]:
    """Return every function's figures, from pandas alone."""
    voted, found = votes.ne(""), {}
    for name in votes:
        others = voted.drop(columns=name)
        differs = votes.drop(columns=name).ne(votes[name], axis=0) & others
        judged = voted[name] & gold.ne("")
        right = int((judged & votes[name].eq(gold)).sum())
        found[name] = {
            "coverage": int(voted[name].sum()) / len(votes),
            "overlaps": int((voted[name] & others.any(axis=1)).sum()) / len(votes),
            "conflicts": int((voted[name] & differs.any(axis=1)).sum()) / len(votes),
            "correct": right,
            "incorrect": int(judged.sum()) - right,
            "accuracy": right / int(judged.sum()),
        }
    return found


@pytest.mark.browser
@pytest.mark.shared_data
@pytest.mark.parametrize("name", CLASSES)
def test_functions_typed_in_the_browser_have_the_figures_of_pandas(
    name: str,
    page: Page,
    tmp_path: Path,
    console_errors: list[str],
) -> None:
    """Statistics to the last digit, and labels that are right more often than majority vote's."""
    if not (data_folder() / f"{name}.parquet").exists():
        pytest.skip(f"no {name}.parquet in {data_folder()}; set LABELWRIGHT_DATA to its folder")
    rows = _rows(name)
    sources = _sources(REPOSITORY / "benchmarks" / "functions" / f"{name}.py")
    votes = _votes(sources, rows)
    rows.to_csv(tmp_path / f"{name}.csv", index=False)
    projects = tmp_path / "projects"
    projects.mkdir()
    settings = {"LABELWRIGHT_PROJECTS": str(projects)}
    with served(REPOSITORY / "app.py", settings, copied=True) as url:
        page.goto(url)
        import_file(page, tmp_path / f"{name}.csv")
        expect(page.get_by_text(f"{len(rows):,} rows, 2 classes")).to_be_visible()
        open_page(page, "Studio")
        for i, source in enumerate(sources.values()):
            write_python_function(page, source)
            covered = votes.iloc[:, : i + 1].ne("").any(axis=1).mean()
            expect(page.get_by_text(f"{percent(covered)} covered")).to_be_visible()
            begin_function(page)
        expect(page.get_by_text("Up to date")).to_be_visible()
        open_page(page, "Export")
        exported = write_export(page)
        page.goto("about:blank")
        forgive_probes(console_errors)

    command = [sys.executable, "cli.py", "stats", str(projects / name), "--json"]
    stats = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPOSITORY)
    gold = rows["gold"].where(rows["split"] != "test", "")
    expected = _expected(votes, gold)
    measured = {
        one["name"]: {figure: one[figure] for figure in expected[one["name"]]}
        for one in json.loads(stats.stdout)
    }
    assert measured == expected
    assert list(exported["id"]) == list(rows["id"])
    judged = rows["split"].eq("test") & votes.ne("").any(axis=1)
    right = exported["label"].eq(rows["gold"])[judged].mean()
    counts = pd.DataFrame({label: votes.eq(label).sum(axis=1) for label in CLASSES[name]})
    majority = counts.eq(counts.max(axis=1), axis=0)
    credit = [
        majority.loc[i, rows.loc[i, "gold"]] / majority.loc[i].sum() for i in rows.index[judged]
    ]
    assert right >= sum(credit) / len(credit)
