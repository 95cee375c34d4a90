"""Labels of several people on one row: what counts as gold, and how a difference is settled."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from labeling.annotation_store import Annotation, AnnotationAction
from labeling.errors import ProjectError
from labeling.event_words import described
from labeling.execution.local import LocalExecutor
from labeling.past import EventFilter
from labeling.project import Project
from tests.projects import create, opened

DATA = "id,text,gold,split,score\n" + "".join(f"r{i},text {i},,,1\n" for i in range(6))
HAM, SPAM = 0, 1


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with LocalExecutor() as executor, opened(create(tmp_path / "p", DATA), executor) as project:
        yield project


def say(
    project: Project, who: str, row: int, code: int | None, action: AnnotationAction = "label"
) -> None:
    now = datetime.now(UTC)
    project.annotate([Annotation(uuid4(), row, action, code, who, now)])


def gold(project: Project) -> dict[int, int]:
    codes = project.refresh().dev_gold
    return {row: int(code) for row, code in enumerate(codes) if code >= 0}


def test_a_row_is_what_most_annotators_say_and_nothing_where_they_are_even(
    project: Project,
) -> None:
    say(project, "ann", 0, HAM)
    say(project, "ben", 0, SPAM)
    say(project, "ann", 1, SPAM)
    assert gold(project) == {1: SPAM}
    say(project, "cleo", 0, SPAM)
    assert gold(project) == {0: SPAM, 1: SPAM}
    say(project, "ann", 0, SPAM)
    say(project, "ben", 0, None, "clear")
    assert gold(project) == {0: SPAM, 1: SPAM}


def test_who_changes_a_label_has_one_and_who_takes_it_back_none(project: Project) -> None:
    say(project, "ann", 2, HAM)
    say(project, "ann", 2, SPAM)
    assert gold(project) == {2: SPAM}
    say(project, "ben", 2, HAM)
    assert gold(project) == {}
    say(project, "ben", 2, None, "clear")
    assert gold(project) == {2: SPAM}


def test_a_decision_is_gold_whatever_is_said_until_it_is_reopened(project: Project) -> None:
    say(project, "ann", 3, HAM)
    say(project, "ben", 3, SPAM)
    (open_one,) = project.annotators.disagreements()
    assert [one.annotator for one in open_one.labels] == ["ann", "ben"]
    assert open_one.decision is None

    project.annotators.decide(3, HAM, "rita", "see the guidelines")
    say(project, "cleo", 3, SPAM)
    assert gold(project) == {3: HAM}
    (settled,) = project.annotators.disagreements()
    assert settled.decision is not None
    assert (settled.decision.annotator, settled.decision.note) == ("rita", "see the guidelines")
    assert project.annotation_progress().labelled == 1

    project.annotators.reopen(3, "rita")
    assert gold(project) == {3: SPAM}


def test_a_decision_is_in_the_history_and_can_be_undone(project: Project) -> None:
    say(project, "ann", 4, HAM)
    say(project, "ben", 4, SPAM)
    project.annotators.decide(4, SPAM, "rita")
    newest = project.history.timeline(EventFilter(kinds=("annotation",))).events[0]
    assert (newest.action, newest.author, newest.before, newest.latest) == (
        "decide",
        "rita",
        None,
        True,
    )
    project.history.undo(newest.event_id, "sam")
    assert gold(project) == {}


def test_a_label_is_undone_in_the_name_of_who_gave_it(project: Project) -> None:
    say(project, "ann", 5, HAM)
    newest = project.history.timeline(EventFilter(kinds=("annotation",))).events[0]
    project.history.undo(newest.event_id, "sam")
    assert gold(project) == {}
    assert project.annotations(5)[-1].note == "undo by sam"


def test_a_decision_names_a_class_that_is_there(project: Project) -> None:
    with pytest.raises(ProjectError, match="There is no class number 9"):
        project.annotators.decide(0, 9, "rita")


def test_agreement_follows_the_labels_and_decisions_are_no_labels(project: Project) -> None:
    for row in range(4):
        say(project, "ann", row, row % 2)
        say(project, "ben", row, row % 2)
    first = project.annotators.agreement()
    assert first.rows == 4
    assert first is project.annotators.agreement()
    project.annotators.decide(0, SPAM, "rita")
    assert project.annotators.agreement().annotators == ("ann", "ben")
    say(project, "ben", 0, SPAM)
    assert project.annotators.agreement().disagreeing_rows == 1


def test_a_flagged_row_is_there_for_review_until_somebody_looked(project: Project) -> None:
    """A skipped one has no label; the history says who took the flag off, and puts it on again."""
    now = datetime.now(UTC)
    skip = Annotation(uuid4(), 4, "skip", None, "ann", now, note="two texts", flagged=True)
    project.annotate([skip])
    (row,) = project.annotators.flagged()
    assert (row.row_id, row.labels, row.decision) == (4, (), None)
    assert [(one.annotator, one.note) for one in row.flags] == [("ann", "two texts")]

    project.annotators.take_off_flag(4, "rita")
    assert project.annotators.flagged() == ()
    last = project.history.timeline(EventFilter(kinds=("annotation",), author="rita")).events[0]
    assert described(last, project.info().classes) == "took the flag off row 4"
    project.history.undo(last.event_id, "rita")
    assert [one.row_id for one in project.annotators.flagged()] == [4]
    assert gold(project) == {}
