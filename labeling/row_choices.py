"""The sets of rows worth looking at, by name: the weakest first."""

from collections.abc import Mapping

from labeling.browse import RowFilter
from labeling.snapshot import Snapshot

_MOST_BUCKETS = 12


def row_choices(snapshot: Snapshot) -> Mapping[str, RowFilter]:
    """Return filters by what they show, the rows that most need a look first.

    First come the kinds of error on dev gold, the most frequent first, then conflicts and uncovered
    rows where there are any, then what each function hits and gets wrong.
    """
    found: dict[str, RowFilter] = {}
    for rows, label, gold in _worst_buckets(snapshot):
        title = f"{snapshot.classes[gold]} labelled {snapshot.classes[label]} ({rows:,})"
        found[title] = RowFilter(label=label, gold=gold)
    summary = snapshot.summary
    if summary.conflict_rows:
        found[f"Conflicts ({summary.conflict_rows:,})"] = RowFilter(rows="conflicts")
    if summary.uncovered_rows:
        found[f"Uncovered ({summary.uncovered_rows:,})"] = RowFilter(rows="uncovered")
    for state in snapshot.functions:
        if state.statistics is None:
            continue
        name = state.function.name
        found[f"{name}: hits ({state.statistics.votes:,})"] = RowFilter("hits", name)
        if state.statistics.incorrect:
            wrong = f"{name}: wrong on dev gold ({state.statistics.incorrect:,})"
            found[wrong] = RowFilter("wrong", name)
    found["All rows"] = RowFilter()
    return found


def weakest(snapshot: Snapshot) -> str | None:
    """Return the most frequent kind of error on dev gold in words, None without an error."""
    worst = _worst_buckets(snapshot)
    if not worst:
        return None
    rows, label, gold = worst[0]
    return f"{snapshot.classes[gold]} labelled {snapshot.classes[label]}, {rows:,} dev gold rows"


def _worst_buckets(snapshot: Snapshot) -> list[tuple[int, int, int]]:
    """Return (rows, label, gold) of every kind of error there is, most frequent first."""
    counts = snapshot.error_buckets
    k = len(snapshot.classes)
    wrong = [
        (int(counts[label, gold]), label, gold)
        for label in range(k)
        for gold in range(k)
        if label != gold and counts[label, gold]
    ]
    return sorted(wrong, key=lambda one: (-one[0], one[1:]))[:_MOST_BUCKETS]
