"""How sure a share is, given how many rows stand behind it."""

import math
from functools import cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt


def wilson(successes: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return Wilson's score interval for a share of `successes` in `n`; (nan, nan) where n is 0.

    `successes` may be an expected count, such as 2.5 where one of five draws is tied. The interval
    stays within 0 and 1 and is honest for few rows and for shares near 0 or 1. E. B. Wilson,
    "Probable inference, the law of succession, and statistical inference", 1927.

    >>> low, high = wilson(9, 10)
    >>> round(low, 3), round(high, 3)
    (0.596, 0.982)
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n} is not a share")
    if n == 0:
        return math.nan, math.nan
    z = _z(confidence)
    share = successes / n
    centre = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    # At 0 and n the bound is exact; rounding must not push it past.
    low = 0.0 if successes == 0 else (centre - spread) / scale
    high = 1.0 if successes == n else (centre + spread) / scale
    return low, high


def paired_gain(
    first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]
) -> tuple[float, float, float]:
    """Return how much more `first` is right than `second` on the same rows, and its 95 % interval.

    Both (n,), n > 0, say how right each row is, from 0 to 1. What is hard for both cancels out.
    Four imagined rows, two each way, keep a few rows that differ from looking like certainty.

    >>> gain, low, high = paired_gain(np.ones(100), np.r_[np.zeros(12), np.ones(88)])
    >>> round(gain, 3), round(low, 3), round(high, 3)
    (0.12, 0.042, 0.198)
    """
    gain, error = float((first - second).mean()), paired_error(first, second)
    return gain, gain - _z(0.95) * error, gain + _z(0.95) * error


def paired_error(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> float:
    """Return the standard error of the gain that `paired_gain` returns."""
    difference = first - second
    return float(np.sqrt((difference**2).sum() + 4) / difference.size)


@cache
def _z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def rows_to_halve(successes: float, n: int) -> int:
    """Return how many more rows make Wilson's interval half as wide, if the share stays as it is.

    >>> rows_to_halve(90, 100)
    293
    """
    low, high = wilson(successes, n) if n else (0.0, 1.0)
    share = successes / n if n else 0.5
    few, enough = 0, 1
    while _width(share, n + enough) > (high - low) / 2:
        few, enough = enough, 2 * enough
    while enough - few > 1:
        middle = (few + enough) // 2
        if _width(share, n + middle) > (high - low) / 2:
            few = middle
        else:
            enough = middle
    return enough


def _width(share: float, n: int) -> float:
    low, high = wilson(share * n, n)
    return high - low


def wilson_bounds(
    successes: npt.NDArray[np.float64], n: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the 95 % bounds of `wilson` for many shares at once; 0 and 1 where n is 0.

    >>> low, high = wilson_bounds(np.array([9.0, 0.0]), np.array([10.0, 0.0]))
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.596, 0.0], [0.982, 1.0])
    """
    z, rows = _z(0.95), np.maximum(n, 1e-9)
    share = successes / rows
    centre = share + z * z / (2 * rows)
    spread = z * np.sqrt(np.maximum(share * (1 - share), 0) / rows + z * z / (4 * rows**2))
    scale = 1 + z * z / rows
    low, high = np.clip((centre - spread) / scale, 0, 1), np.clip((centre + spread) / scale, 0, 1)
    return np.where(n > 0, low, 0.0), np.where(n > 0, high, 1.0)
