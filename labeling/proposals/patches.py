"""Edits of one function that take back votes which are wrong on dev gold and keep those right."""

import json
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from labeling.functions import LabelingFunction
from labeling.intervals import wilson, wilson_bounds
from labeling.kinds.keyword import KeywordParameters, matcher
from labeling.proposals.edit_choice import Edit
from labeling.proposals.edits import without, without_word
from labeling.proposals.evidence import LEAST_GOLD, unlike
from labeling.proposals.proposal import Belief
from labeling.proposals.sample import Sample
from labeling.proposals.shrinkage import Shares, learned
from labeling.snapshot import Snapshot

LEAST_WRONG = 2
"""One wrong row is no pattern."""
_LOOKED_AT = 200

Mask = npt.NDArray[np.bool_]
TextsOf = Callable[[npt.NDArray[np.int64], str], list[str]]
"""Reads a column of some rows as text."""


def patches(snapshot: Snapshot, sample: Sample, name: str, texts_of: TextsOf) -> tuple[Edit, ...]:
    """Return edits of the function `name`, and how much each one mends."""
    state = snapshot.state(name)
    if state is None or name not in snapshot.matrix.names:
        return ()
    return (
        *_dropped_words(snapshot, state.function, texts_of),
        *_exceptions(snapshot, sample, state.function),
    )


def _mended(belief: Belief) -> float:
    """Return how many more wrong votes than right ones are taken back, at the least."""
    low, _ = wilson(belief.right, belief.n)
    return (2 * low - 1) * belief.n + 1e-3 * belief.n


def _exceptions(snapshot: Snapshot, sample: Sample, function: LabelingFunction) -> list[Edit]:
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
    edits = []
    for i in map(int, order):
        condition = sample.conditions[i]
        edited = without(function, condition)
        if edited is None:
            continue
        held = sample.has[:, [i]].toarray().ravel() > 0
        mean, low, high = (float(of[i, 0]) for of in (shares.mean, shares.low, shares.high))
        belief = Belief("dev gold", mean, low, high, int(n[i]), int(taken[i]))
        mends = sample.row_ids[held & wrong]
        edits.append(
            Edit(
                function.name,
                edited,
                condition.exception,
                belief,
                condition,
                mends,
                _mended(belief),
            )
        )
    return edits


def _shrunk(
    sample: Sample, judged: Mask, taken: npt.NDArray[np.float64], n: npt.NDArray[np.float64]
) -> Shares:
    """Return how often votes are wrong where each condition holds, (f, 1), as one of many."""
    speaks = unlike(sample.has[judged]) & (n >= LEAST_GOLD)
    prior = learned(taken[speaks, None], n[speaks, None])
    return prior.shares(taken[:, None], n[:, None])


def _dropped_words(snapshot: Snapshot, function: LabelingFunction, texts_of: TextsOf) -> list[Edit]:
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
    edits = []
    for word, hit in hits.items():
        own = hit & (times == 1)
        n, mended = int(own.sum()), int((own & wrong).sum())
        edited = without_word(function, word)
        if edited is None or mended < LEAST_WRONG or 2 * mended <= n:
            continue
        belief = Belief("dev gold", mended / n, *wilson(mended, n), n, mended)
        title = f"without the word “{word}”"
        mends = rows[own & wrong]
        edits.append(Edit(function.name, edited, title, belief, None, mends, _mended(belief)))
    return edits


def _hits(function: LabelingFunction, word: str, texts: list[str]) -> Mask:
    said = json.loads(function.source) | {"words": [word]}
    found = matcher(KeywordParameters.from_source(json.dumps(said)))
    return np.array([bool(found(text)) for text in texts], dtype=np.bool_)
