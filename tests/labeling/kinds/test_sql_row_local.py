"""A preview of a SQL function says what the full run will, over few rows or over all of them."""

import math
import random
from collections import defaultdict

import duckdb
import pyarrow as pa
import pytest

from labeling.errors import FunctionError
from labeling.kinds import sql_query
from labeling.kinds.sql_query import bound_query
from labeling.kinds.sql_row_local import is_row_local

TEXTS = ["Check out http://x.y", "", None, "12", "Größe FREE", "free money", "a_b%c", "-7"]
NUMBERS = [0, 1, None, -(2**63), 2**63 - 1, 7, 100, -1, 3]
SHARES = [0.5, math.nan, None, math.inf, -0.0, 1e300, 2.0]
N_ROWS = 640
ROWS = pa.table(
    {
        "row_id": pa.array(range(N_ROWS), pa.int64()),
        "text": [TEXTS[i % 8] for i in range(N_ROWS)],
        "Author": [None if i % 5 == 0 else f"author {i % 11}" for i in range(N_ROWS)],
        "n": pa.array([NUMBERS[i % 9] for i in range(N_ROWS)], pa.int64()),
        "x": pa.array([SHARES[i % 7] for i in range(N_ROWS)], pa.float64()),
        "seen": [None if i % 6 == 0 else i % 2 == 0 for i in range(N_ROWS)],
        "day": pa.array([None if i % 4 == 0 else i for i in range(N_ROWS)], pa.date32()),
    }
)
ASKED = [range(20), range(13, 14), range(301, 417), range(600, N_ROWS)]


def local(source: str, rows: pa.Table = ROWS) -> bool:
    """Tell what is decided of a query."""
    with duckdb.connect() as connection:
        tree = connection.execute("SELECT json_serialize_sql($1::VARCHAR)", [source]).fetchall()
    return is_row_local(tree[0][0], rows.schema)


def said(source: str, asked: range) -> dict[int, set[object]] | str:
    """Return what a query says of the rows asked for: their labels, or why it fails."""
    try:
        answers = bound_query(source, ROWS, 512, asked)()
    except FunctionError as error:
        return str(error)
    labels = defaultdict(set)
    for row_id, label in zip(answers.row_ids.to_pylist(), answers.labels.to_pylist(), strict=True):
        if row_id in asked:
            labels[row_id].add(label)
    return dict(labels)


def parts(answer: dict[int, set[object]] | str, asked: range) -> dict[int, set[object]] | str:
    """Return what of an answer for all rows is about those asked for."""
    if isinstance(answer, str):
        return answer
    return {row_id: labels for row_id, labels in answer.items() if row_id in asked}


LABELLED = "SELECT row_id, 'ham' AS label FROM rows WHERE "
ROW_LOCAL = [
    "SELECT row_id, 'ham' AS label FROM rows",
    "select ROW_ID, 1 as LABEL from ROWS;",
    "FROM rows SELECT row_id, 'ham' AS label -- why",
    "SELECT *, NULL AS label FROM rows AS r WHERE r.n = 7",
    "SELECT 'ham' AS label, r.row_id AS row_id FROM rows r WHERE r.text ILIKE '%free%'",
    "SELECT row_id, author AS label FROM rows",
    "SELECT row_id, CASE WHEN n > 5 THEN 'ham' WHEN seen THEN 'spam' END AS label FROM rows",
    "SELECT row_id, CASE lower(text) WHEN '' THEN 1 ELSE 0 END AS label FROM rows",
    "SELECT row_id, coalesce(author, text, 'nobody') AS label FROM rows",
    LABELLED + "text LIKE '%_b\\%%' OR text NOT ILIKE 'F%'",
    LABELLED + "regexp_matches(text, '^[0-9]+$') AND NOT text ~ 'x'",
    LABELLED + "text SIMILAR TO '[a-z ]+'",
    LABELLED + "contains(lower(text), 'free') OR starts_with(text, 'C') OR suffix(text, 'c')",
    LABELLED + "length(trim(text)) > 4 AND strlen(text) <> 5",
    LABELLED + "text IN ('', '12', NULL) AND n NOT IN (1, 7)",
    LABELLED + "n BETWEEN -5 AND 100 AND text BETWEEN 'a' AND 'h'",
    LABELLED + "x > 0.25 OR x < n OR n >= x OR x = 2 OR x <> x",
    LABELLED + "n IS DISTINCT FROM 7 AND text IS NOT NULL AND day IS NULL",
    LABELLED + "seen AND NOT (seen = false) AND true",
    LABELLED + "n = 9223372036854775807 OR n = -9223372036854775808 OR n = NULL OR NULL",
]
NOT_ROW_LOCAL = [
    # It looks at other rows, or at their number or order.
    "SELECT row_id, CASE WHEN row_number() OVER (ORDER BY n) < 9 THEN 1 END AS label FROM rows",
    "SELECT row_id, 'ham' AS label FROM rows QUALIFY count(*) OVER (PARTITION BY text) > 79",
    LABELLED + "n = (SELECT max(n) FROM rows)",  # noqa: S608
    LABELLED + "EXISTS (FROM rows AS other WHERE other.n = rows.n + 1)",
    LABELLED + "text IN (SELECT author FROM rows)",  # noqa: S608
    "SELECT min(row_id) AS row_id, 'ham' AS label FROM rows GROUP BY text",
    "SELECT max(row_id) AS row_id, 'ham' AS label FROM rows",
    "SELECT row_id, count(*)::BIGINT AS label FROM rows GROUP BY ALL HAVING count(*) < 2",
    "SELECT a.row_id, 'ham' AS label FROM rows AS a JOIN rows AS b ON a.row_id = b.row_id + 500",
    "SELECT rows.row_id, 'ham' AS label FROM rows, (VALUES (1), (2)) AS v(w)",
    "SELECT row_id, 'ham' AS label FROM rows LIMIT 30",
    "SELECT row_id, 'ham' AS label FROM rows ORDER BY n DESC, row_id LIMIT 30 OFFSET 7",
    "SELECT row_id, 'ham' AS label FROM rows USING SAMPLE 10 ROWS (reservoir, 5)",
    "SELECT DISTINCT ON (text) row_id, 'ham' AS label FROM rows ORDER BY text, row_id",
    "SELECT row_id, 'ham' AS label FROM rows UNION ALL SELECT row_id + 300, 'spam' FROM rows "
    "WHERE row_id < 300",
    "WITH few AS (FROM rows LIMIT 9) SELECT row_id, 'ham' AS label FROM few",
    "WITH rows AS (FROM rows LIMIT 9) SELECT row_id, 'ham' AS label FROM rows",
    "SELECT row_id, 'ham' AS label FROM (FROM rows LIMIT 9) AS rows",
    "FROM (VALUES (7, 'spam'), (310, 'ham')) AS v(row_id, label)",
    "SELECT r.unnest AS row_id, 'ham' AS label FROM unnest(range(100)) AS r",
    # It speaks of another row than it looks at.
    "SELECT 639 - row_id AS row_id, text AS label FROM rows",
    "SELECT n AS row_id, text AS label FROM rows WHERE n BETWEEN 0 AND 100",
    "SELECT * REPLACE (639 - row_id AS row_id), text AS label FROM rows",
    "SELECT * RENAME (row_id AS old), 639 - row_id AS row_id, text AS label FROM rows",
    "SELECT r.n AS row_id, text AS label FROM rows AS r(n, text, a, row_id) WHERE r.n < 9",
    # It fails on a row, and with it as a whole: casts, written or not, overflow, no pattern.
    "SELECT row_id, text::INT AS label FROM rows",
    LABELLED + "text::INT = 12",
    LABELLED + "text = 12",
    LABELLED + "12 IN (n, text)",
    LABELLED + "day = '1970-01-05' OR day = text",
    LABELLED + "day > '1970-01-05'",
    LABELLED + "n + 1 > 5",
    LABELLED + "-n > 5",
    LABELLED + "abs(n) > 5",
    LABELLED + "n > 1.5",
    LABELLED + "n = 9223372036854775808",
    LABELLED + "regexp_matches('aa', text || '(')",
    LABELLED + "text LIKE 'a!' ESCAPE '!'",
    LABELLED + "CASE WHEN row_id = 600 THEN error('no') END IS NULL",
    LABELLED + "text",
    LABELLED + "seen = 'true'",
    LABELLED + "length(n) > 1",
    LABELLED + "substr(text, n, 1) = 'a'",
    "SELECT row_id, repeat(text, 2) AS label FROM rows",
    # It says something else each time.
    LABELLED + "random() < 2",
    # It is not what DuckDB takes, or not known here.
    LABELLED + "nobody = 1",
    LABELLED + "main.lower(text) = 'a'",
    LABELLED + "text = 'a' COLLATE nocase",
    LABELLED + "label = 'ham'",
    LABELLED + "rows.nobody.text = 'a'",
    "SELECT row_id, 'ham' AS label FROM main.rows",
    "SELECT row_id, 'ham' AS label, 'spam' AS label FROM rows",
    "SELECT row_id, 'ham' AS name FROM rows",
    "SELECT COLUMNS('row_id|text') AS label FROM rows",
    "SELECT row_id, seen AS label FROM rows",
    "SELECT row_id, 'ham' AS label FROM rows; SELECT 1",
    "SELECT row_id, 'ham' AS label FRM rows",
    LABELLED + "NOT (" * 700 + "seen" + ")" * 700,
]


@pytest.mark.parametrize("source", ROW_LOCAL)
def test_rows_alone_say_what_all_rows_say(source: str) -> None:
    """What is asked about few rows has the labels of the full run on them."""
    assert local(source)
    full = said(source, range(N_ROWS))
    assert not isinstance(full, str), full
    for asked in ASKED:
        assert said(source, asked) == parts(full, asked)


@pytest.mark.parametrize("source", NOT_ROW_LOCAL)
def test_what_other_rows_decide_is_asked_about_all(source: str) -> None:
    """The labels, or the failure, are those of the full run."""
    assert not local(source)
    full = said(source, range(N_ROWS))
    for asked in ASKED:
        assert said(source, asked) == parts(full, asked)


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        (ROW_LOCAL[0], 20),
        (NOT_ROW_LOCAL[0], N_ROWS),
        (LABELLED + "text = 'a'" + " " * 20_000, N_ROWS),
        ("SELECT", N_ROWS),
    ],
    ids=["row-local", "window", "too long to look through", "no query"],
)
def test_only_the_rows_that_decide_are_given_to_the_query(source: str, needed: int) -> None:
    """Few rows of a million are an answer at once."""
    with duckdb.connect() as connection:
        assert len(sql_query._needed(connection, source, ROWS, range(20))) == needed


@pytest.mark.parametrize("names", [("label",), ("Text", "text"), ("rows",)])
def test_names_that_could_mean_two_things_are_not_row_local(names: tuple[str, ...]) -> None:
    """A column may be called like the label, like another but for its case, or like the table."""
    rows = pa.table({"row_id": pa.array([0], pa.int64()), **{name: ["a"] for name in names}})
    assert not local("SELECT rows.row_id, 'ham' AS label FROM rows", rows) or names == ("text",)


def test_queries_made_at_random_say_the_same_of_few_rows_and_of_all() -> None:
    """Of many conditions, about half of them row-local, none makes a difference."""
    dice = random.Random(20240501)
    decided = {True: 0, False: 0}
    for number in range(200):
        source = MADE.replace("LABEL", made_text(dice, 2)).replace("TRUE", made_test(dice, 3))
        asked = ASKED[number % 4]
        decided[local(source)] += 1
        assert said(source, asked) == parts(said(source, range(N_ROWS)), asked), source
    assert min(decided.values()) > 50


MADE = "SELECT row_id, LABEL AS label FROM rows WHERE TRUE"
WRONG_ONCE_IN = 40


def made_test(dice: random.Random, depth: int) -> str:
    """Return a condition; some of its parts may fail, or look at other rows."""
    if dice.randrange(WRONG_ONCE_IN) == 0:
        return dice.choice(["text::INT > 3", "n = text", "row_number() OVER () > 3", "text", "n"])
    if depth == 0:
        return dice.choice(["seen", "seen IS NULL", "text LIKE '%e%'", "n > 3", "x < n", "NULL"])
    a, b = made_test(dice, depth - 1), made_test(dice, depth - 1)
    text, other = made_text(dice, depth - 1), made_text(dice, depth - 1)
    whole, more = made_number(dice, depth - 1), made_number(dice, depth - 1)
    return dice.choice(
        [
            f"({a} AND {b})",
            f"({a} OR {b})",
            f"(NOT {a})",
            f"({a} IS DISTINCT FROM {b})",
            f"({text} < {other})",
            f"({text} IN ('12', {other}))",
            f"({text} IS NOT NULL)",
            f"contains({text}, {other})",
            f"regexp_matches({text}, '[0-9]')",
            f"({whole} <= {more})",
            f"({whole} BETWEEN {more} AND 100)",
            f"({whole} < x)",
        ]
    )


def made_text(dice: random.Random, depth: int) -> str:
    """Return a text."""
    if depth == 0:
        return dice.choice(["text", "author", "'free'", "'12'", "NULL"])
    text, other = made_text(dice, depth - 1), made_text(dice, depth - 1)
    test = made_test(dice, depth - 1)
    return dice.choice(
        [
            text,
            f"lower({text})",
            f"coalesce({text}, {other})",
            f"CASE WHEN {test} THEN {text} ELSE {other} END",
        ]
    )


def made_number(dice: random.Random, depth: int) -> str:
    """Return a whole number."""
    if dice.randrange(WRONG_ONCE_IN) == 0:
        return dice.choice(["n + 1", "text", "length(n)", "9223372036854775808"])
    if depth == 0:
        return dice.choice(["n", "row_id", "7", "-1"])
    return dice.choice(["n", f"length({made_text(dice, depth - 1)})"])
