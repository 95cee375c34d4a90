"""Looks at test gold: figures counted by hand, and what the log says was changed after each.

Row e is ham and f spam, both test rows. money votes spam on f alone, and nothing votes on e.
"""

from pathlib import Path

import pytest

from labeling.errors import LabelwrightError
from labeling.event_words import described
from labeling.execution.local import LocalExecutor
from labeling.held_out import Right, figures_from_json
from labeling.history import can_undo
from labeling.past import EventFilter
from labeling.project import Project
from tests.projects import CSV, create, keyword, opened


def test_a_look_shows_labels_and_functions_on_test_gold(project: Project) -> None:
    """Of two test rows one has a vote, which is right."""
    found = project.held_out.look("mara")
    assert (found.rows, found.covered) == (2, 1)
    assert found.labels == Right("label model", 1.0, 1)
    assert found.majority == Right("majority vote", 1.0, 1)
    assert found.end_model is None
    assert found.functions == (
        Right("money", 1.0, 1),
        Right("lunch", 0.0, 0),
        Right("free", 0.0, 0),
    )
    assert found.functions[1].share is None
    assert found.functions[1].interval is None
    assert found.says == "1.0 of 1 labels right (100.0 %), by majority vote 1.0"


def test_a_function_out_of_the_label_model_does_not_label_test_rows(project: Project) -> None:
    """A tie counts half, and what votes but does not label is measured on its own."""
    project.save_function(keyword("win", ("win",), "ham"))
    project.refresh()
    found = project.held_out.look("mara")
    assert found.majority == Right("majority vote", 0.5, 1)
    assert found.functions[-1] == Right("win", 0.0, 1)


def test_the_log_says_what_was_changed_after_each_look(project: Project) -> None:
    """Edits, other models and labels are told apart; those after the last look count until now."""
    project.held_out.look("mara")
    project.save_function(keyword("win", ("win",), "spam"), "ann")
    project.remove_function("win", "ann")
    project.choose_model("majority", author="ann")
    project.save_guidelines("Spam is what sells.", "ann")
    project.held_out.look("jo")
    project.remove_function("free")
    first, second = project.held_out.looks(project.refresh())
    assert (first.author, first.edited, first.edits, first.labels) == ("mara", ("win",), 3, 0)
    assert (second.author, second.edited, second.edits) == ("jo", ("free",), 1)
    assert figures_from_json(first.figures).labels.right == 1.0


def test_the_history_names_a_look_and_does_not_undo_it(project: Project) -> None:
    """What was seen was seen."""
    project.held_out.look(" mara ")
    (event,) = project.history.timeline(EventFilter(("look",))).events
    said = described(event, project.info().classes)
    assert (event.author, said) == (
        "mara",
        "looked at test gold: 1.0 of 1 labels right (100.0 %), by majority vote 1.0",
    )
    assert not can_undo(event)
    assert project.history.authors() == ("mara",)
    with pytest.raises(LabelwrightError, match="cannot be undone"):
        project.history.undo(event.event_id)


def test_a_look_without_functions_shows_that_there_are_no_labels(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """It is a look all the same."""
    with opened(create(tmp_path / "p"), executor) as project:
        project.refresh()
        assert project.held_out.look("mara").says == "no label on 2 rows"


def test_a_look_needs_a_name_and_test_gold(project: Project, tmp_path: Path) -> None:
    """Nothing is logged where nothing was seen."""
    with pytest.raises(LabelwrightError, match="none was given"):
        project.held_out.look("  ")
    assert project.held_out.looks(project.snapshot()) == ()


def test_a_project_without_test_gold_says_how_to_get_some(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """The remedy names the two columns."""
    csv = CSV.replace(",test,", ",dev,")
    with (
        opened(create(tmp_path / "p", csv), executor) as project,
        pytest.raises(LabelwrightError, match=r"no test gold.*split column"),
    ):
        project.held_out.look("mara")
