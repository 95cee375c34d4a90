"""Filters by column and vote, and saved slices, over the eight rows; figures counted by hand.

money votes spam on a, d, f; free on a, b, h; lunch ham on b, c, h. Dev gold: a, d spam; b, c ham.
"""

from pathlib import Path

import pytest

from labeling.browse import RowFilter
from labeling.errors import LabelwrightError
from labeling.highlights import Span, with_found
from labeling.project import Project
from labeling.row_query import ColumnCondition, Masks, VoteCondition
from labeling.row_slices import filter_from_json, filter_to_json
from labeling.store import ImportPlan, TextSearch
from labeling.votes import ABSTAIN


def ids(project: Project, wanted: RowFilter) -> list[int]:
    """Return the rows that a filter keeps."""
    return [row.row_id for row in project.find_rows(wanted).rows]


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        (RowFilter(votes=(VoteCondition("money", 1), VoteCondition("free", ABSTAIN))), [3, 5]),
        (RowFilter(votes=(VoteCondition("free", None), VoteCondition("lunch", 0))), [1, 7]),
        (RowFilter(votes=(VoteCondition("free", None, negate=True),)), [2, 3, 4, 5, 6]),
        (RowFilter(votes=(VoteCondition("gone", None),)), []),
        (RowFilter(same_votes_as=1), [1, 7]),
        (RowFilter(same_votes_as=4), [4, 6]),
        (RowFilter(same_votes_as=8), []),
        (RowFilter(columns=(ColumnCondition("score", "between", ("2", "4")),)), [1, 2, 3]),
        (RowFilter(search=TextSearch("free"), search_negate=True), [2, 3, 4, 5, 6]),
        (
            RowFilter(
                columns=(
                    ColumnCondition("score", ">", ("2",)),
                    ColumnCondition("text", "contains", ("lunch",), negate=True),
                ),
                votes=(VoteCondition("money", None, negate=True),),
            ),
            [4, 6],
        ),
    ],
)
def test_filters_keep_the_rows_counted_by_hand(
    project: Project, wanted: RowFilter, rows: list[int]
) -> None:
    """Every condition must hold."""
    assert ids(project, wanted) == rows
    assert filter_from_json(filter_to_json(wanted)) == wanted


def test_rows_come_in_the_order_asked_for(project: Project) -> None:
    """Two votes against one on b and h; rows without a label are the last, as in the file."""
    disputed = ids(project, RowFilter(order="split"))
    assert disputed[:2] == [1, 7]
    assert disputed[2:] == [0, 2, 3, 4, 5, 6]
    snapshot = project.snapshot()
    assert snapshot.posterior is not None
    unsure = ids(project, RowFilter(order="unsure"))
    sure = [float(snapshot.posterior[row].max()) for row in unsure[:-2]]
    assert sure == sorted(sure)
    assert unsure[-2:] == [4, 6]
    assert ids(project, RowFilter("wrong", "free", order="split")) == [1]
    project.slices.save("disputed", RowFilter("conflicts", order="split"))
    assert project.slices.filter("disputed") == RowFilter("conflicts")


def test_a_search_is_made_once_for_all_pages_and_snapshots() -> None:
    """Until rows are imported, which the stamp tells."""
    import numpy as np

    stamps, searches = ["a"], []

    def find() -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        searches.append(1)
        return np.array([1])

    masks = Masks(lambda: stamps[-1])
    first = masks.get("x", 3, find)
    assert list(first) == [False, True, False]
    assert masks.get("x", 3, find) is first
    stamps.append("b")
    masks.get("x", 3, find)
    assert len(searches) == 2


def test_what_was_searched_for_is_marked() -> None:
    """In the text column only, before the words of a function that it overlaps."""
    spans = (Span(0, 4, 1), Span(20, 24, 0))
    wanted = RowFilter(
        search=TextSearch("E M"), columns=(ColumnCondition("score", "contains", ("ney",)),)
    )
    assert with_found(spans, wanted, "text", "free money for free lunch") == (
        Span(3, 6, None),
        Span(20, 24, 0),
    )
    by_pattern = RowFilter(search=TextSearch("l.nch$", regex=True))
    assert with_found((), by_pattern, "text", "free lunch") == (Span(5, 10, None),)


def test_a_slice_has_statistics_of_its_own(project: Project) -> None:
    """Rows with "free": a, b, h; all covered, b and h in conflict, gold on a and b."""
    project.slices.save(" free rows ", RowFilter(search=TextSearch("free")), "ann")
    assert project.slices.names() == ("free rows",)
    found = project.slices.statistics("free rows")
    assert (found.rows, found.coverage, found.conflicts, found.gold_rows) == (3, 1.0, 2 / 3, 2)
    assert (found.judged, found.accuracy) == (2, 1.0)
    assert sum(found.balance) == 3
    rest = RowFilter(search=TextSearch("free"), search_negate=True)
    project.slices.save("others", rest)
    assert project.slices.statistics("others").coverage == 3 / 5


def test_slices_follow_votes_and_rows(project: Project, tmp_path: Path) -> None:
    """The filter is saved, not its rows; without a change the same set comes back."""
    project.slices.save("hits", RowFilter(rows="hits", function="free"))
    before = project.slices.rows("hits")
    assert project.slices.rows("hits") is before
    more = tmp_path / "more.csv"
    more.write_text("id,text,gold,split,score\ni,free tea,,,1\n", "utf-8")
    project.import_rows(ImportPlan(more, "text", "id", "gold", "split"))
    project.refresh()
    assert list(project.slices.rows("hits").row_ids) == [0, 1, 7, 8]


def test_a_slice_that_is_removed_comes_back_by_undo(project: Project) -> None:
    """Saving and removing are in the history."""
    project.slices.save("a", RowFilter(rows="conflicts"), "ann")
    project.slices.remove("a", "bob")
    assert project.slices.names() == ()
    (event,) = project.history.timeline(limit=1).events
    assert (event.kind, event.author) == ("slice", "bob")
    project.history.undo(event.event_id)
    assert project.slices.filter("a") == RowFilter(rows="conflicts")


@pytest.mark.parametrize("name", ["", " \n", "a\tb"])
def test_a_slice_needs_a_name(project: Project, name: str) -> None:
    """One that can be seen."""
    with pytest.raises(LabelwrightError, match="cannot name a slice"):
        project.slices.save(name, RowFilter())


def test_a_slice_that_is_not_there_is_named(project: Project) -> None:
    """With those that are."""
    project.slices.save("a", RowFilter())
    with pytest.raises(LabelwrightError, match=r"no slice 'b'. Valid choices: a"):
        project.slices.statistics("b")
