"""What the server says of a SQL function, which it only looks at."""

import subprocess
import sys
from pathlib import Path

import pytest

from labeling.errors import FunctionError
from labeling.functions import LabelingFunction
from labeling.kinds import KINDS, spans, votes_row_by_row

ROOT = Path(__file__).resolve().parents[3]


def refusal_of(source: str) -> FunctionError | None:
    """Return why a query is refused, None where it is not."""
    try:
        KINDS["sql"].check(LabelingFunction("f", "sql", source), ["text"], ["ham", "spam"])
    except FunctionError as error:
        return error
    return None


@pytest.mark.parametrize(
    "source",
    [
        "select row_id, 'ham' as label from rows",
        "-- why\n/* and\n how */ WITH x AS (SELECT 1) SELECT * FROM x;",
        "((FROM rows))",
        "values (0, 'ham')",
        "TABLE rows",
        "select 'not; for the server to judge",
    ],
)
def test_what_begins_like_a_query_is_left_to_duckdb(source: str) -> None:
    """The server has no parser of its own that could be wrong, and so refuses none of these."""
    assert refusal_of(source) is None


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("", "The query is empty.", None),
        (" \n\t", "The query is empty.", None),
        ("-- only a comment", "not ''", 1),
        ("\n\nDROP TABLE rows", "not 'DROP'. Valid choices: SELECT, WITH, FROM", 3),
        ("select_all", "not 'select_all'", 1),
        ("select 1,\n  'x\udc80'", "half a character (U+DC80) at place 5 of its line. Delete", 2),
        ("\ud83d", "half a character (U+D83D) at place 1 of its line.", 1),
        ("select " + "1," * 60_000, "at most 100,000 characters", None),
    ],
)
def test_what_is_no_query_is_refused_with_its_line(
    source: str, message: str, line: int | None
) -> None:
    """A statement of another kind is said while it is written."""
    refused = refusal_of(source)
    assert refused is not None
    assert message in str(refused)
    assert refused.line == line


def test_a_query_answers_for_all_rows_and_has_no_highlights() -> None:
    """The other kinds are asked about one row after the other."""
    assert [kind for kind in KINDS if not votes_row_by_row(kind)] == ["sql"]
    assert spans(LabelingFunction("f", "sql", "select 1"), "text") == []


def test_duckdb_is_not_loaded_before_a_query_is() -> None:
    """Workers stay small, and neither they nor a check in the server hold a database."""
    code = (
        "import sys\n"
        "from labeling.execution import worker\n"
        "from labeling.functions import LabelingFunction\n"
        "worker.KINDS['sql'].check(LabelingFunction('f', 'sql', 'select 1'), [], [])\n"
        "print('duckdb' in sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ran.stdout == "False\n"
