"""Short names: how much room they take, and what is left of a name."""

import unicodedata

import pytest

from components.names import columns_of, shortened, told_apart

REFUND = "mentions_that_the_parcel_was_never_delivered"
NAMES = [
    f"{REFUND}_in_subject",
    f"{REFUND}_in_body",
    "件名に返金という言葉が含まれているか",
    "e\u0301" * 40,
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("columns", [1, 2, 9, 18, 24])
def test_a_short_name_fits(name: str, columns: int) -> None:
    """It is never wider than asked for, and at most one column narrower."""
    short = shortened(name, columns)
    assert columns - 2 <= columns_of(short) <= columns
    assert short.count("…") == 1


def test_names_with_one_beginning_look_different() -> None:
    """The end is kept, too."""
    assert shortened(NAMES[0], 18) != shortened(NAMES[1], 18)


def test_a_name_that_just_fits_is_left_as_it_is() -> None:
    """Wide characters take two columns."""
    assert shortened("返金", 4) == "返金"
    assert shortened("返金が", 5) == "返…が"


def test_an_accent_stays_with_its_letter() -> None:
    """The end does not begin with an accent that was on the letter before."""
    _, end = shortened(NAMES[3], 9).split("…")
    assert not unicodedata.combining(end[0])


def test_texts_of_one_beginning_are_told_apart() -> None:
    """Each keeps its beginning, and shows what it has of its own; nobody else is touched."""
    texts = ["E: " + "x" * 200 + end for end in ("one", "two", "")] + ["F", "F"]
    shown = told_apart(texts, 30)
    assert shown[3:] == ["F", "F"]
    assert [text[:30] for text in shown[:2]] == [
        "E: xxxxxxxxxxx…xxxxxxxxxxone",
        "E: xxxxxxxxxxx…xxxxxxxxxxtwo",
    ]
    assert len(set(shown)) == 4
    assert told_apart([], 30) == []
