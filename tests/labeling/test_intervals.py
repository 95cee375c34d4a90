"""Wilson's interval against published values and at its edges."""

import math

import pytest

from labeling.intervals import wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(50, 100, 0.4038, 0.5962), (8, 10, 0.4902, 0.9433), (1, 1, 0.2065, 1.0), (0, 10, 0.0, 0.2775)],
)
def test_known_values(successes: int, n: int, low: float, high: float) -> None:
    """The interval equals values worked out by hand to four digits."""
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


def test_no_rows_give_no_interval() -> None:
    """Without rows there is nothing to say."""
    assert all(math.isnan(bound) for bound in wilson(0, 0))


def test_more_confidence_is_wider() -> None:
    """A 99 % interval contains the 95 % interval."""
    low, high = wilson(30, 40)
    wider_low, wider_high = wilson(30, 40, confidence=0.99)
    assert wider_low < low < 0.75 < high < wider_high


def test_bounds_stay_within_a_share() -> None:
    """No rounding pushes a bound below 0, above 1 or past the share itself."""
    for n in range(1, 200):
        for successes in (0, 1, n - 1, n):
            low, high = wilson(successes, n)
            assert 0 <= low <= successes / n <= high <= 1


@pytest.mark.parametrize(("successes", "n"), [(3, 2), (-1, 5)])
def test_impossible_counts_are_refused(successes: int, n: int) -> None:
    """More successes than trials is a mistake of the caller."""
    with pytest.raises(ValueError, match="is not a share"):
        wilson(successes, n)
