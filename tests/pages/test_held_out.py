"""The card of test gold on the Dashboard: eight rows, two of them test rows."""

from labeling.project import Project
from tests.pages.showing import button, press, rerun, shown, texts
from tests.projects import keyword


def test_nothing_is_shown_before_somebody_looks(project: Project) -> None:
    """The card says how many rows are locked away, and not how they are."""
    app = shown("dashboard")
    assert "Never looked at." in texts(app)
    assert not [one for one in app.dataframe if "test gold right" in one.value]


def test_a_look_is_logged_under_the_name(project: Project) -> None:
    """After it the figures stand there, counted by hand: of two rows one has a vote."""
    app = shown("dashboard")
    app.text_input(key="held-out-name").set_value("Mara")
    press(app, "Look and log it")
    table = next(one.value for one in app.dataframe if "test gold right" in one.value)
    assert list(table["of 2 rows"])[:2] == ["100.0\xa0% (21–100, n\xa0=\xa01)"] * 2
    assert "Looked at once, last by Mara on" in texts(app)
    assert "; 0 edits since." in texts(app)
    assert [one.author for one in project.held_out.looks(project.snapshot())] == ["Mara"]


def test_a_look_without_a_name_is_refused(project: Project) -> None:
    """Nothing is shown and nothing logged."""
    app = shown("dashboard")
    press(app, "Look and log it")
    assert "none was given" in texts(app)
    assert project.held_out.looks(project.snapshot()) == ()


def test_the_meter_counts_what_may_have_learned_from_a_look(project: Project) -> None:
    """Edits between looks, and edits since the last one, are different things."""
    project.held_out.look("mara")
    project.save_function(keyword("win", ("win",), "spam"))
    project.refresh()
    app = shown("dashboard")
    assert "1 edit (win) since." in texts(app)
    assert "figures below are from before these edits" in texts(app)
    (*_, last) = next(one.value for one in app.caption).splitlines()
    assert last == "Test gold: looked at once; 1 edit since."
    project.held_out.look("jo")
    rerun(app)
    assert "1 edit came between looks: the last figures may flatter" in texts(app)
    assert button(app, "Look and log it")
