"""Whether one row object may serve all rows, read from the source."""

import pytest

from labeling.functions import LabelingFunction
from labeling.kinds import KINDS
from labeling.kinds.kind import RowUse

COLUMNS = ["row_id", "text", "author"]


def use(body: str, before: str = "") -> RowUse:
    """Return how a function with this body uses its row."""
    source = f"{before}\ndef f(x):\n    {body}\n"
    return KINDS["python"].row_use(LabelingFunction("f", "python", source), COLUMNS)


@pytest.mark.parametrize(
    "body",
    [
        "return 1 if 'a' in x.text.lower() else None",
        "return x['text'] and x.get('author')",
        "return 1 if any(w in x.text for w in ['a']) else None",
        "return ' '.join(c for c in x.text)",
        "return [w for w in 'ab' if w in x.text]",
        "return 1 if 'author' in x else None",
    ],
)
def test_reading_columns_does_not_keep_the_row(body: str) -> None:
    """Plain reads, and generators that are used up at once."""
    assert not use(body).keeps_row


@pytest.mark.parametrize(
    "body",
    [
        "SEEN.append(x)",
        "return helper(x)",
        "y = x",
        "x.lower = x.text.lower()",
        "SEEN.append(lambda: x.text)",
        "SEEN.append(w for w in x.text)",
        "SEEN.append(x.get)",
        "return locals()",
        "x = x.text",
        "return {**x}",
        "return [x for w in x.text]",
    ],
)
def test_anything_else_counts_as_keeping_it(body: str) -> None:
    """When in doubt every row gets an object of its own."""
    assert use(body, "SEEN = []").keeps_row


def test_unknown_decorators_and_preprocessors_may_keep_the_row() -> None:
    """Whoever wraps the function sees the row as well."""
    assert use("return x.text", "@wrapped").keeps_row
    assert use("return x.text", "@labeling_function(pre=[lower])").keeps_row
    assert not use("return x.text", "@labeling_function(resources={})").keeps_row


def test_columns_that_the_source_names_are_found() -> None:
    """By attribute or by text, in the order of the file."""
    assert use("return x['author'] + x.text").columns == ("text", "author")
