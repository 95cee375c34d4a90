"""The safety gate: no fit is trusted that is visibly worse than counting votes.

A fit falls back on `EvenVotes`, which has the labels of majority vote, when

- by dev gold that it did not see, it is to be expected that it labels fewer rows right than
  majority vote;
- it disagrees with most clear majorities: classes have swapped;
- it learned that a function is worse than chance, and no gold says so;
- its steps did not end.
"""

from collections.abc import Sequence

from labeling.models.comparison import Judged, credit
from labeling.models.contract import Floats, LabelModel
from labeling.models.copies import copied_discounts
from labeling.models.fires import Fires
from labeling.models.majority import majority_shares

GOLD_ROWS = 20
"""With fewer judged gold rows, one row decides and not the model."""
USUAL_GAIN, USUAL_GAIN_SPREAD = 0.015, 0.03
"""Gain on majority vote over public sets: its mean, and its standard deviation between sets."""
LEAST_AGREEMENT = 0.5
GOLD_ON_FUNCTION = 5
VOTES_OF_FUNCTION = 20


def reason_to_fall_back(
    fitted: LabelModel,
    fires: Fires,
    judged: Judged | None,
    names: Sequence[str] | None = None,
) -> str | None:
    """Return in one sentence why this fit is not to be trusted, None where it is."""
    if judged is not None and judged.rows >= GOLD_ROWS and expected_gain(judged) < 0:
        low, high = judged.gain_interval
        return (
            f"on {judged.rows:,} dev gold rows it did not see, it is right "
            f"{-100 * judged.gain:.1f} points less often than majority vote (95 % interval of the "
            f"difference {100 * low:+.1f} to {100 * high:+.1f})"
        )
    if not fitted.converged_:
        return f"its steps did not settle after {fitted.n_iter_:,}"
    kept = _clear_majorities_kept(fitted, fires)
    if kept < LEAST_AGREEMENT:
        return f"it keeps only {100 * kept:.0f} % of the clear majorities: its classes have swapped"
    worst = _below_chance(fitted, fires)
    if worst is not None:
        name = names[worst] if names else f"function number {worst + 1}"
        return (
            f"it learned without gold that {name} is right on "
            f"{100 * fitted.accuracies_[worst]:.0f} % of its votes, which is below chance"
        )
    return None


def expected_gain(judged: Judged) -> float:
    """Return the gain on majority vote to expect, from the gold at hand and other sets alike.

    A handful of gold rows says little: it moves, by how sure it is, what was to be expected.
    """
    weight = 1 / judged.gain_error**2
    usual = 1 / USUAL_GAIN_SPREAD**2
    return (usual * USUAL_GAIN + weight * judged.gain) / (usual + weight)


def _clear_majorities_kept(fitted: LabelModel, fires: Fires) -> float:
    # Many copies of a poor function would be most clear majorities.
    majority = majority_shares(fires, fitted.class_balance_, copied_discounts(fires))
    clear = (majority.max(axis=1) == 1.0) & (fires.votes_per_pattern > 0)
    rows: Floats = fires.rows[clear]
    if rows.size == 0:
        return 1.0
    same = credit(fitted.pattern_posterior(fires)[clear], majority[clear].argmax(axis=1))
    return float((rows * same).sum() / rows.sum())


def _below_chance(fitted: LabelModel, fires: Fires) -> int | None:
    """Return the function learned to be worst below chance without gold, None where none is."""
    learned = (fires.by_function(fires.gold_fired) < GOLD_ON_FUNCTION) & (
        fires.by_function(fires.counts) >= VOTES_OF_FUNCTION
    )
    below = learned & (fitted.accuracies_high_ < 1 / fires.n_classes)
    if not below.any():
        return None
    return int((fitted.accuracies_ + ~below).argmin())
