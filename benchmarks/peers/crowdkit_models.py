"""The aggregators of crowd-kit that give probabilities, at their defaults."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from crowdkit.aggregation import (
    GLAD,
    MACE,
    DawidSkene,
    MajorityVote,
    OneCoinDawidSkene,
    Wawa,
    ZeroBasedSkill,
)

from benchmarks.peers.jobs import Job, Posterior, answer_jobs

METHODS: dict[str, Callable[[int], Any]] = {
    "majority": lambda seed: MajorityVote(),
    "wawa": lambda seed: Wawa(),
    "zero-based-skill": lambda seed: ZeroBasedSkill(),
    "dawid-skene": lambda seed: DawidSkene(),
    "one-coin": lambda seed: OneCoinDawidSkene(),
    "glad": lambda seed: GLAD(),
    "mace": lambda seed: MACE(random_state=seed),
}
"""Each takes a seed, which only MACE draws from."""


def posterior(job: Job) -> Posterior:
    """Fit and predict; a row without votes, which crowd-kit does not know, gets even shares."""
    row, function = np.nonzero(job.votes >= 0)
    frame = pd.DataFrame({"task": row, "worker": function, "label": job.votes[row, function]})
    model = METHODS[job.method](job.seed)
    if job.known is None:
        shares = model.fit_predict_proba(frame)
    else:
        gold = pd.Series(job.known, name="true_label")
        gold = gold[(gold >= 0) & gold.index.isin(frame["task"])]
        shares = model.fit_predict_proba(frame, gold)
    whole = shares.reindex(columns=range(job.n_classes), fill_value=0.0)
    filled = np.full((len(job.votes), job.n_classes), 1 / job.n_classes)
    filled[whole.index.to_numpy()] = whole.fillna(0.0).to_numpy()
    return filled


if __name__ == "__main__":
    answer_jobs(posterior)
