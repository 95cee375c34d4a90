"""A long run is cut into shards, and nobody can tell from what comes of it."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from labeling.errors import Cancelled
from labeling.execution import shards as sharding
from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.kinds.keyword import KeywordParameters
from labeling.kinds.regex import RegexParameters
from labeling.kinds.rule import Rule
from labeling.kinds.rule_conditions import Comparison
from labeling.runs import NOT_RUN, Job, Limits, RunResult

from .conftest import CLASSES, N_ROWS

LIMITS = Limits(row_seconds=0.5, run_seconds=30, memory_mb=512, error_details=30)
RunAll = Callable[..., RunResult]


@pytest.fixture
def sharded(executor: LocalExecutor, rows_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunAll:
    """Run a source over rows 500 to 20,000 in shards of 4,000."""
    monkeypatch.setattr(sharding, "SHARD_ROWS", 4_000)

    def run(source: str, **how: object) -> RunResult:
        function = LabelingFunction("f", "python", source)
        job = Job(function, CLASSES, rows_path, 500, N_ROWS, LIMITS, note_returns=True)
        return executor.run(job, **how)  # type: ignore[arg-type]

    return run


@pytest.fixture
def whole(executor: LocalExecutor, rows_path: Path) -> RunAll:
    """Run a source over the same rows in one process."""

    def run(source: str) -> RunResult:
        function = LabelingFunction("f", "python", source)
        job = Job(function, CLASSES, rows_path, 500, N_ROWS, LIMITS, note_returns=True)
        return executor._run(job, None, None)

    return run


def job(start: int, stop: int, kind: str = "python") -> Job:
    """Return a job over some rows."""
    return Job(LabelingFunction("f", kind, ""), CLASSES, Path("rows"), start, stop)


def test_shards_begin_at_the_same_rows_whatever_the_job() -> None:
    """Also for rows that were added, which is what makes votes the same on every machine."""
    bounds = [(part.start, part.stop) for part in sharding.shards(job(0, 1_200_000))]
    assert bounds == [(0, 500_000), (500_000, 1_000_000), (1_000_000, 1_200_000)]
    added = [part.start for part in sharding.shards(job(499_999, 1_200_000))]
    assert added == [499_999, 500_000, 1_000_000]
    assert len(sharding.shards(job(0, 500_000))) == 1
    assert len(sharding.shards(job(0, 10**6, "sql"))) == 1
    assert len(sharding.shards(job(0, 10**6, "keyword"))) == 2
    assert len(sharding.shards(replace(job(0, 10**6, "keyword"), typed=True))) == 1


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("keyword", KeywordParameters("text", ("free", "größe"), "spam").to_source()),
        ("regex", RegexParameters("text", r"\b[15]\d*7\b|(?<=nice )song", "ham").to_source()),
        ("rule", Rule(Comparison("n", ">=", (9_000,)), "spam").to_source()),
    ],
)
def test_patterns_and_rules_vote_as_in_one_run(
    executor: LocalExecutor,
    rows_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    source: str,
) -> None:
    """Texts that are not ASCII, and missing ones, are in every shard."""
    whole = Job(LabelingFunction("f", kind, source), CLASSES, rows_path, 500, N_ROWS, LIMITS)
    one = executor.run(whole)
    assert one.complete
    assert 0 < (one.votes >= 0).sum() < N_ROWS - 500
    monkeypatch.setattr(sharding, "SHARD_ROWS", 4_000)
    other = executor.run(whole)
    assert (other.start, other.stop, other.complete) == (500, N_ROWS, True)
    assert np.array_equal(one.votes, other.votes)


def test_votes_errors_and_output_are_those_of_one_run(sharded: RunAll, whole: RunAll) -> None:
    """Rows keep their numbers, and of many errors the first are told, in row order."""
    source = (
        "def f(x):\n"
        "    if x.n % 500 == 3:\n"
        "        raise ValueError(x.n)\n"
        "    if x.n in (600, 19_000):\n"
        "        print('at', x.n)\n"
        "    if x.n % 3:\n"
        "        return 'spam'\n"
        "    return x.n % 2\n"
    )
    one, other = whole(source), sharded(source)
    assert np.array_equal(one.votes, other.votes)
    assert other.error_count == one.error_count == 39
    assert other.errors == one.errors
    assert len(other.errors) == 30
    assert other.stdout == one.stdout == "at 600\nat 19000\n"
    assert one.returns is not None
    assert other.returns is not None
    assert np.array_equal(one.returns, other.returns)
    assert (other.start, other.stop, other.complete) == (500, N_ROWS, True)
    assert other.times is not None
    assert other.times.p50 <= other.times.p95


def test_a_run_ends_at_the_first_row_that_ends_it(sharded: RunAll, whole: RunAll) -> None:
    """Later shards may have run by then; their votes do not count, as in one run."""
    source = (
        "import os, time\n"
        "def f(x):\n"
        "    if x.n == 9_000: time.sleep(0.3); os._exit(4)\n"
        "    if x.n == 13_000: os._exit(5)\n"
        "    if x.n == 100 or x.n == 14_000: raise ValueError\n"
        "    return 1\n"
    )
    one, other = whole(source), sharded(source)
    assert (
        other.failure
        == one.failure
        == ("The function ended its process with exit code 4 on row 9000.")
    )
    assert other.failure_row == 9_000
    assert np.array_equal(one.votes, other.votes)
    assert (other.votes == NOT_RUN).sum() == N_ROWS - 9_000
    assert other.errors == one.errors == ()


def test_a_source_that_does_not_compile_is_said_once(sharded: RunAll) -> None:
    """Every shard fails alike; the first one speaks."""
    result = sharded("import nothing_like_it\ndef f(x):\n    return 1\n")
    assert result.failure_line == 1
    assert (result.votes == NOT_RUN).all()


def test_progress_is_of_all_shards(sharded: RunAll) -> None:
    """It grows to the end, told in the thread that waits."""
    told: list[tuple[int, int]] = []
    waiting = threading.get_ident()

    def note(done: int, total: int) -> None:
        assert threading.get_ident() == waiting
        told.append((done, total))

    sharded("import time\ndef f(x):\n    time.sleep(1e-5)\n    return 1\n", on_progress=note)
    assert told == sorted(told)
    assert told[-1][0] <= N_ROWS - 500 == told[-1][1]
    assert told[-1][0] > 4_000


def test_cancelling_ends_every_shard(sharded: RunAll) -> None:
    """Those that wait for a process as well."""
    cancelled = threading.Event()
    threading.Timer(0.3, cancelled.set).start()
    with pytest.raises(Cancelled):
        sharded("import time\ndef f(x):\n    time.sleep(0.01)\n", cancelled=cancelled)
