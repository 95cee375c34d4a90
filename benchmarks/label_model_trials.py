"""What a model is told of a set, and which rows judge it: one place for every model.

A fit sees the votes of all training rows, of the rows that judge, and of the rows whose gold it is
given. Judged are covered training rows with gold (test rows where training has no gold). Gold for
the fit is drawn from the other splits where these have enough of it, else from the split that
judges, whose drawn rows then judge nothing.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.label_model_sets import VoteSet
from labeling.models.contract import Floats, Ints
from labeling.votes import Votes

LEAST_JUDGED = 20
"""With fewer rows left to judge by, one row is five points."""


@dataclass(frozen=True)
class Setting:
    """What is known besides the votes."""

    name: str
    title: str
    balance: bool = False
    gold_rows: int = 0


NOTHING = Setting("nothing", "Nothing known")
BALANCE = Setting("balance", "Class balance known", balance=True)
GOLD_50 = Setting("gold-50", "50 dev gold rows", gold_rows=50)
GOLD_100 = Setting("gold-100", "100 dev gold rows", gold_rows=100)
SETTINGS = (NOTHING, BALANCE, GOLD_50, GOLD_100)


@dataclass(frozen=True, eq=False)
class Trial:
    """Votes int8 (n, m) to fit on, what is `known` (n,) of their gold, and the rows that judge.

    `judged` int64 (e,) are rows of `votes`, and `gold` int64 (e,) is theirs.
    """

    votes: Votes
    known: Ints | None
    class_balance: Floats | None
    judged: Ints
    gold: Ints
    n_classes: int
    seed: int


def trial(votes: VoteSet, setting: Setting = NOTHING, seed: int = 0) -> Trial | None:
    """Return the trial of one seed, or None where the set has too little gold for it."""
    judging = votes.split == votes.judged_split
    judged = judging & (votes.gold >= 0) & (votes.votes >= 0).any(axis=1)
    given = np.zeros(0, dtype=np.int64)
    if setting.gold_rows:
        pool = np.flatnonzero(~judging & (votes.split != "train") & (votes.gold >= 0))
        if pool.size < setting.gold_rows:
            pool = np.flatnonzero(judging & (votes.gold >= 0))
        if pool.size < setting.gold_rows:
            return None
        given = np.random.default_rng((seed, 2_026)).choice(pool, setting.gold_rows, replace=False)
        judged[given] = False
    if setting.gold_rows and judged.sum() < LEAST_JUDGED:
        return None
    fitted = judged | (votes.split == "train")
    fitted[given] = True
    known = np.full(votes.gold.size, -1, dtype=np.int64)
    known[given] = votes.gold[given]
    return Trial(
        votes=votes.votes[fitted],
        known=known[fitted] if setting.gold_rows else None,
        class_balance=votes.class_balance if setting.balance else None,
        judged=np.flatnonzero(judged[fitted]),
        gold=votes.gold[judged],
        n_classes=votes.n_classes,
        seed=seed,
    )
