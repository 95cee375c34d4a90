"""Examples beside the card: known rows of each class, which give no answer away."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from labeling.annotation_progress import AnnotationProgress
from labeling.annotation_store import Annotation
from labeling.execution.local import LocalExecutor
from labeling.project import Project
from tests.projects import create, opened

HAM, SPAM = 0, 1
KNOWN = [
    ("see you at lunch then", "ham", "dev"),
    ("ok", "ham", "train"),
    ("ok", "ham", "dev"),
    ("  ", "ham", "dev"),
    ("thanks", "ham", "dev"),
    ("y" * 500, "ham", "dev"),
    ("w", "ham", "test"),
    ("win money", "spam", "test"),
    ("hello", "", ""),
    ("money, free of charge", "", ""),
]
DATA = "id,text,gold,split\n" + "".join(
    f"r{i},{text!r},{gold},{split}\n".replace("'", '"')
    for i, (text, gold, split) in enumerate(KNOWN)
)


@pytest.fixture
def project(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    with opened(create(tmp_path / "p", DATA), executor) as project:
        project.refresh()
        yield project


def say(project: Project, who: str, row: int, code: int) -> None:
    project.annotate([Annotation(uuid4(), row, "label", code, who, datetime.now(UTC))])
    project.refresh()


def shown(project: Project) -> list[tuple[int, int]]:
    return [(example.row_id, example.code) for example in project.examples.shown()]


def test_the_shortest_known_texts_of_a_class_come_first(project: Project) -> None:
    """Not twice the same text, no empty one, and no test row, which is the shortest of all."""
    assert shown(project) == [(1, HAM), (4, HAM), (0, HAM)]


def test_a_long_text_is_cut(tmp_path: Path, executor: LocalExecutor) -> None:
    data = f"id,text,gold,split\na,{'x' * 500},spam,dev\nb,no,,\n"
    with opened(create(tmp_path / "p", data), executor) as project:
        project.refresh()
        (only,) = project.examples.shown()
    assert (len(only.text), only.text[-2:]) == (160, "x…")


def test_what_a_reviewer_settled_is_an_example_and_what_annotators_say_is_not(
    project: Project,
) -> None:
    """Who is still to get the row would read there what the other annotator said."""
    say(project, "ann", 9, SPAM)
    assert (9, SPAM) not in shown(project)
    project.annotators.decide(9, SPAM, "rita")
    project.refresh()
    assert shown(project)[-1] == (9, SPAM)
    project.annotators.reopen(9, "rita")
    project.refresh()
    assert (9, SPAM) not in shown(project)


def test_an_example_checks_nobody(tmp_path: Path, executor: LocalExecutor) -> None:
    """Where known rows are mixed into queues, one in ten may be shown, and is mixed in no more."""
    lines = [f"r{i},{'x' * (i + 1)},{'ham' if i < 20 else 'spam'},dev\n" for i in range(29)]
    data = "id,text,gold,split\n" + "".join(lines) + "open,text,,\n"
    with opened(create(tmp_path / "p", data), executor) as project:
        project.refresh()
        assert len(shown(project)) == 6
        project.assignments.set_check_share(0.5)
        assert shown(project) == [(0, HAM), (1, HAM)]
        assert np.flatnonzero(project.examples.checks()).tolist() == list(range(2, 29))


def test_progress_counts_the_rows_that_may_be_annotated(project: Project) -> None:
    """Two of ten rows are neither test rows nor known; labels on test rows do not count."""
    assert project.annotation_progress() == AnnotationProgress(0, 2)
    say(project, "ann", 8, HAM)
    say(project, "ben", 8, SPAM)
    say(project, "ann", 7, SPAM)
    assert project.annotation_progress() == AnnotationProgress(1, 2)


def test_the_total_does_not_tell_a_check_from_other_rows(project: Project) -> None:
    """With a third of checks, two open rows come with one; a label on it counts like others."""
    project.assignments.set_check_share(1 / 3)
    assert project.annotation_progress() == AnnotationProgress(0, 3)
    say(project, "ann", 0, HAM)
    assert project.annotation_progress() == AnnotationProgress(1, 3)
