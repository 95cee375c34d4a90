"""The annotation card in a real browser."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def forgets_choices(page: Page) -> Iterator[None]:
    """What is kept in the browser ends with the test: all tests share one."""
    yield
    page.evaluate("() => localStorage.clear()")


def open_card(page: Page, harness: str, more: str = "") -> None:
    page.goto(f"{harness}/?show=card{more}")
    expect(page.locator(".card")).to_be_focused()


def expect_stored(page: Page, events: list[list[object]]) -> None:
    expect(page.locator(".st-key-out-stored")).to_have_text(json.dumps(events))


def test_a_burst_of_presses_stores_each_in_order(page: Page, harness: str) -> None:
    """12 presses at 40 ms gaps become 12 events, one for each row, in the order pressed."""
    open_card(page, harness)
    keys = "123451234512"
    page.keyboard.type(keys, delay=40)
    expect_stored(page, [[row, "label", int(key) - 1] for row, key in enumerate(keys)])
    expect(page.locator(".row-id")).to_have_text("Row 12")


def test_enter_accepts_the_suggestion_and_skip_has_two_keys(page: Page, harness: str) -> None:
    """Row 0 suggests class 0; S and 0 skip."""
    open_card(page, harness)
    for key in ("Enter", "s", "0"):
        page.keyboard.press(key)
    expect_stored(page, [[0, "label", 0], [1, "skip", None], [2, "skip", None]])


def test_undo_takes_back_and_returns_the_card(page: Page, harness: str) -> None:
    """U and Ctrl-Z each clear one answer, newest first; the card can be answered anew."""
    open_card(page, harness)
    page.keyboard.type("12")
    page.keyboard.press("u")
    page.keyboard.press("Control+z")
    expect(page.locator(".row-id")).to_have_text("Row 0")
    page.keyboard.press("4")
    expect_stored(
        page,
        [
            [0, "label", 0],
            [1, "label", 1],
            [1, "clear", None],
            [0, "clear", None],
            [0, "label", 3],
        ],
    )
    expect(page.locator(".row-id")).to_have_text("Row 1")


def test_a_note_goes_with_the_answer(page: Page, harness: str) -> None:
    """What is typed into it are letters and no answers; the next row begins without one."""
    open_card(page, harness)
    page.keyboard.press("n")
    page.keyboard.type("12 is <b>odd</b>, s?")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Note on this row")).to_have_value("12 is <b>odd</b>, s?")
    page.keyboard.type("23")
    expect_stored(page, [[0, "label", 1], [1, "label", 2]])
    notes = page.locator(".st-key-out-notes")
    expect(notes).to_have_text(json.dumps(["12 is <b>odd</b>, s?", ""]))
    expect(page.get_by_label("Note on this row")).to_be_hidden()


def test_a_flag_goes_with_the_answer_and_comes_back_with_undo(page: Page, harness: str) -> None:
    """F flags the shown row alone; undone, the row has its flag and its note again."""
    open_card(page, harness)
    flagged = page.locator(".head .flag")
    page.keyboard.press("n")
    page.keyboard.type("odd")
    page.keyboard.press("Enter")
    page.keyboard.press("f")
    expect(flagged).to_be_visible()
    page.keyboard.press("s")
    expect(flagged).to_be_hidden()
    page.get_by_role("button", name="Flag").click()
    page.keyboard.press("f")
    page.keyboard.press("1")
    expect_stored(page, [[0, "skip", None], [1, "label", 0]])
    page.keyboard.type("uu")
    expect(flagged).to_be_visible()
    expect(page.get_by_label("Note on this row")).to_have_value("odd")
    expect_stored(
        page, [[0, "skip", None], [1, "label", 0], [1, "clear", None], [0, "clear", None]]
    )
    expect(page.locator(".st-key-out-flags")).to_have_text("[true, false, false, false]")


def test_a_note_is_left_with_escape_and_opened_with_the_mouse(page: Page, harness: str) -> None:
    """An empty one closes; the keys answer again."""
    open_card(page, harness)
    page.get_by_role("button", name="Note").click()
    expect(page.get_by_label("Note on this row")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Note on this row")).to_be_hidden()
    page.keyboard.press("2")
    expect_stored(page, [[0, "label", 1]])


def test_the_mouse_works_and_leaves_the_keys_working(page: Page, harness: str) -> None:
    """A clicked class labels; Enter afterwards accepts and does not press that button again."""
    open_card(page, harness)
    page.get_by_role("button", name="praise").click()
    page.keyboard.press("Enter")
    expect_stored(page, [[0, "label", 3], [1, "label", 1]])


def test_a_held_key_answers_once(page: Page, harness: str) -> None:
    """Key repeat does not label rows that nobody read."""
    open_card(page, harness)
    for _ in range(5):
        page.keyboard.down("2")
    page.keyboard.up("2")
    expect_stored(page, [[0, "label", 1]])
    expect(page.locator(".row-id")).to_have_text("Row 1")


def test_markup_in_a_row_is_shown_as_text(page: Page, harness: str) -> None:
    """Row 1 brings an image, a script and Markdown: all letters, nothing runs or is fetched."""
    open_card(page, harness)
    page.keyboard.press("1")
    text = page.locator(".card .text")
    expect(text).to_contain_text("<script>document.title='owned'</script> **bold**")
    assert text.locator("*").count() == 0
    assert page.title() not in {"owned", "1"}


def test_more_than_nine_classes_have_letters_and_a_filter(page: Page, harness: str) -> None:
    """The tenth class is Q; `/` filters by name and Enter takes the first that is left."""
    open_card(page, harness, "&extra=20")
    page.keyboard.press("q")
    page.keyboard.press("/")
    page.keyboard.type("topic 17")
    page.keyboard.press("Enter")
    expect_stored(page, [[0, "label", 9], [1, "label", 22]])
    expect(page.locator(".choice")).to_have_count(25)


def test_an_empty_queue_says_so(page: Page, harness: str) -> None:
    """Nothing to do is said, and keys do nothing."""
    open_card(page, harness, "&cards=0")
    expect(page.locator(".done-title")).to_have_text("All done")
    page.keyboard.type("12s")
    expect_stored(page, [])


def test_the_queue_refills_while_it_is_worked_on(page: Page, harness: str) -> None:
    """With 5 cards prefetched at a time, 12 rows are answered without a gap."""
    open_card(page, harness, "&cards=5")
    for row in range(12):
        expect(page.locator(".row-id")).to_have_text(f"Row {row}")
        page.keyboard.press("1")
    expect_stored(page, [[row, "label", 0] for row in range(12)])


def test_undelivered_events_survive_a_reload(page: Page, harness: str) -> None:
    """What was pressed just before the page was left is sent when it is back."""
    open_card(page, harness)
    page.evaluate(
        """() => sessionStorage.setItem("labelwright:events:harness/ann", JSON.stringify([{
            labelled: 1,
            event: {event_id: "6f1c2e94-8f4f-4c6b-9b3b-0d4f1b1c0a11", row_id: 40,
                    action: "label", code: 2, seconds: 1.5,
                    at: "2030-01-01T00:00:00.000Z"}}]))"""
    )
    page.reload()
    expect_stored(page, [[40, "label", 2]])
    page.wait_for_function(
        '() => sessionStorage.getItem("labelwright:events:harness/ann") === null'
    )


def test_a_phone_shows_everything_without_scrolling_sideways(page: Page, harness: str) -> None:
    """At 375 pixels the card fits the width, and a tap labels."""
    page.set_viewport_size({"width": 375, "height": 800})
    open_card(page, harness)
    card = page.locator(".annotator").bounding_box()
    assert card is not None
    assert card["x"] >= 0
    assert card["x"] + card["width"] <= 375
    page.get_by_role("button", name="delivery").last.click()
    expect_stored(page, [[0, "label", 1]])


def test_keys_typed_elsewhere_are_left_alone(page: Page, harness: str) -> None:
    """Digits typed into a field, and those with Alt, label nothing; back on the page they do."""
    open_card(page, harness)
    search = page.get_by_label("Search")
    search.click()
    page.keyboard.type("12s")
    expect(search).to_have_value("12s")
    expect(page.locator(".row-id")).to_have_text("Row 0")
    page.locator(".progress").click()
    page.keyboard.press("Alt+1")
    page.keyboard.press("3")
    expect_stored(page, [[0, "label", 2]])


def change_key(page: Page, deed: str, key: str) -> None:
    """In the open list of keys, give something another key."""
    page.get_by_role("button", name=f"Change the key for “{deed}”").click()
    page.keyboard.press(key)


def test_a_key_can_be_changed_and_stays_so_until_it_is_reset(page: Page, harness: str) -> None:
    """The list names every key; a new one counts at once, is shown, and outlives a reload."""
    open_card(page, harness)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.locator(".keys-line")).to_have_count(15)
    change_key(page, "skip the row", "x")
    change_key(page, "praise", "Space")
    expect(keys.get_by_role("status")).to_have_text("Space: praise.")
    page.keyboard.press("?")
    expect(keys).to_be_hidden()
    expect(page.locator(".card")).to_be_focused()
    page.keyboard.type("sx")
    expect_stored(page, [[0, "skip", None]])
    page.reload()
    expect(page.locator(".card")).to_be_focused()
    page.keyboard.press("Space")
    expect_stored(page, [[0, "label", 3]])
    expect(page.get_by_role("button", name="Skip")).to_contain_text("X")
    page.keyboard.press("?")
    page.get_by_role("button", name="Reset all keys").click()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.type("sx4")
    expect_stored(page, [[0, "label", 3], [1, "skip", None], [2, "label", 3]])


def test_a_key_that_is_taken_is_refused_by_name(page: Page, harness: str) -> None:
    """So is one of Streamlit's, one that is no key to press alone; Escape keeps the old one."""
    open_card(page, harness)
    page.get_by_role("button", name="Keys").click()
    keys = page.get_by_role("dialog", name="Keys")
    change_key(page, "skip the row", "u")
    said = keys.get_by_role("status")
    expect(said).to_contain_text("U is the key for “undo the last answer”.")
    page.keyboard.press("2")
    expect(said).to_contain_text("2 is the key for “delivery”.")
    page.keyboard.press("r")
    expect(said).to_contain_text("R has a meaning of its own on every page.")
    page.keyboard.press("F2")
    expect(said).to_contain_text("F2 cannot be used.")
    page.keyboard.press("Control+k")
    expect(said).to_contain_text("Press one key alone.")
    page.keyboard.press("Escape")
    expect(said).to_have_text("Nothing was changed.")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.type("s2")
    expect_stored(page, [[0, "skip", None], [1, "label", 1]])


def test_what_was_undone_is_done_again(page: Page, harness: str) -> None:
    """With Y and Ctrl-Shift-Z, in the old order; a new answer ends it."""
    open_card(page, harness)
    expect(page.get_by_role("button", name="Redo")).to_be_disabled()
    page.keyboard.type("1s3uuu")
    page.keyboard.press("y")
    page.keyboard.press("Control+Shift+Z")
    expect(page.locator(".row-id")).to_have_text("Row 2")
    page.keyboard.press("5")
    page.keyboard.press("y")
    expect(page.locator(".row-id")).to_have_text("Row 3")
    expect(page.locator(".st-key-out-stored")).to_contain_text(
        '[0, "clear", null], [0, "label", 0], [1, "skip", null], [2, "label", 4]]'
    )
    seconds = json.loads(page.locator(".st-key-out-seconds").inner_text())
    assert seconds[:2] == seconds[6:8]


def test_a_screen_reader_hears_what_was_saved(page: Page, harness: str) -> None:
    """And which row is next."""
    open_card(page, harness)
    page.keyboard.type("f2")
    heard = page.locator(".heard")
    expect(heard).to_have_text(re.compile(r"^Saved: row 0, delivery, flagged. Now row 1: <img src"))
    page.keyboard.press("u")
    expect(heard).to_have_text(re.compile(r"^Saved: row 0, taken back. Now row 0: hi, i"))
    assert heard.get_attribute("role") == "status"
    expect(page.locator(".last")).to_be_empty()


def test_targets_are_wide_enough_for_fingers_on_a_phone(page: Page, harness: str) -> None:
    """44 pixels in both directions, in the card and in the list of keys."""
    page.set_viewport_size({"width": 390, "height": 844})
    open_card(page, harness, "&extra=9")
    page.keyboard.type("n")
    page.keyboard.press("Escape")
    small = """root => [...root.querySelectorAll("button, input")]
        .map(one => [one.textContent, one.getBoundingClientRect()])
        .filter(([, box]) => box.height > 0 && (box.height < 44 || box.width < 44))
        .map(([text, box]) => [text, box.width, box.height])"""
    assert page.locator(".annotator").evaluate(small) == []
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert page.locator(".annotator").evaluate(small) == []


def test_guidelines_and_examples_fold_away_and_stay_so(page: Page, harness: str) -> None:
    """An example is text; G and a click fold both away, also after the page is loaded anew."""
    open_card(page, harness)
    examples = page.locator(".examples")
    expect(examples.first).to_have_text(re.compile(r"refund pls<img src=.*\*\*bold\*\*"))
    assert examples.locator("li *").count() == 0
    page.keyboard.press("g")
    expect(examples.first).to_be_hidden()
    page.keyboard.press("1")
    page.reload()
    expect(page.locator(".progress")).to_contain_text("of 2,000 rows labelled1 in this sitting")
    expect(examples.first).to_be_hidden()
    page.get_by_role("button", name="Guidelines and examples").click()
    expect(page.get_by_text("Two wishes in one message")).to_be_visible()


def test_votes_are_shown_for_one_row_on_demand(page: Page, harness: str) -> None:
    """V marks what made functions vote and names them, as text; the next row has none again."""
    open_card(page, harness)
    marks, votes = page.locator(".card .text mark"), page.locator(".votes")
    expect(votes).to_have_count(0)
    page.keyboard.press("v")
    expect(votes).to_contain_text("3 of 10 functions vote")
    expect(votes.locator(".votes-line").first).to_contain_text("refundasks_for_money<img src=")
    expect(marks).to_have_text(["hi", "🙄", "charged"])
    page.keyboard.press("1")
    expect(votes).to_have_count(0)
    page.get_by_role("button", name="Votes").click()
    expect(votes).to_contain_text("3 of 10 functions vote")
    page.keyboard.press("v")
    expect(votes).to_have_count(0)
    expect_stored(page, [[0, "label", 0]])


def test_votes_that_are_forbidden_cannot_be_asked_for(page: Page, harness: str) -> None:
    """There is no button, and V says why nothing comes."""
    open_card(page, harness, "&votes=never")
    expect(page.get_by_role("button", name="Votes")).to_be_hidden()
    page.keyboard.press("v")
    expect(page.locator(".heard")).to_have_text("This project shows no votes.")
    expect(page.locator(".votes")).to_have_count(0)
