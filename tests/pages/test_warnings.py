"""Warnings in Studio: in the list, under the editor, and the rows behind one."""

from labeling.project import Project
from tests.pages.showing import open_tab, press, row_texts, shown, texts
from tests.projects import keyword


def test_a_warning_is_in_the_list_and_under_the_editor(project: Project) -> None:
    """A function for one row is marked, and says its next step."""
    project.save_function(keyword("hello", ("hello",), "ham"))
    project.refresh()
    app = shown("studio", {"studio_function": "hello"})
    table = app.dataframe[0].value.set_index("function")
    assert table["state"]["hello"] == "⚠"
    assert table["warnings"]["hello"] == "votes on one row"
    assert table["state"]["money"] == "✓"
    said = texts(app)
    assert "⚠ hello votes on one row of 8.\nWiden it, or label that row by hand." in said
    assert "⚠ hello: votes on one row" in said


def test_a_warning_opens_its_rows(project: Project) -> None:
    """They stand in a tab of their own."""
    project.save_function(keyword("hello", ("hello",), "ham"))
    project.refresh()
    app = press(shown("studio", {"studio_function": "hello"}), "Show the row")
    assert row_texts(app) == ["hello there"]
    assert "hello: its row" in texts(app)


def test_a_function_that_votes_on_no_row_is_not_told_to_be_saved(project: Project) -> None:
    """It was: each list says why it is empty for the open function."""
    project.save_function(keyword("silent", ("nowhere at all",), "ham"))
    project.refresh()
    app = shown("studio", {"studio_function": "silent"})
    assert "It votes on no row." in texts(app)
    assert "save it" not in texts(app)
    assert "No other function disagrees with it." in texts(open_tab(app, "conflicts"))
