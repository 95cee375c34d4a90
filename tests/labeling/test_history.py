"""The log of a project's changes, and undo, over the eight rows."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from labeling.annotation_store import Annotation
from labeling.draws import Draw
from labeling.errors import LabelwrightError
from labeling.event_words import changed_lines, described
from labeling.execution.local import LocalExecutor
from labeling.history import can_undo
from labeling.kinds.python import python_functions
from labeling.leases import NOBODY
from labeling.past import Event, EventFilter
from labeling.project import Project
from tests.projects import create, keyword, opened

PICKY = """
@labeling_function()
def picky(x):
    return "spam" if 1 / (x.score - 3) > 0 else ABSTAIN
"""


@pytest.fixture
def project(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Eight rows and no function."""
    with opened(create(tmp_path / "p"), executor) as project:
        yield project


def label(project: Project, row_id: int, code: int | None, who: str = "ann") -> None:
    """Label a row by hand, or skip it."""
    action = "skip" if code is None else "label"
    project.annotate([Annotation(uuid4(), row_id, action, code, who, datetime.now(UTC))])


def said(project: Project, **wanted: object) -> list[str]:
    """Return the log in words, oldest first."""
    found = project.history.timeline(EventFilter(**wanted))  # type: ignore[arg-type]
    return [described(one, project.info().classes) for one in reversed(found.events)]


def newest(project: Project) -> Event:
    """Return the change that was made last."""
    return project.history.timeline(limit=1).events[0]


def test_the_log_tells_who_did_what(project: Project) -> None:
    """One list of all kinds, which a filter narrows to a kind and a person."""
    project.save_function(keyword("free", ("free",), "spam"), "ann")
    project.put_function(keyword("free", ("money",), "spam"), "bob")
    label(project, 6, 0)
    label(project, 6, 1)
    label(project, 6, 1, "bob")
    project.annotators.decide(6, 1, "cleo")
    label(project, 7, None)
    project.add_class("other", "ann")
    project.save_guidelines("Be kind.", "bob")
    project.choose_model("majority", author="bob")
    project.remove_function("free", "ann")
    assert said(project) == [
        "imported p.csv: 8 rows",
        "added free (keyword)",
        "changed free: +1 −1 lines",
        "labelled row 6 as ham",
        "labelled row 6 as spam, which was ham",
        "labelled row 6 as spam",
        "decided that row 6 is spam",
        "skipped row 7",
        "added the class other",
        "changed the guidelines",
        "label model: auto → majority",
        "removed free",
    ]
    assert said(project, kinds=("annotation",), author="bob") == ["labelled row 6 as spam"]
    assert project.history.authors() == ("ann", "bob", "cleo")


def test_a_page_of_the_log_counts_the_rest(project: Project) -> None:
    """The newest comes first."""
    for word in "abc":
        project.put_function(keyword("f", (word,), "spam"))
    page = project.history.timeline(EventFilter(kinds=("function",)), offset=1, limit=1)
    assert page.total == 3
    assert changed_lines(page.events[0]).splitlines()[-5:] == [
        '-  "a"', '+  "b"', ' label: "spam"', ' match: "any"', " whole_word: true",
    ]  # fmt: skip


def test_undo_of_a_function_goes_back_one_version(project: Project) -> None:
    """Then removes it, then brings it back: every undo is a new event, which can be undone."""
    first, second = (keyword("free", (word,), "spam") for word in ("free", "money"))
    project.save_function(first)
    project.put_function(second)
    project.history.undo(newest(project).event_id, "cleo")
    assert project.functions() == (first,)
    project.remove_function("free")
    project.history.undo(newest(project).event_id)
    assert project.functions() == (first,)
    assert [one.author for one in project.function_history("free")] == ["", "", "cleo", ""]
    assert said(project, kinds=("function",)) == [
        "added free (keyword)",
        "changed free: +1 −1 lines",
        "changed free back to what it was before: +1 −1 lines",
        "removed free",
        "brought back free (keyword)",
    ]


def test_undo_of_a_new_function_removes_it(project: Project) -> None:
    """And the undo of that undo saves it again."""
    function = keyword("free", ("free",), "spam")
    project.save_function(function)
    project.history.undo(newest(project).event_id)
    assert project.functions() == ()
    project.history.undo(newest(project).event_id)
    assert project.functions() == (function,)


def test_undo_of_a_label_gives_the_row_what_it_had(project: Project) -> None:
    """A label over another one, then the first one."""
    label(project, 6, 0)
    label(project, 6, 1)
    project.history.undo(newest(project).event_id)
    assert project.refresh().dev_gold[6] == 0
    first = project.history.timeline(EventFilter(kinds=("annotation",))).events[-1]
    assert not can_undo(first)
    with pytest.raises(LabelwrightError, match=r"labelled row 6 as ham: this was changed again"):
        project.history.undo(first.event_id)
    label(project, 7, 1)
    project.history.undo(newest(project).event_id)
    assert project.refresh().dev_gold[7] == -1
    assert project.still_wanted([7], NOBODY) == [7]


def test_a_label_that_undo_brings_back_keeps_how_its_row_was_drawn(project: Project) -> None:
    """Or the row would stand for one like any other from then on."""
    drawn, now = Draw("conflicting", 0.9, 0.1), datetime.now(UTC)
    for code in (0, 1):
        project.annotate([Annotation(uuid4(), 6, "label", code, "ann", now, draw=drawn)])
    project.history.undo(newest(project).event_id)
    again = project.annotations(6)[-1]
    assert (again.action, again.code, again.draw) == ("label", 0, drawn)


def test_undo_of_settings_puts_the_old_value_back(project: Project) -> None:
    """Guidelines, and the label model, which had no setting before."""
    project.save_guidelines("Be kind.")
    project.history.undo(newest(project).event_id)
    assert project.info().guidelines == ""
    project.history.undo(newest(project).event_id)
    assert said(project, kinds=("setting",)) == [
        "changed the guidelines",
        "changed the guidelines",
        "changed the guidelines back to what they were before",
    ]
    project.choose_model("majority")
    project.history.undo(newest(project).event_id)
    assert project.model() == ("auto", 0)
    project.history.undo(newest(project).event_id)
    assert project.model() == ("majority", 0)


def test_undo_of_a_class_takes_it_out_again(project: Project) -> None:
    """Functions run again, as after any change of the classes; another undo adds it once more."""
    project.save_function(keyword("free", ("free",), "spam"))
    project.add_class("other")
    project.history.undo(newest(project).event_id)
    assert project.info().classes == ("ham", "spam")
    assert project.refresh().state("free").status == "ready"  # type: ignore[union-attr]
    project.history.undo(newest(project).event_id)
    assert project.info().classes == ("ham", "spam", "other")


def test_a_class_in_use_stays(project: Project) -> None:
    """A label by hand or a function that votes for it keeps it."""
    project.add_class("other")
    added = newest(project).event_id
    label(project, 6, 2)
    with pytest.raises(LabelwrightError, match="'other' cannot go: 1 row is labelled"):
        project.history.undo(added)
    project.history.undo(newest(project).event_id)
    project.save_function(keyword("odd", ("hello",), "other"))
    with pytest.raises(LabelwrightError, match="'other' cannot go: odd votes for it"):
        project.history.undo(added)
    assert project.info().classes == ("ham", "spam", "other")


def test_undo_of_an_acceptance_takes_the_votes_out_of_the_label_model(project: Project) -> None:
    """And back in again."""
    project.save_function(python_functions(PICKY, "f.py")[0])
    project.refresh()
    project.accept_function("picky", "ann")
    assert project.refresh().model_matrix.names == ("picky",)
    project.history.undo(newest(project).event_id)
    assert project.refresh().model_matrix.names == ()
    assert said(project, kinds=("acceptance",)) == [
        "let picky into the label model as it is",
        "took picky out of the label model",
    ]
    project.history.undo(newest(project).event_id)
    assert project.refresh().model_matrix.names == ("picky",)


def test_what_cannot_be_undone_says_why(project: Project) -> None:
    """Rows that were imported stay; a change that is not in the log is named."""
    (imported,) = project.history.timeline().events
    assert not can_undo(imported)
    with pytest.raises(LabelwrightError, match="cannot be taken out again"):
        project.history.undo(imported.event_id)
    with pytest.raises(LabelwrightError, match="no change 'function:9'"):
        project.history.undo("function:9")
