"""Which functions copy each other, told from functions that agree because they are right.

Functions that err independently agree because both follow the class: with e_i how far function i
is above chance (0: it guesses, 1: it is always right), i and j agree beyond chance
(`labeling.models.pair_agreement`) as far as

    M_ij = e_i e_j

Who agrees much with good functions is good, and agrees the more with everybody else. If j repeats
what i votes on a share s_ij of their common rows, only these two agree more than that:

    M_ij = s_ij + (1 - s_ij) e_i e_j

so that copies of a poor function agree with each other and with hardly anybody else. The classes
that a label model sees are not asked: copies outvote the others, and then seem to be right.

The e_i are fitted, by least squares weighed by the variance of every M, to pairs that agree less
than copies would; then s_ij follows for the rest, and pairs whose s is small join in. But copies
and good functions beside guessers look alike: nobody else says how good these are. So each cluster
of suspects is also fitted as independent functions, and counts as copies only where that makes the
fit worse by far (`SURE`). Whatever the model leaves out (errors that prefer a class, rows that are
hard for all) makes every fit worse, and differences count by as much less.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from labeling.models.contract import Floats, Ints
from labeling.models.pair_agreement import PairAgreement, pair_agreement

if TYPE_CHECKING:
    from labeling.models.fires import Fires

SUSPECT, SURELY = 0.6, 4.0
"""From this agreement on, the skill of functions is not read off a pair at first.

Where no pair has so much by so many standard errors, nothing is looked for.
"""
LEAST_EXCESS, LEAST_COPIED = 0.5, 0.7
"""From such a share on, a pair says nothing of skill, and one of the two may repeat the other."""
NEAR_COPY = 0.98
"""All pairs of a cluster that surely copies agree as closely.

Good functions differ in how good they are, and seldom all agree so. With less, they may pass for
copies where poor ones depend on each other, and nothing but gold tells the two apart.
"""
SURE = 5.0
"""Standard errors that speak against chance, and for each member of a cluster but the first.

Independent functions of simulated crowds reached 3. Of ten annotators, copies of the worst reach 5
from some hundred rows on.
"""
USUAL_SKILL = 0.5
"""What e starts from, and is drawn toward as if it were known with standard error 1."""
MAX_STEPS, MAX_HALVINGS, LEAST_GAIN = 100, 12, 1e-9

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Copies:
    """What is known of m functions that copy each other.

    `rows` float64 (m, m): on how many rows i and j vote alike because one surely repeats the other,
    that is s_ij times the rows on which both vote. `suspects` bool (m,): functions that agree with
    some others more than being right explains, but not as closely as copies: they copy with
    changes, or they are good and the others err together.
    """

    rows: Floats
    suspects: Flags


def found_copies(fires: "Fires") -> Copies:
    """Return which functions surely copy each other, and which may."""
    m, pairs = fires.n_functions, pair_agreement(fires)
    found = Copies(np.zeros((m, m)), np.zeros(m, dtype=np.bool_))
    close = pairs.kappa >= SUSPECT
    surely = pairs.kappa - SURELY * np.sqrt(pairs.variance(pairs.kappa)) >= SUSPECT
    if close.all() or not surely.any():
        return found
    skills, _ = _fitted_skills(pairs, ~close, np.full(m, USUAL_SKILL))
    # Of good functions, those that happen to agree less were left: now the others may join in.
    used = ~close | (_copied(pairs, skills) < LEAST_EXCESS)
    skills, misfit = _fitted_skills(pairs, used, skills)
    spread, copied = _spread(pairs, skills, used), _copied(pairs, skills)
    for cluster in _clusters(pairs, ~used & (copied >= LEAST_COPIED), m):
        one, other = pairs.one[cluster], pairs.other[cluster]
        members = np.unique([one, other])
        worse = _misfit_if_independent(pairs, used, cluster, members, skills) - misfit
        if worse < spread * SURE**2 * (members.size - 1):
            continue
        if pairs.kappa[cluster].min() < NEAR_COPY:
            found.suspects[members] = True
            continue
        rows = np.minimum(copied[cluster], 1.0) * pairs.rows[cluster]
        found.rows[one, other] = found.rows[other, one] = rows
    return found


def _copied(pairs: PairAgreement, skills: Floats) -> Floats:
    """Return s (p,), 0 where it might as well be by chance that a pair agrees so much."""
    expected = skills[pairs.one] * skills[pairs.other]
    excess = pairs.kappa - expected
    by_chance = excess < SURE * np.sqrt(pairs.variance(expected))
    return np.where(by_chance, 0.0, excess / np.maximum(1 - expected, 1e-9))


def _clusters(pairs: PairAgreement, suspect: Flags, m: int) -> list[Flags]:
    """Return the pairs of each group of functions that suspect pairs connect."""
    one, other = pairs.one[suspect], pairs.other[suspect]
    graph = coo_matrix((np.ones(one.size), (one, other)), shape=(m, m))
    _, member = connected_components(graph, directed=False)
    return [suspect & (member[pairs.one] == number) for number in np.unique(member[one])]


def _misfit_if_independent(
    pairs: PairAgreement, used: Flags, cluster: Flags, members: Ints, skills: Floats
) -> float:
    """Return the misfit where the cluster's pairs have to be explained by skill as well."""
    good = skills.copy()
    good[members] = np.sqrt(pairs.kappa[cluster].mean())
    # There may be two best fits: one in which the members are good, one in which they are not.
    return min(_fitted_skills(pairs, used | cluster, start)[1] for start in (good, skills))


def _spread(pairs: PairAgreement, skills: Floats, used: Flags) -> float:
    """Return by how much more pairs differ from the fit than by chance, at least 1."""
    residuals = pairs.kappa - skills[pairs.one] * skills[pairs.other]
    squares = float((residuals**2 / pairs.variance(pairs.kappa))[used].sum())
    return max(1.0, squares / max(int(used.sum()) - skills.size, 1))


def _fitted_skills(pairs: PairAgreement, used: Flags, start: Floats) -> tuple[Floats, float]:
    """Return e (m,) and what is minimised, from the pairs `used` (p,), by Gauss and Newton.

    It is the sum of (M_ij - e_i e_j)^2 / variance_ij and of (e_i - USUAL_SKILL)^2.
    """
    m, one, other = start.size, pairs.one[used], pairs.other[used]
    kappa, weight = pairs.kappa[used], 1 / pairs.variance(pairs.kappa)[used]

    def misfit(skills: Floats) -> float:
        squares = (kappa - skills[one] * skills[other]) ** 2
        return float(weight @ squares + ((skills - USUAL_SKILL) ** 2).sum())

    def by_function(of_one: Floats, of_other: Floats) -> Floats:
        sums = np.bincount(one, weights=of_one, minlength=m).astype(np.float64)
        return sums + np.bincount(other, weights=of_other, minlength=m)

    skills, least = start, misfit(start)
    for _ in range(MAX_STEPS):
        e, f = skills[one], skills[other]
        residual = weight * (kappa - e * f)
        slope = by_function(residual * f, residual * e) + USUAL_SKILL - skills
        curvature = np.zeros((m, m))
        curvature[one, other] = curvature[other, one] = weight * e * f
        curvature[np.diag_indices(m)] = by_function(weight * f * f, weight * e * e) + 1
        step: Floats = np.linalg.solve(curvature, slope).astype(np.float64)
        before, (skills, least) = least, _downhill(skills, step, misfit, least)
        if least >= before * (1 - LEAST_GAIN):
            break
    return skills, least


def _downhill(
    skills: Floats, step: Floats, misfit: Callable[[Floats], float], least: float
) -> tuple[Floats, float]:
    """Return where the step leads and the misfit there; of the step a part where it overshoots."""
    for _ in range(MAX_HALVINGS):
        tried = np.clip(skills + step, -1.0, 1.0)
        there = misfit(tried)
        if there < least:
            return tried, there
        step = step / 2
    return skills, least
