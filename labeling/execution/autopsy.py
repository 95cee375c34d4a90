"""Says in one sentence how a worker ended that did not say so itself."""

import re
import signal
from collections.abc import Mapping
from typing import IO

from labeling.kinds.kind import SOURCE_FILE

TRACE_BYTES = 65_536
_FRAME = re.compile(rf'File "{re.escape(SOURCE_FILE)}", line (\d{{1,9}})\b')

_CRASHES: Mapping[int, str] = {
    signal.SIGSEGV: "crashed Python (segmentation fault)",
    signal.SIGBUS: "crashed Python (bus error)",
    signal.SIGABRT: "crashed Python (abort)",
    signal.SIGFPE: "crashed Python (arithmetic fault)",
    signal.SIGILL: "crashed Python (illegal instruction)",
    signal.SIGSYS: "made a system call that no worker may make",
    signal.SIGXCPU: "used up its processor time",
    signal.SIGKILL: "was killed by the system, most likely for want of memory",
}


def traced_line(trace: IO[bytes]) -> int | None:
    """Return the innermost line of the author's source that faulthandler wrote down last."""
    trace.seek(0)
    text = trace.read(TRACE_BYTES).decode("ascii", errors="replace")
    current = text.rpartition("Current thread")[2] or text
    found = _FRAME.search(current) or _FRAME.search(text)
    return int(found[1]) if found else None


def ending(exit_code: int | None) -> str:
    """Say what the function did to its process.

    >>> ending(3)
    'ended its process with exit code 3'
    """
    if exit_code is None:
        return "closed the connection to Labelwright"
    if exit_code >= 0:
        return f"ended its process with exit code {exit_code}"
    return _CRASHES.get(-exit_code, f"was ended by signal {-exit_code}")


def place(row_id: int | None, line: int | None) -> str:
    """Say where, as far as it is known.

    >>> place(17, 4)
    ' on row 17, line 4'
    """
    parts = [f"row {row_id}"] if row_id is not None else []
    parts += [f"line {line}"] if line is not None else []
    return f" on {', '.join(parts)}" if parts else ""
