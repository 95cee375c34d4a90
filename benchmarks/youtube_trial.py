"""A new user's first afternoon with real data, in a real browser and with the clock running.

Usage: PYTHONPATH=. python benchmarks/youtube_trial.py [FOLDER FOR SCREENSHOTS]
Takes youtube from the shared benchmark data (folder LABELWRIGHT_DATA, else ../shared/data) as a CSV
in which only the validation split shows its gold, types at TYPING_MS a key, and looks LOOK_MS at
each result. Prints the clock at each step. Whether the labels are right is read from the exported
CSV, beside the gold of the test split, which the app never saw.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.serving import CHROMIUM_ARGUMENTS, REPOSITORY, chromium_path, served
from tests.browser.test_whole_loop import open_page

TYPING_MS = 70
LOOK_MS = 4_000
WIDTH, HEIGHT = 1440, 900
SPAM, HAM = "SPAM", "HAM"
KEYWORDS = (
    ("check this out", SPAM, ("check", "checkout")),
    ("subscribe", SPAM, ("subscribe", "subscribers", "sub", "subs")),
    ("advertises own things", SPAM, ("my channel", "my video", "my videos", "my page", "my music")),
    ("money", SPAM, ("free", "money", "earn", "win", "cash", "giveaway")),
    ("asks for something", SPAM, ("please", "plz", "visit", "follow", "facebook", "share")),
    (
        "who sings",
        HAM,
        ("katy", "perry", "eminem", "rihanna", "shakira", "psy", "lmfao", "gangnam"),
    ),
    ("talks of the views", HAM, ("views", "billion", "million", "2015", "2014")),
)
LINK = r"https?://|www\.|\.com"
SHORT = """@labeling_function()
def short_praise(x):
    words = x.text.lower().split()
    if len(words) < 12 and any(word in words for word in ("love", "best", "song", "good", "nice")):
        return "HAM"
    return ABSTAIN
"""


class Trial:
    """One person at one browser: a clock, and pictures of the way."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder = page, folder
        self._started = time.monotonic()
        self._last = 0.0
        self.saved = 0
        folder.mkdir(parents=True, exist_ok=True)
        print("| clock | step |\n|--:|---|")

    def note(self, step: str) -> None:
        """Print the clock."""
        seconds = int(time.monotonic() - self._started)
        print(f"| {seconds // 60}:{seconds % 60:02} | {step} |", flush=True)

    def look(self, picture: str | None = None) -> None:
        """Read what is on the screen; keep a picture of it."""
        self.page.wait_for_timeout(LOOK_MS)
        if picture is not None:
            path = self.folder / f"afternoon-{picture}.png"
            self.page.screenshot(path=path)
            # The documentation shows them: 64 colours are enough, at a fifth of the size.
            Image.open(path).convert("RGB").quantize(64).save(path, optimize=True)

    def type(self, text: str) -> None:
        """Type as a person does."""
        self.page.keyboard.type(text, delay=TYPING_MS)

    def new(self, kind: str) -> None:
        """Begin another function."""
        button = self.page.get_by_role("button", name="New", exact=True)
        if button.is_enabled():
            button.click()
        self.page.get_by_role("radio", name=kind, exact=True).click()

    def save(self, name: str) -> None:
        """Save from the keyboard, and wait for the statistics."""
        page = self.page
        page.keyboard.press("Control+s")
        expect(page.get_by_text("Unsaved changes")).to_have_count(0)
        self._counted()
        self.note(f"function {self.saved}: {name}")

    def _counted(self) -> None:
        """Wait until the list has one function more, and everything is up to date."""
        self.saved += 1
        lines = self.page.locator(".st-key-studio-functions tbody tr")
        expect(lines).to_have_count(self.saved)
        expect(self.page.get_by_text("Up to date")).to_be_visible()

    def export(self, number: int) -> pd.DataFrame:
        """Write an export, the project's first or second, download it by its link and read it."""
        self.page.get_by_role("button", name="Write the export").click()
        links = self.page.get_by_role("link", name="CSV")
        expect(links).to_have_count(number)
        with self.page.expect_download() as download:
            links.first.click()
        return pd.read_csv(download.value.path(), dtype=str, keep_default_na=False)

    def keywords(self, name: str, label: str, words: tuple[str, ...]) -> None:
        """Write a list of words that vote for a class."""
        self.new("keyword")
        self.page.get_by_label("Name", exact=True).click()
        self.type(name)
        self.page.get_by_label("Votes for").select_option(label)
        self.page.get_by_label("Words or phrases, one a line").click()
        self.type("\n".join(words))
        self.save(name)

    def pattern(self, name: str, label: str, pattern: str) -> None:
        """Write a regular expression that votes for a class."""
        self.new("regex")
        self.page.get_by_label("Name", exact=True).click()
        self.type(name)
        self.page.get_by_label("Votes for").select_option(label)
        self.page.get_by_label("Pattern (Python's re)").click()
        self.type(pattern)
        self.save(name)

    def python(self, source: str, name: str) -> None:
        """Paste a Python function."""
        self.new("python")
        self.page.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(source)
        self.save(name)

    def suggestion(self) -> None:
        """Take the first suggestion, with one key."""
        page = self.page
        page.get_by_role("button", name="New", exact=True).click()
        expect(page.get_by_text("Suggestions: press 1")).to_be_visible(timeout=60_000)
        self.look("suggestions")
        page.keyboard.press("1")
        expect(page.get_by_text("Unsaved changes")).to_be_visible()
        self.look("preview")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Unsaved changes")).to_have_count(0)
        self._counted()
        self.note(f"function {self.saved}: a suggestion, taken by its key")


def main() -> None:
    """Go the whole way, and print the clock and how right the labels are."""
    pictures = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    comments = youtube()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        shown = comments.assign(gold=comments["gold"].where(comments["split"] == "valid", ""))
        file = Path(scratch) / "comments.csv"
        shown.to_csv(file, index=False)
        projects = Path(scratch) / "projects"
        projects.mkdir()
        with served(REPOSITORY / "app.py", {"LABELWRIGHT_PROJECTS": str(projects)}) as url:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(), args=list(CHROMIUM_ARGUMENTS)
            )
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.set_default_timeout(30_000)
            expect.set_options(timeout=30_000)
            trial = Trial(page, pictures)
            of_functions, of_end_model = first_afternoon(trial, url, file)
            browser.close()
    print("\n| labels of | test rows | with a label | of these right | of all right |")
    print("|---|--:|--:|--:|--:|")
    print_how_right("label model", of_functions, comments)
    print_how_right("end model", of_end_model, comments)


def youtube() -> pd.DataFrame:
    """Return id, text, gold (a class name, "" where unknown) and split of every comment."""
    folder = Path(os.environ.get("LABELWRIGHT_DATA", REPOSITORY.parent / "shared" / "data"))
    path = folder / "youtube.parquet"
    if not path.is_file():
        raise SystemExit(f"{path} is not there; set LABELWRIGHT_DATA to the folder that has it.")
    found = pd.read_parquet(path, columns=["id", "text", "gold", "split"])
    return found.assign(gold=found["gold"].map({0: HAM, 1: SPAM}).fillna(""))


def first_afternoon(trial: Trial, url: str, file: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Import, write ten functions, judge them; return the labels of label model and end model."""
    page = trial.page
    page.goto(url)
    trial.note("the app is opened")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_label("Classes, one a line")).not_to_have_value("")
    trial.look("import")
    page.get_by_role("button", name="Create the project").click()
    expect(page.get_by_text("1,956 rows, 2 classes")).to_be_visible()
    trial.note("the comments are a project")
    open_page(page, "Studio")
    first, *others = KEYWORDS
    trial.keywords(first[0], first[1], first[2])
    trial.look("first-function")
    for name, label, words in others:
        trial.keywords(name, label, words)
        trial.look()
    trial.pattern("has a link", SPAM, LINK)
    trial.look()
    trial.python(SHORT, "short_praise")
    trial.look("python")
    trial.suggestion()
    trial.look("ten-functions")
    open_page(page, "Dashboard")
    expect(page.get_by_text("dev gold rows").first).to_be_visible()
    trial.look("dashboard")
    trial.note("looked at the Dashboard")
    card = page.locator(".st-key-end-model-card")
    card.scroll_into_view_if_needed()
    card.get_by_role("button", name="Train").click()
    expect(card.get_by_text("on tfidf, learned from", exact=False)).to_be_visible()
    trial.look("end-model")
    trial.note("trained an end model")
    open_page(page, "Export")
    expect(page.get_by_role("button", name="Write the export")).to_be_enabled()
    of_functions = trial.export(1)
    trial.note("the labels are a CSV")
    page.locator("label").filter(has_text="end model").click()
    trial.look("export")
    of_end_model = trial.export(2)
    trial.note("the end model's labels are one, too")
    return of_functions, of_end_model


def print_how_right(whose: str, exported: pd.DataFrame, comments: pd.DataFrame) -> None:
    """Compare the exported labels of the test split with its gold."""
    test = exported.merge(
        comments.loc[comments["split"] == "test", ["id", "gold"]].astype({"id": str}),
        on="id",
        suffixes=("_shown", ""),
    )
    labelled = test["label"] != ""
    right = test["label"] == test["gold"]
    print(
        f"| {whose} | {len(test)} | {labelled.mean():.1%} | {right[labelled].mean():.1%} "
        f"| {right.mean():.1%} |"
    )


if __name__ == "__main__":
    main()
