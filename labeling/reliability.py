"""How far each annotator can be trusted, from one fit of people and functions together.

To the model of Dawid and Skene (1979) a person is one more column of votes: what a row is follows
from all that is said of it, and how often somebody is right from what the rows are. The functions
keep the rates of this first fit; those of people are then fitted on, each said class given the true
one (a person does not abstain, and is asked of rows that others chose), with a prior of PRIOR_ROWS
only: the strong one that functions need would draw the best and the worst to the middle.

Rows with known gold are held to it; what annotators alone agree on is not, so that no label counts
twice. The fit judges people and nothing else: its posteriors label no row and go into no export.

The interval of an accuracy is as wide as of so many rows with gold as the labels are worth (Louis,
"Finding the observed information matrix when using the EM algorithm", 1982): a row on which it is
known whether the label is right counts one, a row of which nobody else says anything nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import softmax

from labeling.calibration import Figure
from labeling.intervals import wilson
from labeling.models.accuracy_intervals import beta_interval
from labeling.models.contract import Floats
from labeling.models.dawid_skene import DawidSkene
from labeling.models.vote_model import TRUST_ROWS
from labeling.votes import Votes

OTHER_ROWS = 20_000
"""About so many rows that nobody labelled tell, beside those with labels, how functions vote."""
PRIOR_ROWS, PRIOR_ACCURACY = 4.0, 0.8
"""Before any label, each annotator is as if so many rows of each class showed this accuracy."""
BALANCE_ROWS = 10.0
"""The classes of labelled rows are as if so many more rows were spread evenly over them."""
MAX_STEPS, TOLERANCE = 200, 1e-4


@dataclass(frozen=True)
class Reliability:
    """What is known of one annotator.

    `accuracy` is how often the labels are right by the fit, with a 95 % interval, and `worth` how
    many rows with known gold would tell as much. `confusion[a][b]`: on how many rows of class a the
    annotator is expected to have said class b; a row of the table sums to the rows of the class.
    `on_gold` is the share right on the `gold_rows` with imported gold, None without any.
    """

    annotator: str
    labels: int
    accuracy: Figure
    worth: float
    confusion: tuple[tuple[float, ...], ...]
    on_gold: Figure | None
    gold_rows: int


def reliability(
    votes: Votes,
    ratings: Votes,
    known: npt.NDArray[np.int8],
    imported: npt.NDArray[np.bool_],
    annotators: Sequence[str],
    n_classes: int,
) -> tuple[Reliability, ...]:
    """Return what is known of each annotator, in their order.

    Each of them labelled a row.

    `votes` int8 (n, m) of functions and `ratings` int8 (n, a) of annotators, -1 = none; `known`
    int8 (n,): imported gold and what reviewers decided, -1 = unknown; `imported` bool (n,): the
    gold that was there before anybody labelled the row.
    """
    is_labelled = (ratings >= 0).any(axis=1)
    labelled, others = np.flatnonzero(is_labelled), np.flatnonzero(~is_labelled)
    rows = np.concatenate([labelled, others[:: 1 + others.size // OTHER_ROWS]])
    together = np.concatenate([votes[rows], ratings[rows]], axis=1)
    model = DawidSkene(n_classes).fit(together, known[rows])
    said, gold = ratings[labelled], known[labelled]
    by_functions = _evidence(votes[labelled], model.weights_[: votes.shape[1]])
    believed = _believed(by_functions, said, gold, model.weights_[votes.shape[1] :])
    there_before = np.where(imported[labelled], gold, -1)
    return tuple(
        _of_one(name, said[:, i], believed, there_before) for i, name in enumerate(annotators)
    )


def _believed(by_functions: Floats, said: Votes, gold: Votes, weights: Floats) -> Floats:
    """Return the classes of labelled rows, (r, k), once people's rates have settled.

    `by_functions` (r, k): what functions say of each class, in logs; `weights` (a, k, k): where
    people start.
    """
    k = by_functions.shape[1]
    truth, balance = np.eye(k), np.full(k, 1 / k)
    start = np.where(truth > 0, PRIOR_ACCURACY, (1 - PRIOR_ACCURACY) / (k - 1))
    for _ in range(MAX_STEPS):
        believed = softmax(np.log(balance) + by_functions + _evidence(said, weights), axis=1)
        believed[gold >= 0] = truth[gold[gold >= 0]]
        # [a, l, t]: on how many rows of class t annotator a said l.
        counts = np.stack([(said == code).T @ believed for code in range(k)], axis=1)
        rates = (counts + PRIOR_ROWS * start) / (counts.sum(axis=1, keepdims=True) + PRIOR_ROWS)
        balance = (believed.sum(axis=0) + BALANCE_ROWS / k) / (said.shape[0] + BALANCE_ROWS)
        before, weights = weights, np.log(rates)
        if np.abs(weights - before).max(initial=0.0) < TOLERANCE:
            break
    return np.asarray(believed, dtype=np.float64)


def _evidence(votes: Votes, weights: Floats) -> Floats:
    """Return what votes (r, c) add to each class, (r, k), by weights (c, k, k)."""
    added = np.zeros((votes.shape[0], weights.shape[2]))
    for column, by_class in zip(votes.T, weights, strict=True):
        fired = column >= 0
        added[fired] += by_class[column[fired]]
    return added


def _of_one(
    name: str,
    said: npt.NDArray[np.int8],
    believed: Floats,
    gold: npt.NDArray[np.int8],
) -> Reliability:
    rows = np.flatnonzero(said >= 0)
    right = believed[rows, said[rows]]
    mean = float(right.mean())
    worth = _worth(right, mean)
    low, high = beta_interval(np.array([mean]), np.array([worth + TRUST_ROWS]))
    confusion = np.stack(
        [believed[rows[said[rows] == code]].sum(axis=0) for code in range(believed.shape[1])],
        axis=1,
    )
    judged = rows[gold[rows] >= 0]
    return Reliability(
        annotator=name,
        labels=int(rows.size),
        accuracy=Figure(mean, float(low[0]), float(high[0])),
        worth=worth,
        confusion=tuple(tuple(float(count) for count in line) for line in confusion),
        on_gold=_share_right(said[judged] == gold[judged]),
        gold_rows=int(judged.size),
    )


def _worth(right: Floats, mean: float) -> float:
    """Return how many known rows tell as much of an accuracy as chances (r,) of being right."""
    # Of an accuracy of 0 or 1 no row could tell anything apart.
    spread = max(mean * (1 - mean), 1e-9)
    return float(np.clip(1 - right * (1 - right) / spread, 0.0, 1.0).sum())


def _share_right(is_right: npt.NDArray[np.bool_]) -> Figure | None:
    if is_right.size == 0:
        return None
    low, high = wilson(float(is_right.sum()), is_right.size)
    return Figure(float(is_right.mean()), low, high)
