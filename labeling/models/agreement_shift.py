"""How good functions are on the whole, read off how often they agree; no gold is needed.

Two functions that vote for the right class with chances a_f and a_g, independently given the class,
and spread their errors evenly, agree where both vote with chance

    a_f a_g + (1 - a_f) (1 - a_g) / (k - 1)

So functions that agree on 97 % of their common rows are better than ones that agree on 56 %. The
start of every precision knows nothing of that. Here one shift b of all log odds is fitted to it.
Functions copy each other, and copies agree for no good reason: so all agreement together weighs no
more than AGREEMENT_ROWS rows, against a normal prior of width 1 around no shift.
"""

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from labeling.models.contract import Floats
from labeling.models.fires import Fires

AGREEMENT_ROWS = 10.0
SHIFTS = np.linspace(-1.0, 3.0, 9)
"""Where the search starts. Below -1 votes would be worse than chance, and agree for being wrong."""


def agreement_shift(log_odds: Floats, fires: Fires) -> float:
    """Return the shift of all log odds (m * k,) that best explains how often functions agree."""
    both = fires.together
    total = float(both.data.sum())
    if total == 0:
        return 0.0
    one, other, k = both.row, both.col, fires.n_classes
    agrees = one % k == other % k
    weight = both.data * min(1.0, AGREEMENT_ROWS / total)

    def slope(shift: float) -> float:
        right = expit(log_odds + shift)
        p, q = right[one], right[other]
        agree = p * q + (1 - p) * (1 - q) / (k - 1)
        growth = p * q * (2 - p - q) - (1 - p) * (1 - q) * (p + q) / (k - 1)
        return (
            float((weight * growth * np.where(agrees, 1 / agree, -1 / (1 - agree))).sum()) - shift
        )

    slopes = [slope(float(shift)) for shift in SHIFTS]
    for i in range(SHIFTS.size - 1, 0, -1):
        # The highest top: of two, the one at which functions are better than chance.
        if slopes[i - 1] > 0 >= slopes[i]:
            return float(brentq(slope, SHIFTS[i - 1], SHIFTS[i], xtol=1e-12, rtol=1e-12))
    return float(SHIFTS[0] if slopes[0] <= 0 else SHIFTS[-1])
