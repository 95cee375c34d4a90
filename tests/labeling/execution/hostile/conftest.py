"""What every hostile function is put to, and what is seen of it."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from labeling.execution.local import LocalExecutor
from labeling.runs import Limits, RunResult
from tests.labeling.execution.hostile.attack import Attack, Victim, marked_line, victim_in

LIMITS = Limits(row_seconds=0.2, run_seconds=20, memory_mb=512)


@pytest.fixture(scope="module")
def victim() -> Iterator[Victim]:
    """What the attacks are aimed at; its path is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="victim-"))
    with victim_in(folder) as victim:
        yield victim
    shutil.rmtree(folder)


@dataclass(frozen=True)
class Attempt:
    """What came of an attack: `told` is what its author sees first, `line` where it points.

    `marked_line` is where it should, None where that is left open; `before` and `after` are the
    states of the victim.
    """

    told: str
    line: int | None
    marked_line: int | None
    has_voted: bool
    before: tuple[object, ...]
    after: tuple[object, ...]


Try = Callable[[Attack], Attempt]


@pytest.fixture
def attempt(run: Callable[..., RunResult], executor: LocalExecutor, victim: Victim) -> Try:
    """Run an attack and return what came of it."""
    if sys.platform != "linux" or executor.isolation().trusted_authors_only:
        pytest.skip("this system has no Landlock or no seccomp: trusted authors only")

    def attempt_attack(attack: Attack) -> Attempt:
        before = victim.state()
        source = attack.source(victim)
        result = run(source, rows=2, limits=LIMITS)
        return Attempt(
            told=told(result),
            line=line(result),
            marked_line=marked_line(source),
            has_voted=bool(result.votes[0] == 1 and result.failure is None),
            before=before,
            after=victim.state(),
        )

    return attempt_attack


def told(result: RunResult) -> str:
    """Return what the author is told first."""
    if result.errors:
        return f"{result.errors[0].error}: {result.errors[0].message}"
    return result.failure or ""


def line(result: RunResult) -> int | None:
    """Return the line that the author is pointed to."""
    return result.errors[0].line if result.errors else result.failure_line
