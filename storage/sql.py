"""How statements with a variable list of columns are put together, without any user's text.

Values go into statements as parameters. Users' column names never reach SQL at all: the columns
of a project are stored as c0, c1, c2 ... and named when they leave the database.
"""

from collections.abc import Iterable


def quoted(name: str) -> str:
    """Return a name as an SQL identifier.

    >>> print(quoted('a "b"; drop'))
    "a ""b""; drop"
    """
    return '"' + name.replace('"', '""') + '"'


def position_name(position: int) -> str:
    """Return the stored name of the user's column at this position, counted from 0."""
    return quoted(f"c{position}")


def listed(fragments: Iterable[str]) -> str:
    """Return fragments as an SQL list, each with a comma before it: they follow a first item."""
    return "".join(f", {fragment}" for fragment in fragments)


def compose(statement: str, **fragments: str) -> str:
    """Fill the named places of a statement with fragments that this package made itself.

    >>> compose("SELECT row_id{columns} FROM rows", columns=listed([position_name(0)]))
    'SELECT row_id, "c0" FROM rows'
    """
    return statement.format(**fragments)
