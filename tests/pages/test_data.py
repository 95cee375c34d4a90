"""Data over a small workspace: rows and filters, classes, and projects made from a file."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from labeling.browse import RowFilter
from labeling.execution.local import LocalExecutor
from labeling.filter_words import filter_words
from labeling.project import Project
from labeling.row_query import ColumnCondition, VoteCondition
from labeling.store import TextSearch
from labeling.votes import ABSTAIN
from labeling.workspace import SAMPLE_NAME, Workspace
from storage import DuckDBOpener
from tests.pages import opened
from tests.pages.showing import button, mounted, press, rerun, row_texts, shown, texts
from tests.projects import CSV
from web.services import make_sample


@pytest.fixture
def project(workspace: Workspace, ready_folder: Path) -> Project:
    """The eight rows, opened through the workspace."""
    shutil.copytree(ready_folder, workspace.folder / "p")
    opened.project = workspace.open("p")
    opened.project.wait_idle()
    return opened.project


def tab(title: str) -> AppTest:
    """Show the page with this tab open."""
    return shown("data", {"data-tabs-p": title})


def uploaded(folder: Path, csv: str, purpose: str = "new-project") -> dict[str, object]:
    """Return what the session holds once a file has arrived."""
    upload_id = f"{'0' * 31}1.csv"
    opened.uploads[upload_id] = folder / upload_id
    opened.uploads[upload_id].write_text(csv, "utf-8")
    sent = {"upload_id": upload_id, "file_name": "mail.csv", "size": len(csv)}
    return {f"upload-{purpose}-0": {"upload": sent}}


def test_the_project_is_summed_up_and_its_rows_are_shown(project: Project) -> None:
    """Eight rows: four with dev gold, two locked away, whose gold is not told."""
    app = shown("data")
    assert "8 rows, 2 classes, 4 with dev gold, 2 locked away for test" in texts(app)
    rows = mounted(app, "rows")["rows"]
    assert [row["gold"] for row in rows] == [1, 0, 0, 1, None, None, None, None]
    assert [row["note"] for row in rows if row["note"]] == ["uncovered, test", "test", "uncovered"]


KEPT = ("kept-p-data-query", "kept-p-data-function", "kept-p-data-slice")


def test_rows_show_their_other_columns(project: Project) -> None:
    """Who filters by a column sees it; ids and columns that hold answers are left out."""
    rows = mounted(shown("data"), "rows")["rows"]
    assert rows[2]["fields"] == [["score", "3"]]
    assert {name for row in rows for name, _ in row["fields"]} == {"score"}


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({"data-query": "LUNCH"}, ["b", "c", "h"]),
        ({"data-query": "^free|charge$", "data-regex": True}, ["a", "b", "h"]),
        ({"data-slice": "conflicts"}, ["b", "h"]),
        ({"data-slice": "wrong", "data-function": "free"}, ["b"]),
        ({"data-function": "free"}, ["a", "b", "h"]),
        ({"data-slice": "gold", "data-function": "free"}, ["a", "b"]),
        ({"data-gold": "spam"}, ["a", "d"]),
        ({"data-slice": "hits", "data-query": "money", "data-function": "free"}, ["a"]),
    ],
)
def test_filters_keep_the_rows_counted_by_hand(
    project: Project, filters: dict[str, object], rows: list[str]
) -> None:
    """Every filter given must hold."""
    shown_rows = mounted(shown("data", filters), "rows")["rows"]
    assert ["abcdefgh"[row["row_id"]] for row in shown_rows] == rows


def test_disputed_rows_come_first_on_demand(project: Project) -> None:
    """Functions disagree on b and h."""
    rows = mounted(shown("data", {"data-order": "split"}), "rows")["rows"]
    assert ["abcdefgh"[row["row_id"]] for row in rows][:2] == ["b", "h"]


def test_filters_are_there_again_after_another_page(project: Project) -> None:
    """The search of a project is kept; a function that is gone by then narrows nothing."""
    app = shown("data", {"data-query": "free", "data-function": "free", "data-slice": "hits"})
    left = {name: app.session_state[name] for name in KEPT}
    project.remove_function("free")
    project.refresh()
    back = shown("data", left)
    assert back.session_state["data-query"] == "free"
    assert back.session_state["data-slice"] == "hits"
    assert back.session_state["data-function"] == "(any)"


def test_filters_that_keep_nothing_say_so(project: Project) -> None:
    """An empty list names the next step."""
    assert "Widen the filters" in texts(shown("data", {"data-query": "no such words"}))


def test_a_broken_pattern_is_answered_with_a_sentence(project: Project) -> None:
    """The error box shows the pattern as plain text."""
    app = shown("data", {"data-query": "(<b>", "data-regex": True})
    assert "✗" in texts(app)
    assert not app.error


def test_a_class_is_added_at_the_end(project: Project) -> None:
    """The codes of the others stay; a class that is there already is refused."""
    app = tab("Classes and guidelines")
    field = next(field for field in app.text_input if field.label == "One more class")
    field.set_value(" <i>other</i> ")
    press(app, "Add")
    assert project.info().classes == ("ham", "spam", "<i>other</i>")
    field = next(field for field in app.text_input if field.label == "One more class")
    field.set_value("spam")
    assert "The class 'spam' is there already" in texts(press(app, "Add"))


def test_guidelines_are_saved(project: Project) -> None:
    """There is nothing to save before they change."""
    app = tab("Classes and guidelines")
    assert button(app, "Save the guidelines").disabled
    app.text_area[0].set_value("Spam sells.")
    press(rerun(app), "Save the guidelines")
    assert project.info().guidelines == "Spam sells."


def test_the_first_visit_offers_an_upload(workspace: Workspace) -> None:
    """A workspace without a project asks for a file and for nothing else."""
    app = shown("data")
    assert mounted(app, "uploader")["label"] == "Data file"
    assert not app.button


def test_the_first_visit_offers_the_sample(tmp_path: Path) -> None:
    """Where nobody made a project yet, one press opens the sample with its functions."""
    with closing(
        Workspace(tmp_path / "p", DuckDBOpener(), LocalExecutor(), make_sample=make_sample)
    ) as opened.workspace:
        assert "2,000 support messages" not in texts(shown("data", uploaded(tmp_path, CSV)))
        app = shown("data")
        assert "2,000 support messages" in texts(app)
        press(app, "Open the sample project")
        assert app.session_state["project_name"] == SAMPLE_NAME
        assert len(opened.workspace.open(SAMPLE_NAME).functions()) == 10


def test_a_project_is_made_from_an_uploaded_file(workspace: Workspace, tmp_path: Path) -> None:
    """Columns and classes are proposed from the file; one press makes the project."""
    app = shown("data", uploaded(tmp_path, CSV))
    assert "CSV, separated by ',': 8 rows, 5 columns." in texts(app)
    assert [choice.value for choice in app.selectbox] == ["text", "id", "gold", "split"]
    assert app.text_area[0].value.split() == ["ham", "spam"]
    press(app, "Create the project")
    assert workspace.projects() == ("mail",)
    info = workspace.open("mail").info()
    assert (info.text_column, info.id_column, info.classes) == ("text", "id", ("ham", "spam"))


def test_numbers_in_the_gold_column_are_read_as_classes(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Once the classes have names, the form says which number means which, and imports it so."""
    csv = CSV.replace(",spam,", ",1,").replace(",ham,", ",0,")
    app = shown("data", uploaded(tmp_path, csv))
    assert app.text_area[0].value.split() == ["0", "1"]
    assert not app.checkbox
    app.text_area[0].set_value("*ham*\nspam")
    rerun(app)
    assert app.checkbox[0].value
    assert "0 = *ham* · 1 = spam" in texts(app)
    press(app, "Create the project")
    made = workspace.open("mail")
    assert made.info().classes == ("*ham*", "spam")
    assert [row.gold for row in made.rows(range(4))] == [1, 0, 0, 1]


@pytest.mark.parametrize(
    ("csv", "classes", "complaint"),
    [
        (CSV, "ham", "2 to 127 classes"),
        (CSV, "ham\nother", "spam"),
        (CSV + "a,free again,ham,dev,9\n", "ham\nspam", "'a'"),
    ],
    ids=["one class", "gold of no class", "an id twice"],
)
def test_a_file_that_cannot_be_imported_is_answered_with_a_sentence(
    workspace: Workspace, tmp_path: Path, csv: str, classes: str, complaint: str
) -> None:
    """Nothing half-made is left behind."""
    app = shown("data", uploaded(tmp_path, csv))
    next(choice for choice in app.selectbox if choice.label == "Id").set_value("id")
    app.text_area[0].set_value(classes)
    press(app, "Create the project")
    assert complaint in texts(app)
    assert workspace.projects() == ()
    assert not any(workspace.folder.glob(".*.unfinished"))


def test_an_unreadable_file_is_refused_as_soon_as_it_arrives(
    workspace: Workspace, tmp_path: Path
) -> None:
    """An empty file has no form to fill."""
    app = shown("data", uploaded(tmp_path, ""))
    assert "✗" in texts(app)
    assert not app.button


def test_rows_are_added_to_the_open_project(project: Project, tmp_path: Path) -> None:
    """New ids only; the functions then run on what is new."""
    session = uploaded(tmp_path, CSV.splitlines()[0] + "\ni,lunch money,,,9\n", "add-rows")
    app = shown("data", {"data-tabs-p": "Add rows", **session})
    press(app, "Add the rows")
    assert project.wait_idle().n_rows == 9
    assert row_texts(shown("data"))[-1] == "lunch money"


def test_ids_that_are_there_already_are_refused(project: Project, tmp_path: Path) -> None:
    """The project stays as it was."""
    app = shown("data", {"data-tabs-p": "Add rows", **uploaded(tmp_path, CSV, "add-rows")})
    press(app, "Add the rows")
    assert "✗" in texts(app)
    assert project.wait_idle().n_rows == 8


def test_another_project_can_be_chosen(
    workspace: Workspace, project: Project, ready_folder: Path
) -> None:
    """The choice is kept for the next page, and what was open in Studio is not."""
    shutil.copytree(ready_folder, workspace.folder / "q")
    app = shown("data", {"studio_function": "free"})
    assert app.selectbox[0].options == ["p", "q"]
    app.selectbox[0].set_value("q")
    rerun(app)
    assert app.session_state["project_name"] == "q"
    assert "studio_function" not in app.session_state


def test_conditions_on_columns_and_votes_are_added_and_taken_away(project: Project) -> None:
    """Score over 2, and not a vote of money: c, e, g and h; without the second, d too."""
    app = press(press(shown("data"), "Add a column"), "Add a vote")
    app.selectbox(key="data-column-1-name").set_value("score")
    app.selectbox(key="data-column-1-test").set_value(">")
    rerun(app).text_input(key="data-column-1-value-0").set_value("2")
    app.toggle(key="data-vote-1-not").set_value(True)
    assert ["abcdefgh"[row["row_id"]] for row in mounted(rerun(app), "rows")["rows"]] == list(
        "cegh"
    )
    app.button(key="data-vote-1-remove").click()
    rows = mounted(rerun(app), "rows")["rows"]
    assert ["abcdefgh"[row["row_id"]] for row in rows] == list("cdegh")


def test_what_was_searched_for_is_marked(project: Project) -> None:
    """Without the colour of a class."""
    app = shown("data", {"data-query": "LUNCH"})
    marks = mounted(app, "rows")["rows"][0]["highlights"]
    assert {"start": 5, "end": 10, "code": None} in marks


def test_filters_become_a_slice_with_figures(project: Project) -> None:
    """It is chosen, narrows the rows and says what is in it; in Studio, too."""
    app = press(shown("data", {"data-query": "free", "slice-name-p": "free rows"}), "Save")
    assert project.slices.names() == ("free rows",)
    said = texts(app)
    assert "free rows: 3 rows · 100.0\u00a0% covered · 66.7\u00a0% in conflict" in said
    assert "Keeps: has “free”" in said
    assert "3 of 8 rows" in said
    assert "Filters:" not in said
    app = shown("studio", {"studio_function": "money", "studio-within": "free rows"})
    assert row_texts(app) == ["free money now"]


WANTED = RowFilter(
    "gold",
    "money",
    search=TextSearch("m.ney", regex=True),
    search_negate=True,
    label=0,
    gold=1,
    confidence=(0.25, 0.75),
    columns=(
        ColumnCondition("score", "between", ("2", "4"), negate=True),
        ColumnCondition("text", "empty"),
    ),
    votes=(VoteCondition("money", None), VoteCondition("free", ABSTAIN, negate=True)),
)


def test_the_filters_of_a_slice_are_edited(project: Project) -> None:
    """Every field is filled, so that saving it under its name changes nothing of it."""
    project.slices.save("all of it", WANTED)
    app = press(shown("data", {"data-within": "all of it"}), "Edit its filters")
    words = filter_words(WANTED, ("ham", "spam"))
    assert words == (
        "with dev gold · not matches “m.ney” · label ham · dev gold spam"
        " · not score between 2 and 4 · text empty · money votes"
        " · free does not abstain · confidence 25% to 75%"
    )
    assert f"Filters: {words}" in texts(app)
    project.slices.remove("all of it")
    press(app, "Save")
    assert project.slices.filter("all of it") == WANTED


def test_all_filters_are_cleared_at_once(project: Project) -> None:
    """Those in the closed part, too."""
    app = press(press(shown("data", {"data-query": "free"}), "Add a vote"), "Clear")
    assert len(mounted(app, "rows")["rows"]) == 8
    assert "Filters:" not in texts(app)
