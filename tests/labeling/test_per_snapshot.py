"""One answer for all who ask the same of the same snapshot."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from labeling.per_snapshot import PerSnapshot


@dataclass(frozen=True)
class _Snapshot:
    version: int


def _counted() -> tuple[PerSnapshot[Any, Any], list[Any]]:
    worked_out: list[Any] = []

    def answer(snapshot: Any, question: str) -> str:
        worked_out.append((snapshot.version, question))
        return f"{question} {snapshot.version}"

    return PerSnapshot(answer, most=2), worked_out


def test_each_snapshot_is_asked_once() -> None:
    kept, worked_out = _counted()
    first, second = _Snapshot(1), _Snapshot(2)
    said = [kept.get(one, "a") for one in (first, first, second, second)]
    assert said == ["a 1", "a 1", "a 2", "a 2"]
    assert worked_out == [(1, "a"), (2, "a")]


def test_an_older_snapshot_does_not_push_the_newest_out() -> None:
    kept, worked_out = _counted()
    newest = _Snapshot(2)
    for one in (newest, _Snapshot(1), newest):
        kept.get(one, "a")
    assert worked_out == [(2, "a"), (1, "a")]


def test_only_the_last_questions_are_kept() -> None:
    kept, worked_out = _counted()
    only = _Snapshot(1)
    for question in "abcba":
        kept.get(only, question)
    assert [question for _, question in worked_out] == ["a", "b", "c", "a"]


def test_who_asks_meanwhile_waits_for_the_answer() -> None:
    begun, go_on, worked_out = threading.Event(), threading.Event(), []

    def answer(_snapshot: Any, question: str) -> str:
        worked_out.append(question)
        begun.set()
        assert go_on.wait(10)
        return question

    kept: PerSnapshot[Any, Any] = PerSnapshot(answer, most=2)
    only: Any = _Snapshot(1)
    with ThreadPoolExecutor(4) as threads:
        said = [threads.submit(kept.get, only, "a") for _ in range(4)]
        assert begun.wait(10)
        go_on.set()
        assert [one.result(10) for one in said] == ["a"] * 4
    assert worked_out == ["a"]
