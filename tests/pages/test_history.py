"""History: what the log shows, and Undo."""

from labeling.project import Project
from tests.pages.showing import button, press, shown, texts
from tests.projects import keyword


def test_changes_are_listed_with_who_and_what(project: Project) -> None:
    """Imports have no Undo; every other latest change has."""
    project.remove_function("free", "ann")
    app = shown("history")
    said = texts(app)
    assert "5 changes, newest first" in said
    assert "ann\nremoved free" in said
    assert "added money (python)" in said
    assert "imported p.csv: 8 rows" in said
    assert [one.label for one in app.button] == ["Undo"] * 3


def test_a_filter_narrows_the_log(project: Project) -> None:
    """To a kind and a person, and says so where nothing is left."""
    project.remove_function("free", "ann")
    app = shown("history", {"history-author": "ann"})
    assert "1 change" in texts(app)
    app = shown("history", {"history-author": "ann", "history-kinds": ["import"]})
    assert "No change is like that" in texts(app)


def test_undo_adds_the_opposite_change(project: Project) -> None:
    """The function is there again, by the name of who works here."""
    project.remove_function("free", "ann")
    press(shown("history", {"history-author": "ann", "who": "bob"}), "Undo")
    assert project.function("free")
    assert project.function_history("free")[-1].author == "bob"


def test_an_undo_that_cannot_be_says_why(project: Project) -> None:
    """A class that is in use stays."""
    project.add_class("other", "ann")
    app = shown("history", {"history-author": "ann"})
    project.save_guidelines("x", "ann")
    project.save_function(keyword("odd", ("hello",), "other"))
    button(app, "Undo").click()
    app.run()
    assert "cannot go: odd votes for it" in texts(app)
