"""What is written in Studio and not saved is kept, said, and forgotten only when asked."""

from labeling.project import Project
from tests.pages.showing import button, press, rerun, shown, texts
from tests.pages.test_studio import fill, new_function


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
    assert app.session_state["studio_drafts"] == {("p", "", "python"): ("", "# half an idea")}
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
