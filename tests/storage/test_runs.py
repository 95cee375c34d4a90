"""Runs: sparse votes come back dense, with errors and rows that were not reached."""

import numpy as np
import pytest

from labeling.errors import ProjectError
from labeling.runs import ERROR, NOT_RUN, RowError, RowTimes, RunResult, SlowRow, StabilityCheck
from labeling.votes import ABSTAIN


def result(
    votes,
    *,
    start=0,
    errors=(),
    failure=None,
    line=None,
    row=None,
    times=None,
    stdout="",
    seconds=1.0,
):
    """Return a run of version v1 with these votes."""
    codes = np.array(votes, dtype=np.int8)
    return RunResult(
        version="v1",
        start=start,
        stop=start + len(votes),
        votes=codes,
        errors=tuple(errors),
        error_count=int((codes == ERROR).sum()),
        stdout=stdout,
        seconds=seconds,
        failure=failure,
        failure_line=line,
        failure_row=row,
        times=times,
    )


def test_votes_come_back_dense(store):
    """Codes, abstains, errors and rows not reached are what they were."""
    votes = [1, ABSTAIN, ERROR, 0, NOT_RUN, 1, NOT_RUN, NOT_RUN]
    error = RowError(2, "ValueError", "bad", 4)
    store.save_run(result(votes, errors=[error], failure="stopped", line=3, row=4))
    assert store.votes("v1").tolist() == votes
    assert store.votes("v1").dtype == np.int8
    assert store.run_errors("v1") == (error,)
    record = store.run("v1")
    assert (record.rows, record.votes, record.error_count) == (8, 3, 1)
    assert (record.failure, record.failure_line, record.failure_row) == ("stopped", 3, 4)


def test_errors_without_details_stay_errors(store):
    """A row whose error has no message any more is still marked in the votes."""
    first = RowError(0, "ValueError", "bad", 1)
    store.save_run(result([ERROR, ERROR, 1], errors=[first]))
    assert store.votes("v1").tolist() == [ERROR, ERROR, 1]
    assert store.run_errors("v1") == (first,)
    assert store.run("v1").error_count == 2


def test_new_run_replaces_the_old(store):
    """A run from row 0 leaves nothing of the one before."""
    store.save_run(result([ERROR, NOT_RUN], errors=[RowError(0, "E", "m", 1)], failure="died"))
    store.save_run(result([1, 0]))
    assert store.votes("v1").tolist() == [1, 0]
    assert store.run_errors("v1") == ()
    assert store.run("v1").failure is None


def test_run_over_new_rows_is_appended(store):
    """Counts, time and output add up, and row ids go on."""
    store.save_run(result([1, 0], stdout="a\n", seconds=1.5))
    error = RowError(3, "E", "m", 1)
    store.save_run(result([ABSTAIN, ERROR, 1], start=2, errors=[error], stdout="b\n", seconds=0.5))
    assert store.votes("v1").tolist() == [1, 0, ABSTAIN, ERROR, 1]
    assert store.run_errors("v1") == (error,)
    record = store.run("v1")
    assert (record.rows, record.votes, record.error_count) == (5, 3, 1)
    assert (record.stdout, record.seconds) == ("a\nb\n", 2.0)


def test_times_of_rows_come_back(store):
    """A later part without timed rows leaves those of the part before."""
    times = RowTimes(3, 1e-6, 2e-6, (SlowRow(1, 0.5), SlowRow(0, 0.25)))
    store.save_run(result([1, 0], times=times))
    store.save_run(result([1], start=2))
    assert store.run("v1").times == times
    store.save_run(result([1, 0, 1]))
    assert store.run("v1").times is None


def test_a_check_belongs_to_its_run(store):
    """It is replaced by the next one, and gone with the votes it was about."""
    store.save_run(result([1, 0]))
    store.save_stability_check("v1", StabilityCheck(2, ()))
    store.save_stability_check("v1", StabilityCheck(2, (1,)))
    assert store.stability_checks() == {"v1": StabilityCheck(2, (1,))}
    store.save_run(result([1, 0]))
    assert store.stability_checks() == {}


def test_a_check_that_came_too_late_is_gone_with_the_next_run(store):
    """It was of votes that were forgotten before it ended."""
    store.save_run(result([1, 0]))
    store.forget_runs()
    assert store.stability_checks() == {}
    store.save_stability_check("v1", StabilityCheck(2, (1,)))
    assert store.stability_checks() == {"v1": StabilityCheck(2, (1,))}
    store.save_run(result([0, 1]))
    assert store.stability_checks() == {}
    assert store.votes("v1").tolist() == [0, 1]


def test_records_follow_runs(store):
    """None before the first run, then that of the last one, and none once runs are forgotten."""
    assert store.run("v1") is None
    store.save_run(result([1, 0]))
    assert store.run("v1").votes == 2
    store.save_run(result([1], start=2))
    assert store.run("v1").rows == 3
    store.save_run(result([-1, 0]))
    assert (store.run("v1").rows, store.run("v1").votes) == (2, 1)
    store.forget_runs()
    assert store.run("v1") is None


def test_run_with_a_gap_is_refused(store):
    """A run must start at row 0 or where the last one stopped."""
    store.save_run(result([1, 0]))
    with pytest.raises(ProjectError, match="from row 3 cannot follow a stored run of 2 rows"):
        store.save_run(result([1], start=3))
    assert store.votes("v1").tolist() == [1, 0]


def test_unknown_version_was_never_run(store):
    """A version without a run has no record and no votes."""
    assert store.run("v1") is None
    with pytest.raises(ProjectError, match=r"Version v1 .* has not been run"):
        store.votes("v1")


def test_forgotten_runs_are_gone(store):
    """After forget_runs every function is stale."""
    store.save_run(result([1, ERROR, NOT_RUN], failure="died"))
    store.forget_runs()
    assert store.run("v1") is None
    store.save_run(result([0]))
    assert store.votes("v1").tolist() == [0]
