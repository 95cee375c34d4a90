"""Warnings that teach: what is odd about a labeling function, and what to do about it.

CHECKS holds them all. Each looks at a snapshot and one function that ran, and returns a warning or
None. Their limits are meant to be rarely wrong: a warning that is ignored teaches nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from labeling.analysis import FunctionStatistics, Pairwise, hits, wrong_on_gold
from labeling.browse import RowSet
from labeling.live_counts import counted_pairs
from labeling.snapshot import FunctionState, Snapshot
from labeling.stability import warning as stability_warning
from labeling.votes import LabelMatrix

LEAST_GOLD = 10
"""With fewer gold rows a function that is wrong may have had bad luck."""
COPY = 0.9
"""From this share of common votes on, two functions are near-duplicates."""
AGREES, LEAST_VOTES, MOST_COVERAGE = 0.98, 10, 0.5
"""A function agrees always from this share on, if it votes on enough rows and the other on few."""
SLOW_SECONDS = 0.01


@dataclass(frozen=True)
class FunctionWarning:
    """What was found: `what` in a word or two, `sentence` why, `step` what to do next.

    `other` names the function it is about as well, `rows` the rows to look at, where there are.
    """

    what: str
    sentence: str
    step: str
    other: str | None = None
    rows: RowSet | None = None


Check = Callable[[Snapshot, FunctionState, FunctionStatistics], FunctionWarning | None]


def warnings_of(snapshot: Snapshot, name: str) -> dict[str, FunctionWarning]:
    """Return the warnings about one function by the name of their check; none before it ran."""
    state = snapshot.state(name)
    if state is None or state.statistics is None or name not in snapshot.matrix.names:
        return {}
    found = {check: look(snapshot, state, state.statistics) for check, look in CHECKS.items()}
    return {check: warning for check, warning in found.items() if warning is not None}


def all_warnings(snapshot: Snapshot) -> Mapping[str, dict[str, FunctionWarning]]:
    """Return the warnings about every function that has any, by its name.

    They are kept for the snapshots that only tell of progress.
    """
    # New gold shows in the statistics of functions; one that runs anew brings another matrix.
    states = snapshot.functions
    about = ([(one.function.name, one.statistics, one.stability) for one in states], snapshot.model)
    kept = _kept.get(snapshot.matrix)
    if kept is None or kept[0] != about:
        every = {
            state.function.name: warnings_of(snapshot, state.function.name)
            for state in snapshot.functions
        }
        kept = (about, {name: found for name, found in every.items() if found})
        _kept[snapshot.matrix] = kept
    return kept[1]


def pairs_of(matrix: LabelMatrix) -> Pairwise:
    """Return how often every two functions meet; kept as long as the matrix is."""
    known = _pairs.get(matrix)
    if known is None:
        known = _pairs[matrix] = counted_pairs(matrix)
    return known


_pairs: WeakKeyDictionary[LabelMatrix, Pairwise] = WeakKeyDictionary()
_kept: WeakKeyDictionary[LabelMatrix, tuple[object, Mapping[str, dict[str, FunctionWarning]]]] = (
    WeakKeyDictionary()
)


def _never_fires(
    _snapshot: Snapshot, state: FunctionState, found: FunctionStatistics
) -> FunctionWarning | None:
    if found.votes:
        return None
    return FunctionWarning(
        "never votes",
        f"{state.function.name} votes on no row.",
        "Look for a typing error, or for capitals; words of uncovered rows are a better start.",
    )


def _covers_one_row(
    snapshot: Snapshot, state: FunctionState, found: FunctionStatistics
) -> FunctionWarning | None:
    if found.votes != 1:
        return None
    name = state.function.name
    return FunctionWarning(
        "votes on one row",
        f"{name} votes on one row of {snapshot.n_rows:,}.",
        "Widen it, or label that row by hand.",
        rows=_rows(name, "its row", hits(snapshot.matrix, name)),
    )


def _below_chance(
    snapshot: Snapshot, state: FunctionState, found: FunctionStatistics
) -> FunctionWarning | None:
    name = state.function.name
    if found.gold < LEAST_GOLD or found.accuracy_high is None:
        return None
    chance = _chance(snapshot, name)
    if found.accuracy_high >= chance:
        return None
    return FunctionWarning(
        "below chance",
        f"{name} is right on {found.correct:,} of {found.gold:,} dev gold rows, at best "
        f"{found.accuracy_high:.0%} of the time; guessing its class, on {chance:.0%}.",
        "Let it vote for another class, or look at what it gets wrong.",
        rows=_rows(
            name, "wrong on dev gold", wrong_on_gold(snapshot.matrix, snapshot.dev_gold, name)
        ),
    )


def _near_duplicate(
    snapshot: Snapshot, state: FunctionState, found: FunctionStatistics
) -> FunctionWarning | None:
    """Two functions whose common votes are most of the votes that either casts (Jaccard)."""
    other, share = _nearest(snapshot, state.function.name)
    if other is None or share < COPY or found.votes < LEAST_VOTES:
        return None
    return FunctionWarning(
        f"nearly {other}",
        f"{share:.0%} of the rows on which {state.function.name} or {other} votes get the same "
        "vote of both.",
        "Remove one of them, or merge what differs: together they say little more than one.",
        other=other,
        rows=_rows(
            state.function.name,
            f"vote differs from {other}",
            snapshot.matrix.column(state.function.name) != snapshot.matrix.column(other),
        ),
    )


def _always_agrees(
    snapshot: Snapshot, state: FunctionState, found: FunctionStatistics
) -> FunctionWarning | None:
    """Agreement beyond what independent functions would have, of a function or with one.

    It is that of the label model (`labeling.dependence`), or all of a function's votes are another
    one's that votes on less than half of the rows.
    """
    name = state.function.name
    if _near_duplicate(snapshot, state, found) is not None:
        return None
    other = _dependent_on(snapshot, name) or _within(snapshot, name, found)
    if other is None:
        return None
    pairs = pairs_of(snapshot.matrix)
    i, j = pairs.names.index(name), pairs.names.index(other)
    both, same = int(pairs.overlap[i, j]), int(pairs.agreement[i, j])
    if both == 0 or same < AGREES * both:
        return None
    return FunctionWarning(
        f"agrees with {other}",
        f"Where both vote, on {both:,} rows, {name} and {other} agree on {same / both:.0%}: far "
        "more than two independent functions would.",
        "Let it vote where the other one does not: see the rows that only one of them has.",
        other=other,
        rows=_rows(
            name,
            f"{other} is silent",
            hits(snapshot.matrix, name) & ~hits(snapshot.matrix, other),
        ),
    )


def _slow(
    snapshot: Snapshot, state: FunctionState, _found: FunctionStatistics
) -> FunctionWarning | None:
    times = state.run.times if state.run else None
    if times is None or times.p95 < SLOW_SECONDS:
        return None
    slowest = np.array([row.row_id for row in times.slowest], dtype=np.int64)
    return FunctionWarning(
        "slow",
        f"One row in twenty takes {state.function.name} {1000 * times.p95:,.0f} ms or more; "
        f"{snapshot.n_rows:,} rows take about {times.p50 * snapshot.n_rows:,.0f} s.",
        "Do what is the same for all rows once, above the function; look at its slowest rows.",
        rows=RowSet(f"{state.function.name}: slowest rows", slowest) if slowest.size else None,
    )


def _unstable(
    _snapshot: Snapshot, state: FunctionState, _found: FunctionStatistics
) -> FunctionWarning | None:
    said = stability_warning(state.stability)
    if said is None or state.stability is None:
        return None
    differing = np.array(state.stability.differing, dtype=np.int64)
    return FunctionWarning(
        "votes differ",
        said,
        "Sort what comes out of a set, fix the seed of what is random, and read no clock.",
        rows=RowSet(f"{state.function.name}: votes differ between two runs", differing),
    )


CHECKS: dict[str, Check] = {
    "never fires": _never_fires,
    "covers one row": _covers_one_row,
    "below chance": _below_chance,
    "near-duplicate": _near_duplicate,
    "always agrees": _always_agrees,
    "slow": _slow,
    "non-deterministic": _unstable,
}


def _rows(name: str, what: str, mask: npt.NDArray[np.bool_]) -> RowSet | None:
    row_ids = np.flatnonzero(mask)
    return RowSet(f"{name}: {what}", row_ids) if row_ids.size else None


def _chance(snapshot: Snapshot, name: str) -> float:
    """Return how often a vote of this function's classes would be right on dev gold by chance."""
    gold_rows = snapshot.gold_rows
    votes = snapshot.matrix.column(name)[gold_rows]
    votes = votes[votes >= 0]
    gold = snapshot.dev_gold[gold_rows]
    shares = np.bincount(gold, minlength=len(snapshot.classes)) / gold.size
    return float(shares[votes].mean())


def _nearest(snapshot: Snapshot, name: str) -> tuple[str | None, float]:
    """Return the function with the largest share of common votes, and that share."""
    pairs = pairs_of(snapshot.matrix)
    i = pairs.names.index(name)
    votes = np.diag(pairs.overlap)
    either = votes[i] + votes - pairs.overlap[i]
    shares = pairs.agreement[i] / np.maximum(either, 1)
    shares[i] = -1.0
    best = int(shares.argmax())
    return (pairs.names[best], float(shares[best])) if len(pairs.names) > 1 else (None, 0.0)


def _dependent_on(snapshot: Snapshot, name: str) -> str | None:
    """Return the function that this one depends on most, by the label model."""
    known = None if snapshot.model is None or snapshot.is_pending else snapshot.model.dependence
    if known is None:
        return None
    for pair in known.pairs:
        other = {pair.one: pair.other, pair.other: pair.one}.get(name)
        if other in snapshot.matrix.names:
            return other
    return None


def _within(snapshot: Snapshot, name: str, found: FunctionStatistics) -> str | None:
    """Return a function that casts nearly every vote of this one, and votes on few rows."""
    pairs = pairs_of(snapshot.matrix)
    i = pairs.names.index(name)
    if found.votes < LEAST_VOTES:
        return None
    few = np.diag(pairs.overlap) < MOST_COVERAGE * snapshot.n_rows
    inside = few & (pairs.agreement[i] >= AGREES * found.votes)
    inside[i] = False
    return pairs.names[int(np.flatnonzero(inside)[0])] if inside.any() else None
