"""What is written in Studio and not saved is kept, said, and forgotten only when asked."""

from labeling.functions import LabelingFunction
from labeling.project import Project
from tests.pages.showing import button, press, rerun, shown, texts
from tests.pages.test_studio import fill, new_function
from tests.projects import keyword


def test_an_unsaved_form_is_there_again_after_another_function(project: Project) -> None:
    """The words come back, the table marks the function, and nothing is saved."""
    app = fill(shown("studio", {"studio_function": "free"}), words="gratis")
    assert "Unsaved changes" in texts(app)
    assert "• free" in list(app.dataframe[0].value["function"])
    press(app, "New")
    app.session_state["studio_function"] = "free"
    app.session_state["studio_revision"] += 1
    assert [area.value for area in rerun(app).text_area] == ["gratis"]
    assert "gratis" not in project.function("free").source


def test_a_half_filled_new_form_is_kept(project: Project) -> None:
    """A form that is no valid function yet is a draft all the same."""
    app = fill(new_function("keyword"), name="later")
    assert "Unsaved changes" in texts(app)
    app.session_state["studio_revision"] = 1
    assert [field.value for field in rerun(app).text_input] == ["later"]


def test_unsaved_code_is_kept(project: Project) -> None:
    """The editor's newest text starts its next revision."""
    edit = {"text": "# half an idea", "stamp": "1", "revision": "p//python/0"}
    app = shown("studio", {"studio-editor": {"edit": edit}})
    assert app.session_state["studio_drafts"] == {("p", "", "python"): ("", "# half an idea", None)}
    assert button(app, "Discard")


def test_discard_shows_what_is_saved(project: Project) -> None:
    """The field has the saved words again, and the line is gone."""
    app = fill(shown("studio", {"studio_function": "free"}), words="gratis")
    press(app, "Discard")
    assert [area.value for area in app.text_area] == ["free"]
    assert "Unsaved changes" not in texts(app)
    assert "free" in list(app.dataframe[0].value["function"])


def test_a_saved_function_has_no_draft(project: Project) -> None:
    """What was written is what is saved."""
    app = fill(shown("studio", {"studio_function": "free"}), words="gratis")
    press(app, "Save")
    assert "gratis" in project.function("free").source
    assert app.session_state["studio_drafts"] == {}
    assert "Unsaved changes" not in texts(app)


def theirs() -> LabelingFunction:
    """What somebody else saves meanwhile."""
    return keyword("free", ("theirs",), "spam")


def test_a_save_over_somebody_elses_is_asked_first(project: Project) -> None:
    """Nothing is saved, their version can be seen, and mine is still in the form."""
    app = fill(shown("studio", {"studio_function": "free"}), words="mine")
    project.put_function(theirs())
    press(app, "Save")
    assert "'free' was saved at" in texts(app)
    assert project.function("free") == theirs()
    press(app, "Show theirs")
    assert "theirs" in app.code[0].value
    assert [area.value for area in app.text_area] == ["mine"]


def test_mine_is_saved_over_theirs_when_asked(project: Project) -> None:
    """The choice is one press."""
    app = fill(shown("studio", {"studio_function": "free"}), words="mine")
    project.put_function(theirs())
    press(press(app, "Save"), "Save mine over it")
    assert '"mine"' in project.function("free").source
    assert "Unsaved changes" not in texts(app)


def test_an_unchanged_form_follows_what_somebody_else_saves(project: Project) -> None:
    """There is nothing to lose, so there is nothing to ask."""
    app = shown("studio", {"studio_function": "free"})
    project.put_function(theirs())
    assert [area.value for area in rerun(app).text_area] == ["theirs"]
    assert "Unsaved changes" not in texts(app)
