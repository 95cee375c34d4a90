"""Studio over eight rows: the table, the forms, previews, errors, and the rows."""

import json
import re

import pytest
from streamlit.elements.lib import policies
from streamlit.testing.v1 import AppTest

from labeling.browse import RowFilter
from labeling.functions import LabelingFunction
from labeling.project import Project
from tests.pages.showing import (
    button,
    mounted,
    open_tab,
    press,
    rerun,
    row_texts,
    shown,
    shows,
    tab_titles,
    texts,
)
from tests.projects import keyword


def new_function(kind: str) -> AppTest:
    """Open the form of a new function."""
    return shown("studio", {"studio_kind": kind})


def fill(app: AppTest, **fields: str) -> AppTest:
    """Fill the open form; a field is named by the first word of its label."""
    if "rule" in fields or shows(app, "builder"):
        return build(app, **fields)
    for element in [*app.text_input, *app.text_area, *app.selectbox]:
        value = fields.get(element.label.split()[0].lower())
        if value is not None:
            element.set_value(value)
    return rerun(app)


def build(app: AppTest, **fields: str) -> AppTest:
    """Let the builder say what its fields would say, filled like this."""
    handed = mounted(app, "builder")
    source = json.loads(fields["rule"]) if "rule" in fields else handed["source"]
    if "words" in fields:
        source["words"] = fields["words"].split("\n") if fields["words"] else []
    source |= {key: fields[key] for key in ("pattern",) if key in fields}
    source |= {"label": fields["votes"]} if "votes" in fields else {}
    said = {"name": fields.get("name", handed["name"]), "source": source}
    builds = app.session_state["builds"] + 1 if "builds" in app.session_state else 1
    app.session_state["builds"] = builds
    edit = {"text": json.dumps(said), "stamp": str(builds), "revision": handed["revision"]}
    app.session_state["studio-builder"] = {"edit": edit}
    return rerun(app)


def built_words(app: AppTest) -> list[str]:
    """Return the words in the form of the open keyword function."""
    words: list[str] = mounted(app, "builder")["source"]["words"]
    return words


def test_every_tab_counts_its_rows(project: Project) -> None:
    """Of all functions together where none is open, and else of the open one."""
    wrong = project.find_rows(RowFilter(rows="wrong")).total
    titles = [title.replace("\u00a0", " ") for title in tab_titles(shown("studio"))]
    assert titles == ["Hits 6", "Conflicts 2", f"Wrong on gold {wrong}", "Uncovered 2"]
    app = shown("studio", {"studio_function": "free"})
    titles = [title.replace("\u00a0", " ") for title in tab_titles(app)]
    assert titles == ["Hits 3", "Conflicts 2", "Wrong on gold 1", "Uncovered 2"]


def test_without_gold_nothing_is_said_to_be_right(empty: Project) -> None:
    """0 wrong would look like labels that are all right."""
    titles = [title.replace("\u00a0", " ") for title in tab_titles(shown("studio"))]
    assert titles[:3] == ["Hits 0", "Conflicts 0", "Wrong on gold"]


def test_the_table_has_the_figures_counted_by_hand(project: Project) -> None:
    """Free votes on three rows, on all beside another function, on two against it."""
    table = shown("studio").dataframe[0].value.set_index("function")
    assert list(table.index) == ["money", "lunch", "free"]
    assert list(table["votes for"]) == ["spam", "ham", "spam"]
    assert list(table["coverage"]) == ["37.5\xa0%"] * 3
    assert list(table["overlaps"]) == ["12.5\xa0%", "25.0\xa0%", "37.5\xa0%"]
    assert list(table["conflicts"]) == ["0.0\xa0%", "25.0\xa0%", "25.0\xa0%"]
    measured = [cell.split(" (")[0] for cell in table["accuracy on dev gold"]]
    assert measured == ["100.0\xa0%", "100.0\xa0%", "50.0\xa0%"]
    assert all("n\xa0=\xa02" in cell for cell in table["accuracy on dev gold"])


def test_a_function_without_votes_votes_for_no_class(project: Project) -> None:
    """Nor for some number of classes."""
    project.save_function(keyword("never", ("xyz",), "spam"))
    project.refresh()
    assert shown("studio").dataframe[0].value["votes for"].iloc[-1] == "–"


def test_what_the_last_change_moved_is_said_in_colour(project: Project) -> None:
    """Free votes on g too, where lunch does not: more rows are covered, and nothing else moves."""
    unmoved = shown("studio")
    assert not unmoved.dataframe[0].proto.arrow_data.styler.styles
    assert not unmoved.markdown
    project.put_function(keyword("free", ("free", "hello"), "spam"))
    project.refresh()
    app = shown("studio")
    table = app.dataframe[0].value.set_index("function")
    assert table.loc["free", "coverage"] == "50.0\xa0% +"
    assert list(table["conflicts"]) == ["0.0\xa0%", "25.0\xa0%", "25.0\xa0%"]
    styles = app.dataframe[0].proto.arrow_data.styler.styles
    assert re.search(r"_row2_col4\b[^}]*color: #1f8f5f", styles)
    (line,) = [one.value for one in app.markdown]
    assert line.startswith("Since the last change, in points: covered :green[+12.5]")


def test_the_headline_says_how_far_the_functions_come(project: Project) -> None:
    """Six of eight rows have a vote, two of them a conflict."""
    assert "8 rows · 75.0\xa0% covered · 25.0\xa0% in conflict" in texts(shown("studio"))


def test_a_project_without_functions_says_what_to_do(empty: Project) -> None:
    """The table's place names the next step, and the rows are those nothing votes on: all."""
    app = shown("studio")
    assert "Write the first one in the editor" in texts(app)
    assert len(row_texts(app)) == 8


def test_without_an_open_function_the_uncovered_rows_are_shown(project: Project) -> None:
    """The two rows on which nobody votes are where the next idea comes from."""
    assert row_texts(shown("studio")) == ["=SUM(A1)", "hello there"]


def test_an_open_function_shows_its_hits_and_its_run(project: Project) -> None:
    """The words of a keyword function are marked in its three rows."""
    app = shown("studio", {"studio_function": "free"})
    rows = mounted(app, "rows")["rows"]
    assert [row["text"] for row in rows] == [
        "free money now", "free lunch today", "lunch, free of charge",
    ]  # fmt: skip
    assert [(mark["start"], mark["end"]) for row in rows for mark in row["highlights"]] == [
        (0, 4), (0, 4), (7, 11),
    ]  # fmt: skip
    assert [row["correct"] for row in rows] == [True, False, None]
    assert "Ran on 8 rows" in texts(app)


def test_the_chosen_tab_stays_while_other_tabs_come_and_go(project: Project) -> None:
    """Typing brings a preview, which is shown; nothing leads away from a tab chosen then."""
    app = shown("studio", {"studio_function": "free"})
    assert mounted(app, "tabs")["chosen"] == "hits"
    fill(app, words="free\nlunch")
    assert mounted(app, "tabs")["chosen"] == "preview"
    open_tab(app, "conflicts")
    press(app, "Save")
    assert "Preview" not in " ".join(tab_titles(app))
    assert mounted(app, "tabs")["chosen"] == "conflicts"


def test_rows_are_drawn_anew_for_labels_only_where_they_show_them(project: Project) -> None:
    """What labels would be comes last; of the rows only those behind changed labels are others."""
    app = fill(shown("studio", {"studio_function": "free"}), words="free\nlunch")
    state = project.previews.wait(app.session_state["studio_session"], 30)
    assert state is not None
    assert state.number > state.votes_number
    assert rerun(app).session_state["studio_previewed_rows"] == (state.number, False)
    assert open_tab(app, "changed").session_state["studio_previewed_rows"] == (state.number, True)


def test_where_the_chosen_tab_goes_hits_are_shown(project: Project) -> None:
    """The saved function votes on the rows that its preview showed."""
    app = fill(shown("studio", {"studio_function": "free"}), words="free\nlunch")
    press(app, "Save")
    assert mounted(app, "tabs")["chosen"] == "hits"


@pytest.mark.parametrize(
    ("tab", "rows"),
    [("conflicts", ["free lunch today", "lunch, free of charge"]), ("wrong", ["free lunch today"])],
)
def test_the_tabs_narrow_the_rows_of_the_open_function(
    project: Project, tab: str, rows: list[str]
) -> None:
    """Free is in conflict on b and h, and wrong on b."""
    app = shown("studio", {"studio_function": "free"})
    assert row_texts(open_tab(app, tab)) == rows


def test_a_keyword_function_is_saved_from_its_form(project: Project) -> None:
    """What the form says is what the project has, and it is open afterwards."""
    app = fill(new_function("keyword"), name="hello", words="hello\nsee you", votes="ham")
    press(app, "Save")
    saved = project.function("hello")
    assert saved.kind == "keyword"
    assert project.refresh().state("hello").statistics.votes == 2
    assert app.session_state["studio_function"] == "hello"


def test_a_rule_is_saved_as_it_is_written(project: Project) -> None:
    """Its one condition on the text is filled in, and it votes."""
    app = new_function("rule")
    rule = '{"label": "ham", "when": {"column": "text", "words": ["hello"]}}'
    press(fill(app, name="greets", rule=rule), "Save")
    assert project.refresh().state("greets").statistics.votes == 1


def test_a_regex_function_is_previewed_before_it_is_saved(project: Project) -> None:
    """The preview says what it would do, shows its rows, and saves nothing."""
    app = fill(new_function("regex"), name="sums", pattern=r"^=", votes="spam")
    press(app, "Preview")
    assert "Preview on all 8 rows, not saved:\nvotes on 1 row (12.5\xa0%)" in texts(app)
    assert row_texts(app) == ["=SUM(A1)"]
    assert "sums" not in {function.name for function in project.functions()}


def test_a_preview_says_where_it_is_of_an_earlier_text(project: Project) -> None:
    """What is half typed cannot run: the figures below it are those of the text before."""
    app = press(fill(new_function("regex"), name="sums", pattern=r"^="), "Preview")
    assert "cannot run" not in texts(app)
    fill(app, name="sums", pattern=r"^=(")
    assert "! What is typed now cannot run as it stands." in texts(app)
    assert "votes on 1 row (12.5\xa0%)" in texts(app)
    fill(app, name="sums", pattern=r"^=")
    assert "cannot run" not in texts(app)


def test_the_preview_shows_the_votes_of_what_is_previewed(project: Project) -> None:
    """Not those of the saved function: chip, highlight and judgement are of the new words."""
    app = fill(shown("studio", {"studio_function": "free"}), words="hello\nsee you", votes="ham")
    rows = mounted(press(app, "Preview"), "rows")["rows"]
    assert [row["text"] for row in rows] == ["see you at lunch", "hello there"]
    assert [{"function": "free", "code": 0} in row["votes"] for row in rows] == [True, True]
    assert [[(mark["start"], mark["end"]) for mark in row["highlights"]] for row in rows] == [
        [(0, 7)], [(0, 5)],
    ]  # fmt: skip
    assert [row["correct"] for row in rows] == [True, None]
    assert [row["note"] for row in rows] == ["", ""]


@pytest.mark.parametrize(
    ("kind", "fields", "complaint"),
    [
        ("keyword", {"name": "words", "words": ""}, "at least one word"),
        ("regex", {"name": "broken", "pattern": "(unclosed"}, "unterminated"),
        ("keyword", {"name": "lunch", "words": "x"}, "There is a labeling function 'lunch'"),
        ("regex", {"name": " ", "pattern": "x"}, "name"),
        ("regex", {"name": "tags", "pattern": "<b>("}, "<b>("),
    ],
)
def test_a_bad_form_is_answered_with_a_sentence(
    project: Project, kind: str, fields: dict[str, str], complaint: str
) -> None:
    """The error box is plain text, and nothing is saved."""
    app = press(fill(new_function(kind), **fields), "Save")
    assert complaint in texts(app)
    assert not app.error
    assert not app.markdown
    assert len(project.functions()) == 3


def test_a_python_function_that_is_none_gets_a_mark_at_its_line(project: Project) -> None:
    """The editor is handed the line; Save says what is wrong."""
    source = "@labeling_function()\ndef f(x):\n    return (\n"
    edit = {"text": source, "stamp": "1", "revision": "p//python/0"}
    app = shown("studio", {"studio-editor": {"edit": edit}})
    (mark,) = mounted(app, "editor")["diagnostics"]
    assert mark["line"] == 3
    press(app, "Save")
    assert mark["message"] in texts(app)
    assert len(project.functions()) == 3


def test_slips_are_marked_while_they_are_written(project: Project) -> None:
    """As warnings at their place, and the function can be saved all the same."""
    source = "def f(x):\n    return 'spma' if 'a' in x.txet else None\n"
    edit = {"text": source, "stamp": "1", "revision": "p//python/0"}
    app = shown("studio", {"studio-editor": {"edit": edit}})
    marks = mounted(app, "editor")["diagnostics"]
    assert [(mark["line"], mark["column"], mark["severity"]) for mark in marks] == [
        (2, 11, "warning"), (2, 28, "warning"),
    ]  # fmt: skip
    assert marks[1]["message"] == "There is no column 'txet'. Did you mean 'text'?"
    press(app, "Save")
    assert project.function("f").source == source


def test_returns_have_their_figures_beside_them(project: Project) -> None:
    """Money is right on a and d, and votes on f; it abstains on five rows."""
    source = "def money(x):\n    if 'money' in x.text: return 'spam'\n    return None\n"
    project.put_function(LabelingFunction("money", "python", source))
    project.refresh()
    app = shown("studio", {"studio_function": "money"})
    marks = mounted(app, "editor")["marks"]
    assert [(mark["line"], mark["figures"], mark["muted"]) for mark in marks] == [
        (2, "3 · 100%", False), (3, "5", True),
    ]  # fmt: skip
    edit = {"text": "# more\n" + source, "stamp": "1", "revision": "p/money/python/0"}
    app.session_state["studio-editor"] = {"edit": edit}
    assert mounted(rerun(app), "editor")["marks"] is None
    app.session_state["studio_return"] = {"function": "money", "line": 2, "clicks": 1}
    assert row_texts(rerun(app)) == ["free money now", "money for nothing", "win money"]


def new_query(source: str, **session: object) -> AppTest:
    """Open the editor of a new SQL function, with a name and this text in it."""
    edit = {"text": source, "stamp": "1", "revision": "p//sql/0"}
    app = shown("studio", {"studio_kind": "sql", "studio-editor": {"edit": edit}, **session})
    return fill(app, name="queried")


def test_a_sql_function_is_previewed_and_saved_from_the_editor(project: Project) -> None:
    """The query is what stands in the editor, the name stands beside it."""
    query = "SELECT row_id, 'spam' AS label FROM rows WHERE text LIKE 'free%'"
    app = press(new_query(query), "Preview")
    assert "Preview on all 8 rows, not saved:\nvotes on 2 rows (25.0\xa0%)" in texts(app)
    assert row_texts(app) == ["free money now", "free lunch today"]

    press(app, "Save")
    assert project.function("queried") == LabelingFunction("queried", "sql", query)
    assert project.refresh().state("queried").statistics.votes == 2
    app = shown("studio", {"studio_function": "queried"})
    assert mounted(app, "editor")["language"] == "sql"
    assert mounted(app, "editor")["text"] == query
    assert row_texts(app) == ["free money now", "free lunch today"]


def test_a_new_sql_function_begins_with_a_query_that_runs(project: Project) -> None:
    """The example names a class and the text column, and the editor completes all names."""
    app = fill(shown("studio", {"studio_kind": "sql"}), name="first")
    editor = mounted(app, "editor")
    assert editor["text"].startswith("SELECT row_id, 'ham' AS label\nFROM rows\nWHERE \"text\"")
    assert editor["completions"]["classes"] == ["ham", "spam"]
    assert {"text", "score"} <= set(editor["completions"]["columns"])
    assert "votes on 0 rows" in texts(press(app, "Preview"))


def test_what_is_wrong_with_a_query_is_said_where_it_is_written(project: Project) -> None:
    """The first word at once and with a mark, the rest by a preview, with line and hint.

    What many rows fail with is said once.
    """
    app = new_query("\nDROP TABLE rows")
    (mark,) = mounted(app, "editor")["diagnostics"]
    assert mark["line"] == 2
    app = press(new_query("SELECT row_id,\n txet AS label FROM rows"), "Preview")
    assert '✗ line 2: Binder Error: Referenced column "txet" not found' in texts(app)
    assert 'Candidate bindings: "text"' in texts(app)
    app = press(new_query("SELECT row_id, 'spma' AS label FROM rows"), "Preview")
    assert "  row 0 and 7 more: InvalidLabelError: returned 'spma'" in texts(app)


def test_a_removed_function_can_be_brought_back(project: Project) -> None:
    """Removing is one press, and so is taking it back."""
    app = press(shown("studio", {"studio_function": "free"}), "Remove")
    assert [function.name for function in project.functions()] == ["money", "lunch"]
    assert "Removed free." in texts(app)
    press(app, "Bring it back")
    assert "free" in {function.name for function in project.functions()}


def test_new_leaves_the_open_function(project: Project) -> None:
    """Then there is nothing to remove."""
    app = press(shown("studio", {"studio_function": "free"}), "New")
    assert app.session_state["studio_function"] == ""
    assert button(app, "Remove").disabled


def linked(name: str) -> AppTest:
    """Open Studio by a link to a function."""
    app = shown("studio")
    app.query_params["function"] = name
    return rerun(app)


def test_a_link_opens_its_function(project: Project) -> None:
    """The address follows what is opened afterwards."""
    app = linked("free")
    assert app.session_state["studio_function"] == "free"
    assert built_words(app) == ["free"]
    assert app.query_params["project"] == "p"
    press(app, "New")
    assert "function" not in app.query_params
    assert app.session_state["studio_function"] == ""


def test_a_link_to_a_function_that_is_not_there_says_so(project: Project) -> None:
    """A new function is begun in its place."""
    app = linked("gone")
    assert "There is no labeling function 'gone' in this project" in texts(app)
    assert app.session_state["studio_function"] == ""


def test_the_figures_that_decide_are_shown_and_the_others_on_demand(project: Project) -> None:
    """The narrow table has no counts of gold; the whole one has, and the choice outlives a page."""
    app = shown("studio")
    order = list(app.dataframe[0].proto.column_order)
    assert order == ["state", "function", "right", "coverage", "conflicts", "votes for"]
    assert list(app.dataframe[0].value["right"]) == [
        "100\xa0% (34–100)", "100\xa0% (34–100)", "50\xa0% (9–91)",
    ]  # fmt: skip
    app.toggle[0].set_value(True)
    rerun(app)
    order = list(app.dataframe[0].proto.column_order)
    assert {"overlaps", "accuracy on dev gold", "estimated", "errors"} < set(order)
    kept = "kept-p-studio-all-statistics"
    back = shown("studio", {kept: app.session_state[kept]})
    assert list(back.dataframe[0].proto.column_order) == order


CHOSEN_ELSEWHERE = """
import streamlit as st
from pages import studio
from tests.pages import opened
st.session_state["studio_kind"] = "keyword"
studio.show(opened.project)
"""


def test_the_kind_that_a_suggestion_chose_needs_no_warning(
    empty: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit warns, once a process, of a widget with a default and a value from elsewhere."""
    monkeypatch.setattr(policies, "_shown_default_value_warning", False)
    said: list[str] = []
    monkeypatch.setattr(policies._LOGGER, "warning", lambda *words, **_: said.append(str(words)))
    rerun(AppTest.from_string(CHOSEN_ELSEWHERE, default_timeout=30))
    assert said == []
