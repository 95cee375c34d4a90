"""The Dashboard's charts: each draws itself and returns the rows behind a clicked mark.

Each draws the same number of elements whatever there is to show, so that the others keep their
places; those that cannot are drawn in a container of their own (`IN_CONTAINER`).
"""

from collections.abc import Callable, Sequence

import streamlit as st

from components import chart_parts, charts
from components.figures import BEFORE
from components.fit_story import fit_story
from components.model_charts import FitPoint, calibration_spec, history_spec
from components.pair_matrix import marginal_table, pair_matrix
from components.palette import class_colors
from labeling.browse import RowFilter
from labeling.calibration import Figure
from labeling.project import Project
from labeling.snapshot import Snapshot

_SHOWN_FITS = 100
Draw = Callable[[Project, Snapshot], RowFilter | None]


def balance(_project: Project, snapshot: Snapshot) -> RowFilter | None:
    """Classes among labels and gold; a click shows the rows with that label."""
    if snapshot.posterior is None:
        chart_parts.leave_empty()
        return None
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
    picked = chart_parts.chart(
        charts.balance_spec(rows, colors, chart_parts.ink()), key="chart-balance"
    )
    return RowFilter(label=snapshot.classes.index(str(picked["label"]))) if picked else None


def confidence(_project: Project, snapshot: Snapshot) -> RowFilter | None:
    """How sure the labels are; a click shows the rows of that confidence."""
    if snapshot.posterior is None:
        chart_parts.leave_empty()
        return None
    bins = snapshot.confidence_histogram
    rows = tuple(charts.ConfidenceBin(entry.low, entry.high, entry.rows) for entry in bins)
    picked = chart_parts.chart(charts.confidence_spec(rows), key="chart-confidence")
    if not picked:
        return None
    return RowFilter(confidence=(float(picked["low"]), float(picked["high"])))


def errors(_project: Project, snapshot: Snapshot) -> RowFilter | None:
    """Labels against dev gold; a click shows the rows of that cell."""
    if snapshot.posterior is None or not (snapshot.dev_gold >= 0).any():
        chart_parts.leave_empty()
        return None
    counts = snapshot.error_buckets
    rows = tuple(
        charts.ErrorBucket(gold, label, int(counts[i, j]))
        for i, label in enumerate(snapshot.classes)
        for j, gold in enumerate(snapshot.classes)
    )
    picked = chart_parts.chart(
        charts.errors_spec(rows, snapshot.classes, chart_parts.ink()), key="chart-errors"
    )
    if not picked:
        return None
    classes = snapshot.classes
    return RowFilter(
        label=classes.index(str(picked["label"])), gold=classes.index(str(picked["gold"]))
    )


def history(project: Project, _snapshot: Snapshot) -> RowFilter | None:
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
        picked = chart_parts.chart(history_spec(rows), key="chart-history")
        st.text(
            fit_story(fits, int(picked["fit"]))
            if picked
            else "Click a version: when it was made, and what changed since the one before."
        )
    return None


def calibrated(_project: Project, snapshot: Snapshot) -> RowFilter | None:
    """Accuracy by confidence on dev gold; a click shows the rows of that confidence."""
    found = snapshot.calibration
    if found is None:
        chart_parts.leave_empty(2)
        return None
    picked = chart_parts.chart(calibration_spec(found.bins), key="chart-calibration")
    st.caption(
        f"{f'As it was {BEFORE}. ' if snapshot.is_pending else ''}"
        f"Calibration error {_figure(found.error, 100, 1)} points, log loss "
        f"{_figure(found.log_loss, 1, 2)}, Brier score {_figure(found.brier, 1, 2)}, on "
        f"{found.rows:,} dev gold rows that the fit did not see."
    )
    if not picked:
        return None
    return RowFilter(confidence=(float(picked["low"]), float(picked["high"])))


def _figure(figure: Figure, scale: int, digits: int) -> str:
    """Return a figure with its interval, such as 4.1 (3.0–7.2)."""
    value, low, high = (scale * part for part in (figure.value, figure.low, figure.high))
    return f"{value:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


CHARTS: tuple[Draw, ...] = (
    balance,
    confidence,
    errors,
    calibrated,
    history,
    pair_matrix,
    marginal_table,
)
IN_CONTAINER = (pair_matrix, marginal_table)
"""How many elements these have depends on what there is to show."""


def newest_pick(picks: Sequence[RowFilter | None]) -> tuple[RowFilter | None, bool]:
    """Return the rows of the mark clicked last, and whether that was just now.

    Each chart keeps its own selection, so the last click is told by what changed.
    """
    before = st.session_state.get("dashboard_picks") or {"shown": [], "newest": None}
    shown = [str(pick) for pick in picks]
    then = before["shown"] if len(before["shown"]) == len(shown) else [""] * len(shown)
    changed = [i for i, now in enumerate(shown) if now != then[i] and picks[i] is not None]
    newest = changed[-1] if changed else before["newest"]
    st.session_state["dashboard_picks"] = {"shown": shown, "newest": newest}
    if newest is not None and newest < len(picks) and picks[newest] is not None:
        return picks[newest], bool(changed)
    return next((pick for pick in picks if pick is not None), None), False
