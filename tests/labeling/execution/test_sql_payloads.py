"""Hostile SQL: whatever is tried, there is a sentence about it, and nothing else has changed.

They go to the worker as they are, without the server's first look at them, so that it is DuckDB's
locks, the one-query rule and the process limits that hold.
"""

import os
from pathlib import Path

import pytest

from labeling.runs import NOT_RUN, Limits

from .conftest import Run

SECRET = "only the server may read this"
ONE_QUERY = "A SQL function is one query; this is a statement of the kind {}."
DENIED = "Permission Error: Cannot access file"
NO_WRITE = "statement must be at the top level"
TOO_DEEP = "Max expression depth limit of 1000 exceeded"
TOO_MUCH = "The query needed more memory than it may use of the run's 512 MB."
STOPPED = "The run took longer than 0.5 s and was stopped."


def label(expression: str, relation: str = "rows") -> str:
    """Return a query that gives row 0 a label."""
    return f"SELECT 0 AS row_id, {expression} AS label FROM {relation}"  # noqa: S608


FILES = [
    (label("content", "read_text('CANARY')"), DENIED),
    (label("content", "read_blob('CANARY')"), DENIED),
    (label("a", "read_csv('CANARY')"), DENIED),
    (label("a", "read_csv_auto('CANARY')"), DENIED),
    (label("delimiter", "sniff_csv('CANARY')"), DENIED),
    (label("a", "read_json('CANARY')"), DENIED),
    (label("a", "read_parquet('CANARY')"), DENIED),
    (label("key", "parquet_metadata('CANARY')"), DENIED),
    (label("file", "glob('FOLDER/*')"), DENIED),
    (label("a", "'CANARY'"), DENIED),
    (label("a", "query_table('CANARY')"), DENIED),
    (label("a", "query('FROM read_text(''CANARY'')')"), DENIED),
    (
        label(
            "a",
            "json_execute_serialized_sql(json_serialize_sql('FROM read_text(''CANARY'')'))",
        ),
        DENIED,
    ),
    (label("a", "read_csv('http://127.0.0.1:9/a.csv')"), DENIED),
    (label("a", "'https://127.0.0.1:9/a.parquet'"), DENIED),
    (label("a", "'s3://bucket/a.parquet'"), DENIED),
]
"""Reading files and addresses."""

SURROUNDINGS = [
    (label("getenv('HOME')"), "getenv does not exist"),
    (label("name", "duckdb_secrets()"), "Permission Error: Cannot access directory"),
    (label("a", "rows_file"), "Table with name rows_file does not exist"),
    (label("a", "sys"), "Table with name sys does not exist"),
    (label("a", "connection"), "Table with name connection does not exist"),
    (label("a", "python_arrow_scan()"), "requires a Python Arrow source"),
    (label("a", "arrow_scan(1::POINTER, 2::POINTER, 3::POINTER)"), "Type with name POINTER"),
    (label("a", "enable_logging(storage='file', storage_config={'path': 'CANARY'})"), "locked"),
    (label("a", "query('DROP VIEW rows')"), "Expected a single SELECT statement"),
    (label("a", "query('SELECT 1; DROP VIEW rows')"), "Expected a single SELECT statement"),
]
"""Python's variables, memory addresses, the environment, settings, and queries in a text."""

STATEMENTS = [
    ("COPY rows TO 'CANARY'", ONE_QUERY.format("COPY")),
    ("COPY (SELECT 1) TO 'CANARY' (FORMAT parquet)", ONE_QUERY.format("COPY")),
    ("EXPORT DATABASE 'FOLDER'", ONE_QUERY.format("EXPORT")),
    ("IMPORT DATABASE 'FOLDER'", ONE_QUERY.format("PRAGMA")),
    ("ATTACH 'CANARY' AS other", ONE_QUERY.format("ATTACH")),
    ("ATTACH ':memory:' AS other", ONE_QUERY.format("ATTACH")),
    ("DETACH memory", ONE_QUERY.format("DETACH")),
    ("INSTALL httpfs", ONE_QUERY.format("LOAD")),
    ("LOAD 'CANARY'", ONE_QUERY.format("LOAD")),
    ("SET enable_external_access = true", ONE_QUERY.format("SET")),
    ("SET lock_configuration = false", ONE_QUERY.format("SET")),
    ("RESET memory_limit", ONE_QUERY.format("SET")),
    ("PRAGMA enable_profiling", ONE_QUERY.format("PRAGMA")),
    ("CREATE TABLE other AS FROM rows", ONE_QUERY.format("CREATE")),
    ("CREATE OR REPLACE VIEW rows AS SELECT 1", ONE_QUERY.format("CREATE")),
    ("CREATE SECRET s (TYPE s3)", ONE_QUERY.format("CREATE")),
    ("CREATE MACRO f() AS 1", ONE_QUERY.format("CREATE")),
    ("INSERT INTO rows VALUES (1)", ONE_QUERY.format("INSERT")),
    ("UPDATE rows SET n = 1", ONE_QUERY.format("UPDATE")),
    ("DELETE FROM rows", ONE_QUERY.format("DELETE")),
    ("DROP VIEW rows", ONE_QUERY.format("DROP")),
    ("ALTER VIEW rows RENAME TO other", ONE_QUERY.format("ALTER")),
    ("VACUUM", ONE_QUERY.format("VACUUM")),
    ("CHECKPOINT", ONE_QUERY.format("CALL")),
    ("CALL pragma_version()", ONE_QUERY.format("CALL")),
    ("BEGIN", ONE_QUERY.format("TRANSACTION")),
    ("PREPARE p AS SELECT 1", ONE_QUERY.format("PREPARE")),
    ("EXPLAIN ANALYZE SELECT 1", ONE_QUERY.format("EXPLAIN")),
    ("DESCRIBE rows", "it gives column_name, column_type"),
]
"""What is no query."""

TRICKS = [
    ("SELECT row_id, 1 AS label FROM rows; DROP VIEW rows", "there are 2 statements"),
    ("SELECT row_id, 1 AS label FROM rows) ; DROP VIEW rows; --", 'syntax error at or near ")"'),
    ("SELECT 1) UNION ALL (SELECT 2", 'syntax error at or near ")"'),
    ("SELECT row_id, 1 AS label FROM rows /*", "unterminated /* comment"),
    ("SELECT row_id, 1 AS label FROM rows; -- )", 'syntax error at or near ";"'),
    ("SELECT row_id, 'x AS label FROM rows", "unterminated"),
    ("SELECT row_id, ? AS label FROM rows", "Values were not provided"),
    ("", "there are 0 statements"),
    ("-- nothing", "there are 0 statements"),
    ("WITH x AS (DELETE FROM rows RETURNING *) SELECT row_id, 1 AS label FROM x", NO_WRITE),
    ("WITH x AS (UPDATE rows SET n = 1 RETURNING *) SELECT row_id, 1 AS label FROM x", NO_WRITE),
    ("WITH x AS (INSERT INTO rows FROM rows RETURNING *) FROM x SELECT row_id, 1 label", NO_WRITE),
    ("WITH x AS (COPY rows TO 'CANARY') SELECT row_id, 1 AS label FROM rows", NO_WRITE),
    ("WITH x AS (DROP VIEW rows) SELECT row_id, 1 AS label FROM rows", "Parser Error"),
]
"""Getting out of the bracket, and writing from within."""

DEEP = [
    (label("(" * 5_000 + "1" + ")" * 5_000), TOO_DEEP),
    (label("1+" * 30_000 + "1"), TOO_DEEP),
    (label("(SELECT " * 5_000 + "1" + ")" * 5_000), TOO_DEEP),
    ("SELECT * FROM " + "(SELECT * FROM " * 3_000 + "rows" + ")" * 3_000, TOO_DEEP),
]
"""Nesting that would overflow a stack."""

BOMBS = [
    (label("count(*)", "rows a, rows b, rows c, rows d"), TOO_MUCH),
    ("SELECT a.row_id, b.text AS label FROM rows a, rows b", TOO_MUCH),
    ("SELECT range AS row_id, 1 AS label FROM range(100000000000)", TOO_MUCH),
    (label("len(range(10000000000))"), "Lists larger than 2^32"),
    (label("repeat('x', 10000000000)"), "Cannot create a string of size"),
    (label("length(repeat(text, 1000000))"), TOO_MUCH),
    (label("string_agg(a.text || b.text)", "rows a, rows b"), TOO_MUCH),
    (label("len(list(a.text))", "rows a, rows b"), TOO_MUCH),
    (label("max(x)", "(SELECT unnest(range(1000000000)) AS x)"), TOO_MUCH),
    (label("printf('%2000000000d', 1)"), TOO_MUCH),
    (label("array_to_string(range(500000000), ',')"), TOO_MUCH),
    (label("lpad('x', 2000000000, 'y')"), STOPPED),
    (label("bitstring('0', 2000000000)::VARCHAR"), STOPPED),
    (label("pg_sleep(60)::VARCHAR"), STOPPED),
    (
        "WITH RECURSIVE x(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM x) "
        "SELECT 0 AS row_id, max(i) AS label FROM x",
        STOPPED,
    ),
    (
        "SELECT row_id, (SELECT count(*) FROM rows b WHERE levenshtein(b.text, a.text) < 3) "
        "AS label FROM rows a",
        STOPPED,
    ),
    (label("regexp_matches(text, repeat('(', 100000) || repeat(')', 100000))::INT"), STOPPED),
    (label("regexp_matches(text, '((x{1,1000}){1,1000}){1,1000}')::INT"), "repetition size"),
    (
        label("1", "rows" + "".join(f" JOIN rows r{i} ON r{i}.n = rows.n" for i in range(200))),
        STOPPED,
    ),
]
"""Queries that would take all memory, or all time."""


REFUSED = [*FILES, *SURROUNDINGS, *STATEMENTS, *TRICKS, *DEEP]


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """A file that only the server may read."""
    path = tmp_path / "canary.csv"
    path.write_text(f"a,b\n{SECRET},1\n", "utf-8")
    return path


@pytest.mark.parametrize(("source", "sentence"), REFUSED, ids=[one[0][:60] for one in REFUSED])
def test_what_is_tried_is_refused(
    run: Run, rows_path: Path, canary: Path, source: str, sentence: str
) -> None:
    """The message says what is not allowed; nothing is voted, read, written or changed."""
    said = failure(run, rows_path, canary, source, Limits(memory_mb=512))
    assert sentence in said


@pytest.mark.parametrize(("source", "sentence"), BOMBS, ids=[one[0][:60] for one in BOMBS])
def test_what_takes_too_much_is_stopped(
    run: Run, rows_path: Path, canary: Path, source: str, sentence: str
) -> None:
    """DuckDB notices, or the process is killed when the run has had its time."""
    said = failure(run, rows_path, canary, source, Limits(memory_mb=512, run_seconds=0.5))
    assert sentence in said or said == STOPPED


def test_after_all_of_it_functions_run_as_before(run: Run) -> None:
    """No payload has harmed the server or a worker after it."""
    descriptors = set(os.listdir("/proc/self/fd"))  # noqa: PTH208
    for source, _ in (STATEMENTS[0], TRICKS[0], BOMBS[0], BOMBS[-1]):
        run(source, kind="sql", limits=Limits(memory_mb=512, run_seconds=0.5))
    assert len(os.listdir("/proc/self/fd")) <= len(descriptors) + 10  # noqa: PTH208
    result = run("SELECT row_id, 'spam' AS label FROM rows WHERE text ILIKE 'free%'", kind="sql")
    assert result.failure is None
    assert result.votes.tolist() == [-1, -1, -1, -1, 1] * 2


def failure(run: Run, rows_path: Path, canary: Path, source: str, limits: Limits) -> str:
    """Run a payload, see that nothing came of it, and return how the run failed."""
    rows, text = rows_path.read_bytes(), canary.read_bytes()
    source = source.replace("CANARY", str(canary)).replace("FOLDER", str(canary.parent))
    result = run(source, kind="sql", limits=limits)

    assert set(result.votes) == {NOT_RUN}
    assert result.errors == ()
    assert result.failure
    assert SECRET not in result.failure + result.stdout
    assert canary.read_bytes() == text
    assert list(canary.parent.iterdir()) == [canary]
    assert rows_path.read_bytes() == rows
    return result.failure
