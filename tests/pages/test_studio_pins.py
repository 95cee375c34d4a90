"""Studio's tests of a function: pinning a row, and what is said of it."""

from labeling.project import Project
from tests.pages.showing import press, shown, texts


def test_a_clicked_row_is_pinned_with_the_vote_of_its_gold(project: Project) -> None:
    """Row b has gold ham; free votes spam there, so the test fails at once."""
    app = shown("studio", {"studio_function": "free", "studio_pinning": ["free", 1], "who": "ann"})
    press(app, "Pin as a test")
    (result,) = project.pins.check("free")
    assert (result.pin.row_id, result.pin.code, result.passed) == (1, 0, False)
    assert project.history.timeline(limit=1).events[0].author == "ann"
    app = shown("studio", {"studio_function": "free"})
    assert "✗ row 1: should be ham, votes spam\nfree lunch today" in texts(app)
    table = next(one.value for one in app.dataframe if "tests" in one.value.columns)
    assert list(table["tests"]) == ["", "", "✗ 1"]
    assert (list(table["state"])[2], list(table["warnings"])[2]) == ("⚠", "1 test fails")


def test_a_test_row_cannot_be_pinned(project: Project) -> None:
    """It says why."""
    app = shown("studio", {"studio_function": "money", "studio_pinning": ["money", 5]})
    assert "locked away for test" in texts(press(app, "Pin as a test"))
    assert project.pins.check("money") == ()


def test_a_pinned_row_is_let_go(project: Project) -> None:
    """It is in the history all the same."""
    project.pins.pin("free", 0, 1)
    press(shown("studio", {"studio_function": "free"}), "Let go")
    assert project.pins.check("free") == ()
    assert project.history.timeline(limit=1).events[0].action == "unpinned"


def test_a_preview_is_checked(project: Project) -> None:
    """Before it is saved."""
    project.pins.pin("free", 1, 0)
    app = press(shown("studio", {"studio_function": "free"}), "Preview")
    assert "Tests: ✗ 1\n  ✗ row 1 should be ham: spam" in texts(app)
