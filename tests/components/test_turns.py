"""Pages draw one after the other, and a slow one does not stop the rest."""

import threading

import pytest

from components import turns


def test_two_pages_are_never_drawn_at_once() -> None:
    drawing, together = [], []

    def draw() -> None:
        with turns.turn():
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
    with turns.turn(), turns.turn():
        pass
    with turns.turn():
        pass


def test_the_turn_ends_with_an_error() -> None:
    with pytest.raises(RuntimeError), turns.turn():
        raise RuntimeError("stopped")
    assert turns._drawing.acquire(blocking=False)
    turns._drawing.release()
