"""The Dashboard's charts of labels; the rows behind a mark are found once it is clicked.

Each draws the same number of elements whatever there is to show, so that the others keep their
places.
"""

import streamlit as st

from components import chart_parts, charts
from components.figures import BEFORE
from components.fit_story import fit_story
from components.marks import Selection, mark
from components.model_charts import FitPoint, calibration_spec, history_spec
from components.palette import class_colors
from labeling.browse import RowFilter
from labeling.calibration import Figure
from labeling.project import Project
from labeling.snapshot import Snapshot

_SHOWN_FITS = 100


def balance(snapshot: Snapshot) -> None:
    """Classes among labels and gold; a click shows the rows with that label."""
    if snapshot.posterior is None:
        chart_parts.leave_empty()
        return
    counted = snapshot.label_balance
    judged = None if snapshot.is_pending else snapshot.model
    expected = None if judged is None else judged.expected
    raw = [rows / sum(counted.gold) if sum(counted.gold) else None for rows in counted.gold]
    fair = [one.share for one in snapshot.reweighted_balance] or raw
    rows = tuple(
        charts.ClassShare(
            name,
            counted.labels[code] / max(sum(counted.labels), 1),
            counted.labels[code],
            fair[code],
            counted.gold[code],
            expected.shares_low[code] if expected is not None else None,
            expected.shares_high[code] if expected is not None else None,
            snapshot.model.class_balance[code] if snapshot.model is not None else None,
            raw[code],
        )
        for code, name in enumerate(snapshot.classes)
    )
    colors = tuple(class_colors(snapshot.classes).items())
    drawn = charts.balance_spec(rows, colors, chart_parts.ink())
    chart_parts.chart(drawn, key="chart-balance", rows_of=_of_label)


def _of_label(snapshot: Snapshot, selection: Selection) -> RowFilter | None:
    picked = mark(selection)
    if picked is None or picked["label"] not in snapshot.classes:
        return None
    return RowFilter(label=snapshot.classes.index(picked["label"]))


def confidence(snapshot: Snapshot) -> None:
    """How sure the labels are; a click shows the rows of that confidence."""
    if snapshot.posterior is None:
        chart_parts.leave_empty()
        return
    least = 1 / len(snapshot.classes)  # the label is the likeliest class
    rows = tuple(
        charts.ConfidenceBin(entry.low, entry.high, entry.rows)
        for entry in snapshot.confidence_histogram
        if entry.high > least
    )
    chart_parts.chart(charts.confidence_spec(rows), key="chart-confidence", rows_of=_as_sure)


def _as_sure(_snapshot: Snapshot, selection: Selection) -> RowFilter | None:
    picked = mark(selection)
    if picked is None:
        return None
    return RowFilter(confidence=(float(picked["low"]), float(picked["high"])))


def errors(snapshot: Snapshot) -> None:
    """Labels against dev gold; a click shows the rows of that cell."""
    if snapshot.posterior is None or not (snapshot.dev_gold >= 0).any():
        chart_parts.leave_empty()
        return
    counts = snapshot.error_buckets
    rows = tuple(
        charts.ErrorBucket(gold, label, int(counts[i, j]))
        for i, label in enumerate(snapshot.classes)
        for j, gold in enumerate(snapshot.classes)
    )
    drawn = charts.errors_spec(rows, snapshot.classes, chart_parts.ink())
    chart_parts.chart(drawn, key="chart-errors", rows_of=_of_cell)


def _of_cell(snapshot: Snapshot, selection: Selection) -> RowFilter | None:
    picked, classes = mark(selection), snapshot.classes
    if picked is None or {picked["label"], picked["gold"]} - set(classes):
        return None
    return RowFilter(label=classes.index(picked["label"]), gold=classes.index(picked["gold"]))


def history(project: Project) -> None:
    """Accuracy of the labels over the project's fits; a click tells of that version."""
    fits = project.fits(_SHOWN_FITS + 1)
    rows = tuple(
        FitPoint(fit.fit_id or 0, fit.at.strftime("%Y-%m-%d %H:%M UTC"), of, fit.metrics[name])
        for fit in reversed(fits[:_SHOWN_FITS])
        for of, name in (("label model", "accuracy"), ("majority vote", "majority_accuracy"))
        if name in fit.metrics
    )
    if len(fits) < 2:
        st.caption("Version history: it begins with the second version of the label model.")
        chart_parts.leave_empty()
    elif not rows:
        chart_parts.leave_empty(2)
    else:
        picked = chart_parts.chart_with_mark(history_spec(rows), key="chart-history")
        st.text(
            fit_story(fits, int(picked["fit"]))
            if picked
            else "Click a version: when it was made, and what changed since the one before."
        )


def calibrated(snapshot: Snapshot) -> None:
    """Accuracy by confidence on dev gold; a click shows the rows of that confidence."""
    found = snapshot.calibration
    if found is None:
        chart_parts.leave_empty(2)
        return
    chart_parts.chart(calibration_spec(found.bins), key="chart-calibration", rows_of=_as_sure)
    st.caption(
        f"{f'As it was {BEFORE}. ' if snapshot.is_pending else ''}"
        f"Calibration error {_figure(found.error, 100, 1)} points, log loss "
        f"{_figure(found.log_loss, 1, 2)}, Brier score {_figure(found.brier, 1, 2)}, on "
        f"{found.rows:,} dev gold rows that the fit did not see."
    )


def _figure(figure: Figure, scale: int, digits: int) -> str:
    """Return a figure with its interval, such as 4.1 (3.0–7.2)."""
    value, low, high = (scale * part for part in (figure.value, figure.low, figure.high))
    return f"{value:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"
