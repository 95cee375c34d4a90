"""Where a quoted cell opened that is not closed as it should be."""

import re
from dataclasses import dataclass

_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')


@dataclass(frozen=True)
class BadQuote:
    """A quote opens on line `opened`; `closed` is the line of a closing quote with text after it.

    `closed` is None where the quote is never closed.
    """

    opened: int
    closed: int | None


def find_bad_quote(record: str, delimiter: str, first_line: int) -> BadQuote | None:
    r"""Return the first quote of a record that is not closed properly, or None.

    >>> find_bad_quote('1,"never closed\n2,next', ",", first_line=5)
    BadQuote(opened=5, closed=None)
    >>> find_bad_quote('1,"open\n2,"next"', ",", first_line=5)
    BadQuote(opened=5, closed=6)
    """
    unquoted = re.compile(rf"[^{re.escape(delimiter)}\n]*")
    position = 0
    while position < len(record):
        if record[position] == '"':
            opened = first_line + record.count("\n", 0, position)
            cell = _QUOTED.match(record, position)
            if cell is None:
                return BadQuote(opened, None)
            if not record.startswith((delimiter, "\n", "\r\n"), cell.end()) and (
                cell.end() < len(record)
            ):
                return BadQuote(opened, first_line + record.count("\n", 0, cell.end()))
        else:
            cell = unquoted.match(record, position)
        end = cell.end() if cell else position
        if not record.startswith(delimiter, end):
            return None
        position = end + 1
    return None
