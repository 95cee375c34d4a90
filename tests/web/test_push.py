"""The push route: versions reach every listening client, and only our own pages may listen."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from components.activity import Activity
from labeling.snapshot import Numbers
from tests.web.serving import Served, served
from web.push import FORBIDDEN, Publisher


@pytest.fixture
def publisher() -> Publisher:
    """Return a publisher without clients."""
    return Publisher()


@pytest.fixture
def server(publisher: Publisher) -> Iterator[Served]:
    """Serve the push route alone."""
    with served([publisher.route()]) as server:
        yield server


def listen(server: Served, project: str = "demo", origin: str | None = "ours") -> ClientConnection:
    origin = server.origin if origin == "ours" else origin
    url = f"ws://{server.host}:{server.port}/labelwright/push?project={project}"
    # A client with unread messages would wait long for the closing handshake.
    return connect(url, origin=origin, open_timeout=5, close_timeout=0.1)


def heard(socket: ClientConnection) -> int:
    version: int = json.loads(socket.recv(timeout=5))["version"]
    return version


def test_a_client_hears_the_current_version_on_connect(
    publisher: Publisher, server: Served
) -> None:
    """What was published before is told at once."""
    publisher.tell("demo", 5)
    with listen(server) as socket:
        assert heard(socket) == 5


def test_a_client_hears_in_which_versions_parts_changed(
    publisher: Publisher, server: Served
) -> None:
    """Each part of a page follows one of these numbers; what the engine does is told with them."""
    with listen(server) as socket:
        publisher.announce("demo", Numbers(7, 6, 4, 5), Activity(7, "Running f", 0.5, ("slow",)))
        says = {"version": 7, "said": "Running f", "done": 0.5, "problems": ["slow"]}
        numbers = {"version": 7, "states": 6, "figures": 4, "beside": 5}
        assert json.loads(socket.recv(timeout=5)) == {**numbers, "activity": says, "pages": 1}


def test_a_client_hears_how_many_listen(publisher: Publisher, server: Served) -> None:
    """Those of another project do not count."""
    publisher.tell("demo", 1)
    publisher.tell("other", 1)
    with listen(server) as first, listen(server, "other"):
        assert json.loads(first.recv(timeout=5))["pages"] == 1
        with listen(server) as second:
            assert json.loads(second.recv(timeout=5))["pages"] == 2
            publisher.tell("demo", 2)
            assert json.loads(first.recv(timeout=5))["pages"] == 2


def test_what_the_engine_begins_to_do_is_told_without_new_numbers(
    publisher: Publisher, server: Served
) -> None:
    """No page is drawn anew for it: what they follow is as it was."""
    numbers = {"version": 7, "states": 6, "figures": 4, "beside": 5}
    with listen(server) as socket:
        publisher.announce("demo", Numbers(**numbers))
        assert json.loads(socket.recv(timeout=5)) == {**numbers, "activity": None, "pages": 1}
        publisher.announce("demo", None, Activity(8, "Running f", None, ()))
        says = {"version": 8, "said": "Running f", "done": None, "problems": []}
        assert json.loads(socket.recv(timeout=5)) == {**numbers, "activity": says, "pages": 1}


def test_a_worker_thread_reaches_every_client_of_its_project(
    publisher: Publisher, server: Served
) -> None:
    """Two clients listen to demo, one to another project: only the two hear of demo."""
    publisher.tell("demo", 1)
    publisher.tell("other", 1)
    with listen(server) as first, listen(server) as second, listen(server, "other") as elsewhere:
        assert [heard(first), heard(second), heard(elsewhere)] == [1, 1, 1]
        worker = threading.Thread(target=publisher.tell, args=("demo", 2))
        worker.start()
        worker.join()
        publisher.tell("other", 3)
        assert [heard(first), heard(second), heard(elsewhere)] == [2, 2, 3]


def test_the_last_version_of_a_burst_arrives(publisher: Publisher, server: Served) -> None:
    """Versions may be skipped, never reordered, and the last one is told."""
    publisher.tell("demo", 0)
    with listen(server) as socket:
        versions = [heard(socket)]
        for version in range(1, 1001):
            publisher.tell("demo", version)
        while versions[-1] < 1000:
            versions.append(heard(socket))
        assert versions == sorted(versions)


@pytest.mark.parametrize(
    "origin",
    ["https://elsewhere.example", "http://127.0.0.1:9", None],
    ids=["another host", "another port", "no origin"],
)
def test_a_page_of_another_origin_is_refused(
    publisher: Publisher, server: Served, origin: str | None
) -> None:
    """The socket is closed with 4403 before a version is told."""
    publisher.tell("demo", 1)
    with listen(server, origin=origin) as socket, pytest.raises(ConnectionClosed) as closed:
        heard(socket)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == FORBIDDEN


def test_a_client_that_does_not_read_delays_nobody(publisher: Publisher, server: Served) -> None:
    """One client leaves its messages unread; publishing does not wait and another one hears."""
    publisher.tell("demo", 0)
    with listen(server), listen(server) as reader:
        began = time.monotonic()
        for version in range(1, 5001):
            publisher.tell("demo", version)
        assert time.monotonic() - began < 5
        versions = [heard(reader)]
        while versions[-1] < 5000:
            versions.append(heard(reader))
        assert versions == sorted(versions)


def test_publishing_after_the_server_stopped_does_no_harm(publisher: Publisher) -> None:
    """A worker may outlive the server by a moment; who listens to the next one hears of it."""
    with ExitStack() as listening:
        with served([publisher.route()]) as server:
            listening.enter_context(listen(server))
        publisher.tell("demo", 9)
    with served([publisher.route()]) as server, listen(server) as anew:
        assert heard(anew) == 9
