"""The push listener in a real browser."""

import urllib.request
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def publish(harness: str, first: int, last: int, **says: str) -> None:
    asked = urlencode({"first": first, "last": last, **says})
    urllib.request.urlopen(f"{harness}/harness/publish?{asked}").read()


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
