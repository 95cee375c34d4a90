"""Cuts a long run into shards, runs them side by side, and joins what came of them.

Shards begin at fixed rows, however many processors there are: a function that remembers earlier
rows forgets them at the same rows on every machine.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from labeling.errors import Cancelled
from labeling.execution.row_times import KEPT_SLOW_ROWS
from labeling.runs import NOT_RUN, Job, RowTimes, RunResult

SHARD_ROWS = 500_000
SHARDED_KINDS = frozenset({"python", "keyword", "regex", "rule"})
"""Kinds that look at each row by itself; a query may look at all of them at once."""
PROGRESS_SECONDS = 0.02

OnProgress = Callable[[int, int], None]
RunShard = Callable[[Job, OnProgress, threading.Event], RunResult]


def shards(job: Job) -> tuple[Job, ...]:
    """Return the shards of a job in row order; one that is short is its own only shard.

    So is a typed one, for there is one place for all that is typed.
    """
    is_short = job.stop - job.start <= SHARD_ROWS
    if is_short or job.typed or job.function.kind not in SHARDED_KINDS:
        return (job,)
    first = job.start // SHARD_ROWS + 1
    bounds = [job.start, *range(first * SHARD_ROWS, job.stop, SHARD_ROWS), job.stop]
    return tuple(replace(job, start=start, stop=stop) for start, stop in pairwise(bounds))


def run_shards(
    parts: Sequence[Job],
    run: RunShard,
    workers: int,
    on_progress: OnProgress | None,
    cancelled: threading.Event | None,
) -> RunResult:
    """Run shards, at most `workers` at once, and return one result as of a run of all their rows.

    A shard that ends early ends those after it. Raises what the first shard that raised did, and
    Cancelled, once no shard is running; `on_progress` is called in this thread.
    """
    rows = parts[-1].stop - parts[0].start
    done, ends = [0] * len(parts), [threading.Event() for _ in parts]

    def run_part(i: int) -> RunResult:
        return run(parts[i], lambda rows_done, _: done.__setitem__(i, rows_done), ends[i])

    with ThreadPoolExecutor(workers, thread_name_prefix="shard") as threads:
        futures = [threads.submit(run_part, i) for i in range(len(parts))]
        told, waiting = 0, set(futures)
        while waiting:
            ended, waiting = wait(waiting, PROGRESS_SECONDS, FIRST_COMPLETED)
            is_cancelled = cancelled is not None and cancelled.is_set()
            for end in ends[0 if is_cancelled else _first_needless(futures, ended) :]:
                end.set()
            if on_progress is not None and sum(done) > told:
                told = sum(done)
                on_progress(told, rows)
    if cancelled is not None and cancelled.is_set():
        raise Cancelled(f"The run of {parts[0].function.name} was cancelled.")
    return joined(parts, _results(futures))


def _first_needless(futures: Sequence[Future[RunResult]], ended: set[Future[RunResult]]) -> int:
    """Return the number of the first shard whose rows come after one that ended early."""
    for i, future in enumerate(futures):
        if future in ended and (future.exception() or not future.result().complete):
            return i + 1
    return len(futures)


def _results(futures: Sequence[Future[RunResult]]) -> list[RunResult]:
    """Return the results up to the first that is not complete; raise where a shard did."""
    results = []
    for future in futures:
        results.append(future.result())
        if not results[-1].complete:
            break
    return results


def joined(parts: Sequence[Job], results: Sequence[RunResult]) -> RunResult:
    """Return the results of the first shards as one, rows of later shards as not run."""
    limits, last = parts[0].limits, results[-1]
    missing = parts[-1].stop - last.stop
    votes = [*(result.votes for result in results), np.full(missing, NOT_RUN, dtype=np.int8)]
    errors = [error for result in results for error in result.errors]
    return RunResult(
        version=last.version,
        start=parts[0].start,
        stop=parts[-1].stop,
        votes=np.concatenate(votes),
        errors=tuple(sorted(errors, key=attrgetter("row_id"))[: limits.error_details]),
        error_count=sum(result.error_count for result in results),
        stdout=_printed(results, limits.output_kb * 1024),
        seconds=sum(result.seconds for result in results),
        failure=last.failure,
        failure_line=last.failure_line,
        failure_row=last.failure_row,
        times=_times([result.times for result in results if result.times is not None]),
        returns=_returns(results, missing),
    )


def _printed(results: Sequence[RunResult], limit: int) -> str:
    """Return what was printed in row order; each shard has cut its own part."""
    text = "".join(result.stdout for result in results)
    if len(text) <= limit:
        return text
    return f"{text[:limit]}\n... cut after {limit:,} of at least {len(text):,} characters"


def _returns(results: Sequence[RunResult], missing: int) -> npt.NDArray[np.uint8] | None:
    noted = [result.returns for result in results if result.returns is not None]
    if len(noted) < len(results):
        return None
    return np.concatenate([*noted, np.zeros(missing, dtype=np.uint8)])


def _times(times: Sequence[RowTimes]) -> RowTimes | None:
    """Return median and percentile as averages over the shards, by how many rows each timed."""
    timed = sum(part.timed for part in times)
    if not timed:
        return None
    slowest = sorted((row for part in times for row in part.slowest), key=lambda row: -row.seconds)
    return RowTimes(
        timed=timed,
        p50=sum(part.timed * part.p50 for part in times) / timed,
        p95=sum(part.timed * part.p95 for part in times) / timed,
        slowest=tuple(slowest[:KEPT_SLOW_ROWS]),
    )
