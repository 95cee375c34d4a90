"""The end model laid beside the label model alone and majority vote, on gold that none has seen.

Dev gold is dealt into folds. For each fold the label model is fitted anew without the fold's gold,
and an end model learns from its soft labels, without the fold's rows; then all three are judged on
the fold. So no fit knows what it is judged on, neither directly nor through the soft labels.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from labeling.end_labels import EndModelComparison, SideBySide, Standing
from labeling.end_model import (
    Codes,
    Floats,
    Ints,
    LearnedRows,
    Learner,
    Mask,
    examples_of,
    folds_of,
)
from labeling.intervals import paired_gain, wilson
from labeling.models.comparison import credit

FOLDS = 5

Refit = Callable[[Codes], Floats]
"""Fits the label model with dev gold (n,) and returns its posterior (n, k)."""


@dataclass(frozen=True, eq=False)
class HeldOut:
    """What end model and label model say of g dev gold rows whose gold they have not seen.

    `row_ids` int64 (g,); `end_model` and `label_model` float64 (g, k).
    """

    row_ids: Ints
    end_model: Floats
    label_model: Floats


def held_out(
    model: Learner,
    features: Any,
    learned: LearnedRows,
    covered: Mask,
    dev_gold: Codes,
    is_test: Mask,
    refit: Refit,
    on_fold: Callable[[int, int], None] | None = None,
) -> HeldOut | None:
    """Judge each fold by fits that have not seen it; None with fewer than two dev gold rows.

    `features` (t, d) are those of the learned rows, which hold all of dev gold. `on_fold` is told
    (fold, folds) before each and before each pass of its fit, and may raise to end it.
    """
    folds = list(folds_of(dev_gold, is_test, FOLDS, model.choice.seed))
    if len(folds) < 2:
        return None
    end, alone = [], []
    for number, fold in enumerate(folds):

        def before_pass(_done: int = 0, _total: int = 0, number: int = number) -> None:
            if on_fold is not None:
                on_fold(number, len(folds))

        before_pass()
        seen = dev_gold.copy()
        seen[fold] = -1
        left_out = np.zeros(dev_gold.size, dtype=np.bool_)
        left_out[fold] = True
        posterior = refit(seen)
        examples = examples_of(learned, posterior, covered, seen, left_out)
        positions = np.searchsorted(learned.row_ids, fold)
        model.fit(features, examples, before_pass)
        end.append(model.predict_at(features, positions))
        alone.append(posterior[fold])
    return HeldOut(np.concatenate(folds), np.concatenate(end), np.concatenate(alone))


def compared(
    found: HeldOut, majority: Floats, covered: Mask, dev_gold: Codes
) -> EndModelComparison:
    """Count who is right on the held-out rows; `majority` float64 (n, k) is majority vote's share.

    Of t tied classes one of which is right, 1/t is right. Label model and majority vote have no
    label on uncovered rows, so there they are wrong.
    """
    gold = dev_gold[found.row_ids].astype(np.int64)
    voted = covered[found.row_ids]
    end = credit(found.end_model, gold)
    alone = credit(found.label_model, gold) * voted
    most = credit(majority[found.row_ids], gold) * voted
    return EndModelComparison(
        all_rows=_side_by_side(end, alone, most),
        covered=_side_by_side(end[voted], alone[voted], most[voted]) if voted.any() else None,
    )


def _side_by_side(end: Floats, alone: Floats, most: Floats) -> SideBySide:
    gain, low, high = paired_gain(end, alone)
    return SideBySide(end.size, _standing(end), _standing(alone), _standing(most), gain, low, high)


def _standing(right: Floats) -> Standing:
    # A sum of thirds may pass the count by its rounding.
    total = min(float(right.sum()), float(right.size))
    return Standing(total / right.size, *wilson(total, right.size))
