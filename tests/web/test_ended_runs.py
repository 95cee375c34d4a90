"""A runner that has ended is let go before the next one starts, and nothing asked for is lost."""

from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

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
    monkeypatch.setattr(ForwardMsgQueue, "clear", ForwardMsgQueue.clear)
    ended_runs.keep_what_ended_runs_drew()
    assert AppSession._create_scriptrunner is ended_runs._create_when_alone
    assert {"_create_scriptrunner", "_scriptrunner"} <= set(
        AppSession.request_rerun.__code__.co_names
    )
    assert ForwardMsgQueue.clear is ended_runs._clear_for_a_page
    assert {"_browser_queue", "clear"} <= set(AppSession._clear_queue.__code__.co_names)


def drawn(place: int, fragment: str, text: str) -> ForwardMsg:
    """Return what draws a text at a place of the page."""
    message = ForwardMsg()
    message.metadata.delta_path[:] = [0, place]
    message.delta.fragment_id = fragment
    message.delta.new_element.text.body = text
    return message


def test_a_fragment_is_drawn_behind_what_waits_and_not_instead_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page has grown by both: the second place does not exist before the first is filled."""
    monkeypatch.setattr(ForwardMsgQueue, "clear", ended_runs._clear_for_a_page)
    queue = ForwardMsgQueue()
    queue.enqueue(drawn(0, "rows", "old"))
    queue.enqueue(drawn(1, "", "below"))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["rows"])
    queue.enqueue(drawn(0, "rows", "new"))
    sent = queue.flush()
    assert [message.delta.new_element.text.body for message in sent] == ["old", "below", "new"]
    assert queue.is_empty()


def test_what_waits_is_dropped_where_the_page_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it is drawn again; what tells how runs ended is kept."""
    monkeypatch.setattr(ForwardMsgQueue, "clear", ended_runs._clear_for_a_page)
    queue = ForwardMsgQueue()
    queue.enqueue(drawn(0, "", "old"))
    queue.enqueue(ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=None)
    (kept,) = queue.flush()
    assert kept.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
