"""The uploader in a real browser."""

import json
import secrets
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_five_megabytes_arrive_byte_for_byte(
    page: Page, harness: str, uploads_folder: Path, tmp_path: Path
) -> None:
    """The file on the server's disk is the file that was chosen; Python gets its id and name."""
    chosen = tmp_path / "messages <b>2030.csv"
    chosen.write_bytes(secrets.token_bytes(5 * 1024**2))
    page.goto(f"{harness}/?show=uploader")
    page.locator("input[type=file]").set_input_files(chosen)
    expect(page.locator(".name")).to_have_text(chosen.name)
    expect(page.locator(".st-key-out-upload")).to_contain_text("upload_id")
    upload = json.loads(page.locator(".st-key-out-upload").inner_text())
    assert upload["file_name"] == chosen.name
    assert upload["size"] == 5 * 1024**2
    assert (uploads_folder / upload["upload_id"]).read_bytes() == chosen.read_bytes()


def test_a_refusal_of_the_server_is_shown_as_a_sentence(
    page: Page, harness: str, tmp_path: Path, console_errors: list[str]
) -> None:
    """The harness allows 20 MB; the browser is told 5 GB and hears of it from the server."""
    chosen = tmp_path / "large.csv"
    chosen.write_bytes(bytes(21 * 1024**2))
    page.goto(f"{harness}/?show=uploader")
    page.locator("input[type=file]").set_input_files(chosen)
    expect(page.get_by_role("alert")).to_contain_text("larger than the limit of 20 MB")
    console_errors.clear()


def test_a_dropped_file_is_uploaded_and_can_be_removed(page: Page, harness: str) -> None:
    """Drag and drop does what the file picker does."""
    page.goto(f"{harness}/?show=uploader")
    dropped = page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["a,b\\n1,2\\n"], "dropped.csv"));
            return transfer;
        }"""
    )
    page.locator(".zone").dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.locator(".st-key-out-upload")).to_contain_text("dropped.csv")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".st-key-out-upload")).to_have_text("{}")
