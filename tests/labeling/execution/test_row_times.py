"""How long rows take is measured on some, and slow rows are noticed wherever they are."""

from collections.abc import Sequence

import pytest

from labeling.execution import row_times
from labeling.execution.row import Row
from labeling.execution.row_times import KEPT_SLOW_ROWS, MOST_NOTES, RowClock
from labeling.runs import SlowRow

from .conftest import Run


def test_some_rows_of_every_chunk_are_timed(run: Run) -> None:
    """Every 16th of the first 6,000 rows, which are one chunk, and every 128th of the others."""
    result = run("def f(x):\n    return 1\n", rows=12_000)
    assert result.times is not None
    assert result.times.timed == 375 + 47
    assert 0 < result.times.p50 <= result.times.p95


@pytest.mark.parametrize(
    "slow",
    ["time.sleep(0.12)", "sum(range(6_000_000))", "re.match('(a+)+$', 'a' * 22 + 'b')"],
    ids=["sleep", "C", "regex"],
)
def test_a_slow_row_that_is_not_timed_is_noticed(run: Run, slow: str) -> None:
    """The timer's tick finds it, also where C code holds the tick up."""
    source = f"import re, time\ndef f(x):\n    if x.n == 5:\n        {slow}\n    return 1\n"
    result = run(source, rows=2_000)
    assert result.complete
    assert result.times is not None
    assert result.times.slowest[0].row_id == 5
    assert result.times.slowest[0].seconds > 0.02


def test_the_first_rows_of_a_later_run_have_their_own_ids(run: Run) -> None:
    """Times name rows of the project."""
    result = run("def f(x):\n    return 1\n", rows=10, start=1_000)
    assert result.times is not None
    assert [row.row_id for row in result.times.slowest] == [1_000]


def test_a_run_without_rows_has_no_times(run: Run) -> None:
    """Nothing was timed."""
    assert run("def f(x):\n    return 1\n", rows=0).times is None


def test_a_row_that_fails_is_timed_too(run: Run) -> None:
    """Also where the whole run ends with it."""
    result = run("def f(x):\n    raise SystemExit\n", rows=10)
    assert result.failure_row == 0
    assert result.times is not None
    assert result.times.timed == 1


def test_nothing_is_imported_once_the_author_s_code_has_run(run: Run) -> None:
    """What comes after it could be another module than it seems; so errors and times need none."""
    source = (
        "import builtins, sys\n"
        "def forbidden(name, *_, **__):\n"
        "    raise AssertionError(f'{name} was imported')\n"
        "def f(x):\n"
        "    builtins.__import__ = forbidden\n"
        "    return {0: 1, 1: 'spma'}[x.n]\n"
    )
    result = run(source, rows=3)
    assert (result.failure, result.stdout) == (None, "")
    assert [error.error for error in result.errors] == ["InvalidLabelError", "KeyError"]
    assert result.times is not None
    assert result.times.timed == 1


def test_the_median_and_the_95th_percentile_lie_between_values() -> None:
    """Of 0, 1, ... 10 seconds half are below 5, and 95 % below 9.5."""
    clock = RowClock(lambda row: row, start=0)
    clock._sampled += [float(seconds) for seconds in (10, 3, 5, 1, 0, 2, 4, 9, 8, 7, 6)]
    times = clock.times()
    assert times is not None
    assert (times.timed, times.p50, times.p95) == (11, 5.0, 9.5)


def test_only_the_slowest_rows_are_kept() -> None:
    """Each once, with its longest time."""
    clock = RowClock(lambda row: row, start=100)
    for position in range(50):
        clock.note(position, position / 10)
    clock.note(49, 6.0)
    clock.note(49, 5.0)
    clock._sampled.append(1.0)
    times = clock.times()
    assert times is not None
    assert len(times.slowest) == KEPT_SLOW_ROWS
    assert times.slowest[:2] == (SlowRow(149, 6.0), SlowRow(148, 4.8))


def test_a_tick_while_notes_are_looked_through_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A tick that came while a row was noted made an error of that row, which was all right."""
    clock, slowest = RowClock(lambda _row: None, start=0), row_times._slowest

    def ticked(notes: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
        clock.note(7, 9.0)
        return slowest(notes)

    monkeypatch.setattr(row_times, "_slowest", ticked)
    row = Row()
    for position in range(MOST_NOTES + 2):
        row._position = position
        clock.timed_vote(row)
    times = clock.times()
    assert times is not None
    assert times.timed == MOST_NOTES + 2
    assert times.slowest[0] == SlowRow(7, 9.0)
    assert len(clock._notes) < MOST_NOTES
