"""Filters as people read them: every condition in a few words."""

from collections.abc import Iterator

from labeling.browse import OF_ONE_FUNCTION, SLICES, RowFilter
from labeling.row_query import VoteCondition, condition_text
from labeling.votes import ABSTAIN


def filter_words(wanted: RowFilter, classes: tuple[str, ...]) -> str:
    """Say what a filter keeps; "" where it keeps every row. `classes` name the codes.

    >>> from labeling.store import TextSearch
    >>> wanted = RowFilter("conflicts", "money", search=TextSearch("free"), label=1)
    >>> filter_words(wanted, ("ham", "spam"))
    'conflicts of money · has “free” · label spam'
    """
    return " · ".join(_said(wanted, classes))


def _said(wanted: RowFilter, classes: tuple[str, ...]) -> Iterator[str]:
    if wanted.rows != "all":
        narrowed = wanted.function is not None and wanted.rows in OF_ONE_FUNCTION
        rows = SLICES[wanted.rows].lower()
        yield f"{rows} of {wanted.function}" if narrowed else rows
    if wanted.search is not None:
        verb = "matches" if wanted.search.regex else "has"
        yield f"{'not ' if wanted.search_negate else ''}{verb} “{wanted.search.query}”"
    if wanted.label is not None:
        yield f"label {_class(wanted.label, classes)}"
    if wanted.gold is not None:
        yield f"dev gold {_class(wanted.gold, classes)}"
    yield from map(condition_text, wanted.columns)
    for vote in wanted.votes:
        yield _vote_text(vote, classes)
    if wanted.same_votes_as is not None:
        yield f"the votes of row {wanted.same_votes_as}"
    if wanted.confidence is not None:
        low, high = wanted.confidence
        yield f"confidence {low:.0%} to {high:.0%}"


def _vote_text(condition: VoteCondition, classes: tuple[str, ...]) -> str:
    does = "does not vote" if condition.negate else "votes"
    if condition.vote is None:
        return f"{condition.function} {does}"
    if condition.vote == ABSTAIN:
        return f"{condition.function} {'does not abstain' if condition.negate else 'abstains'}"
    return f"{condition.function} {does} {_class(condition.vote, classes)}"


def _class(code: int, classes: tuple[str, ...]) -> str:
    return classes[code] if code < len(classes) else f"class {code}"
