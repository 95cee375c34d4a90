"""The story of a version of the label model, word by word."""

from dataclasses import replace

from components.fit_story import fit_story
from tests.labeling.test_fit_history import FIRST

MEASURED = {"rows": 8.0, "accuracy": 0.75, "majority_accuracy": 0.5, "evaluated": 4.0}
SECOND = replace(
    FIRST,
    fit_id=2,
    model="auto",
    functions=("stays", "is_edited", "comes"),
    versions=("s1", "e2", "c1"),
    gold_rows=6,
    metrics=MEASURED,
)


def test_a_version_tells_when_what_and_how_well() -> None:
    """Each difference to the version before is named."""
    assert fit_story([SECOND, FIRST], 2).replace("\xa0", " ").splitlines() == [
        "Version 2, made on 2026-01-02 at 03:04 UTC: label model auto, 3 functions, "
        "6 dev gold rows.",
        "Labels right on dev gold: 75.0 % (30–95, n = 4); majority vote 50.0 % (n = 4), "
        "so 25.0 points better.",
        "Changed since version 1: added comes; removed goes; edited is_edited; "
        "dev gold rows 4 → 6; label model majority → auto.",
    ]


def test_the_first_version_has_none_before_it() -> None:
    """Without a covered dev gold row there is no accuracy to tell."""
    assert fit_story([SECOND, FIRST], 1).splitlines()[1:] == [
        "Its labels could not be measured: no dev gold row was covered.",
        "It is the first version in the history.",
    ]


def test_a_version_that_left_the_history_is_said_to_be_older() -> None:
    """The chart may still have it picked."""
    assert fit_story([SECOND], 1) == "Version 1 is older than the history that is shown."
