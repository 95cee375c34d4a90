"""Tells whether a query says of each row what it would say of it alone.

Such a query may be asked about the rows of a preview without the others. That must not change its
answer, and an error on a row that was left out would end the whole run. So a query is row-local
only where DuckDB's own parse tree shows that it is one SELECT over `rows` with its own `row_id`, in
which nothing can fail on any row: no casts, also none that DuckDB would put between two types, and
no functions but those below. Whatever is not known here is not row-local, which costs time alone.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

Tree = Mapping[str, Any]

_KINDS: Sequence[tuple[str, Callable[[pa.DataType], bool]]] = (
    ("text", pa.types.is_string),
    ("integer", pa.types.is_int64),
    ("number", pa.types.is_float64),
    ("boolean", pa.types.is_boolean),
)
_LITERALS = {
    "STRING": "text",
    "INTEGER": "integer",
    "NUMERIC": "decimal",
    "BOOLEAN": "boolean",
    "NULL_LITERAL": "null",
}
_BIGINT = range(-(2**63), 2**63)
_COMPARABLE = frozenset({"integer number", "number integer", "number decimal", "decimal number"})
"""Kinds that DuckDB compares as DOUBLE, to which each can be cast. Equal kinds are comparable."""

_TEXT_TESTS = frozenset({"contains", "prefix", "starts_with", "suffix", "ends_with"})
_PATTERN_TESTS = frozenset({"~~", "!~~", "~~*", "!~~*", "regexp_matches", "regexp_full_match"})
"""Their second argument is a constant here: a pattern that is none is an error of any run."""
_TEXT_CHANGES = frozenset({"lower", "upper", "lcase", "ucase", "trim", "ltrim", "rtrim"})
_LENGTHS = frozenset({"length", "len", "char_length", "strlen"})
_NULL_TESTS = frozenset({"OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL"})
_MEMBERSHIPS = frozenset({"COMPARE_IN", "COMPARE_NOT_IN"})
_COMPARISONS = frozenset(
    {
        "COMPARE_EQUAL",
        "COMPARE_NOTEQUAL",
        "COMPARE_LESSTHAN",
        "COMPARE_GREATERTHAN",
        "COMPARE_LESSTHANOREQUALTO",
        "COMPARE_GREATERTHANOREQUALTO",
        "COMPARE_DISTINCT_FROM",
        "COMPARE_NOT_DISTINCT_FROM",
    }
)
_PLACE = frozenset({"class", "type", "alias", "query_location", "query_location_length"})
_NOTHING: tuple[object, ...] = (
    None,
    False,
    "",
    [],
    {"map": []},
    {"type": "ORDER_MODIFIER", "orders": []},
)


class _UnknownError(Exception):
    """Something in the tree that is not known to be row-local."""


def is_row_local(tree: str, schema: pa.Schema) -> bool:
    """Tell whether a query gives each row what it would if there were no other rows.

    `tree` is what DuckDB's `json_serialize_sql` says of it, `schema` that of `rows`.
    """
    try:
        (statement,) = json.loads(tree).get("statements", ())
        _check_select(statement["node"], schema)
    except (_UnknownError, LookupError, TypeError, ValueError, RecursionError):
        # A tree of another shape, several statements, none, or one that nests too deeply.
        return False
    return True


def _check_select(node: Tree, schema: pa.Schema) -> None:
    _require(node["type"] == "SELECT_NODE")
    _require(node["aggregate_handling"] == "STANDARD_HANDLING")
    parts = ("select_list", "from_table", "where_clause", "aggregate_handling")
    _require_nothing_else(node, parts)
    expressions = _Expressions(_names_of_table(node["from_table"]), _kinds(schema))
    rows: list[Tree] = []
    labels: list[Tree] = []
    for selected in node["select_list"]:
        (labels if selected["alias"].lower() == "label" else rows).append(selected)
    _require(len(rows) == len(labels) == 1)
    expressions.check_rows(rows[0])
    _require(expressions.kind(labels[0]) in {"text", "integer", "null"})
    if node["where_clause"] is not None:
        expressions.check_condition(node["where_clause"])


def _names_of_table(table: Tree) -> frozenset[str]:
    """Return the names by which columns of `rows` may be called."""
    _require(table["type"] == "BASE_TABLE" and table["table_name"].lower() == "rows")
    _require(len(table["qualified_name"]["path"]) == 1)
    _require_nothing_else(table, ("table_name", "qualified_name"))
    return frozenset({(table["alias"] or "rows").lower()})


def _kinds(schema: pa.Schema) -> dict[str, str]:
    """Return the kind of each column by its name in lower case, as SQL takes names."""
    kinds = {
        field.name.lower(): next((kind for kind, is_of in _KINDS if is_of(field.type)), "other")
        for field in schema
    }
    # A name that comes twice, or that the label takes, could mean either.
    _require(len(kinds) == len(schema) and "label" not in kinds)
    return kinds


class _Expressions:
    """Finds the kind of expressions that cannot fail on any row; others are unknown."""

    def __init__(self, tables: frozenset[str], columns: Mapping[str, str]) -> None:
        self._tables = tables
        self._columns = columns

    def check_rows(self, tree: Tree) -> None:
        """Accept what gives each row its own row_id: that column, or all of them."""
        if tree["class"] == "STAR":
            _require_nothing_else(tree, ())
            _require(not tree["alias"])
        else:
            _require(tree["class"] == "COLUMN_REF" and tree["alias"].lower() in {"", "row_id"})
            self._column(tree)
            _require(tree["column_names"][-1].lower() == "row_id")

    def check_condition(self, tree: Tree) -> None:
        """Accept what is true, false or NULL on each row."""
        _require(self.kind(tree) in {"boolean", "null"})

    def kind(self, tree: Tree) -> str:
        """Return the kind of values that an expression gives."""
        known = {
            "COLUMN_REF": self._column,
            "CONSTANT": self._constant,
            "COMPARISON": self._comparison,
            "BETWEEN": self._between,
            "CONJUNCTION": self._conjunction,
            "OPERATOR": self._operator,
            "CASE": self._case,
            "FUNCTION": self._function,
        }
        _require(tree["class"] in known)
        return known[tree["class"]](tree)

    def _column(self, tree: Tree) -> str:
        _require_nothing_else(tree, ("column_names",))
        *table, name = (part.lower() for part in tree["column_names"])
        _require(not table or (len(table) == 1 and table[0] in self._tables))
        # Also a name of the table could be one of a column with parts.
        _require(not table or table[0] not in self._columns)
        return self._columns[name]

    def _constant(self, tree: Tree) -> str:
        _require_nothing_else(tree, ("literal",))
        literal = tree["literal"]
        if literal["kind"] == "INTEGER":
            _require(int(literal["text"]) in _BIGINT)
        return _LITERALS[literal["kind"]]

    def _comparison(self, tree: Tree) -> str:
        _require(tree["type"] in _COMPARISONS)
        _require_nothing_else(tree, ("left", "right"))
        _require_comparable(self.kind(tree["left"]), self.kind(tree["right"]))
        return "boolean"

    def _between(self, tree: Tree) -> str:
        _require_nothing_else(tree, ("input", "lower", "upper"))
        kinds = {self.kind(tree[part]) for part in ("input", "lower", "upper")}
        _one_kind(kinds)
        return "boolean"

    def _conjunction(self, tree: Tree) -> str:
        _require_nothing_else(tree, ("children",))
        for child in tree["children"]:
            self.check_condition(child)
        return "boolean"

    def _operator(self, tree: Tree) -> str:
        _require_nothing_else(tree, ("children",))
        kinds = [self.kind(child) for child in tree["children"]]
        if tree["type"] == "OPERATOR_COALESCE":
            return _one_kind(kinds)
        if tree["type"] in _MEMBERSHIPS:
            _one_kind(kinds)
        elif tree["type"] == "OPERATOR_NOT":
            _require(set(kinds) <= {"boolean", "null"})
        else:
            _require(tree["type"] in _NULL_TESTS)
        return "boolean"

    def _case(self, tree: Tree) -> str:
        _require_nothing_else(tree, ("case_checks", "else_expr"))
        for check in tree["case_checks"]:
            self.check_condition(check["when_expr"])
        values = [*(check["then_expr"] for check in tree["case_checks"]), tree["else_expr"]]
        return _one_kind(self.kind(value) for value in values)

    def _function(self, tree: Tree) -> str:
        used = ("function_name", "arguments", "is_operator", "qualified_name")
        _require_nothing_else(tree, used)
        name = tree["function_name"].lower()
        _require(len(tree["qualified_name"]["path"]) == 1)
        _require(not any(argument["name"] for argument in tree["arguments"]))
        values = [argument["expression"] for argument in tree["arguments"]]
        _require(all(self.kind(value) == "text" for value in values))
        if name in _TEXT_CHANGES | _LENGTHS:
            _require(len(values) == 1)
            return "integer" if name in _LENGTHS else "text"
        _require(len(values) == 2 and name in _TEXT_TESTS | _PATTERN_TESTS)
        _require(name in _TEXT_TESTS or values[1]["class"] == "CONSTANT")
        return "boolean"


def _require(known: bool) -> None:
    if not known:
        raise _UnknownError


def _require_nothing_else(tree: Tree, parts: Sequence[str]) -> None:
    """Refuse a node that says more than these parts, also in a way that is not known yet."""
    _require(all(value in _NOTHING for key, value in tree.items() if key not in {*_PLACE, *parts}))


def _require_comparable(one: str, other: str) -> None:
    _require(
        "null" in {one, other}
        or (one == other and one not in {"other", "decimal"})
        or f"{one} {other}" in _COMPARABLE
    )


def _one_kind(kinds: Iterable[str]) -> str:
    """Return the kind that all have, apart from NULLs."""
    found = set(kinds) - {"null"}
    _require(len(found) <= 1 and not found & {"other", "decimal"})
    return found.pop() if found else "null"
