"""How far every two functions agree on the rows on which both vote, beyond what chance explains.

Cohen's kappa, "A coefficient of agreement for nominal scales", 1960: with A the share of common
rows on which both name the same class, and B what it would be if each named its classes there as
often as it does, but without regard to the other,

    M = (A - B) / (1 - B)

is 1 where they always agree, and 0 where they agree by chance. Two functions that name one class
only agree always, and nothing follows from it: B is 1, and such a pair is left out.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labeling.models.contract import Floats, Ints

if TYPE_CHECKING:
    from labeling.models.fires import Fires

LEAST_ROWS = 20
LEAST_DISAGREEMENT = 0.1
"""With less disagreement to be expected by chance, agreement says nothing."""


@dataclass(frozen=True, eq=False)
class PairAgreement:
    """The p pairs of functions `one` < `other` (p,) whose agreement says something.

    `rows` float64 (p,): on how many rows both vote, and `drawn` (p,), how many of them there are
    where these stand for others. `kappa` (p,), and `chance` (p,), the agreement to be expected.
    """

    one: Ints
    other: Ints
    rows: Floats
    drawn: Floats
    kappa: Floats
    chance: Floats

    def variance(self, kappa: Floats) -> Floats:
        """Return the variance of the agreement, (p,), if `kappa` (p,) were the true one."""
        agreed = np.clip(self.chance + (1 - self.chance) * kappa, 0.0, 1.0)
        # One row more: of functions that always agreed, not all is known either.
        spread = (agreed * (1 - agreed) + 1 / self.drawn) / self.drawn
        return np.asarray(spread / (1 - self.chance) ** 2, dtype=np.float64)


def pair_agreement(fires: "Fires") -> PairAgreement:
    """Return how far every two functions agree."""
    both, m, k = fires.together, fires.n_functions, fires.n_classes
    one, first = np.divmod(both.row, k)
    other, second = np.divmod(both.col, k)
    cell = one.astype(np.int64) * m + other
    # A table of all cells, and not a sorted list of those that are there: that takes longer.
    common = np.bincount(cell, weights=both.data, minlength=m * m).astype(np.float64)
    met = np.flatnonzero(common)
    place = np.zeros(m * m, dtype=np.int64)
    place[met] = np.arange(met.size)
    at, rows = place[cell], common[met]
    agreed = np.bincount(at, weights=both.data * (first == second), minlength=met.size) / rows
    named_by_one, named_by_other = (
        np.bincount(at * k + named, weights=both.data, minlength=met.size * k).reshape(-1, k)
        for named in (first, second)
    )
    chance = (named_by_one * named_by_other).sum(axis=1) / rows**2
    drawn = rows / fires.rows_per_draw
    said = np.flatnonzero((drawn >= LEAST_ROWS) & (1 - chance >= LEAST_DISAGREEMENT))
    chance = chance[said]
    return PairAgreement(
        one=met[said] // m,
        other=met[said] % m,
        rows=rows[said],
        drawn=drawn[said],
        kappa=(agreed[said] - chance) / (1 - chance),
        chance=chance,
    )
