"""What a function would do, while it is typed: counts, rows and changes, without a button."""

import pytest
from playwright.sync_api import Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.serving import REPOSITORY
from tests.browser.test_whole_loop import forgive_probes
from tests.conftest import ServeApp
from tests.projects import create

ROWS = 30_000
TOP = "it => it.getBoundingClientRect().top"


@pytest.fixture(scope="module")
def large(serve_app: ServeApp, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on a project of so many rows that a preview starts with a sample."""
    folder = tmp_path_factory.mktemp("large")
    lines = ["id,text,gold,split,score"]
    lines += [f"{i},{'even' if i % 2 == 0 else 'odd'} number,,,1" for i in range(ROWS)]
    create(folder / "p", "\n".join(lines) + "\n")
    return serve_app(REPOSITORY / "app.py", env={"LABELWRIGHT_PROJECT": str(folder / "p")})


def open_function(page: Page, app: str, name: str) -> None:
    page.goto(f"{app}/studio?function={name}")
    expect(page.get_by_text("Up to date")).to_be_visible()


@pytest.mark.browser
def test_counts_and_rows_follow_the_typing(app: str, page: Page, console_errors: list[str]) -> None:
    """No character and no focus is lost; what the preview says is what the save brings."""
    open_function(page, app, "money_words")
    expect(page.get_by_role("radio", name="Hits 593")).to_be_checked()
    words = page.get_by_label("Words or phrases, one a line")
    before = words.input_value()
    words.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nparcel\nwhere", delay=70)
    expect(page.get_by_text("votes on 702 rows (35.1\xa0%)")).to_be_visible()
    expect(page.get_by_role("radio", name="Preview 702")).to_be_checked()
    expect(words).to_be_focused()
    assert words.input_value() == f"{before}\nparcel\nwhere"
    expect(page.locator("mark", has_text="WHERE").first).to_be_visible()

    page.keyboard.press("Control+s")
    said = page.get_by_test_id("stToast")
    expect(said).to_be_visible()
    above = page.locator(".st-key-studio-rows-pane .tabs")
    assert said.evaluate(TOP) > above.evaluate(TOP) + above.evaluate("it => it.offsetHeight")
    expect(page.get_by_role("radio", name="Hits 702")).to_be_checked()
    expect(page.get_by_role("radio", name="Preview 702")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".st-key-studio-functions tbody")).to_contain_text("35.1\xa0% +")
    forgive_probes(console_errors)


@pytest.mark.browser
def test_the_browser_has_to_remember_no_message(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """What it was to remember it has forgotten at times, and drew nothing any more."""
    sizes: list[int] = []
    cacheable: list[str] = []

    def hear(frame: str | bytes) -> None:
        data = frame if isinstance(frame, bytes) else frame.encode()
        message = ForwardMsg.FromString(data)
        sizes.append(len(data))
        if message.metadata.cacheable or message.ref_hash:
            cacheable.append(str(message.WhichOneof("type")))

    def watch(socket: WebSocket) -> None:
        if "/labelwright/" not in socket.url:
            socket.on("framereceived", hear)

    page.on("websocket", watch)
    open_function(page, app, "money_words")
    expect(page.get_by_text("Ran on 2,000 rows")).to_be_visible()
    assert max(sizes) > 10_000  # from here on Streamlit lets the browser remember one
    assert cacheable == []
    forgive_probes(console_errors)


@pytest.mark.browser
def test_changes_are_counted_before_they_are_saved_and_open_their_rows(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """Votes gained, gold made right or wrong, and labels that would change; back again, none."""
    open_function(page, app, "account_words")
    words = page.get_by_label("Words or phrases, one a line")
    before = words.input_value()
    words.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nparcel", delay=70)
    gained = page.get_by_role("button", name="+68 gained")
    expect(gained).to_be_enabled()
    flipped = page.locator(".st-key-studio-change-label_flipped button").first
    expect(flipped).to_contain_text("flipped")
    expect(page.get_by_text("Against the saved version, in points: coverage +")).to_be_visible()
    gained.click()
    expect(page.get_by_role("radio", name="Changed 68")).to_be_checked()
    expect(
        page.get_by_test_id("stMainBlockContainer").get_by_text("Rows that gain a vote")
    ).to_be_visible()
    expect(page.get_by_text("was no vote, now account").first).to_be_visible()
    words.click()
    page.keyboard.press("Control+End")
    for _ in "\nparcel":
        page.keyboard.press("Backspace")
    expect(gained).to_have_count(0)
    assert words.input_value() == before
    forgive_probes(console_errors)


@pytest.mark.browser
def test_python_says_on_how_many_rows_its_numbers_are(
    large: str, page: Page, console_errors: list[str]
) -> None:
    """First on a sample, then on all; the next edit starts over."""
    page.goto(f"{large}/studio")
    expect(page.get_by_text("Up to date")).to_be_visible()
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    body = 'sum(range(3000))\n    return "ham" if "even" in x.text else ABSTAIN\n'
    page.keyboard.insert_text(f"def typed(x):\n    {body}")
    expect(page.get_by_text(f"Preview on 2,000 of {ROWS:,} rows, not saved:")).to_be_visible()
    expect(page.get_by_text(f"Preview on all {ROWS:,} rows, not saved:")).to_be_visible()
    expect(page.get_by_text(f"votes on {ROWS // 2:,} rows (50.0\xa0%)")).to_be_visible()
    expect(page.get_by_role("radio", name=f"Preview {ROWS // 2:,}")).to_be_checked()
    page.keyboard.insert_text("# more\n")
    expect(page.get_by_text(f"of {ROWS:,} rows, not saved:")).to_be_visible()
    expect(page.get_by_text(f"Preview on all {ROWS:,} rows, not saved:")).to_be_visible()
    forgive_probes(console_errors)


@pytest.mark.browser
def test_what_is_typed_right_after_the_first_save_follows_it(
    large: str, page: Page, console_errors: list[str]
) -> None:
    """The save names the function, and so its document: the caret stays where it is."""
    page.goto(f"{large}/studio")
    expect(page.get_by_text("Up to date")).to_be_visible()
    code = page.locator(".cm-content")
    code.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text('def first(x):\n    return "ham" if "even" in x.text else ABSTAIN\n')
    page.keyboard.press("Control+s")
    page.keyboard.type("# typed while it is saved", delay=60)
    expect(page.get_by_text("• Unsaved changes")).to_be_visible()
    page.wait_for_url("**/studio?*function=first*")
    page.keyboard.type(" and after that", delay=20)
    saved, typed = code.inner_text().splitlines()[-2:]
    assert saved == '    return "ham" if "even" in x.text else ABSTAIN'
    assert typed == "# typed while it is saved and after that"
    forgive_probes(console_errors)
