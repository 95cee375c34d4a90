"""What users bring is shown as text, in every place: nothing of it runs, links or fetches.

The `page` fixture adds that no request left the machine and that the browser reported no violation
of the content security policy, which is what a blocked image or script of a payload would be.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from labeling.annotation_store import Annotation
from labeling.execution.local import LocalExecutor
from labeling.export_labels import ExportOptions
from labeling.kinds.python import single_python_function
from labeling.project import Project
from labeling.store import ImportPlan, ProjectInfo
from labeling.workspace import create_project
from storage import DuckDBOpener
from tests.browser.payloads import ANY, FILE_NAME, FOUND_MARKUP, PRINTABLE
from tests.browser.serving import REPOSITORY
from tests.browser.test_whole_loop import (
    forgive_probes,
    write_python_function,
)
from tests.conftest import ServeApp
from tests.projects import keyword

TEXTS, NAMES = tuple(ANY.values()), tuple(PRINTABLE.values())
RAISES = f'''TEXTS = {TEXTS!r}  # {NAMES!r}


@labeling_function(name={NAMES[0]!r})
def raises(x):
    """{PRINTABLE["image"]}"""
    print(TEXTS)
    raise ValueError(TEXTS[int(x.id) % len(TEXTS)])
'''


@pytest.fixture(scope="module")
def app(serve_app: ServeApp, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on a project in which every text and name is a payload."""
    projects = tmp_path_factory.mktemp("workspace") / "projects"
    projects.mkdir()
    _create_hostile(projects / FILE_NAME)
    return serve_app(REPOSITORY / "app.py", env={"LABELWRIGHT_PROJECTS": str(projects)})


def _create_hostile(folder: Path) -> None:
    data = folder.parent / f"{FILE_NAME}.csv"
    with data.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(["id", "text", *NAMES, "gold"])
        for i in range(4 * len(TEXTS)):
            text = TEXTS[i % len(TEXTS)]
            lines.writerow([i, text, *[text] * len(NAMES), NAMES[i % 3] if i % 2 else ""])
    guidelines = "\n".join(TEXTS)
    info = ProjectInfo(PRINTABLE["image"], NAMES, "text", "id", guidelines)
    create_project(folder, DuckDBOpener(), info, ImportPlan(data, "text", "id", "gold"))
    with (
        LocalExecutor() as executor,
        Project(folder, DuckDBOpener().open(folder), executor) as project,
    ):
        for i, name in enumerate(NAMES[1:]):
            project.save_function(keyword(name, ("pwned", "e"), NAMES[i % 3]), author=name)
        project.save_function(single_python_function(RAISES), author=NAMES[0])
        project.refresh()
        project.annotate([_annotation(row_id) for row_id in range(5)])
        project.annotate(_difference(6, PRINTABLE["Markdown image"], PRINTABLE["directive"]))
        project.exports.write_to_project(ExportOptions(votes=True))


def _difference(row_id: int, *notes: str) -> list[Annotation]:
    """Return what two people say of a row, with their notes."""
    at = datetime.now(UTC)
    return [
        Annotation(UUID(int=100 + code), row_id, "label", code, NAMES[code], at, note=note)
        for code, note in enumerate(notes)
    ]


def _annotation(row_id: int) -> Annotation:
    at, note = datetime.now(UTC), TEXTS[row_id]
    return Annotation(UUID(int=row_id), row_id, "label", row_id, NAMES[row_id], at, note=note)


@pytest.fixture
def hostile(app: str, page: Page, console_errors: list[str]) -> Iterator[Callable[[str], Page]]:
    """Return `hostile(address) -> page`; at the end no payload made, ran or opened anything."""
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    def visit(address: str) -> Page:
        path, _, more = address.partition("?")
        page.goto(f"{app}/{path}?project={quote(FILE_NAME)}&{more}")
        return page

    yield visit
    assert page.evaluate(FOUND_MARKUP) == []
    assert dialogs == []
    forgive_probes(console_errors)


def unmarked(page: Page) -> None:
    """Nothing on the page as it is now was made from a payload."""
    assert page.evaluate(FOUND_MARKUP) == []


@pytest.mark.browser
def test_the_rows_of_a_project(hostile: Callable[[str], Page]) -> None:
    """Texts of rows, functions that voted, classes, gold, and the menus of the filters."""
    page = hostile("data")
    for text in TEXTS:
        shown = page.locator(".row .text").filter(has_text=text.strip())
        expect(shown.first).to_be_attached()
    for menu in ("Function", "Label", "Dev gold"):
        page.get_by_role("combobox", name=menu).click()
        expect(page.get_by_role("option", name=PRINTABLE["directive"], exact=True)).to_be_visible()
        unmarked(page)
        page.keyboard.press("Escape")


@pytest.mark.browser
def test_a_search_and_its_error(hostile: Callable[[str], Page]) -> None:
    """The query comes back in the message about its pattern."""
    page = hostile("data")
    page.get_by_text("Regex", exact=True).click()
    page.get_by_label("Search the text").fill(f"{FILE_NAME} (")
    page.keyboard.press("Enter")
    expect(page.get_by_text("✗ ").filter(has_text=f"{FILE_NAME} (")).to_be_visible()


@pytest.mark.browser
def test_classes_and_guidelines(hostile: Callable[[str], Page]) -> None:
    """The table of classes, the guidelines, and a class that is there already."""
    page = hostile("data")
    page.get_by_role("tab", name="Classes and guidelines").click()
    expect(page.get_by_label("Guidelines for annotators")).to_have_value("\n".join(TEXTS))
    page.get_by_label("One more class").fill(NAMES[1])
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("is there already")).to_be_visible()


@pytest.mark.browser
def test_an_upload_and_its_columns(hostile: Callable[[str], Page], tmp_path: Path) -> None:
    """A file's name, its columns, its examples, and what is proposed from them."""
    page = hostile("data")
    file = tmp_path / f"{FILE_NAME}.csv"
    file.write_text("text," + ",".join(f'"{name.replace(chr(34), chr(34) * 2)}"' for name in NAMES))
    with file.open("a") as more:
        more.write("\n" + ",".join(['"![pwned](http://198.51.100.7/cell.png)"'] * (len(NAMES) + 1)))
    page.get_by_role("tab", name="New project").click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_label("Project name")).to_have_value(FILE_NAME)
    page.get_by_role("combobox", name="Text").click()
    expect(page.get_by_role("option", name=PRINTABLE["emphasis"], exact=True)).to_be_visible()
    unmarked(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Create the project").click()
    expect(page.get_by_text("cannot name a project").or_(page.get_by_text("✗"))).to_be_visible()


MALFORMED = {
    "columns twice": f"text,{FILE_NAME},{FILE_NAME}\na,b,c\n",
    "delimiter": "<img>^pwned\n1^2\n3^4\n",
    "open quote": 'a,"<img src=x>',
    "compressed": "\x1f\x8b",
}


@pytest.mark.browser
def test_malformed_uploads(hostile: Callable[[str], Page], tmp_path: Path) -> None:
    """The message names the file and quotes what is wrong in it."""
    page = hostile("data")
    file = tmp_path / f"{FILE_NAME}.csv"
    page.get_by_role("tab", name="New project").click()
    for content in MALFORMED.values():
        file.write_bytes(content.encode("latin-1"))
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text(f"✗ {FILE_NAME}.csv")).to_be_visible()
        unmarked(page)
        page.get_by_role("button", name="Remove", exact=True).click()
        expect(page.get_by_text(f"✗ {FILE_NAME}.csv")).to_have_count(0)


@pytest.mark.browser
def test_a_function_that_fails(hostile: Callable[[str], Page]) -> None:
    """Its source, its errors, what it printed, the preview, and the offer after its removal."""
    page = hostile("studio")
    write_python_function(page, RAISES.replace(f"name={NAMES[0]!r}", f"name={FILE_NAME!r}"))
    expect(page.get_by_text("80 rows failed")).to_be_visible()
    page.get_by_text("What it printed").click()
    expect(page.get_by_test_id("stCode")).to_contain_text("pwnedansi")
    unmarked(page)
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_text("It printed:")).to_be_visible()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("Bring it back")).to_be_visible()


@pytest.mark.browser
def test_the_rows_on_which_a_function_fails(hostile: Callable[[str], Page]) -> None:
    """Errors by message, the rows of one, one row whole, and the word on its acceptance."""
    page = hostile(f"studio?function={quote(NAMES[0], safe='')}")
    expect(page.get_by_text("rows failed; not in the label model.")).to_be_visible()
    page.get_by_test_id("stDataFrame").nth(1).click(position={"x": 200, "y": 52})
    expect(page.get_by_text("rows: ValueError: ")).to_be_visible()
    unmarked(page)
    page.locator(".row").first.click()
    expect(page.get_by_text("· ValueError: ")).to_be_visible()
    expect(page.get_by_text("Fields", exact=True)).to_be_visible()
    unmarked(page)
    page.get_by_role("button", name="Accept anyway").click()
    expect(page.get_by_text("rows failed; accepted on")).to_be_visible()


@pytest.mark.browser
def test_a_run_that_ends_early(hostile: Callable[[str], Page]) -> None:
    """Its message, in the report and as a mark in the editor."""
    page = hostile("studio")
    name = f"early {FILE_NAME}"
    raising = f"raise ValueError({''.join(TEXTS[:14])!r})\n"
    write_python_function(page, f"{raising}@labeling_function(name={name!r})\ndef f(x):\n    ...\n")
    said = page.get_by_text("✗ The run ended early: The function could not be prepared on line 1")
    expect(said).to_contain_text("<script>window.pwned='script'</script>")
    page.locator(".cm-lintRange-error").first.hover(position={"x": 20, "y": 5})
    expect(page.locator(".cm-tooltip-lint")).to_contain_text("pwned")
    unmarked(page)
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text(f"Removed {name}.")).to_be_visible()


CONTESTED = f"contested {FILE_NAME} {PRINTABLE['emphasis']}"


def contested(page: Page, said: str) -> None:
    """Write and save a function that two people work on."""
    source = f"# {said}\n@labeling_function(name={CONTESTED!r})\ndef f(x):\n    return None\n"
    page.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Unsaved changes")).to_have_count(0)


@pytest.mark.browser
def test_a_function_that_somebody_else_saves_and_removes(
    app: str, browser: BrowserContext, hostile: Callable[[str], Page]
) -> None:
    """The refusal and the other's text beside it; then the word that the function is gone."""
    page = hostile("studio")
    contested(page, "first")
    expect(page.get_by_role("button", name="Remove", exact=True)).to_be_enabled()
    page.locator(".cm-content").click()
    page.keyboard.insert_text("# mine")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()

    other = browser.new_page()
    address = f"{app}/studio?project={quote(FILE_NAME)}&function={quote(CONTESTED, safe='')}"
    other.goto(address)
    expect(other.locator(".cm-content")).to_contain_text("# first")
    contested(other, " ".join(PRINTABLE.values()))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("while you edited it.")).to_contain_text("contested <img src=x")
    page.get_by_role("button", name="Show theirs").click()
    expect(page.get_by_test_id("stCode").first).to_contain_text("pwnedstrike")
    unmarked(page)

    other.get_by_role("button", name="Remove", exact=True).click()
    expect(other.get_by_text("Bring it back")).to_be_visible()
    other.close()
    removed = page.get_by_text("was removed or renamed by another tab or person.")
    expect(removed).to_contain_text(PRINTABLE["emphasis"])


@pytest.mark.browser
def test_a_query(hostile: Callable[[str], Page]) -> None:
    """Its text, the columns it can name, its errors, its preview, and the saved function."""
    page = hostile("studio")
    page.locator(".st-key-studio_kind").get_by_text("sql", exact=True).click()
    page.get_by_label("Name", exact=True).fill(f"query {FILE_NAME}")
    page.keyboard.press("Tab")
    label = NAMES[1].replace("'", "''")
    for query, told in (
        (f'SELECT row_id, "{FILE_NAME}" AS label\nFROM rows', f'"{FILE_NAME}" not found'),
        (f"SELECT row_id, '{FILE_NAME}' AS label\nFROM rows", FILE_NAME),
        (f"SELECT row_id, '{label}' AS label -- {FILE_NAME}\nFROM rows", "Preview on all"),
    ):
        page.locator(".cm-content").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(query)
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text(told).last).to_be_visible()
        unmarked(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. Statistics follow at once.")).to_be_visible()
    expect(page.get_by_text("100.0 % covered")).to_be_visible()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text(f"Removed query {FILE_NAME}.")).to_be_visible()


@pytest.mark.browser
def test_the_form_of_a_new_function(hostile: Callable[[str], Page]) -> None:
    """The menus of classes and columns, and an invalid pattern in its message."""
    page = hostile("studio")
    page.locator(".st-key-studio_kind").get_by_text("regex", exact=True).click()
    page.get_by_label("Name", exact=True).fill(FILE_NAME)
    page.get_by_label("Pattern (Python's re)").fill("<img src=x onerror=pwned=6>(")
    page.get_by_label("Votes for").select_option(PRINTABLE["directive"])
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("✗").first).to_be_visible()


@pytest.mark.browser
def test_the_annotation_card(hostile: Callable[[str], Page]) -> None:
    """Text, fields, classes, suggestion, guidelines, votes, keys, and the annotator's name."""
    page = hostile("annotate")
    page.get_by_label("Your name").fill(PRINTABLE["image"])
    page.keyboard.press("Enter")
    expect(page.locator(".card .text")).to_contain_text("pwn")
    for name in NAMES:
        card = page.locator(".card")
        whole = card.get_by_text(name, exact=True).or_(card.get_by_title(name, exact=True))
        expect(whole.first).to_be_attached()
    page.locator(".card .text").click()
    page.keyboard.press("v")
    expect(page.locator(".votes").get_by_title(NAMES[1]).first).to_be_attached()
    page.keyboard.press("?")
    expect(
        page.get_by_role("dialog", name="Keys").get_by_text(NAMES[0], exact=True)
    ).to_be_visible()
    unmarked(page)
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.locator(".last").get_by_title(NAMES[0], exact=True)).to_be_visible()


@pytest.mark.browser
def test_the_review_of_a_difference(hostile: Callable[[str], Page]) -> None:
    """Text, classes, who says what, and the notes."""
    page = hostile("review")
    for note in ("Markdown image", "directive"):
        expect(page.get_by_text(PRINTABLE[note]).first).to_be_visible()
    expect(page.get_by_text("Rows with two labels or more: 1")).to_be_visible()


@pytest.mark.browser
def test_charts_and_their_tooltips(hostile: Callable[[str], Page]) -> None:
    """Names of functions and classes on axes and in the box that follows the mouse."""
    page = hostile("dashboard")
    expect(page.get_by_test_id("stVegaLiteChart").nth(3)).to_be_visible()
    for chart in page.get_by_test_id("stVegaLiteChart").all()[:3]:
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        assert box is not None
        for share in (0.3, 0.5, 0.7):
            page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * share)
            unmarked(page)
    expect(page.locator("#vg-tooltip-element")).to_contain_text("pwned")


@pytest.mark.browser
def test_the_export_and_its_preview(hostile: Callable[[str], Page]) -> None:
    """The columns to choose from, counts, the first rows, and links whose address is ours.

    Streamlit's own download of a table would write formula cells; there is none.
    """
    page = hostile("export")
    expect(page.get_by_test_id("stMultiSelect")).to_contain_text(PRINTABLE["directive"])
    expect(page.get_by_text("Up to date")).to_be_visible()
    for position in ({"x": 60, "y": 15}, {"x": 60, "y": 60}):  # a column's name, and a cell
        page.get_by_test_id("stDataFrame").last.dblclick(position=position)
        unmarked(page)
    page.keyboard.press("Escape")
    page.get_by_test_id("stDataFrame").last.hover()
    expect(page.get_by_role("button", name="Search").first).to_be_visible()
    expect(page.get_by_role("button", name="Download as CSV")).to_have_count(0)
    link = page.get_by_role("link", name="CSV").first
    assert str(link.get_attribute("href")).startswith("/labelwright/export/%3Cimg")
    with page.expect_download():
        link.click()


@pytest.mark.browser
def test_the_settings(hostile: Callable[[str], Page]) -> None:
    """The page and its title name the project, whose name is a payload."""
    page = hostile("settings")
    expect(page.get_by_text("Where labeling functions run")).to_be_visible()
    expect(page.get_by_text(f"Project {FILE_NAME}", exact=True)).to_be_visible()
    assert page.title() == f"Settings · {FILE_NAME} · Labelwright"


@pytest.mark.browser
def test_an_address_with_payloads(app: str, hostile: Callable[[str], Page]) -> None:
    """A project that is not there, and parameters that nobody asked for, are passed over."""
    page = hostile("data")
    payload = quote(PRINTABLE["image"])
    page.goto(f"{app}/studio?project={payload}&{payload}={payload}#{payload}")
    expect(page.locator(".cm-content")).to_be_visible()


@pytest.mark.browser
def test_markup_would_be_found(page: Page) -> None:
    """The search that the other tests rely on sees elements, links, formulas and scripts."""
    page.evaluate("""() => {
        const host = document.body.appendChild(document.createElement("div"));
        host.attachShadow({ mode: "open" }).innerHTML = "<a href='javascript:x'>pwnedsvg</a>";
        document.body.insertAdjacentHTML("beforeend", "<em>pwneditalic</em><b class=katex></b>");
        window.pwned = 1;
    }""")
    assert page.evaluate(FOUND_MARKUP) == [
        "a href=javascript:x",
        "a: pwnedsvg",
        "em: pwneditalic",
        "a formula",
        "ran: 1",
    ]
