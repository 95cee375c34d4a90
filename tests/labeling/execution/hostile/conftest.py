"""The one check that every hostile function is put to."""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labeling.execution.local import LocalExecutor
from labeling.runs import Limits, RunResult
from tests.labeling.execution.hostile.attack import Attack, Victim, marked_line, victim_in

LIMITS = Limits(row_seconds=0.2, run_seconds=20, memory_mb=512)
Try = Callable[[Attack], None]


@pytest.fixture(scope="module")
def victim() -> Iterator[Victim]:
    """What the attacks are aimed at; its path is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="victim-"))
    with victim_in(folder) as victim:
        yield victim
    shutil.rmtree(folder)


@pytest.fixture
def attempt(run: Callable[..., RunResult], executor: LocalExecutor, victim: Victim) -> Try:
    """Run an attack: all is as before, and the message and the line are right."""
    if sys.platform != "linux" or executor.isolation().trusted_authors_only:
        pytest.skip("this system has no Landlock or no seccomp: trusted authors only")

    def attempt_attack(attack: Attack) -> None:
        before = victim.state()
        source = attack.source(victim)
        result = run(source, rows=2, limits=LIMITS)
        assert re.search(attack.seen, seen(result)), seen(result)
        assert result.votes[0] != 1 or result.failure
        if (expected := marked_line(source)) is not None:
            assert line(result) == expected
        assert victim.state() == before

    return attempt_attack


def seen(result: RunResult) -> str:
    """Return what the author is told first."""
    if result.errors:
        return f"{result.errors[0].error}: {result.errors[0].message}"
    return result.failure or ""


def line(result: RunResult) -> int | None:
    """Return the line that the author is pointed to."""
    return result.errors[0].line if result.errors else result.failure_line
