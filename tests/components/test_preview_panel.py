"""What a preview says in words."""

from components.preview_panel import error_lines
from labeling.runs import RowError


def errors(*messages: str) -> tuple[RowError, ...]:
    """Return an error on each row from 0, all on line 2."""
    return tuple(RowError(row, "ValueError", said, 2) for row, said in enumerate(messages))


def test_of_many_errors_it_says_which_ones_are_counted_below() -> None:
    """Not all are kept, so a count by message is not that of all failed rows."""
    assert error_lines(1_476, errors("no", "no", "never")) == [
        "✗ 1,476 rows with an error; of the first 3:",
        "  row 0 and 1 more, line 2: ValueError: no",
        "  row 2, line 2: ValueError: never",
    ]


def test_all_errors_are_said_where_they_are_few() -> None:
    """Then the counts by message add up; where messages are left out, it says so."""
    assert error_lines(2, errors("no", "no"))[0] == "✗ 2 rows with an error:"
    assert error_lines(9, errors(*"abcdefghi"))[0] == "✗ 9 rows with an error, such as:"
    assert error_lines(0, ()) == []
