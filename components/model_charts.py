"""Charts of the label model: can confidence be believed, what a least one brings, its history."""

from functools import cache, lru_cache
from typing import NamedTuple

import altair as alt

from components.chart_parts import (
    AROUND,
    GREY,
    PRESS,
    ROWS,
    SHARE_AXIS,
    SLATE,
    Spec,
    figure,
    filled,
    pick,
    records,
    spec,
)
from labeling.calibration import Threshold
from labeling.label_quality import CalibrationBin


class FitPoint(NamedTuple):
    """Accuracy on dev gold of one label-model fit in the project's history."""

    fit: int
    at: str
    of: str
    accuracy: float


@lru_cache(maxsize=64)
def calibration_spec(rows: tuple[CalibrationBin, ...]) -> Spec:
    """Accuracy against confidence: on the diagonal, confidence means what it says."""
    return filled(_calibration(), rows=records(rows), diagonal=[{"x": 0.0}, {"x": 1.0}])


@cache
def _calibration() -> Spec:
    axis = alt.Scale(domain=[0, 1])
    diagonal = (
        alt.Chart(alt.NamedData("diagonal"))
        .mark_line(color=GREY, strokeDash=[4, 4])
        .encode(x=alt.X("x:Q", scale=axis), y=alt.Y("x:Q", scale=axis))
    )
    base = alt.Chart(ROWS).encode(
        x=alt.X("confidence:Q", scale=axis, title="confidence of the label", axis=SHARE_AXIS),
        tooltip=[
            alt.Tooltip("low:Q", format=".0%", title="confidence from"),
            alt.Tooltip("high:Q", format=".0%", title="to"),
            alt.Tooltip("rows:Q", format=",", title="dev gold rows"),
            alt.Tooltip("accuracy:Q", format=".1%", title="right"),
            alt.Tooltip("accuracy_low:Q", format=".1%", title="95 % from"),
            alt.Tooltip("accuracy_high:Q", format=".1%", title="95 % to"),
        ],
    )
    interval = base.mark_rule(color=SLATE, strokeWidth=2, opacity=0.6).encode(
        y=alt.Y("accuracy_low:Q", scale=axis, axis=SHARE_AXIS, title="right on dev gold"),
        y2="accuracy_high:Q",
    )
    points = (
        base.mark_point(color=SLATE, filled=True, opacity=1)
        .encode(
            y=alt.Y("accuracy:Q", scale=axis),
            size=alt.Size("rows:Q", scale=alt.Scale(range=[60, 320]), legend=None),
        )
        .add_params(pick("low", "high"))
    )
    return spec(
        alt.layer(diagonal, interval, points),
        "Is confidence right? (dashed: perfectly)",
        height=AROUND + 190,
    )


@lru_cache(maxsize=64)
def threshold_spec(rows: tuple[Threshold, ...], chosen: float) -> Spec:
    """How many labels stay, and how right they are, for every least confidence."""
    return filled(_threshold(), rows=records(rows), chosen=[{"x": chosen}])


@cache
def _threshold() -> Spec:
    names = ["labels that stay", "right, as expected", "right on dev gold"]
    colors = alt.Scale(domain=names, range=[GREY, SLATE, SLATE])
    dashes = alt.Scale(domain=names, range=[[1, 0], [5, 4], [1, 0]])
    base = alt.Chart(ROWS).encode(
        x=alt.X(
            "confidence:Q",
            scale=alt.Scale(domain=[0, 1]),
            title="least confidence",
            axis=SHARE_AXIS,
        ),
        tooltip=[
            alt.Tooltip("confidence:Q", format=".0%", title="least confidence"),
            alt.Tooltip("rows:Q", format=",", title="labels that stay"),
            alt.Tooltip("share:Q", format=".1%", title="share of covered rows"),
            alt.Tooltip("expected:Q", format=".1%", title="right, as expected"),
            alt.Tooltip("accuracy:Q", format=".1%", title="right on dev gold"),
            alt.Tooltip("gold:Q", format=",", title="dev gold rows"),
        ],
    )
    band = base.mark_area(color=SLATE, opacity=0.14).encode(y="low:Q", y2="high:Q")
    lines = [
        base.transform_calculate(of=f"'{name}'")
        .mark_line(strokeWidth=2, interpolate="monotone")
        .encode(
            y=alt.Y(f"{field}:Q", title="share", axis=SHARE_AXIS, scale=alt.Scale(domain=[0, 1])),
            color=alt.Color("of:N", scale=colors, legend=alt.Legend(title=None, orient="top")),
            strokeDash=alt.StrokeDash("of:N", scale=dashes),
        )
        for name, field in zip(names, ("share", "expected", "accuracy"), strict=True)
    ]
    rule = (
        alt.Chart(alt.NamedData("chosen"))
        .mark_rule(strokeDash=[3, 3], color=GREY, strokeWidth=2)
        .encode(x="x:Q")
    )
    return spec(
        alt.layer(band, *lines, rule),
        "What a least confidence costs and brings",
        height=AROUND + 220,
    )


@lru_cache(maxsize=64)
def history_spec(rows: tuple[FitPoint, ...]) -> Spec:
    """Accuracy on dev gold over the fits of the project, label model beside majority vote."""
    least = max(0.0, round(min(row.accuracy for row in rows) - 0.05, 1))
    points = [{**row, "least": least} for row in records(rows)]
    return filled(_history(), rows=points)


@cache
def _history() -> Spec:
    base = alt.Chart(ROWS).encode(
        x=alt.X(
            "fit:Q",
            title="version of the label model",
            scale=alt.Scale(zero=False),
            axis=alt.Axis(tickMinStep=1, format="d", grid=False, labelFlush=False),
        ),
        y=alt.Y(
            "accuracy:Q",
            title="accuracy on dev gold",
            scale=alt.Scale(domain=[alt.ExprRef("least"), 1.0]),
            axis=SHARE_AXIS,
        ),
        color=alt.Color(
            "of:N",
            scale=alt.Scale(domain=["label model", "majority vote"], range=[SLATE, GREY]),
            legend=alt.Legend(title=None, orient="top"),
        ),
        tooltip=[
            alt.Tooltip("fit:Q", title="version"),
            alt.Tooltip("at:N", title="made"),
            alt.Tooltip("of:N", title="labels of"),
            alt.Tooltip("accuracy:Q", format=".1%"),
        ],
    )
    # A press anywhere picks the nearest version.
    nearest = alt.selection_point(
        name="pick", fields=["fit"], on=PRESS, clear="dblclick", nearest=True, empty=False
    )
    chosen = (
        alt.Chart(ROWS)
        .mark_rule(color=GREY, strokeDash=[3, 3])
        .encode(x="fit:Q")
        .transform_filter(nearest)
    )
    versions = base.mark_point(filled=True, size=55, opacity=1).add_params(nearest)
    lines = base.mark_line(interpolate="step-after")
    return spec(
        alt.layer(chosen, lines, versions).add_params(figure("least", 0.5)),
        "Accuracy of the labels, version by version",
        height=AROUND + 190,
    )
