"""How right the labels as a whole are on gold that nobody had seen when editing any function.

The plain figure leaves each row's own gold out of the fit, but whoever wrote the functions may have
looked at it. Here the label model is chosen and fitted without all of the unseen gold, so that this
gold has shaped neither the functions nor how far they are trusted.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from labeling.models import MODELS
from labeling.models.auto import choose
from labeling.models.comparison import credit, go_on, judged
from labeling.models.contract import LabelModel
from labeling.models.fires import Fires
from labeling.models.guarded import guarded
from labeling.models.majority import MajorityVote
from labeling.models.running import RunningVotes
from labeling.reweighting import class_weights, reweighted
from labeling.unseen_gold import UnseenLabels
from labeling.votes import LabelMatrix


def unseen_labels(
    votes: RunningVotes,
    matrix: LabelMatrix,
    dev_gold: npt.NDArray[np.int8],
    unseen_rows: npt.NDArray[np.int64],
    choice: tuple[str, int],
    before_fold: Callable[[], None] = go_on,
    gold_weights: npt.NDArray[np.float64] | None = None,
) -> UnseenLabels | None:
    """Judge the labels of covered rows whose gold was unseen; None where there is none.

    `votes` is up to date with `matrix`; `dev_gold` int8 (n,), -1 where unknown; `unseen_rows` int64
    (u,) have dev gold. `choice` is a label model's name and seed. `before_fold` is called before
    each fit; what it raises ends the work. `gold_weights` (g,): for how many rows each row with dev
    gold stands, in the order of rows; None where all are alike.
    """
    rows = unseen_rows[matrix.covered[unseen_rows]]
    if rows.size == 0:
        return None
    seen = dev_gold.copy()
    seen[unseen_rows] = -1
    fires = votes.fires(seen)
    weights = None if gold_weights is None else np.zeros(dev_gold.size)
    if weights is not None:
        weights[dev_gold >= 0] = gold_weights
        known = seen >= 0
        if known.any():
            codes = dev_gold[known]
            fair = class_weights(codes, weights[known], fires.n_classes)
            fires = replace(fires, class_weights=fair)
    fitted = _fitted(fires, *choice, before_fold)
    votes_of_rows = np.stack([matrix.column(name)[rows] for name in matrix.names], axis=1)
    majority = MajorityVote(fires.n_classes).fit_weights(fires)
    gold = dev_gold[rows].astype(np.int64)
    right = credit(fitted.predict_proba(votes_of_rows), gold)
    majority_right = credit(majority.predict_proba(votes_of_rows), gold)
    return UnseenLabels(
        right=float(right.sum()),
        majority_right=float(majority_right.sum()),
        rows=int(rows.size),
        reweighted=None if weights is None else reweighted(right, weights[rows]),
        reweighted_majority=None if weights is None else reweighted(majority_right, weights[rows]),
    )


def _fitted(fires: Fires, name: str, seed: int, before_fold: Callable[[], None]) -> LabelModel:
    """Return the label model that would label with this gold, as the safety gate has it."""
    make = partial(MODELS[name], fires.n_classes, seed)
    before_fold()
    if name == "majority":
        return make().fit_fires(fires)
    if name == "auto":
        chosen = choose(fires, seed, before_fold=before_fold)
        return guarded(chosen.make, fires, chosen.judged).model
    return guarded(make, fires, judged(make, fires, seed, before_fold=before_fold)).model
