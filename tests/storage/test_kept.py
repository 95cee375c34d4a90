"""Values are read once, until what they were read from changes."""

import threading

from storage.kept import Kept, KeptBy


def test_a_value_read_before_a_change_is_not_kept() -> None:
    """It changes while it is read; who says so does not wait, and who asks then reads anew."""
    values = iter(["old", "new"])
    reading, changed = threading.Event(), threading.Event()

    def read() -> str:
        value = next(values)
        reading.set()
        assert changed.wait(30)
        return value

    kept = Kept(read)
    reader = threading.Thread(target=kept.get)
    reader.start()
    assert reading.wait(30)
    kept.forget()
    changed.set()
    reader.join()
    assert [kept.get(), kept.get()] == ["new", "new"]


def test_values_by_key_are_read_once_until_they_are_forgotten() -> None:
    read: list[str] = []

    def length(key: str) -> int:
        read.append(key)
        return len(key)

    kept = KeptBy(length, most=2)
    assert [kept.get(key) for key in ("a", "bb", "a")] == [1, 2, 1]
    assert read == ["a", "bb"]
    kept.forget()
    assert kept.get("a") == 1
    assert read == ["a", "bb", "a"]


def test_the_keys_asked_for_last_are_kept() -> None:
    read: list[str] = []

    def length(key: str) -> int:
        read.append(key)
        return len(key)

    kept = KeptBy(length, most=2)
    for key in ("a", "b", "a", "c", "a", "b"):
        kept.get(key)
    assert read == ["a", "b", "c", "b"]
