"""The whole loop in a real browser: import, write, see, annotate, export, and compare.

What the app says is compared with what pandas alone computes from the same file.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import REPOSITORY, served

PYTHON_FUNCTION = """@labeling_function()
def check_it(x):
    if "check" in x.text.lower():
        return "SPAM"
    return ABSTAIN
"""
KEYWORDS = ("song", "love")
GOLD_TRAIN_ROWS = 200
WITHOUT_SHARED_DATA = (
    ("check out my page", "SPAM"),
    ("first, and waiting", "HAM"),
    ("check this song", "HAM"),
    ("I Love it; lovely", "HAM"),
    ("CHECK the songs of my friend", "SPAM"),
)


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """Comments of which all of valid and test, but little of train, has gold."""
    beside = REPOSITORY.parent / "shared" / "data"
    path = Path(os.environ.get("LABELWRIGHT_DATA", beside)) / "youtube.parquet"
    found = _youtube(path) if path.is_file() else _made_up()
    found.loc[found.index[found["split"] == "train"][GOLD_TRAIN_ROWS:], "gold"] = ""
    return found


def _youtube(path: Path) -> pd.DataFrame:
    found = pd.read_parquet(path, columns=["id", "text", "gold", "split"])
    found["gold"] = found["gold"].map({0: "HAM", 1: "SPAM"})
    return found


def _made_up() -> pd.DataFrame:
    lines = [
        (f"c{i}", *WITHOUT_SHARED_DATA[i % 5], "test" if i % 10 == 3 else "train")
        for i in range(300)
    ]
    return pd.DataFrame(lines, columns=["id", "text", "gold", "split"])


@pytest.fixture(scope="module")
def votes(rows: pd.DataFrame) -> pd.DataFrame:
    """What both functions vote, "" for abstain."""
    words = re.compile(rf"\b({'|'.join(KEYWORDS)})\b", re.IGNORECASE)
    return pd.DataFrame(
        {
            "check_it": ["SPAM" if "check" in text.lower() else "" for text in rows["text"]],
            "likes_it": ["HAM" if words.search(text) else "" for text in rows["text"]],
        }
    )


def gold_of(rows: pd.DataFrame, annotated: Mapping[int, str]) -> pd.Series:
    """What is known of each row, "" for nothing: gold that is not locked away, and annotations."""
    known = rows["gold"].where(rows["split"] != "test", "")
    known.loc[list(annotated)] = list(annotated.values())
    return known


def expected_statistics(votes: pd.DataFrame, gold: pd.Series) -> dict[str, dict[str, float]]:
    """Return each function's figures. The two never vote alike, so an overlap is a conflict."""
    voted = votes != ""
    both = float(voted.all(axis=1).sum() / len(votes))
    found = {}
    for name in votes:
        judged = voted[name] & (gold != "")
        right = int((judged & (votes[name] == gold)).sum())
        found[str(name)] = {
            "coverage": voted[name].sum() / len(votes),
            "overlaps": both,
            "conflicts": both,
            "correct": right,
            "incorrect": int(judged.sum()) - right,
        }
    return found


def expected_labels(
    rows: pd.DataFrame, votes: pd.DataFrame, annotated: Mapping[int, str], classes: list[str]
) -> pd.DataFrame:
    """Return label and source of each row: known, else the majority.

    A tie goes to the class with more gold, then to the first.
    """
    known = gold_of(rows, annotated)
    commonest_first = sorted(classes, key=lambda name: -int((known == name).sum()))
    counts = pd.DataFrame({name: (votes == name).sum(axis=1) for name in commonest_first})
    covered = counts.sum(axis=1) > 0
    label = counts.idxmax(axis=1).where(covered, "")
    source = covered.map({True: "model", False: "uncovered"})
    gold = gold_of(rows, annotated)
    label = label.where(gold == "", gold)
    source = source.where(gold == "", "gold")
    source.loc[list(annotated)] = "annotation"
    return pd.DataFrame({"id": rows["id"], "label": label, "source": source})


def percent(share: float) -> str:
    """Return a share as the pages write it."""
    return f"{100 * share:.1f} %"


def open_page(page: Page, title: str) -> None:
    """Change pages as a person does."""
    page.get_by_role("link", name=title, exact=True).click()


def import_file(page: Page, path: Path) -> list[str]:
    """Create a project with what the app proposes for the file; return the classes in order."""
    page.locator("input[type=file]").set_input_files(path)
    proposed = page.get_by_label("Classes, one a line")
    expect(proposed).not_to_have_value("")
    classes = proposed.input_value().split()
    page.get_by_role("button", name="Create the project").click()
    return classes


def begin_function(page: Page) -> None:
    """Press *New*, and wait for the editor of the new function: nobody types into the old one."""
    page.get_by_role("button", name="New", exact=True).click()
    expect(page.locator(".cm-content")).to_contain_text("name_of_the_idea")


def write_python_function(page: Page, source: str) -> None:
    """Write a function in the editor and save it from the keyboard."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)
    page.keyboard.press("Control+s")


def write_keyword_function(page: Page, name: str, words: tuple[str, ...], label: str) -> None:
    """Fill in the form of a keyword function and save it."""
    page.locator(".st-key-studio_kind").get_by_text("keyword", exact=True).click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Words or phrases, one a line").fill("\n".join(words))
    page.get_by_label("Votes for").select_option(label)
    page.get_by_role("button", name="Save", exact=True).click()


def choose(page: Page, box: str, option: str) -> None:
    """Choose in a select box."""
    page.get_by_role("combobox", name=box).click()
    page.get_by_role("option", name=option, exact=True).click()


def annotate(page: Page, keys: str, classes: list[str]) -> dict[int, str]:
    """Answer a card with each digit; return the class said of each row once all are stored."""
    page.locator(".card .text").click()
    said = {}
    for key in keys:
        row = int(page.locator(".row-id").inner_text().removeprefix("Row "))
        page.keyboard.press(key)
        said[row] = classes[int(key) - 1]
        expect(page.locator(".last")).to_contain_text(f"Row {row}")
    expect(page.get_by_text(f"{len(keys)} in this sitting")).to_be_visible()
    page.wait_for_function(
        "() => Object.keys(sessionStorage).every(name => !name.startsWith('labelwright:events:'))"
    )
    return said


def write_export(page: Page) -> pd.DataFrame:
    """Write the export as proposed, download it by its link and read it."""
    page.get_by_role("button", name="Write the export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    return pd.read_csv(download.value.path(), dtype=str, keep_default_na=False)


def forgive_probes(console_errors: list[str]) -> None:
    """Streamlit looks for its own routes below a deep link first; those answer 404."""
    probe = "Failed to load resource: the server responded with a status of 404"
    console_errors[:] = [text for text in console_errors if not text.startswith(probe)]


def expect_metric(page: Page, name: str, value: str) -> None:
    """Wait until a figure of the Dashboard has this value."""
    metric = page.get_by_test_id("stMetric").filter(has_text=name)
    expect(metric.get_by_test_id("stMetricValue")).to_have_text(value)


def write_functions(page: Page, votes: pd.DataFrame) -> None:
    """Write both functions in Studio, each until its statistics are there."""
    open_page(page, "Studio")
    write_python_function(page, PYTHON_FUNCTION)
    expect(page.get_by_text(f"{percent((votes['check_it'] != '').mean())} covered")).to_be_visible()
    begin_function(page)
    write_keyword_function(page, "likes_it", KEYWORDS, "HAM")
    covered = (votes != "").any(axis=1).mean()
    expect(page.get_by_text(f"{percent(covered)} covered")).to_be_visible()
    expect(page.get_by_text("Up to date")).to_be_visible()


@pytest.mark.browser
def test_import_write_annotate_export(
    page: Page,
    tmp_path: Path,
    console_errors: list[str],
    rows: pd.DataFrame,
    votes: pd.DataFrame,
) -> None:
    """Statistics and every exported label equal what pandas computes from the same file."""
    rows.to_csv(tmp_path / "comments.csv", index=False)
    projects = tmp_path / "projects"
    projects.mkdir()
    with served(REPOSITORY / "app.py", {"LABELWRIGHT_PROJECTS": str(projects)}) as url:
        page.goto(url)
        classes = import_file(page, tmp_path / "comments.csv")
        expect(page.get_by_text(f"{len(rows):,} rows, 2 classes")).to_be_visible()
        write_functions(page, votes)

        open_page(page, "Dashboard")
        choose(page, "Label model", "majority")
        expect_metric(page, "Covered rows", percent((votes != "").any(axis=1).mean()))
        expect_metric(page, "In conflict", percent((votes != "").all(axis=1).mean()))
        open_page(page, "Annotate")
        annotated = annotate(page, "121", classes)
        gold = gold_of(rows, annotated)
        open_page(page, "Dashboard")
        expect(page.get_by_text(f"by {(gold != '').sum():,} dev gold rows")).to_be_visible()

        open_page(page, "Export")
        exported = write_export(page)
        page.goto("about:blank")
        forgive_probes(console_errors)

    command = [sys.executable, "cli.py", "stats", str(projects / "comments"), "--json"]
    stats = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPOSITORY)
    figures = ("coverage", "overlaps", "conflicts", "correct", "incorrect")
    measured = {
        one["name"]: {figure: one[figure] for figure in figures} for one in json.loads(stats.stdout)
    }
    assert measured == expected_statistics(votes, gold)
    expected = expected_labels(rows, votes, annotated, classes)
    assert exported[["id", "label", "source"]].to_dict("list") == expected.to_dict("list")
    assert set(expected["source"]) == {"gold", "annotation", "model", "uncovered"}
