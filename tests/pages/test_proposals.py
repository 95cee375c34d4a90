"""Suggestions in Studio: what they say, and what accepting one does to the editor."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.proposals_panel import said
from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.project import Project
from labeling.proposals import Asked, Belief, Proposal
from labeling.proposals.proposal import Evidence
from tests.labeling.proposals.test_finder import SPAM_AND_HAM, WRONG
from tests.pages import opened
from tests.pages.showing import mounted, open_tab, press, rerun, row_texts, shown, texts
from tests.pages.test_studio import build, built_words
from tests.projects import create, keyword
from tests.projects import opened as open_project


@pytest.fixture
def topics(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Rows of two topics without a function, whose suggestions are found."""
    with open_project(create(tmp_path / "p", SPAM_AND_HAM), executor) as project:
        project.refresh()
        project.proposals.find(Asked("uncovered"))
        opened.project = project
        yield project
        opened.project = None


@pytest.fixture
def wrong(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """A keyword function that is wrong on lunches and cars, with its edits found."""
    with open_project(create(tmp_path / "p", WRONG), executor) as project:
        project.save_function(keyword("free", ("free", "win"), "spam"))
        project.refresh()
        project.proposals.find(Asked("wrong", "free"))
        opened.project = project
        yield project
        opened.project = None


def try_suggestion(app: AppTest, number: int) -> AppTest:
    """Press the button of a suggestion, counted from 1."""
    app.button(key=f"studio-proposal-{number}").click()
    return rerun(app)


def test_a_suggestion_says_its_evidence(topics: Project) -> None:
    """The share with its interval, the rows behind it and who says so, and what it would cover."""
    says = texts(shown("studio"))
    first = topics.proposals.find(Asked("uncovered")).proposals[0].belief
    known = f"({100 * first.low:.0f}–100; 8 of 8 on dev gold)"
    assert f"spam: has “check”\n+58 rows · {100 * first.precision:.0f} % right {known}" in says


def test_accepting_one_fills_the_editor_and_saves_nothing(topics: Project) -> None:
    """It is an unsaved draft with its preview."""
    app = try_suggestion(shown("studio"), 1)
    says = texts(app)
    assert "Unsaved changes" in says
    assert "votes on 58 rows" in says
    assert topics.functions() == ()
    press(app, "Save")
    assert [function.name for function in topics.functions()] == ["spam_check"]


def test_another_one_takes_the_place_of_one_that_was_not_changed(topics: Project) -> None:
    """Trying one after the other needs no Discard between."""
    app = try_suggestion(open_tab(try_suggestion(shown("studio"), 1), "uncovered"), 2)
    assert "votes on 58 rows" not in texts(app)
    assert "Unsaved changes" in texts(app)


def test_what_somebody_wrote_is_not_written_over(topics: Project) -> None:
    """A half-written function stays, and the page says why nothing happened."""
    app = shown("studio", {"studio_kind": "keyword"})
    app = try_suggestion(build(app, name="mine"), 1)
    assert mounted(app, "builder")["name"] == "mine"
    assert app.session_state["notice"].startswith("Save or discard")


def test_an_edit_of_another_kind_is_opened_and_can_be_discarded(wrong: Project) -> None:
    """Keywords cannot say where not: the edit is a rule, in the place of the function."""
    app = open_tab(shown("studio", {"studio_function": "free"}), "wrong")
    says = texts(app)
    assert "free: without the word “win”\ntakes back 5 votes · 100 % of them wrong" in says
    found = wrong.proposals.find(Asked("wrong", "free")).proposals
    number = [one.title for one in found].index("not where it has “lunch”") + 1
    app = try_suggestion(app, number)
    parts = mounted(app, "builder")["source"]["when"]["all"]
    assert [part["words"] for part in (parts[0], parts[1]["not"])] == [["free", "win"], ["lunch"]]
    app = press(app, "Save")
    assert wrong.function("free").kind == "rule"
    assert "Unsaved changes" not in texts(app)


def test_discarding_an_edit_shows_the_saved_words_again(wrong: Project) -> None:
    """The saved function was never touched."""
    app = open_tab(shown("studio", {"studio_function": "free"}), "wrong")
    app = press(try_suggestion(app, 1), "Discard")
    assert wrong.function("free") == keyword("free", ("free", "win"), "spam")
    assert isinstance(wrong.function("free"), LabelingFunction)
    assert built_words(app) == ["free", "win"]


def test_conflicts_have_edits_too(wrong: Project) -> None:
    """Two functions disagree on lunches; the edit of the one that is wrong says so."""
    wrong.save_function(keyword("eats", ("lunch",), "ham"))
    wrong.refresh()
    wrong.proposals.find(Asked("conflicts"))
    says = texts(open_tab(shown("studio"), "conflicts"))
    assert "free: not where it has “lunch”\ntakes back 9 votes in conflict · " in says


@pytest.mark.parametrize(
    ("evidence", "by"),
    [
        ("dev gold", "9 of 12 on dev gold"),
        ("posterior", "labels of the model, worth 12 gold rows"),
    ],
)
def test_it_is_marked_who_says_that_votes_are_right(evidence: Evidence, by: str) -> None:
    """Hand labels, or the label model where there are too few of them."""
    belief = Belief(evidence, 0.7, 0.5, 0.9, 12, 9)
    found = Proposal(keyword("f", ("x",), "spam"), "has “x”", "spam", belief, 20, 15)
    assert said(found) == ("spam: has “x”", f"+15 rows · 70 % right (50–90; {by})")


def test_without_a_suggestion_it_says_so(wrong: Project) -> None:
    """An empty place would look like a search that goes on; where no row is, the rows say so."""
    wrong.save_function(keyword("goes", ("car",), "ham"))
    wrong.refresh()
    wrong.proposals.find(Asked("conflicts", "goes"))
    app = open_tab(shown("studio", {"studio_function": "goes"}), "conflicts")
    assert "No suggestion: nothing tells" in captions(app)
    wrong.save_function(keyword("goes", ("nothing like it",), "ham"), replaces="goes")
    wrong.refresh()
    wrong.proposals.find(Asked("conflicts", "goes"))
    app = open_tab(shown("studio", {"studio_function": "goes"}), "conflicts")
    assert "No suggestion" not in captions(app)


def test_rows_like_a_clicked_one_are_shown(wrong: Project) -> None:
    """By its text and by its votes; another press goes back."""
    app = shown("studio", {"studio_function": "free", "studio_near": {"row": 6, "shown": None}})
    assert "Nearly like row 6: 8 more\nWith the votes of row 6: 19 more" in texts(app)
    app.button(key="studio-near-text").click()
    assert set(row_texts(rerun(app))) == {"free lunch"}
    app.button(key="studio-near-votes").click()
    assert "20 rows" in texts(rerun(app))
    app = press(app, "Back")
    assert "20 of 20 rows" not in texts(app)


def captions(app: AppTest) -> str:
    """Return all captions."""
    return "\n".join(caption.value for caption in app.caption)
