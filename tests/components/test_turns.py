"""Pages draw one after the other, and a slow one does not stop the rest."""

import threading
import time

import pytest

from components import turns
from components.turns import Turns


def test_two_pages_are_never_drawn_at_once() -> None:
    pages, drawing, together = Turns(), [], []

    def draw() -> None:
        with pages.turn():
            drawing.append(1)
            together.append(len(drawing))
            drawing.pop()

    threads = [threading.Thread(target=draw) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert together == [1] * 16


def test_who_waited_long_enough_goes_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_WAIT_SECONDS", 0.01)
    pages, gone_ahead = Turns(), []
    with pages.turn(), pages.turn():
        gone_ahead.append("inner")
    assert gone_ahead == ["inner"]
    assert (pages.taken, pages.waiting) == (False, 0)


def test_the_turn_ends_with_an_error() -> None:
    pages = Turns()
    with pytest.raises(RuntimeError), pages.turn():
        raise RuntimeError("stopped")
    assert not pages.taken


def test_what_comes_first_on_a_page_and_the_oldest_figures_are_next() -> None:
    """However many asked before it, and of equal ones who asked first."""
    pages = Turns()
    drawn: list[str] = []

    def draw(name: str, part: int, shows: int) -> None:
        with pages.turn(part, shows):
            drawn.append(name)

    threads = []
    with pages.turn():
        for name, part, shows in (
            ("below", 1, 6),
            ("new", 0, 8),
            ("old", 0, 7),
            ("as old", 0, 7),
            ("clicked", 0, 0),
        ):
            threads.append(threading.Thread(target=draw, args=(name, part, shows)))
            threads[-1].start()
            for _ in range(1000):
                if pages.waiting == len(threads):
                    break
                time.sleep(0.001)
    for thread in threads:
        thread.join(10)
    assert drawn == ["clicked", "old", "as old", "new", "below"]
