"""How good functions are on the whole, read off how often they agree; no gold is needed.

Two functions that vote for the right class with chances a_f and a_g, independently given the class,
and spread their errors evenly, agree where both vote with chance

    a_f a_g + (1 - a_f) (1 - a_g) / (k - 1)

So functions that agree on 97 % of their common rows are better than ones that agree on 56 %. The
start of every precision knows nothing of that. Here one shift b of all log odds is fitted to it.
Functions copy each other, and copies agree for no good reason: so all agreement together weighs no
more than AGREEMENT_ROWS rows, against a normal prior of width 1 around no shift.
"""

from functools import cache
from itertools import pairwise

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from labeling.models.contract import Floats
from labeling.models.fires import Fires

AGREEMENT_ROWS = 10.0
SHIFTS = (3.0, 2.5, 2.0, 1.5, 1.0, 0.5, 0.0, -0.5, -1.0)
"""Where the search looks, from above.

Below -1 votes would be worse than chance, and agree for being wrong.
"""


def agreement_shift(log_odds: Floats, fires: Fires) -> float:
    """Return the shift of all log odds (m * k,) that best explains how often functions agree."""
    both = fires.together
    total = float(both.data.sum())
    if total == 0:
        return 0.0
    one, other, k = both.row.astype(np.int64), both.col.astype(np.int64), fires.n_classes
    disagree = (one % k != other % k) * float(k * (k - 1)) - (k - 1)
    weight = both.data * min(1.0, AGREEMENT_ROWS / total) * k

    @cache
    def slope(shift: float) -> float:
        right = expit(log_odds + shift)
        spread, lead = right * (1 - right), k * right - 1
        first, second = lead[one], lead[other]
        agree = first * second
        agree -= disagree
        first *= spread[other]
        second *= spread[one]
        first += second
        first /= agree
        # Not `weight @ first`: where processors are busy, the threads of BLAS wait for each other
        # far longer than the product takes.
        first *= weight
        return float(first.sum()) - shift

    above = slope(SHIFTS[0])
    for higher, lower in pairwise(SHIFTS):
        # The highest top: of two, the one at which functions are better than chance.
        here = slope(lower)
        if here > 0 >= above:
            return float(brentq(slope, lower, higher, xtol=1e-12, rtol=1e-12))
        above = here
    return SHIFTS[-1]
