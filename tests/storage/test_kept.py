"""Values are read once, until what they were read from changes."""

from storage.kept import KeptBy


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
