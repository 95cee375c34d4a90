"""Studio when rows failed: the bar, the errors by message, the rows behind them, the marks."""

import pytest
from streamlit.testing.v1 import AppTest

from labeling.functions import LabelingFunction
from labeling.project import Project
from tests.pages.showing import mounted, press, row_texts, shown, tab_titles, texts

PICKY = """@labeling_function()
def picky(x):
    if x.id in "ch":
        raise ValueError("no <b>c</b>")
    if x.id == "e":
        return "spma"
    return "ham"
"""
DEADLY = """import os
def deadly(x):
    if x.id == "d":
        os._exit(3)
    return "ham"
"""


@pytest.fixture
def failing(project: Project) -> Project:
    """The eight rows with a function that fails on c, e and h."""
    project.save_function(LabelingFunction("picky", "python", PICKY))
    project.refresh()
    return project


def asked(group: str | None = None, row: int | None = None, name: str = "picky") -> AppTest:
    """Show Studio after somebody clicked a message or a row."""
    wanted = {"function": name, "group": group, "row": row, "clicks": 1}
    return shown("studio", {"studio_function": name, "studio_failures": wanted})


def test_errors_are_gathered_by_message(failing: Project) -> None:
    """The message of most rows comes first, markup as it is."""
    app = shown("studio", {"studio_function": "picky"})
    groups = app.dataframe[1].value.to_dict("records")
    assert groups[0] == {"rows": 2, "error": "ValueError: no <b>c</b>", "lines": "4"}
    assert (groups[1]["rows"], groups[1]["lines"]) == (1, "6")
    assert groups[1]["error"].startswith("InvalidLabelError: returned 'spma'")
    assert not app.markdown
    assert tab_titles(app)[-1] == "Errors 3"


def test_errors_that_begin_alike_show_where_they_differ(project: Project) -> None:
    """A cell shows the beginning of a message; the whole one is beside its rows."""
    source = "def wordy(x):\n    raise ValueError('a long beginning ' * 9 + x.id)\n"
    project.save_function(LabelingFunction("wordy", "python", source))
    project.refresh()
    app = shown("studio", {"studio_function": "wordy"})
    said = list(app.dataframe[1].value["error"])
    assert sorted(one[:48][-1] for one in said) == list("abcdefgh")
    assert all(one.startswith("ValueError: a long") for one in said)


def test_the_bar_says_that_it_waits_and_takes_it_in(failing: Project) -> None:
    """One press makes its votes count; then the bar says when that was."""
    app = shown("studio", {"studio_function": "picky"})
    assert "✗ 3 rows failed; not in the label model." in texts(app)
    assert "picky" not in failing.snapshot().model_matrix.names
    press(app, "Accept anyway")
    assert "picky" in failing.refresh().model_matrix.names
    assert "! 3 rows failed; accepted on " in texts(shown("studio", {"studio_function": "picky"}))


def test_the_table_marks_a_function_that_waits(failing: Project) -> None:
    """The state column tells it from those that make labels."""
    table = shown("studio").dataframe[0].value.set_index("function")
    assert list(table["state"]) == ["✓", "✓", "✓", "!"]


def test_a_message_shows_its_rows_with_their_lines(failing: Project) -> None:
    """A click on the right leads to the rows; each says what happened on it."""
    app = asked(group="ValueError: no <b>c</b>")
    assert "2 rows: ValueError: no <b>c</b>" in texts(app)
    assert row_texts(app) == ["see you at lunch", "lunch, free of charge"]
    notes = [row["note"] for row in mounted(app, "rows")["rows"]]
    assert notes == ["ValueError: no <b>c</b> (line 4)"] * 2


def test_a_message_of_one_row_counts_it_as_one(failing: Project) -> None:
    """Not as "1 rows"."""
    groups = shown("studio", {"studio_function": "picky"}).dataframe[1].value["error"]
    assert f"1 row: {groups[1]}" in texts(asked(group=groups[1]))


def test_all_failed_rows_come_back(failing: Project) -> None:
    """Leaving the message leaves the tab where it is."""
    app = press(asked(group="ValueError: no <b>c</b>"), "All failed rows")
    assert row_texts(app) == ["see you at lunch", "=SUM(A1)", "lunch, free of charge"]


def test_an_open_row_shows_its_text_and_fields(failing: Project) -> None:
    """As text, beside what went wrong on it, and without its answers."""
    said = texts(asked(row=7))
    assert "Row 7 · ValueError: no <b>c</b> (line 4)\nlunch, free of charge" in said
    assert "id: h\nscore: 8" in said
    assert "split" not in said


def test_the_row_that_ended_a_run_is_one_press_away(project: Project) -> None:
    """A crash has no row error, yet a row."""
    project.save_function(LabelingFunction("deadly", "python", DEADLY))
    project.refresh()
    app = press(shown("studio", {"studio_function": "deadly"}), "Show row 3")
    assert "Row 3 · the run ended here\nmoney for nothing" in texts(app)


def test_the_line_of_most_errors_is_marked_in_the_editor(failing: Project) -> None:
    """The saved text carries the mark of its own run."""
    edit = {"text": PICKY, "stamp": "1", "revision": "p/picky/python/0"}
    app = shown("studio", {"studio_function": "picky", "studio-editor": {"edit": edit}})
    marks = mounted(app, "editor")["diagnostics"]
    (mark,) = [one for one in marks if one["severity"] == "error"]
    assert mark["line"] == 4
    assert mark["message"] == "2 rows failed here: ValueError: no <b>c</b>"
