"""A runner that has ended is let go before the next one starts, and nothing asked for is lost."""

from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.app_session import AppSession, AppSessionState

from web import ended_runs


class Runner:
    """A script's runner that takes requests while it runs."""

    def __init__(self, *, runs: bool) -> None:
        self.runs = runs
        self.asked: list[str] = []

    def request_rerun(self, asked: str) -> bool:
        """Take a request, or say that it comes too late."""
        if self.runs:
            self.asked.append(asked)
        return self.runs


@pytest.fixture
def created(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what runners are started for; each takes further requests."""
    started: list[str] = []

    def create(session: Any, asked: str) -> None:
        started.append(asked)
        session._scriptrunner = Runner(runs=True)

    monkeypatch.setattr(ended_runs, "_create", create)
    return started


class Loop:
    """An event loop whose callbacks run when a test says so."""

    def __init__(self) -> None:
        self.later: list[partial[None]] = []

    def call_later(self, _seconds: float, callback: Any, *arguments: Any) -> None:
        """Keep a callback."""
        self.later.append(partial(callback, *arguments))

    def turn(self) -> None:
        """Run what was kept, in its order."""
        kept, self.later = self.later, []
        for callback in kept:
            callback()


def test_a_new_run_waits_until_all_of_the_last_one_was_handled(created: list[str]) -> None:
    """Two fragments ask after the run has ended and before its elements were handled."""
    loop = Loop()
    session: Any = SimpleNamespace(
        _scriptrunner=Runner(runs=False), _state=AppSessionState.APP_IS_RUNNING, _event_loop=loop
    )
    ended_runs._create_when_alone(session, "rows")
    ended_runs._create_when_alone(session, "tests")
    loop.turn()
    assert created == []  # the last elements are still to be handled
    session._scriptrunner = None
    loop.turn()
    assert created == ["rows"]
    assert session._scriptrunner.asked == ["tests"]
    assert loop.later == []


def test_a_session_that_is_left_starts_nothing(created: list[str]) -> None:
    """The page was closed while a run waited."""
    session: Any = SimpleNamespace(_scriptrunner=None, _state=AppSessionState.SHUTDOWN_REQUESTED)
    ended_runs._create_when_alone(session, "rows")
    assert created == []


def test_every_session_of_the_app_does_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit asks for a runner by this name, and keeps the one at work under that one."""
    monkeypatch.setattr(AppSession, "_create_scriptrunner", AppSession._create_scriptrunner)
    ended_runs.keep_what_ended_runs_drew()
    assert AppSession._create_scriptrunner is ended_runs._create_when_alone
    assert {"_create_scriptrunner", "_scriptrunner"} <= set(
        AppSession.request_rerun.__code__.co_names
    )
