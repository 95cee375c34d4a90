r"""Cells of a CSV that a spreadsheet would run as a formula, and how to keep it from doing so.

Spreadsheets run a cell that begins with = + - or @; some look past spaces before it, those of East
Asian languages take the full-width forms alike, and TAB, CR and LF can end a cell early
(https://owasp.org/www-community/attacks/CSV_Injection). Such a cell gets an apostrophe before it,
which means "this is text" to a spreadsheet. A cell that already has apostrophes there gets one
more: only so can every cell be restored.
"""

import re

FORMULA = r"[\s'\ufeff]*[=+\-@＝＋－＠]|'*[\t\r\n]"
"""Matches the start of a cell that gets an apostrophe."""

_FORMULA = re.compile(FORMULA)


def neutralised(value: object) -> object:
    """Return a cell that no spreadsheet runs as a formula; numbers stay as they are.

    >>> neutralised("=1+1"), neutralised("it's fine"), neutralised(-3)
    ("'=1+1", "it's fine", -3)
    """
    if isinstance(value, str) and _FORMULA.match(value):
        return "'" + value
    return value


def restored(cell: str) -> str:
    """Return the text that was exported as this cell.

    >>> restored("'=1+1"), restored("'tis fine")
    ('=1+1', "'tis fine")
    """
    if cell.startswith("'") and _FORMULA.match(cell, 1):
        return cell[1:]
    return cell
