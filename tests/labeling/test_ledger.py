"""Errors gathered by message and by line."""

from labeling.ledger import ErrorGroup, error_groups, worst_line
from labeling.runs import RowError

ERRORS = (
    RowError(4, "KeyError", "'x'", 7),
    RowError(1, "ValueError", "bad", 3),
    RowError(2, "KeyError", "'x'", 3),
    RowError(9, "TimeoutError", "", None),
)


def test_errors_with_one_message_are_one_group() -> None:
    """Groups come by their number of rows, and keep their order where that is the same."""
    assert error_groups(ERRORS) == (
        ErrorGroup("KeyError", "'x'", (2, 4), (3, 7)),
        ErrorGroup("ValueError", "bad", (1,), (3,)),
        ErrorGroup("TimeoutError", "", (9,), ()),
    )


def test_the_worst_line_counts_rows_of_all_messages() -> None:
    """Line 3 failed twice, with two messages; the first of them is named."""
    assert worst_line(ERRORS) == (3, "2 rows failed here: ValueError: bad")


def test_no_line_is_no_worst_line() -> None:
    """An error outside the author's source marks nothing."""
    assert worst_line(ERRORS[3:]) is None
