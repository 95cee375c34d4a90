"""Rows found by the value of a column, over five rows: stars 1, 5, 2, 3, 4."""

import pytest

from labeling.errors import ProjectError
from labeling.row_query import ColumnCondition
from labeling.store import ImportPlan


@pytest.mark.parametrize(
    ("column", "test", "values", "rows"),
    [
        ("text", "contains", ("CASH",), [0, 4]),
        ("text", "contains", ("0%",), [2]),
        ("text", "regex", ("^win|no$",), [0, 4]),
        ("text", "=", ("hello there",), [3]),
        ("stars", "=", ("3",), [3]),
        ("stars", "<", ("2",), [0]),
        ("stars", ">=", ("4",), [1, 4]),
        ("stars", "between", ("2", "3.9"), [2, 3, 4]),
        ("stars", "contains", ("5",), [1]),
        ("text", "empty", (), []),
    ],
)
def test_each_test_finds_its_rows(filled, column, test, values, rows):
    """And with `negate` all the others."""
    condition = ColumnCondition(column, test, values)
    assert list(filled.rows_where(condition)) == rows
    others = ColumnCondition(column, test, values, negate=True)
    assert list(filled.rows_where(others)) == [row for row in range(5) if row not in rows]


def test_an_empty_cell_is_empty_and_meets_no_other_test(store, write_file):
    """Negated, every other test keeps it."""
    path = write_file("more.csv", b"id,text,stars\na,  ,1\nb,x,\nc,y,3\n")
    store.import_rows(ImportPlan(path, "text", "id"))
    assert list(store.rows_where(ColumnCondition("stars", "empty"))) == [1]
    assert list(store.rows_where(ColumnCondition("text", "empty"))) == [0]
    assert list(store.rows_where(ColumnCondition("stars", "<", ("5",), negate=True))) == [1]


@pytest.mark.parametrize(
    ("column", "test", "values", "says"),
    [
        ("gold", "=", ("spam",), "no column 'gold'"),
        ("stars", "<", ("many",), "'many' cannot be compared with the column 'stars'"),
        ("text", "regex", ("(",), "not a valid regular expression"),
    ],
)
def test_what_cannot_be_asked_is_refused(filled, column, test, values, says):
    """Answers are not asked about; a value must be one of the column's type."""
    with pytest.raises(ProjectError, match=says):
        filled.rows_where(ColumnCondition(column, test, values))


def test_a_text_in_a_condition_is_no_statement(filled):
    """Values are parameters."""
    assert list(filled.rows_where(ColumnCondition("text", "=", ("'; DROP TABLE rows; --",)))) == []
    assert filled.row_count() == 5


@pytest.mark.parametrize(("test", "values"), [("=", ()), ("between", ("1",)), ("like", ("x",))])
def test_a_condition_has_the_values_that_its_test_takes(test, values):
    """Or is none."""
    with pytest.raises(ProjectError):
        ColumnCondition("text", test, values)
