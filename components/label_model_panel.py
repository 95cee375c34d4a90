"""Which label model labels, why, and how far its labels can be trusted, in a few plain lines."""

from components.figures import count
from labeling.intervals import rows_to_halve
from labeling.model_report import MeasuredAccuracy, ModelReport
from labeling.table import share, unseen_line
from labeling.unseen_gold import UnseenLabels


def panel_lines(report: ModelReport) -> list[str]:
    """Return what is to be known of a label model, a sentence or two a line."""
    lines = [_chosen(report)]
    if report.fallback is not None:
        lines = [
            f"⚠ Majority vote labels. {report.chosen} was fitted but is not trusted: "
            f"{report.fallback}."
        ]
    if report.pending:
        lines = ["The labels are new. What stands here is from before the last change.", *lines]
    if report.measured is not None:
        lines.append(_measured(report.measured))
        if report.unseen is not None:
            lines.append(_unseen(report.unseen))
    elif not report.pending:
        lines.append("No covered dev gold row: nothing is measured. Label some in Annotate.")
    return [*lines, *_expected(report), *_dependence(report)]


def _chosen(report: ModelReport) -> str:
    if report.model == "auto":
        return f"Label model: {report.chosen}, chosen by auto. {report.reason}"
    return f"Label model: {report.chosen}. {report.reason}"


def _measured(found: MeasuredAccuracy) -> str:
    gain = (
        f"{100 * found.gain:+.1f} points against majority vote "
        f"({100 * found.gain_low:+.1f} to {100 * found.gain_high:+.1f})"
    ).replace("-", "−")
    more = rows_to_halve(found.accuracy * found.rows, found.rows)
    return (
        f"On {count(found.rows)} covered dev gold rows that the fit did not see: "
        f"{share(found.accuracy)} right ({100 * found.low:.0f}–{100 * found.high:.0f}), {gain}. "
        f"Label {count(more)} more rows to halve the interval."
    )


def _unseen(found: UnseenLabels) -> str:
    return f"{unseen_line(found)} The fit knows none of these labels: nothing was tuned on them."


def _expected(report: ModelReport) -> list[str]:
    found = report.expected
    if found is None:
        return []
    return [
        f"The model itself expects {share(found.accuracy)} of its labels to be right "
        f"({100 * found.accuracy_low:.0f}–{100 * found.accuracy_high:.0f})."
    ]


def _dependence(report: ModelReport) -> list[str]:
    found = report.dependence
    if found is None or not found.clusters:
        return []
    groups = "; ".join(", ".join(names) for names in found.clusters)
    return [
        f"{found.functions} functions say as much as {found.effective:.1f} independent ones. "
        f"Nearly the same: {groups}."
    ]
