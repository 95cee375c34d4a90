"""Warnings over small matrices, each beside a neighbour that is not warned of."""

from typing import Any

import numpy as np
import pytest

from labeling.analysis import function_statistics, project_summary
from labeling.functions import LabelingFunction
from labeling.run_store import RunRecord
from labeling.runs import RowTimes, SlowRow, StabilityCheck
from labeling.snapshot import FunctionState, Snapshot
from labeling.votes import LabelMatrix
from labeling.warnings import CHECKS, all_warnings, warnings_of

N = 200


def snapshot(
    columns: dict[str, list[int]], gold: list[int] | None = None, **of_first: Any
) -> Snapshot:
    """Return a snapshot of these votes; `of_first` is more that is known of the first function."""
    votes = {name: np.array(column, dtype=np.int8) for name, column in columns.items()}
    matrix = LabelMatrix(votes, N)
    known = np.array(gold or [-1] * N, dtype=np.int8)
    statistics = function_statistics(matrix, known, 2)
    states = tuple(
        FunctionState(
            LabelingFunction(one.name, "python", ""),
            "ready",
            statistics=one,
            **(of_first if i == 0 else {}),
        )
        for i, one in enumerate(statistics)
    )
    flags = np.zeros(N, dtype=np.bool_)
    return Snapshot(
        1, "idle", ("ham", "spam"), matrix, matrix, known, flags, flags,
        project_summary(matrix, known, 2), states,
    )  # fmt: skip


def column(*runs: tuple[int, int]) -> list[int]:
    """Return votes given as (times, vote), silent to the end."""
    votes = [vote for times, vote in runs for _ in range(times)]
    return votes + [-1] * (N - len(votes))


def test_a_function_without_votes_and_one_with_a_single_vote() -> None:
    """Two votes are not warned of."""
    seen = snapshot({"none": column(), "one": column((1, 1)), "two": column((2, 0))})
    assert list(warnings_of(seen, "none")) == ["never fires"]
    (warning,) = warnings_of(seen, "one").values()
    assert warning.rows is not None
    assert warning.rows.row_ids.tolist() == [0]
    assert warnings_of(seen, "two") == {}


def test_below_chance_needs_ten_gold_rows_and_its_whole_interval() -> None:
    """Spam is 90 % of gold: right on 5 of 10 its interval ends at 76 %, on 9 of 10 at 98 %."""
    gold = column((10, 0), (90, 1))
    even, often, few = column((5, 1), (5, -1), (5, 1)), column((1, 1), (9, -1), (9, 1)), column()
    few[:9] = [1] * 9
    seen = snapshot({"even": even, "often": often, "few": few}, gold)
    warning = warnings_of(seen, "even")["below chance"]
    assert "right on 5 of 10" in warning.sentence
    assert "76%" in warning.sentence
    assert "90%" in warning.sentence
    assert warning.rows is not None
    assert warning.rows.row_ids.tolist() == [0, 1, 2, 3, 4]
    assert "below chance" not in warnings_of(seen, "often")
    assert "below chance" not in warnings_of(seen, "few")


def test_near_duplicates_share_nine_votes_of_ten() -> None:
    """95 common votes of 100 are a copy; 80 of 120 are not."""
    seen = snapshot({"a": column((100, 1)), "b": column((95, 1)), "c": column((20, -1), (100, 1))})
    warning = warnings_of(seen, "a")["near-duplicate"]
    assert warning.other == "b"
    assert "95%" in warning.sentence
    assert warning.rows is not None
    assert warning.rows.row_ids.tolist() == [95, 96, 97, 98, 99]
    assert "near-duplicate" not in warnings_of(seen, "c")


def test_a_part_of_another_function_always_agrees_with_it() -> None:
    """All 20 votes of the part are votes of the whole, which has 80; the whole is its own."""
    seen = snapshot({"part": column((20, 1)), "whole": column((80, 1))})
    warning = warnings_of(seen, "part")["always agrees"]
    assert warning.other == "whole"
    assert warnings_of(seen, "whole") == {}


def test_agreeing_with_a_function_that_votes_nearly_everywhere_says_nothing() -> None:
    """It would agree with anything."""
    seen = snapshot({"part": column((20, 1)), "all": column((N, 1))})
    assert warnings_of(seen, "part") == {}


@pytest.mark.parametrize(("p95", "warned"), [(0.02, True), (0.005, False)])
def test_slow_rows(p95: float, warned: bool) -> None:
    """The sentence says how long all rows take; the rows are the slowest."""
    from datetime import UTC, datetime

    times = RowTimes(500, 0.01, p95, (SlowRow(7, 0.5),))
    run = RunRecord("v", N, 5, 0, 2.0, "", None, None, None, datetime.now(UTC), times)
    found = warnings_of(snapshot({"f": column((5, 1))}, run=run), "f")
    assert ("slow" in found) is warned
    if warned:
        assert "20 ms" in found["slow"].sentence
        assert "about 2 s" in found["slow"].sentence
        assert found["slow"].rows is not None
        assert found["slow"].rows.row_ids.tolist() == [7]


def test_votes_that_differ() -> None:
    """The rows are those of the check."""
    check = StabilityCheck(100, (3, 9))
    found = warnings_of(snapshot({"f": column((5, 1))}, stability=check), "f")
    rows = found["non-deterministic"].rows
    assert rows is not None
    assert rows.row_ids.tolist() == [3, 9]


def test_every_warning_says_what_to_do() -> None:
    """The list has the same warnings, of the functions that have any."""
    seen = snapshot({"a": column((100, 1)), "b": column((95, 1)), "none": column()})
    every = all_warnings(seen)
    assert {name: list(found) for name, found in every.items()} == {
        "a": ["near-duplicate"], "b": ["near-duplicate"], "none": ["never fires"],
    }  # fmt: skip
    assert all(warning.step for found in every.values() for warning in found.values())
    assert {check for found in every.values() for check in found} <= set(CHECKS)
