"""Every address goes through the app's front door, and our own routes refuse what they should."""

import http.client
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_whole_loop import forgive_probes
from web.security_headers import security_headers

TITLES = ("Data", "Studio", "Annotate", "Dashboard", "Export", "Settings")
SHOWN = {
    "studio": ".st-key-studio-functions canvas >> nth=0",
    "annotate": ".card .text",
    "dashboard": "[data-testid=stMetric]:has-text('Rows still uncovered')",
    "export": "text=What the file will hold",
    "data": "text=Search the text",
    "settings": "text=Where labeling functions run",
}
NO_EXPORTS = (
    "support-messages/..%2F..%2Fproject.duckdb",
    "support-messages/..%2Fproject.duckdb",
    "support-messages/%2e%2e%2fproject.duckdb",
    "support-messages/../project.duckdb",
    "support-messages/project.duckdb",
    "support-messages/nothing.csv",
    "..%2Fprojects%2Fsupport-messages/nothing.csv",
    "no-such-project/nothing.csv",
    ".uploads/nothing.csv",
)


def status(url: str, path: str) -> int:
    """Return the status of a GET of exactly this path, with no dots resolved on the way."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.browser
@pytest.mark.parametrize("address", SHOWN)
def test_a_deep_link_shows_the_page_inside_the_app(
    app: str, page: Page, console_errors: list[str], address: str
) -> None:
    """The first hit of a visitor on a page never bypasses web/main.py and its navigation."""
    page.goto(f"{app}/{address}")
    expect(page.locator(SHOWN[address])).to_be_visible()
    for title in TITLES:
        expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("Project support-messages", exact=True)).to_be_visible()
    assert page.title() == f"{address.capitalize()} · support-messages · Labelwright"
    forgive_probes(console_errors)


@pytest.mark.browser
def test_the_bare_address_leads_to_studio(app: str, page: Page, console_errors: list[str]) -> None:
    """Every page has an address of its own, so the bare one leads on."""
    page.goto(app)
    expect(page.locator(".cm-content")).to_be_visible()
    assert page.url.endswith("/studio")
    forgive_probes(console_errors)


@pytest.mark.parametrize("path", NO_EXPORTS)
def test_only_written_exports_can_be_downloaded(app: str, path: str) -> None:
    """Neither another file of the project nor one outside it has an address."""
    # Streamlit itself answers 400 to a path that leads upwards.
    assert status(app, f"/labelwright/export/{path}") in {400, 404}


@pytest.mark.parametrize(
    "path", ["/", "/studio", "/_stcore/health", "/labelwright/export/no-such-project/x.csv"]
)
def test_responses_carry_security_headers(app: str, path: str) -> None:
    """Browsers neither guess types nor show the app in another page's frame, even on errors."""
    try:
        headers = urllib.request.urlopen(f"{app}{path}").headers
    except urllib.error.HTTPError as error:
        headers = error.headers
    for name, value in security_headers():
        assert headers[name.decode()] == value.decode()


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_another_sites_page_cannot_upload(app: str, headers: dict[str, str]) -> None:
    """An upload from a foreign origin is refused."""
    request = urllib.request.Request(
        f"{app}/labelwright/upload?name=x.csv", data=b"a,b\n", headers=headers, method="POST"
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 403


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        (None, "https://elsewhere.example"),
        (None, None),
        ("elsewhere.example", "http://elsewhere.example"),
    ],
    ids=["another site's page", "no browser", "another site's name for this machine"],
)
def test_another_sites_page_cannot_open_a_session(
    app: str, host: str | None, origin: str | None
) -> None:
    """Streamlit's own WebSocket, through which all of a session goes, answers 403."""
    connection = http.client.HTTPConnection(urlsplit(app).netloc, timeout=10)
    headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    headers |= {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    headers |= {"Host": host} if host else {}
    headers |= {"Origin": origin} if origin else {}
    connection.request("GET", "/_stcore/stream", headers=headers)
    assert connection.getresponse().status == 403
    connection.close()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_an_export_can_only_be_read(app: str, method: str) -> None:
    """No other method reaches the files of a project."""
    path = "/labelwright/export/support-messages/x.csv"
    request = urllib.request.Request(f"{app}{path}", method=method)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 405


@pytest.mark.browser
def test_a_project_that_is_none_shows_one_that_is(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """Only names of projects that are there are looked up; no path is made of anything else."""
    for project in ("../../etc", "..%2F..%2Fetc", "%00", ".uploads", "support-messages%00"):
        page.goto(f"{app}/data?project={project}")
        expect(page.get_by_role("combobox", name="Project")).to_have_value("support-messages")
    forgive_probes(console_errors)
