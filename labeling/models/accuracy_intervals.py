"""How sure a model may be of an accuracy: the interval of a Beta distribution around it."""

import numpy as np
from scipy.special import betaincinv

from labeling.models.contract import Floats


def beta_interval(mean: Floats, rows: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the ends of the central interval of Beta(mean * rows, (1 - mean) * rows), (m,) each.

    `mean` (m,) in [0, 1] is an accuracy, and `rows` (m,) how many rows with gold it is worth. The
    interval always holds the mean.

    >>> low, high = beta_interval(np.array([0.9]), np.array([100.0]))
    >>> round(float(low[0]), 2), round(float(high[0]), 2)
    (0.83, 0.95)
    """
    # A mean of exactly 0 or 1 would be a distribution without spread.
    inner = np.clip(mean, 0.5 / (rows + 1), 1 - 0.5 / (rows + 1))
    tail = (1 - level) / 2
    low, high = (
        np.asarray(betaincinv(inner * rows, (1 - inner) * rows, part)) for part in (tail, 1 - tail)
    )
    return np.minimum(low, mean), np.maximum(high, mean)
