"""The statistics table as records for programs and as text for a terminal."""

import math
from dataclasses import asdict
from typing import Any

from labeling.model_report import ModelReport
from labeling.snapshot import FunctionState, Snapshot
from labeling.unseen_gold import UnseenLabels


def statistics_records(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return one plain record per function, in order; figures of one that has no votes are None.

    Shares are fractions of all rows; correctness is on dev gold only; `polarity` lists class
    names; `gold` is the number of gold rows behind the accuracy. `reweighted` is the accuracy as it
    would be on gold drawn at random, with low, high and effective_rows, None where that is the
    same. `unseen_correct` and `unseen_incorrect` count votes on gold that came after the function
    was saved, and `unseen_reweighted` is as `reweighted`, on these.
    """
    return [_record(state, snapshot.classes) for state in snapshot.functions]


def _record(state: FunctionState, classes: tuple[str, ...]) -> dict[str, Any]:
    record: dict[str, Any] = {"name": state.function.name, "kind": state.function.kind}
    measured = state.statistics
    if measured is None:
        unknown = ("polarity", "coverage", "overlaps", "conflicts", "correct", "incorrect")
        record |= dict.fromkeys((*unknown, "accuracy", "accuracy_low", "accuracy_high", "gold"))
    else:
        record |= {
            "polarity": [classes[code] for code in measured.polarity],
            "coverage": measured.coverage,
            "overlaps": measured.overlaps,
            "conflicts": measured.conflicts,
            "correct": measured.correct,
            "incorrect": measured.incorrect,
            "accuracy": measured.accuracy,
            "accuracy_low": measured.accuracy_low,
            "accuracy_high": measured.accuracy_high,
            "gold": measured.correct + measured.incorrect,
        }
    fair = measured.reweighted if measured else None
    record["reweighted"] = None if fair is None else asdict(fair)
    unseen = state.unseen
    record["unseen_correct"] = unseen.correct if unseen else 0
    record["unseen_incorrect"] = unseen.incorrect if unseen else 0
    unseen_fair = unseen.reweighted if unseen else None
    record["unseen_reweighted"] = None if unseen_fair is None else asdict(unseen_fair)
    record["estimated_accuracy"] = estimated_accuracy(state)
    record["errors"] = state.run.error_count if state.run else 0
    record["status"] = state.status
    return record


def estimated_accuracy(state: FunctionState) -> float | None:
    """Return the label model's estimate of a function's accuracy, None without a vote of it.

    What the model assumes of a function that never voted is no estimate.
    """
    voted = state.statistics is not None and state.statistics.votes > 0
    value = state.estimated_accuracy if voted else None
    return value if value is not None and math.isfinite(value) else None


def statistics_text(snapshot: Snapshot) -> str:
    """Return the table for a terminal, with totals and the label model's report below."""
    header = ["function", "votes for", "coverage", "overlaps", "conflicts", "accuracy on dev gold"]
    header += ["estimated", "errors"]
    lines = [header, *(_cells(record) for record in statistics_records(snapshot))]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    text = [
        "  ".join(
            cell.ljust(width) if i < 2 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    return "\n".join([*text, "", *_totals(snapshot)])


def _cells(record: dict[str, Any]) -> list[str]:
    return [
        record["name"],
        ", ".join(record["polarity"] or ()) or "–",
        share(record["coverage"]),
        share(record["overlaps"]),
        share(record["conflicts"]),
        accuracy_text(record),
        share(record["estimated_accuracy"]),
        f"{record['errors']:,}",
    ]


def share(value: float | None) -> str:
    r"""Return a fraction as people read it; its no-break space keeps number and sign on one line.

    >>> share(0.4234), share(None)
    ('42.3\xa0%', '–')
    """
    return "–" if value is None else f"{100 * value:.1f}\N{NO-BREAK SPACE}%"


def accuracy_text(record: dict[str, Any]) -> str:
    """Return an accuracy with its interval and count, such as 92.1 % (86–96, n = 84).

    A reweighted one has what was counted beside it.
    """
    if record["accuracy"] is None:
        return "–"
    value, low, high = (record[name] for name in ("accuracy", "accuracy_low", "accuracy_high"))
    raw, fair = "", record.get("reweighted")
    if fair is not None:
        value, low, high = fair["share"], fair["low"], fair["high"]
        raw = f", raw {share(record['accuracy'])}"
    return f"{share(value)} ({100 * low:.0f}–{100 * high:.0f}, n = {record['gold']:,}{raw})"


def _totals(snapshot: Snapshot) -> list[str]:
    summary, report = snapshot.summary, snapshot.model
    rows = max(snapshot.n_rows, 1)
    lines = [
        f"{snapshot.n_rows:,} rows: {summary.covered_rows:,} covered "
        f"({share(summary.covered_rows / rows)}), {summary.conflict_rows:,} with conflict "
        f"({share(summary.conflict_rows / rows)})."
    ]
    if report is None:
        return [*lines, "No label model yet: no function has votes."]
    return [*lines, *model_lines(report), *_reweighted(snapshot)]


def _reweighted(snapshot: Snapshot) -> list[str]:
    fair = snapshot.reweighted_accuracy
    if fair is None:
        return []
    return [
        f"Reweighted, for gold rows were chosen and not drawn at random: {share(fair.share)} right "
        f"({100 * fair.low:.0f}–{100 * fair.high:.0f})."
    ]


def unseen_line(found: UnseenLabels) -> str:
    r"""Return how right the labels are on gold that nobody had seen, in one sentence.

    >>> line = unseen_line(UnseenLabels(right=18.0, majority_right=17.0, rows=20))
    >>> line.partition(": ")[2]
    '90.0\xa0% right (70–97, n = 20), majority vote 85.0\xa0%.'
    """
    value, (low, high), raw, majority = found.accuracy, found.interval, "", found.majority
    if found.reweighted is not None:
        value, low, high = found.reweighted.share, found.reweighted.low, found.reweighted.high
        raw = f", raw {share(found.accuracy)}"
    if found.reweighted_majority is not None:
        majority = found.reweighted_majority.share
    return (
        "On unseen gold, labelled after the last edit of any function: "
        f"{share(value)} right ({100 * low:.0f}–{100 * high:.0f}, "
        f"n = {found.rows:,}{raw}), majority vote {share(majority)}."
    )


def model_lines(report: ModelReport) -> list[str]:
    """Return which label model labels, why, and how it did beside majority vote."""
    measured = report.measured
    if report.pending:
        return [f"Label model {report.chosen}; its labels are new and not judged yet."]
    if measured is None:
        lines = [f"Label model {report.chosen}; no covered dev gold to measure it on."]
    else:
        lines = [
            f"Label model {report.chosen}: {share(measured.accuracy)} right "
            f"({100 * measured.low:.0f}–{100 * measured.high:.0f}, "
            f"n = {measured.rows:,} covered dev gold rows), "
            f"majority vote {share(measured.majority)}."
        ]
    if report.unseen is not None:
        lines.append(unseen_line(report.unseen))
    if report.fallback is not None:
        return [*lines, f"The labels are those of majority vote: {report.fallback}."]
    return [*lines, report.reason]
