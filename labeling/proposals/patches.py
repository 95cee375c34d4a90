"""Edits of one function that take back votes which are wrong on dev gold and keep those right."""

import json
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from labeling.functions import LabelingFunction
from labeling.intervals import wilson, wilson_bounds
from labeling.kinds.keyword import KeywordParameters, matcher
from labeling.proposals.edits import without, without_word
from labeling.proposals.evidence import LEAST_GOLD, unlike
from labeling.proposals.proposal import Belief, Proposal
from labeling.proposals.sample import Sample
from labeling.proposals.shrinkage import Shares, learned
from labeling.snapshot import Snapshot

LEAST_WRONG = 2
"""One wrong row is no pattern."""
_LOOKED_AT = 200

Mask = npt.NDArray[np.bool_]
TextsOf = Callable[[npt.NDArray[np.int64], str], list[str]]
"""Reads a column of some rows as text."""


def patches(
    snapshot: Snapshot, sample: Sample, name: str, texts_of: TextsOf, wanted: int
) -> tuple[Proposal, ...]:
    """Return at most `wanted` edits of the function `name`, the one that mends most first."""
    state = snapshot.state(name)
    if state is None or name not in snapshot.matrix.names:
        return ()
    found = [
        *_dropped_words(snapshot, state.function, texts_of),
        *_exceptions(snapshot, sample, state.function),
    ]
    best = sorted(found, key=lambda one: -_mended(one))
    unlike: list[Proposal] = []
    for one in best:  # two conditions that hold on the same rows are one idea
        if all((one.belief, one.new_rows) != (other.belief, other.new_rows) for other in unlike):
            unlike.append(one)
    return tuple(unlike[:wanted])


def _mended(patch: Proposal) -> float:
    """Return how many more wrong votes than right ones it takes back, on dev gold, at the least."""
    low, _ = wilson(patch.belief.right, patch.belief.n)
    return (2 * low - 1) * patch.belief.n + 1e-3 * patch.belief.n


def _exceptions(snapshot: Snapshot, sample: Sample, function: LabelingFunction) -> list[Proposal]:
    column = snapshot.matrix.column(function.name)
    gold = snapshot.dev_gold
    votes, known = column[sample.row_ids], gold[sample.row_ids]
    hit = votes >= 0
    judged = hit & (known >= 0)
    wrong = judged & (votes != known)
    if wrong.sum() < LEAST_WRONG:
        return []
    taken, n = sample.has.T @ wrong.astype(np.float64), sample.has.T @ judged.astype(np.float64)
    kept = n - taken
    shares = _shrunk(sample, judged, taken, n)
    # What is taken back has to be wrong more often than the rest, or than not.
    rate = min(wrong.sum() / judged.sum(), 0.5)
    least, _ = wilson_bounds(taken, n)
    often = (taken >= LEAST_WRONG) & (taken > kept)
    good = np.flatnonzero(often & (least > rate) & (shares.mean[:, 0] > rate))
    order = good[np.argsort(-(taken - kept)[good], kind="stable")[:_LOOKED_AT]]
    patches = []
    for i in map(int, order):
        edited = without(function, sample.conditions[i])
        if edited is None:
            continue
        held = (sample.has[:, [i]].toarray().ravel() > 0) & hit
        mean, low, high = (float(of[i, 0]) for of in (shares.mean, shares.low, shares.high))
        belief = Belief("dev gold", mean, low, high, int(n[i]), int(taken[i]))
        patches.append(
            Proposal(
                function=edited,
                title=f"not where it {sample.conditions[i].title}",
                label="",
                belief=belief,
                rows=int((column >= 0).sum()) - int(held.sum()),
                new_rows=int(held.sum()),
                replaces=function.name,
            )
        )
    return patches


def _shrunk(
    sample: Sample, judged: Mask, taken: npt.NDArray[np.float64], n: npt.NDArray[np.float64]
) -> Shares:
    """Return how often votes are wrong where each condition holds, (f, 1), as one of many."""
    speaks = unlike(sample.has[judged]) & (n >= LEAST_GOLD)
    prior = learned(taken[speaks, None], n[speaks, None])
    return prior.shares(taken[:, None], n[:, None])


def _dropped_words(
    snapshot: Snapshot, function: LabelingFunction, texts_of: TextsOf
) -> list[Proposal]:
    """Return the function without each word that is wrong more often than right where it counts.

    A word counts where no other word of the function is: there the vote is its own.
    """
    if function.kind != "keyword":
        return []
    parameters = KeywordParameters.from_source(function.source)
    column = snapshot.matrix.column(function.name)
    rows = np.flatnonzero((column >= 0) & (snapshot.dev_gold >= 0))
    if parameters.match != "any" or len(parameters.words) < 2 or rows.size == 0:
        return []
    wrong = column[rows] != snapshot.dev_gold[rows]
    texts = texts_of(rows, parameters.column)
    hits = {word: _hits(function, word, texts) for word in parameters.words}
    times = np.sum(list(hits.values()), axis=0)
    patches = []
    for word, hit in hits.items():
        own = hit & (times == 1)
        n, mended = int(own.sum()), int((own & wrong).sum())
        edited = without_word(function, word)
        if edited is None or mended < LEAST_WRONG or 2 * mended <= n:
            continue
        patches.append(
            Proposal(
                function=edited,
                title=f"without the word “{word}”",
                label="",
                belief=Belief("dev gold", mended / n, *wilson(mended, n), n, mended),
                rows=int((column >= 0).sum()) - n,
                new_rows=n,
                replaces=function.name,
            )
        )
    return patches


def _hits(function: LabelingFunction, word: str, texts: list[str]) -> Mask:
    said = json.loads(function.source) | {"words": [word]}
    found = matcher(KeywordParameters.from_source(json.dumps(said)))
    return np.array([bool(found(text)) for text in texts], dtype=np.bool_)
