"""The builder of functions without code in a real browser."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

WORDS = {"match": "any", "whole_word": True, "match_case": False}


def open_builder(page: Page, harness: str, kind: str = "rule", source: object = None) -> None:
    given = f"&source={quote(json.dumps(source))}" if source else ""
    page.goto(f"{harness}/?show=builder&kind={kind}{given}")
    expect(page.get_by_label("Name", exact=True)).to_be_visible()


def said(page: Page, expected: object) -> None:
    """Wait until the builder says this source."""
    text = json.dumps(expected, ensure_ascii=False)
    expect(page.locator(".st-key-out-source")).to_have_text(text)


def words(*listed: str, **changes: object) -> dict[str, Any]:
    return {"column": "text", "words": list(listed), **WORDS, **changes}


def test_typing_words_loses_nothing_while_the_page_refreshes(page: Page, harness: str) -> None:
    """Every letter arrives, each pause of typing is sent, and the focus stays."""
    open_builder(page, harness, "keyword")
    typed = [f"word number {number:03d} zz" for number in range(10)]
    field = page.get_by_label("Words or phrases, one a line")
    field.click()
    runs = int(page.locator(".st-key-out-runs").inner_text())
    ticks = int(page.locator(".st-key-out-ticks").inner_text())
    for word in typed:
        page.keyboard.type(word, delay=12)
        page.keyboard.press("Enter")
        page.wait_for_timeout(150)
    said(page, {"column": "text", "words": typed, "label": "refund", **WORDS})
    assert field.input_value() == "\n".join([*typed, ""])
    expect(field).to_be_focused()
    assert int(page.locator(".st-key-out-ticks").inner_text()) > ticks
    assert int(page.locator(".st-key-out-runs").inner_text()) >= runs + 5


def test_a_key_is_sent_at_once_while_nothing_is_under_way(page: Page, harness: str) -> None:
    """Nobody waits for the pause that gathers quick typing: here it never ends."""
    open_builder(page, harness, "keyword")
    page.get_by_label("Words or phrases, one a line").fill("p")
    said(page, {"column": "text", "words": ["p"], "label": "refund", **WORDS})
    page.evaluate(
        "const set = window.setTimeout;"
        "window.setTimeout = (run, ms, ...rest) => set(run, ms === 50 ? 3_600_000 : ms, ...rest);"
    )
    page.keyboard.type("a")
    said(page, {"column": "text", "words": ["pa"], "label": "refund", **WORDS})


def test_a_rule_is_built_with_the_keyboard(page: Page, harness: str) -> None:
    """Conditions are added, negated and removed without the mouse; numbers become numbers."""
    open_builder(page, harness)
    page.get_by_label("Name", exact=True).fill("my rule")
    page.keyboard.press("Tab")
    page.keyboard.press("p")  # the class praise
    page.get_by_label("Words or phrases, one a line").focus()
    page.keyboard.type("free")
    page.keyboard.press("Alt+Enter")
    page.keyboard.type("lunch\nof charge")
    page.keyboard.press("Alt+n")
    page.keyboard.press("Alt+Enter")
    last = page.get_by_role("group", name="Condition 3")
    last.get_by_label("Column").select_option("stars")
    last.get_by_label("Condition", exact=True).select_option("between")
    last.get_by_label("From").fill("2")
    last.get_by_label("To").fill("4")
    said(page, {"label": "praise", "when": {"all": [
        words("free"),
        {"not": words("lunch", "of charge")},
        {"column": "stars", "is": "between", "value": [2, 4]},
    ]}})  # fmt: skip
    expect(page.locator(".st-key-out-name")).to_have_text("my rule")
    last.get_by_label("To").press("Alt+Backspace")
    said(page, {"label": "praise", "when": {"all": [
        words("free"), {"not": words("lunch", "of charge")},
    ]}})  # fmt: skip
    expect(page.get_by_label("Words or phrases, one a line").last).to_be_focused()


def test_groups_are_joined_by_and_and_or(page: Page, harness: str) -> None:
    """An inner group is of the other join at first, and can be negated and turned."""
    open_builder(page, harness)
    page.get_by_label("Words or phrases, one a line").fill("a")
    page.get_by_role("button", name="+ OR group").click()
    page.keyboard.type("b")
    inner = page.get_by_role("group", name="any of these conditions")
    inner.get_by_role("button", name="+ Condition").click()
    page.keyboard.type("c")
    inner.get_by_role("button", name="NOT", exact=True).first.click()
    said(page, {"label": "refund", "when": {"all": [
        words("a"), {"not": {"any": [words("b"), words("c")]}},
    ]}})  # fmt: skip
    page.get_by_label("How the conditions are joined").first.focus()
    page.get_by_label("How the conditions are joined").first.select_option("any")
    expect(page.get_by_label("How the conditions are joined").first).to_be_focused()
    page.get_by_role("button", name="Remove the group").click()
    said(page, {"label": "refund", "when": {"any": [words("a")]}})


def test_a_source_is_shown_as_it_is(page: Page, harness: str) -> None:
    """Every kind of condition comes back unchanged after one of them is edited."""
    when = {"any": [
        {"not": {"all": [words("x", "y", match="all", whole_word=False, match_case=True)]}},
        {"not": {"not": words("z")}},
        {"column": "text", "pattern": "a+", "match_case": True},
        {"column": "stars", "is": "one of", "value": [1, 2.5]},
        {"column": "paid", "is": "=", "value": True},
        {"column": "text", "is": "<=", "value": "m"},
        {"column": "text", "is": "empty"},
    ]}  # fmt: skip
    open_builder(page, harness, source={"label": "other", "when": when})
    page.get_by_label("Pattern (Python's re)").fill("a+b")
    when["any"][1] = {"not": {"all": [{"not": words("z")}]}}
    when["any"][2]["pattern"] = "a+b"
    said(page, {"label": "other", "when": when})


def test_a_value_that_is_no_number_is_marked_and_not_taken_for_text(
    page: Page, harness: str
) -> None:
    """The field is invalid, and what Python says of it is shown below."""
    source = {"label": "other", "when": {"all": [{"column": "stars", "is": "<", "value": 3}]}}
    open_builder(page, harness, source=source)
    page.get_by_label("Value").fill("3x")
    expect(page.get_by_label("Value")).to_have_attribute("aria-invalid", "true")
    said(page, {"label": "other", "when": {"all": [{"column": "stars", "is": "<", "value": ""}]}})
    expect(page.get_by_role("status")).to_have_text("Something is missing.")
    page.get_by_label("Value").fill("30")
    expect(page.get_by_role("status")).to_have_text("")


def test_save_delivers_what_was_typed_in_that_moment(page: Page, harness: str) -> None:
    """Ctrl-S right after the last letter; Streamlit's own keys stay quiet."""
    open_builder(page, harness, "regex")
    page.get_by_label("Pattern (Python's re)").focus()
    page.keyboard.type("rrccrr")
    page.keyboard.press("Control+s")
    expect(page.locator(".st-key-out-saves")).to_have_text("1")
    said(page, {"column": "text", "pattern": "rrccrr", "label": "refund", "match_case": False})
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_only_a_new_revision_replaces_the_fields(page: Page, harness: str) -> None:
    """Reruns leave them alone; another document fills them anew."""
    open_builder(page, harness, "keyword")
    field = page.get_by_label("Words or phrases, one a line")
    field.fill("mine")
    said(page, {"column": "text", "words": ["mine"], "label": "refund", **WORDS})
    page.get_by_role("button", name="Open another document").click()
    expect(field).to_have_value("")
    said(page, {"column": "text", "words": [], "label": "refund", **WORDS})
