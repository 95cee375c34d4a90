"""The push listener in a real browser."""

import urllib.request
from typing import Literal
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, WebSocket, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

pytestmark = pytest.mark.browser


EXPOSED = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...given) { super(...given); window.sockets.push(this); }
};
"""
AT_ONCE = """
(pressed, [order, version]) => {
  const numbers = { version, states: version, figures: version, beside: version };
  const announced = { ...numbers, pages: 1, activity: null };
  const socket = window.sockets.findLast((one) => one.url.includes("/labelwright/push"));
  const acts = {
    hear: () => socket.onmessage({ data: JSON.stringify(announced) }),
    press: () => pressed.click(),
  };
  for (const act of order) acts[act]();
}
"""


def publish(harness: str, first: int, last: int, **says: str) -> None:
    asked = urlencode({"first": first, "last": last, **says})
    urllib.request.urlopen(f"{harness}/harness/publish?{asked}").read()


def runs_asked_for(page: Page) -> list[ClientState]:
    """Return what the page asks Streamlit to run; it grows."""
    asked: list[ClientState] = []

    def hear(frame: str | bytes) -> None:
        message = BackMsg.FromString(frame if isinstance(frame, bytes) else frame.encode())
        if message.WhichOneof("type") == "rerun_script":
            asked.append(message.rerun_script)

    def watch(socket: WebSocket) -> None:
        if "/labelwright/" not in socket.url:
            socket.on("framesent", hear)

    page.on("websocket", watch)
    return asked


def news(asked: list[ClientState]) -> list[set[str]]:
    """Return of each message which elements have another value in it than in the one before."""
    found: list[set[str]] = []
    known: dict[str, bytes] = {}
    for run in asked:
        values = {state.id: state.SerializeToString() for state in run.widget_states.widgets}
        found.append({one for one, value in values.items() if known.get(one) != value})
        known |= values
    return found


def printed(page: Page, name: str) -> int:
    return int(page.locator(f".st-key-out-{name}").inner_text())


def open_page(page: Page, harness: str) -> None:
    page.goto(f"{harness}/?show=listener")
    expect(page.locator(".st-key-out-right")).to_be_visible()


def test_a_new_version_reruns_only_the_fragments_that_listen(page: Page, harness: str) -> None:
    """Both fragments show the version; the script around them ran once."""
    with page.expect_websocket(lambda socket: "/labelwright/push" in socket.url):
        open_page(page, harness)
    publish(harness, 11, 11)
    expect(page.locator(".st-key-out-left")).to_have_text("11")
    expect(page.locator(".st-key-out-right")).to_have_text("11")
    assert printed(page, "runs") == 1


def test_a_burst_costs_few_reruns_and_its_last_version_arrives(page: Page, harness: str) -> None:
    """300 versions published at once end with the last one and a handful of reruns."""
    open_page(page, harness)
    publish(harness, 100, 400)
    expect(page.locator(".st-key-out-left")).to_have_text("400")
    expect(page.locator(".st-key-out-right")).to_have_text("400")
    assert printed(page, "left-runs") <= 6


def test_a_version_already_seen_causes_no_rerun(page: Page, harness: str) -> None:
    """The fragment that draws version 7 anyway is not run again for it."""
    publish(harness, 7, 7)
    open_page(page, harness)
    expect(page.locator(".st-key-out-left")).to_have_text("7")
    assert printed(page, "right-runs") == 1


def test_what_the_engine_does_is_shown_without_a_run(page: Page, harness: str) -> None:
    """Words, how much is done, and problems, as text; what is older than that is not shown."""
    publish(harness, 4, 4, said="An old word")
    open_page(page, harness)
    line = page.locator(".activity")
    expect(line.get_by_role("status")).to_have_text("Starting …")
    expect(line.get_by_role("progressbar")).to_be_hidden()
    publish(harness, 22, 22, said="Running f: 25%")
    expect(line.get_by_role("status")).to_have_text("Running f: 25%")
    expect(line.get_by_role("progressbar")).to_have_js_property("value", 0.25)
    expect(line.get_by_text("✗ f fails: <b>no</b>")).to_be_visible()
    assert printed(page, "runs") == 1


def test_listeners_of_one_page_share_one_socket_and_no_space(page: Page, harness: str) -> None:
    """Two listeners and a line on the engine, one WebSocket; a listener takes up no room."""
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    open_page(page, harness)
    expect(page.locator(".st-key-out-runs")).to_have_text("1")
    publish(harness, 20, 20)
    expect(page.locator(".st-key-out-left")).to_have_text("20")
    assert len([url for url in sockets if "/labelwright/push" in url]) == 1
    heights = page.locator(".stBidiComponent").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert heights[:2] == [0, 0]


def test_fragments_that_hear_in_one_moment_each_send_a_message(page: Page, harness: str) -> None:
    """Streamlit would make one message of both, run one fragment, and draw nothing of the other."""
    sent = runs_asked_for(page)
    open_page(page, harness)
    publish(harness, 31, 31)
    expect(page.locator(".st-key-out-left")).to_have_text("31")
    expect(page.locator(".st-key-out-right")).to_have_text("31")
    assert all(len(new) <= 1 for new in news(sent))
    assert len({run.fragment_id for run in sent if run.fragment_id}) == 2


@pytest.mark.parametrize("after", [(0.3, 0, 9), (0, 0.3, 9), (9, 0, 0.3)])
def test_who_is_to_ask_later_lets_others_ask_first(
    page: Page, harness: str, after: tuple[float, float, float]
) -> None:
    """Listeners ask in the order in which they are drawn, unless one of them waits for others.

    How long depends on how many pages listen, here one, within bounds.
    """
    sent = runs_asked_for(page)
    page.goto(f"{harness}/?show=listener&" + "&".join(f"after={seconds}" for seconds in after))
    expect(page.locator(".st-key-out-right")).to_be_visible()
    publish(harness, 71, 71)
    expect(page.locator(".st-key-out-left")).to_have_text("71")
    expect(page.locator(".st-key-out-right")).to_have_text("71")
    told = [one.rpartition("-")[2] for new in news(sent) for one in new]
    assert told.index("right") < told.index("left")


@pytest.mark.parametrize(
    ("role", "name", "order"),
    [
        ("radio", "b", ["hear", "press"]),
        ("radio", "b", ["press", "hear"]),
        ("button", "Run the page", ["press", "hear"]),
    ],
)
def test_what_is_pressed_while_a_fragment_hears_draws_the_page(
    page: Page, harness: str, role: Literal["radio", "button"], name: str, order: list[str]
) -> None:
    """Both in one task of the browser: as one message they would run the fragment alone."""
    page.add_init_script(EXPOSED)
    sent = runs_asked_for(page)
    open_page(page, harness)
    expect(page.locator(".st-key-out-runs")).to_have_text("1")
    publish(harness, 40, 40)  # else what was announced last may come after what is heard below
    expect(page.locator(".st-key-out-left")).to_have_text("40")
    expect(page.locator(".st-key-out-right")).to_have_text("40")
    page.get_by_role(role, name=name, exact=True).evaluate(AT_ONCE, [order, 41])
    expect(page.locator(".st-key-out-left")).to_have_text("41")
    expect(page.locator(".st-key-out-runs")).to_have_text("2")
    assert all(len(new) <= 1 for new in news(sent))


def test_what_comes_with_a_run_of_the_page_does_not_replace_it(page: Page, harness: str) -> None:
    """A message that waits is joined with one that runs the page: the page must be drawn then."""
    joined: list[str] = []

    def join(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def pass_on(frame: str | bytes) -> None:
            message = BackMsg.FromString(frame if isinstance(frame, bytes) else frame.encode())
            if not joined and b'"version":51' in message.SerializeToString():
                joined.append(message.rerun_script.fragment_id)
                message.rerun_script.fragment_id = ""
            server.send(message.SerializeToString())

        route.on_message(pass_on)

    page.route_web_socket(lambda url: "/labelwright/" not in url, join)
    open_page(page, harness)
    publish(harness, 51, 51)
    expect(page.locator(".st-key-out-left")).to_have_text("51")
    expect(page.locator(".st-key-out-right")).to_have_text("51")
    expect(page.locator(".st-key-out-runs")).not_to_have_text("1")
