"""Says what went wrong on a row, and on which line of the author's source."""

import io
import sys
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout
from types import FrameType, TracebackType
from typing import Any

from labeling.execution.protocol import MAX_FAILURE, MAX_NAME, MAX_TEXT, Failed
from labeling.execution.row import Row
from labeling.execution.row_timer import RowTimeout
from labeling.kinds.kind import SOURCE_FILE
from labeling.runs import RowError


def row_error(row_id: int, error: BaseException) -> RowError:
    """Describe an exception raised on a row."""
    line = source_line(error.__traceback__)
    if isinstance(error, MemoryError):
        traceback.clear_frames(error.__traceback__)  # their variables may hold what is too much
    return described(row_id, error_name(error), error_message(error), line)


def described(row_id: int, name: str, message: str, line: int | None) -> RowError:
    """Return an error that a message can carry, whatever its texts are."""
    return RowError(row_id, sendable(name, MAX_NAME), sendable(message, MAX_TEXT), line)


def failed(what: str, line: int | None, row_id: int | None) -> Failed:
    """Return the failure of a run that a message can carry, whatever its text is."""
    return Failed(sendable(what, MAX_FAILURE), line, row_id)


def sendable(text: str, longest: int) -> str:
    r"""Return a text without halves of characters (lone surrogates), of a readable length.

    What is too long loses its middle: messages about different values often differ at their end.

    >>> sendable("caf\udce9", 100)
    'caf\\udce9'
    >>> sendable("much too long", 9)
    'muc...ong'
    """
    if len(text) > 2 * longest:
        text = text[:longest] + text[-longest:]
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    if len(text) <= longest:
        return text
    head = (longest - 3) // 2
    return f"{text[:head]}...{text[head + 3 - longest :]}"


def error_name(error: BaseException) -> str:
    """Return the name of the exception's type, as the author knows it."""
    return "TimeoutError" if isinstance(error, RowTimeout) else type(error).__name__


def error_message(error: BaseException) -> str:
    """Return the exception's message, cut to a readable length."""
    try:
        return sendable(str(error), MAX_TEXT)
    except BaseException as fault:  # noqa: BLE001 - the author's __str__ may raise anything
        return f"(its message cannot be shown: {type(fault).__name__})"


def source_line(trace: TracebackType | None) -> int | None:
    """Return the deepest line of the author's source in a traceback."""
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == SOURCE_FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def failure_line(error: BaseException) -> int | None:
    """Return the line at which a source does not compile, or raised while it was prepared."""
    if isinstance(error, SyntaxError) and error.filename == SOURCE_FILE:
        return error.lineno
    return source_line(error.__traceback__)


def return_line(vote: Callable[[Row], object], row: Row) -> int | None:
    """Run the row again and return the line of the `return` that gave the answer.

    The function itself returns after everything it calls, so the last return traced is its own.
    """
    returned: list[int] = []

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        if frame.f_code.co_filename != SOURCE_FILE:
            return None
        if event == "return":
            returned[:] = [frame.f_lineno]
        return trace

    sys.settrace(trace)
    try:
        with redirect_stdout(io.StringIO()):  # it was printed the first time
            vote(row)
    except BaseException:  # noqa: BLE001 - a function that fails the second time has no such line
        return None
    finally:
        sys.settrace(None)
    return returned[0] if returned else None
