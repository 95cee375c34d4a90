"""Review over eight rows: who says what, and what becomes of a decision."""

from datetime import UTC, datetime
from uuid import uuid4

from labeling.annotation_store import Annotation
from labeling.assignments import Overlap
from labeling.project import Project
from tests.pages.showing import press, rerun, shown, texts


def say(project: Project, who: str, row: int, code: int, note: str = "") -> None:
    now = datetime.now(UTC)
    project.annotate([Annotation(uuid4(), row, "label", code, who, now, note=note)])


def test_without_two_labels_on_a_row_it_says_how_to_get_them(project: Project) -> None:
    app = shown("review")
    assert "Nothing is open" in texts(app)
    assert "No row is labelled by two people yet." in texts(app)
    assert "annotations import" in texts(app)


def test_a_difference_is_shown_with_its_notes_settled_and_reopened(project: Project) -> None:
    say(project, "ann", 6, 0)
    say(project, "ben", 6, 1, note="it sells something")
    app = shown("review")
    assert "hello there" in texts(app)
    assert "ham: ann" in texts(app)
    assert "spam: ben" in texts(app)
    assert "ben: “it sells something”" in [one.value for one in app.text]
    assert "Rows with two labels or more: 1; labels differ on 1." in texts(app)

    app.text_input(key="review-note-6").set_value("no offer in it")
    app.button(key="review-settle-0").click()
    app = rerun(app)
    assert "Nothing is open" in texts(app)
    assert project.refresh().dev_gold[6] == 0

    app.segmented_control(key="review-rows").set_value("Settled")
    app = rerun(app)
    assert "✓ ham, decided by reviewer. “no offer in it”" in texts(app)
    app = press(app, "Reopen")
    assert project.refresh().dev_gold[6] == -1


def test_flagged_rows_are_looked_at_and_let_go(project: Project) -> None:
    """Also one that was skipped; its note says why, and the flag is taken off without a class."""
    skip = Annotation(uuid4(), 6, "skip", None, "ann", datetime.now(UTC), note="odd", flagged=True)
    project.annotate([skip])
    app = shown("review")
    assert app.segmented_control(key="review-rows").options[2] == "Flagged 1"
    app.segmented_control(key="review-rows").set_value("Flagged")
    app = rerun(app)
    assert "⚑ ann: look at this again" in texts(app)
    assert "ann: “odd”" in texts(app)
    app = press(app, "Take the flag off")
    assert "No row is flagged." in texts(app)
    assert project.annotators.flagged() == ()


def test_a_row_can_wait(project: Project) -> None:
    for row in (6, 7):
        say(project, "ann", row, 0)
        say(project, "ben", row, 1)
    app = shown("review")
    assert "1 of 2" in texts(app)
    app = press(app, "Later")
    assert "2 of 2" in texts(app)
    app.button(key="review-settle-1").click()
    app = rerun(app)
    assert "1 of 1" in texts(app)
    assert project.refresh().dev_gold[7] == 1


def test_each_annotator_stands_with_what_is_known_of_them(project: Project) -> None:
    """Row 0 is spam and row 1 ham by imported gold: Ann is right on one of the two."""
    for row in (0, 1, 6):
        say(project, "ann", row, 1)
    say(project, "ben", 6, 1)
    app = shown("review")
    people = next(one.value for one in app.dataframe if "right on gold" in one.value)
    ann, ben = people.to_dict("records")
    assert ann["right on gold"].startswith("50.0\xa0%")
    assert ann["right on gold"].endswith("n\xa0=\xa02)")
    assert ben["right on gold"] == "–"
    assert "%" in ben["right, by the fit"]
    app.selectbox(key="review-person").set_value("ben")
    app = rerun(app)
    errors = next(one.value for one in app.dataframe if "where the row is" in one.value)
    assert list(errors) == ["where the row is", "rows", "says ham", "says spam"]


def test_rows_can_be_wanted_from_several_people(project: Project) -> None:
    app = shown("review")
    app.number_input(key="review-people-1").set_value(3)
    app.number_input(key="review-share-0.0").set_value(40)
    app.number_input(key="review-checks-0.0").set_value(10)
    app = press(app, "Save")
    assert project.assignments.overlap() == Overlap(3, 0.4)
    assert project.assignments.check_share() == 0.1
    assert app.expander[0].label == "Labels are wanted of 40% of the rows from 3 people"


def test_somebody_gets_a_batch_which_can_be_taken_back(project: Project) -> None:
    """Row h is left; the list says how far the batch is."""
    project.annotate([Annotation(uuid4(), 6, "label", 0, "zoe", datetime.now(UTC))])
    app = shown("review")
    app.selectbox(key="batch-who").set_value("zoe")
    app.number_input(key="batch-rows").set_value(1)
    app = press(app, "Give")
    (batch,) = project.assignments.batch_progress()
    assert (batch.batch.annotator, batch.left) == ("zoe", 1)
    shown_batch = app.dataframe[-1].value.iloc[0]
    assert (shown_batch["annotator"], shown_batch["done"], shown_batch["left"]) == ("zoe", "0", "1")
    app = press(app, "Take back")
    assert project.assignments.batch_progress() == ()


def test_a_batch_of_nobody_is_refused(project: Project) -> None:
    """Whoever forgets the name is told."""
    app = press(shown("review"), "Give")
    assert "nobody's name" in texts(app)


def test_the_queue_is_paused_and_goes_on(project: Project) -> None:
    """The button says what it would do."""
    app = press(shown("review"), "Pause the queue")
    assert project.assignments.paused()
    assert "The queue is paused: nobody gets rows." in texts(app)
    press(app, "Resume the queue")
    assert not project.assignments.paused()
