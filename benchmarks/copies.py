"""How label models take it when functions copy each other, and when good ones only seem to.

    PYTHONPATH=. python benchmarks/copies.py [CROWDS]

Each kind of crowd is simulated CROWDS times (default 60): 2 to 4 classes, 500 to 6,000 rows each.
Prints how many percent of the covered rows each model labels right with nothing known, on the mean,
and on how many crowds `auto` is more than one point below majority vote.
"""

import sys
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from labeling.models import MODELS
from labeling.models.comparison import credit
from labeling.votes import Votes

Truth = npt.NDArray[np.int64]
Crowd = tuple[Votes, Truth, int]


def independent(rng: np.random.Generator) -> Crowd:
    """Return votes of functions that err independently, the truth and the number of classes."""
    k, m = int(rng.integers(2, 5)), int(rng.integers(6, 13))
    truth = rng.integers(0, k, int(rng.choice([500, 2_000, 6_000])))
    votes = _right_or_not(rng, truth, rng.uniform(0.4, 0.95, m), k)
    return _silenced(rng, votes, rng.uniform(0.1, 0.5)), truth, k


def copies_that_drop(rng: np.random.Generator) -> Crowd:
    """One function has two to five copies, each without up to half of its votes."""
    votes, truth, k = independent(rng)
    return np.hstack([votes, _silenced(rng, _copies(rng, votes), rng.uniform(0, 0.5))]), truth, k


def copies_that_change(rng: np.random.Generator) -> Crowd:
    """One function has two to five copies, each of which decides 1 to 15 % of the votes anew."""
    votes, truth, k = independent(rng)
    copies = _copies(rng, votes)
    anew = (rng.random(copies.shape) < rng.uniform(0.01, 0.15)) & (copies >= 0)
    copies[anew] = rng.integers(0, k, int(anew.sum()))
    return np.hstack([votes, copies]), truth, k


def experts(rng: np.random.Generator) -> Crowd:
    """Two to four functions are right on 90 to 99.5 %, and as many or more little above chance."""
    k, good = int(rng.integers(2, 5)), int(rng.integers(2, 5))
    truth = rng.integers(0, k, int(rng.choice([500, 2_000, 6_000])))
    poor = rng.uniform(1 / k, 1 / k + 0.2, good + int(rng.integers(0, 4)))
    skill = np.concatenate([rng.uniform(0.9, 0.995, good), poor])
    return _silenced(rng, _right_or_not(rng, truth, skill, k), rng.uniform(0, 0.4)), truth, k


def novices(rng: np.random.Generator) -> Crowd:
    """Two to four experts, and five to nine novices whom the same rows lead astray together."""
    k, good = int(rng.integers(2, 5)), int(rng.integers(2, 5))
    truth = rng.integers(0, k, int(rng.choice([500, 2_000, 6_000])))
    poor = _right_or_not(rng, truth, rng.uniform(0.5, 0.85, int(rng.integers(5, 10))), k)
    bait = (truth + rng.integers(1, k, truth.size)) % k
    hard = rng.random(truth.size) < rng.uniform(0.05, 0.3)
    led = hard[:, None] & (rng.random(poor.shape) < rng.uniform(0.3, 0.8))
    poor = np.where(led, bait[:, None], poor).astype(np.int8)
    votes = np.hstack([_right_or_not(rng, truth, rng.uniform(0.88, 0.99, good), k), poor])
    return _silenced(rng, votes, rng.uniform(0, 0.6)), truth, k


KINDS: dict[str, Callable[[np.random.Generator], Crowd]] = {
    "independent": independent,
    "copies that leave out votes": copies_that_drop,
    "copies that change votes": copies_that_change,
    "experts beside guessers": experts,
    "experts beside novices": novices,
}


def right(model: str, crowd: Crowd) -> float:
    """Return the percentage of covered rows that are labelled right, ties at expected credit."""
    votes, truth, k = crowd
    covered = (votes >= 0).any(axis=1)
    posterior = MODELS[model](k).fit(votes).predict_proba(votes)
    return 100 * float(credit(posterior[covered], truth[covered]).mean())


def main() -> None:
    """Print one table line for each kind of crowd."""
    crowds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    print("| crowd |", " | ".join(MODELS), "| auto below majority |")
    print("|---|" + "--:|" * (len(MODELS) + 1))
    for number, (kind, simulate) in enumerate(KINDS.items()):
        scores = np.empty((crowds, len(MODELS)))
        for seed in range(crowds):
            crowd = simulate(np.random.default_rng((number, seed)))
            scores[seed] = [right(model, crowd) for model in MODELS]
        by_model = dict(zip(MODELS, scores.T, strict=True))
        below = int((by_model["auto"] < by_model["majority"] - 1).sum())
        means = " | ".join(f"{mean:.1f}" for mean in scores.mean(axis=0))
        print(f"| {kind} | {means} | {below} of {crowds} |", flush=True)


def _right_or_not(
    rng: np.random.Generator, truth: Truth, skill: npt.NDArray[np.float64], k: int
) -> Votes:
    """Return votes (n, m) that are right as often as `skill` (m,) says, else any other class."""
    shape = (truth.size, skill.size)
    wrong = (truth[:, None] + rng.integers(1, k, shape)) % k
    return np.where(rng.random(shape) < skill, truth[:, None], wrong).astype(np.int8)


def _silenced(rng: np.random.Generator, votes: Votes, share: float) -> Votes:
    return np.where(rng.random(votes.shape) < share, np.int8(-1), votes)


def _copies(rng: np.random.Generator, votes: Votes) -> Votes:
    copied = int(rng.integers(votes.shape[1]))
    return np.repeat(votes[:, [copied]], int(rng.integers(2, 6)), axis=1)


if __name__ == "__main__":
    main()
