"""Functions written in SQL: votes counted by hand, and what is wrong with an answer.

Row i has the text number i % 5 of `conftest.text_of`: link, song, none, Größe free, FREE money.
"""

from pathlib import Path

import pyarrow as pa
import pytest

from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.runs import Job, Limits, RowError

from .conftest import CLASSES, N_ROWS, Run


@pytest.mark.parametrize(
    ("source", "votes"),
    [
        (
            "SELECT row_id, 'spam' AS label FROM rows WHERE text ILIKE '%free%'",
            [-1, -1, -1, 1, 1] * 2,
        ),
        ("SELECT row_id, 'spam' AS label FROM rows WHERE text IS NULL;", [-1, -1, 1, -1, -1] * 2),
        ("SELECT ROW_ID, row_id % 2 AS Label FROM rows -- names in any case", [0, 1] * 5),
        ("SELECT row_id, row_id % 2 - 1 AS label FROM rows", [-1, 0] * 5),
        ("SELECT row_id, sum(n % 2) AS label FROM rows GROUP BY row_id", [0, 1] * 5),
        ("SELECT row_id, NULL AS label FROM rows", [-1] * 10),
        ("SELECT row_id, 'ham' AS label FROM rows WHERE false", [-1] * 10),
        (
            "SELECT *, 'ham' AS label FROM rows WHERE \"likes of\" < 3 ORDER BY n DESC",
            [0, 0, 0, -1, -1, -1, -1, 0, 0, 0],
        ),
        ("FROM rows SELECT row_id, 'ham' AS label", [0] * 10),
        ("(SELECT row_id, 'ham'::ENUM ('spam', 'ham') AS label FROM rows)", [0] * 10),
        ("FROM (VALUES (7, 'spam')) AS v(row_id, label)", [-1] * 7 + [1, -1, -1]),
        (
            "WITH odd AS (FROM rows WHERE n % 2 = 1) SELECT row_id, 'spam' AS label FROM odd",
            [-1, 1] * 5,
        ),
    ],
)
def test_votes(run: Run, source: str, votes: list[int]) -> None:
    """A label is a class name, a number, or NULL, and rows come in any order."""
    result = run(source, kind="sql")
    assert result.failure is None
    assert result.votes.tolist() == votes


def test_a_row_may_be_answered_again_with_the_same_label(run: Run) -> None:
    """A join that gives a row twice, and an abstain beside a vote, contradict nothing."""
    result = run(
        "SELECT a.row_id, CASE WHEN b.n < 3 THEN 'spam' END AS label "
        "FROM rows AS a, rows AS b WHERE b.n < 5",
        kind="sql",
    )
    assert result.votes.tolist() == [1] * 10


def test_two_labels_are_an_error_on_their_row(run: Run) -> None:
    """The other rows keep their votes, and the message names both labels."""
    result = run(
        "SELECT row_id, 'spam' AS label FROM rows UNION ALL "
        "SELECT row_id, 'ham' FROM rows WHERE row_id IN (2, 5)",
        kind="sql",
    )
    assert result.votes.tolist() == [1, 1, -2, 1, 1, -2, 1, 1, 1, 1]
    message = "answered with two labels, 'ham' and 'spam'; give each row one"
    assert result.errors == tuple(RowError(row, "TwoLabelsError", message, None) for row in (2, 5))


def test_a_label_that_is_no_class_is_an_error_on_its_row(run: Run) -> None:
    """Also where another answer for the row is one."""
    result = run(
        "SELECT row_id, 'ham' AS label FROM rows "
        "UNION ALL VALUES (3, 'spma'), (3, 'other'), (3, 'spam')",
        kind="sql",
    )
    assert result.votes.tolist() == [0, 0, 0, -2, 0, 0, 0, 0, 0, 0]
    (error,) = result.errors
    assert (error.row_id, error.error, error.line) == (3, "InvalidLabelError", None)
    assert error.message == (
        "returned 'spma'; return a class name ('ham', 'spam'), its number 0 to 1, or ABSTAIN (NULL)"
    )


def test_errors_beyond_the_limit_are_counted(run: Run) -> None:
    """Every row is marked, the first ones carry a message, in row order."""
    result = run(
        "SELECT row_id, text AS label FROM rows WHERE text <> '' ORDER BY row_id DESC",
        kind="sql",
        rows=9000,
        limits=Limits(error_details=300),
    )
    assert (result.error_count, len(result.errors)) == (9000 * 4 // 5, 300)
    assert [error.row_id for error in result.errors[:5]] == [0, 1, 3, 4, 5]


def test_a_run_of_few_rows_sees_all_of_them(run: Run) -> None:
    """A preview says what the whole run will, also where rows are compared."""
    source = "SELECT row_id, 'ham' AS label FROM rows WHERE (SELECT count(*) FROM rows) = 20000"
    assert run(source, rows=2, start=15_000, kind="sql").votes.tolist() == [0, 0]
    assert run(source, rows=N_ROWS, kind="sql").vote_count == N_ROWS


def test_errors_outside_the_run_are_not_its_own(run: Run) -> None:
    """Each row is reported where it is run."""
    result = run("SELECT row_id, 'spma' AS label FROM rows", start=7, rows=2, kind="sql")
    assert [error.row_id for error in result.errors] == [7, 8]


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("SELECT 20000 AS row_id, 1 AS label", "There is no row 20000. Rows go from 0", None),
        ("SELECT -1 AS row_id, 1 AS label", "There is no row -1.", None),
        ("SELECT NULL::INT AS row_id, 1 AS label", "row_id is NULL in the answer.", None),
        (
            "SELECT row_id, text FROM rows",
            "must give one column row_id and one column label; it gives row_id, text.",
            None,
        ),
        ("SELECT *, 1 AS label, 2 AS LABEL FROM rows", "it gives row_id, text, n, likes of", None),
        ("SELECT text AS row_id, 1 AS label FROM rows", "the query gives VARCHAR", None),
        ("SELECT row_id, 1.0 AS label FROM rows", "the query gives DECIMAL(2,1)", None),
        ("SELECT row_id, true AS label FROM rows", "the query gives BOOLEAN", None),
        ("SELECT row_id, ['ham'] AS label FROM rows", "the query gives VARCHAR[]", None),
        (
            "SELECT row_id,\n  'x' || txet AS label\nFROM rows",
            'line 2: Binder Error: Referenced column "txet" not found in FROM clause! '
            'Candidate bindings: "text"',
            2,
        ),
        (
            "SELECT row_id, 1 AS label\n\nFROM rosw",
            'line 3: Catalog Error: Table with name rosw does not exist! Did you mean "rows"?',
            3,
        ),
        ("SELECT row_id 1\nAS label FROM rows", "line 1: Parser Error: syntax error", 1),
        (
            "SELECT row_id,\ntext::INT AS label FROM rows",
            "line 2: Conversion Error: Could not convert string 'Check out http://x.y 0'",
            2,
        ),
    ],
)
def test_what_fails_as_a_whole_says_where(
    run: Run, source: str, message: str, line: int | None
) -> None:
    """No row is voted on; DuckDB's hint is kept, and the line is the author's."""
    result = run(source, kind="sql")
    assert set(result.votes) == {-3}
    assert message in (result.failure or "")
    assert result.failure_line == line


@pytest.mark.parametrize("line", ["1", "4", "7", "999999", "9" * 5_000, "²"])
def test_line_that_a_query_makes_up_is_not_believed(run: Run, line: str) -> None:
    """The source has two lines, and a message of the author's own comes one line before it."""
    source = "SELECT row_id, error(chr(10) || chr(10) ||\n'LINE NUMBER: x') AS label FROM rows"
    result = run(source.replace("NUMBER", line), kind="sql")
    assert set(result.votes) == {-3}
    assert "Invalid Input Error: LINE " in (result.failure or "")
    assert result.failure_line is None


SETTINGS = {
    "enable_external_access": "false",
    "lock_configuration": "true",
    "python_enable_replacements": "false",
    "autoload_known_extensions": "false",
    "enable_progress_bar": "false",
    "temp_directory": "",
    "memory_limit": "256.0 MiB",
    "threads": "1",
    "async_threads": "0",
}


def test_duckdb_is_set_up_as_meant(run: Run) -> None:
    """A query can read its settings; here their values are the classes."""
    values = ", ".join(
        f"({i}, current_setting('{name}')::VARCHAR)" for i, name in enumerate(SETTINGS)
    )
    classes = tuple(dict.fromkeys(SETTINGS.values()))
    source = f"FROM (VALUES {values}) AS settings(row_id, label)"
    result = run(source, kind="sql", rows=len(SETTINGS), classes=classes)
    assert result.errors == ()
    assert dict(zip(SETTINGS, [classes[vote] for vote in result.votes], strict=True)) == SETTINGS


def test_long_queries_are_run(run: Run) -> None:
    """Thousands of columns and values are no reason to refuse one."""
    columns = ", ".join(f"{i} AS c{i}" for i in range(5_000))
    values = ", ".join(map(str, range(15_000)))
    source = "SELECT row_id, 'ham' AS label, COLUMNS FROM rows WHERE n IN (VALUES)"
    source = source.replace("COLUMNS", columns).replace("VALUES", values)
    assert run(source, kind="sql").votes.tolist() == [0] * 10


def test_columns_that_differ_in_case_alone_are_told_apart(
    executor: LocalExecutor, tmp_path: Path
) -> None:
    """SQL names have no case, so DuckDB numbers the second one."""
    path = tmp_path / "rows.arrow"
    table = pa.table({"row_id": pa.array([0, 1], pa.int64()), "a": ["x", "y"], "A": ["y", "x"]})
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    function = LabelingFunction(
        "f", "sql", "SELECT row_id, 'ham' AS label FROM rows WHERE A_1 = 'x'"
    )
    assert executor.run(Job(function, CLASSES, path, 0, 2)).votes.tolist() == [-1, 0]
