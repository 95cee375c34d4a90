"""What is written in Studio and not saved is kept, said, and forgotten only when asked."""

import pytest
from streamlit.testing.v1 import AppTest

from components.drafts import Document
from labeling.functions import LabelingFunction
from labeling.project import Project
from tests.pages.showing import button, mounted, press, rerun, shown, texts
from tests.pages.test_studio import built_words, fill, new_function
from tests.projects import keyword


def test_an_unsaved_form_is_there_again_after_another_function(project: Project) -> None:
    """The words come back, the table marks the function, and nothing is saved."""
    app = fill(shown("studio", {"studio_function": "free"}), words="gratis")
    assert "Unsaved changes" in texts(app)
    assert "• free" in list(app.dataframe[0].value["function"])
    press(app, "New")
    app.session_state["studio_function"] = "free"
    app.session_state["studio_revision"] += 1
    assert built_words(rerun(app)) == ["gratis"]
    assert "gratis" not in project.function("free").source


def test_a_half_filled_new_form_is_kept(project: Project) -> None:
    """A form that is no valid function yet is a draft all the same."""
    app = fill(new_function("keyword"), name="later")
    assert "Unsaved changes" in texts(app)
    app.session_state["studio_revision"] = 1
    assert mounted(rerun(app), "builder")["name"] == "later"


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
    assert built_words(app) == ["free"]
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
    """Nothing is saved, their version can be seen as fields, and mine is still in the form."""
    app = fill(shown("studio", {"studio_function": "free"}), words="mine")
    project.put_function(theirs())
    press(app, "Save")
    assert "'free' was saved at" in texts(app)
    assert project.function("free") == theirs()
    press(app, "Show theirs")
    assert "Words or phrases, one a line:\n  theirs\nVotes for: spam" in texts(app)
    assert built_words(app) == ["mine"]


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
    assert built_words(rerun(app)) == ["theirs"]
    assert "Unsaved changes" not in texts(app)


def test_a_function_that_somebody_else_removes_stays_in_the_form(project: Project) -> None:
    """The page says so, the words are still there, and Save makes it a function again."""
    app = fill(shown("studio", {"studio_function": "free"}), words="mine")
    project.remove_function("free")
    rerun(app)
    assert "! free was removed or renamed by another tab or person." in texts(app)
    assert built_words(app) == ["mine"]
    press(app, "Save")
    assert '"mine"' in project.function("free").source
    assert "was removed" not in texts(app)


def test_a_removed_function_that_nobody_changed_can_be_saved_again(project: Project) -> None:
    """What was saved last stands in the form, and New leaves it."""
    app = shown("studio", {"studio_function": "free"})
    project.remove_function("free")
    assert built_words(rerun(app)) == ["free"]
    press(app, "New")
    assert "was removed" not in texts(app)
    assert "free" not in {function.name for function in project.functions()}


def test_a_refusal_holds_until_the_text_changes(project: Project) -> None:
    """It is there after another run, and gone with the words it speaks of."""
    app = press(fill(new_function("keyword"), name="empty"), "Save")
    assert "at least one word" in texts(rerun(app))
    fill(app, words="one")
    assert "at least one word" not in texts(app)


def left_behind(project: Project) -> AppTest:
    """Write something in a function, which somebody else removes, and press New."""
    app = fill(shown("studio", {"studio_function": "free"}), words="mine")
    project.remove_function("free")
    return press(rerun(app), "New")


def test_the_draft_of_a_removed_function_can_be_opened_after_new(project: Project) -> None:
    """No list names the function any more, but its text is one press away and can be saved."""
    app = left_behind(project)
    assert "Unsaved text of free, which was removed." in texts(app)
    press(app, "Open it")
    assert built_words(app) == ["mine"]
    assert "! free was removed or renamed by another tab or person." in texts(app)
    press(app, "Save")
    assert '"mine"' in project.function("free").source
    assert "which was removed" not in texts(app)


def test_the_draft_of_a_removed_function_can_be_discarded(project: Project) -> None:
    """Nothing of it is left, and the new function stays open."""
    app = press(left_behind(project), "Discard it")
    assert "Unsaved text of free" not in texts(app)
    assert app.session_state["studio_drafts"] == {}
    assert app.session_state["studio_function"] == ""


def test_a_save_whose_callback_was_cut_short_is_noted_by_the_next_run(project: Project) -> None:
    """Saved, and the next message came before the session knew: it is open and no draft."""
    document = Document(project.folder.name, "", "python")
    money = project.function("money")
    drafts = {tuple(document): ("money", "def money(x):\n    return ABSTAIN\n", None)}
    saves = [(document, money, "an old revision", "")]
    app = shown("studio", {"studio_drafts": drafts, "studio_saves": saves})
    assert app.session_state["studio_function"] == "money"
    assert app.session_state["studio_drafts"] == {}
    assert saves == []
    assert not button(app, "Remove").disabled


_PRESSES = """
import streamlit as st

from components import function_actions as actions
from components.drafts import Document, begin
from components.written import fields_of
from labeling.functions import LabelingFunction
from tests.pages import opened


def press(text):
    \"\"\"Type and save, as the page that was drawn before the first save does it.\"\"\"
    stamp = f"stamp-{len(text)}"
    sent = {"text": text, "stamp": stamp, "revision": fields.revision}
    st.session_state["studio-editor"] = {"edit": sent, "save": sent}
    actions.keep_edit(fields)
    actions.save(opened.project, fields, drawn)


def note_nothing():
    \"\"\"End the callback as a message does that comes in while it saves.\"\"\"


project, opens = opened.project, st.session_state["opens"]
drawn = project.function(opens) if opens else None
document = Document(project.folder.name, opens, "python")
fields = fields_of(document, drawn or LabelingFunction("", "python", ""))
begin(document, fields.start.source, drawn.version if drawn else None)
if st.session_state["cut_short"]:
    noted, actions.note_saves = actions.note_saves, note_nothing
press("def wins(x):\\n    return 'spam' if 'win' in x.text else ABSTAIN\\n")
if st.session_state["cut_short"]:
    actions.note_saves = noted
press("def wins(x):\\n    return 'spam' if 'won' in x.text else ABSTAIN\\n# twice\\n")
"""


@pytest.mark.parametrize("opens", ["", "wins"])
@pytest.mark.parametrize("cut_short", [False, True])
def test_saved_twice_before_the_page_is_drawn_is_no_conflict(
    project: Project, opens: str, *, cut_short: bool
) -> None:
    """The second save goes on from the first: it is neither somebody else's nor a new function."""
    if opens:
        project.put_function(
            LabelingFunction("wins", "python", "def wins(x):\n    return 'spam'\n")
        )
    app = AppTest.from_string(_PRESSES)
    app.session_state["opens"], app.session_state["cut_short"] = opens, cut_short
    rerun(app)
    assert "# twice" in project.function("wins").source
    assert "studio_refusal" not in app.session_state
    assert app.session_state["studio_function"] == "wins"
    assert app.session_state["studio_drafts"] == {}
