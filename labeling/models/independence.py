"""Whether functions vote as independent ones do: then agreement tells who is right.

Dawid-Skene assumes that, given the class, functions fire and err independently. If that holds, two
pairs f and g of different functions fire together on about

    E_fg = sum over k of N_k r_f(k) r_g(k)

rows, with N_k the rows of class k and r_f(k) the rate at which f fires on them; what differs from
it does so by chance, and the mean of (C_fg - E_fg)^2 / E_fg over all two pairs is about 1 (Pearson
1900). On the seven sets of the label model benchmark it is 2 to 20: functions of one author share
keywords and errors, and a model that takes their agreement for confirmation is misled.

The more rows, the smaller the differences that show, down to what the model itself leaves out. So
the allowance for them grows with the rows, at a fifteenth of the rate of the least dependent of
these sets.
"""

import numpy as np

from labeling.models.contract import LabelModel
from labeling.models.fires import Fires

LEAST_EXPECTED = 5.0
"""With fewer expected rows, chance does not spread as the statistic assumes."""
LEAST_CELLS = 10
LEAST_ROWS = 1_000
"""With fewer covered rows, functions that do depend on each other would pass."""
CHANCE = 1.1
"""Up to here the spread is that of chance."""
ROWS_PER_ALLOWANCE = 30_000
"""For so many rows the spread may be higher by 1."""
MOST_PAIRS = 500
"""So many of the most frequent pairs show it well enough."""


def independent(model: LabelModel, fires: Fires) -> bool | None:
    """Return whether functions vote as independent ones, None where rows are too few to tell.

    `model` is fitted on `fires` and says what the classes are.
    """
    spread = joint_spread(model, fires)
    if spread is None:
        return None
    drawn = float(fires.rows.sum()) / fires.rows_per_draw
    return spread <= CHANCE + drawn / ROWS_PER_ALLOWANCE


def joint_spread(model: LabelModel, fires: Fires) -> float | None:
    """Return how far votes meet from independence, 1 = as chance explains; None: too few rows."""
    if fires.covered_rows < LEAST_ROWS:
        return None
    pairs = np.sort(np.argsort(-fires.sampled_counts, kind="stable")[:MOST_PAIRS])
    believed = fires.clamped(model.pattern_posterior(fires))
    fired = np.asarray(fires.transposed @ believed)[pairs]
    expected = (fired / np.maximum(believed.sum(axis=0), 1e-9)) @ fired.T
    together = fires.together.tocsr()[pairs][:, pairs].toarray()
    function = pairs // fires.n_classes
    judged = (function[:, None] < function[None, :]) & (
        expected >= LEAST_EXPECTED * fires.rows_per_draw
    )
    if judged.sum() < LEAST_CELLS:
        return None
    spread = (together[judged] - expected[judged]) ** 2 / expected[judged]
    return float(spread.mean()) / fires.rows_per_draw
