"""Labeling functions written in SQL: `SELECT row_id, 'spam' AS label FROM rows WHERE ...`.

The query sees one relation, `rows` (`row_id` and the user's columns), and answers for all rows at
once. The server only looks at how it begins; a worker runs it (`sql_query`).
"""

import re
from collections.abc import Sequence

import pyarrow as pa

from labeling.errors import FunctionError
from labeling.functions import LabelingFunction
from labeling.kinds.kind import SetVote

MOST_CHARACTERS = 100_000
EXAMPLE = "Write for example: SELECT row_id, 'a class' AS label FROM rows WHERE ..."

_BEGINNING = re.compile(r"(?:\s|--[^\n]*|/\*.*?\*/|\()*(\w*)", re.DOTALL)
"""Space, comments and brackets, then the first word."""
_QUERY_WORDS = ("SELECT", "WITH", "FROM", "VALUES", "TABLE")


class SqlKind:
    """Functions made of one query."""

    def check(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> None:
        """Raise FunctionError unless the source begins like a query; DuckDB says the rest."""
        if len(function.source) > MOST_CHARACTERS:
            raise FunctionError(f"A SQL function has at most {MOST_CHARACTERS:,} characters.")
        if not function.source.strip():
            raise FunctionError("The query is empty.", remedy=EXAMPLE)
        _refuse_half_characters(function.source)
        beginning = _BEGINNING.match(function.source)
        word = beginning[1] if beginning else ""
        if word.upper() not in _QUERY_WORDS:
            raise FunctionError(
                f"A SQL function is one query and begins with one of these words, not {word!r}.",
                choices=_QUERY_WORDS,
                remedy=EXAMPLE,
                line=function.source[: beginning.end()].count("\n") + 1 if beginning else None,
            )

    def compile_set(
        self, function: LabelingFunction, rows: pa.Table, memory_mb: int, asked: range
    ) -> SetVote:
        """Return the query, bound to the rows and ready to run. In a worker only."""
        from labeling.kinds.sql_query import bound_query  # DuckDB is loaded where it is used

        return bound_query(function.source, rows, memory_mb, asked)


def _refuse_half_characters(source: str) -> None:
    """Refuse what no text file and no database can hold, and DuckDB cannot be given."""
    try:
        source.encode()
    except UnicodeEncodeError as error:
        before = source[: error.start]
        raise FunctionError(
            f"The query has half a character (U+{ord(source[error.start]):04X}) at place "
            f"{error.start - before.rfind(chr(10))} of its line.",
            remedy="Delete it and type the character again.",
            line=before.count("\n") + 1,
        ) from None
