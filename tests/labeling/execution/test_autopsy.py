"""What is read out of the last words of a worker that could not speak itself."""

import io

import pytest

from labeling.execution.autopsy import traced_line
from labeling.kinds.kind import SOURCE_FILE


def _trace(*lines: str) -> io.BytesIO:
    return io.BytesIO("\n".join(lines).encode())


def test_the_innermost_line_of_the_author_is_found() -> None:
    """The frames stand innermost first, below the thread that was current."""
    trace = _trace(
        "Fatal Python error: Segmentation fault",
        "Current thread 0x00007f (most recent call first):",
        '  File "/usr/lib/python3.11/ctypes/__init__.py", line 519 in string_at',
        f'  File "{SOURCE_FILE}", line 4 in crash',
        f'  File "{SOURCE_FILE}", line 9 in caller',
    )
    assert traced_line(trace) == 4


@pytest.mark.parametrize("line", ["", "Current thread 0x00007f (most recent call first):"])
def test_a_trace_without_the_author_names_no_line(line: str) -> None:
    """A crash at start has no line of the author's to show."""
    assert traced_line(_trace(line)) is None


def test_a_number_that_is_no_line_is_not_read() -> None:
    """A worker can write any digits it likes into its own trace."""
    assert traced_line(_trace(f'  File "{SOURCE_FILE}", line {"9" * 5000} in f')) is None
