"""Keeps what a run drew that ended in the moment in which the next one was asked for.

Streamlit hands what a run draws to its event loop. Where a message that asks for a run is read
before all of that was handled, it starts a new runner, and from then on takes the old one's
elements for stale and drops them (`AppSession._handle_scriptrunner_event_on_event_loop`). Where
several fragments of a page run within moments, one of them then shows nothing new, a click draws
nothing, or elements stand twice. So a new runner waits until the old one's last event was handled.

What waits to be sent then is kept, too. Where fragments run next, Streamlit drops what they drew
before (`ForwardMsgQueue.clear`) and sends what stands below them first: where the page has grown
that is an element whose place does not exist yet, and the browser shows an empty page.
"""

from typing import Any

from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

AGAIN_SECONDS = 0.001

_create = AppSession._create_scriptrunner
_clear = ForwardMsgQueue.clear


def keep_what_ended_runs_drew() -> None:
    """Let every session of this process handle and send a run to its end before another one."""
    AppSession._create_scriptrunner = _create_when_alone  # type: ignore[assignment, method-assign]
    ForwardMsgQueue.clear = _clear_for_a_page  # type: ignore[assignment, method-assign]


def _create_when_alone(session: AppSession, asked: Any) -> None:
    """Start a runner for what is asked, or hand it to the one that was started meanwhile.

    A runner says at its very end that it is done, whatever ended it, and is let go then.
    """
    runner = session._scriptrunner
    if session._state == AppSessionState.SHUTDOWN_REQUESTED:
        return
    if runner is None:
        _create(session, asked)
    elif not runner.request_rerun(asked):
        session._event_loop.call_later(AGAIN_SECONDS, _create_when_alone, session, asked)


def _clear_for_a_page(
    queue: ForwardMsgQueue,
    retain_lifecycle_msgs: bool = False,
    fragment_ids_this_run: list[str] | None = None,
) -> None:
    """Drop what waits where the whole page is drawn next; what fragments draw comes behind it."""
    if fragment_ids_this_run is None:
        _clear(queue, retain_lifecycle_msgs)
    else:
        queue._delta_index_map = {}  # nothing takes the place of what was drawn before
