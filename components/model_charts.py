"""Charts of confidence: whether it can be believed, and what a least one costs and brings."""

from functools import lru_cache

import altair as alt
import pandas as pd

from components.charts import AROUND, BLUE, GREY, ORANGE, SHARE_AXIS, Spec, pick, spec
from labeling.calibration import Threshold
from labeling.label_quality import CalibrationBin


@lru_cache(maxsize=64)
def calibration_spec(rows: tuple[CalibrationBin, ...]) -> Spec:
    """Accuracy against confidence: on the diagonal, confidence means what it says."""
    frame = pd.DataFrame(rows)
    axis = alt.Scale(domain=[0, 1])
    diagonal = (
        alt.Chart(pd.DataFrame({"x": [0.0, 1.0]}))
        .mark_line(color=GREY, strokeDash=[4, 4])
        .encode(x=alt.X("x:Q", scale=axis), y=alt.Y("x:Q", scale=axis))
    )
    base = alt.Chart(frame).encode(
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
    interval = base.mark_rule(color=BLUE, strokeWidth=2, opacity=0.6).encode(
        y=alt.Y("accuracy_low:Q", scale=axis, axis=SHARE_AXIS, title="right on dev gold"),
        y2="accuracy_high:Q",
    )
    points = (
        base.mark_point(color=BLUE, filled=True, opacity=1)
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
    frame = pd.DataFrame(rows)
    names = ["labels that stay", "right, as expected", "right on dev gold"]
    colors = alt.Scale(domain=names, range=[GREY, ORANGE, BLUE])
    base = alt.Chart(frame).encode(
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
    band = base.mark_area(color=BLUE, opacity=0.14).encode(y="low:Q", y2="high:Q")
    lines = [
        base.transform_calculate(of=f"'{name}'")
        .mark_line(strokeWidth=2, interpolate="monotone")
        .encode(
            y=alt.Y(f"{field}:Q", title="share", axis=SHARE_AXIS, scale=alt.Scale(domain=[0, 1])),
            color=alt.Color("of:N", scale=colors, legend=alt.Legend(title=None, orient="top")),
        )
        for name, field in zip(names, ("share", "expected", "accuracy"), strict=True)
    ]
    rule = (
        alt.Chart(pd.DataFrame({"x": [chosen]}))
        .mark_rule(strokeDash=[3, 3], color=GREY, strokeWidth=2)
        .encode(x="x:Q")
    )
    return spec(
        alt.layer(band, *lines, rule),
        "What a least confidence costs and brings",
        height=AROUND + 220,
    )
