"""Charts: plain rows in, a Vega-Lite specification out, built once for each different content.

Building an Altair chart takes 45-100 ms; a rerun that shows the same figures takes the cached
specification instead. Every chart has a point selection named `pick`, so that a click on a mark
can show the rows behind it. Colours of marks mean the same in all charts: blue is coverage or
the label model, orange is conflict, grey is what abstains or is majority vote.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import altair as alt
import pandas as pd
import streamlit as st

from components.names import columns_of, short_names, shortened

Spec = dict[str, Any]

BLUE, ORANGE, GREY = "#2f7fb8", "#d98012", "#9aa5ab"
SLATE = "#5b7f91"
# Labels stay beside their tick, also at the ends of an axis, where the theme would move them.
SHARE_AXIS = alt.Axis(format=".0%", grid=True, tickCount=5, labelFlush=False)
_ROW_STEP = 26
_NAME, _CELL_NAME = 24, 14
"""Columns of text for a name beside a line of marks, and beside or above cells."""
_NAME_PIXELS = 230
_COLUMNS_OF_CELLS, _SLANTED_PIXELS = 45, 45
"""What fits side by side above all cells on a small screen; how high slanted names are."""
AROUND = 95
"""Pixels that title, axis and axis title take from a chart's height."""


class FunctionShares(NamedTuple):
    """Shares of all rows on which a function votes, overlaps and conflicts."""

    function: str
    coverage: float
    overlaps: float
    conflicts: float


class FunctionAccuracy(NamedTuple):
    """A function's accuracy on dev gold, and the label model's estimate, with 95 % intervals."""

    function: str
    accuracy: float | None
    low: float | None
    high: float | None
    gold: int
    estimated: float | None
    estimated_low: float | None
    estimated_high: float | None


class ClassShare(NamedTuple):
    """A class's share among labels, with what the model expects at least and at most, and gold's.

    None where there is no expectation, or no gold.
    """

    label: str
    share: float
    rows: int
    gold_share: float | None
    gold_rows: int
    expected_low: float | None
    expected_high: float | None


class ConfidenceBin(NamedTuple):
    """How many covered rows have a confidence from `low` to `high`."""

    low: float
    high: float
    rows: int


class ErrorBucket(NamedTuple):
    """How many covered dev gold rows of class `gold` have the label `label`."""

    gold: str
    label: str
    rows: int


class FitPoint(NamedTuple):
    """Accuracy on dev gold of one label-model fit in the project's history."""

    fit: int
    at: str
    of: str
    accuracy: float


def chart(drawn: Spec, *, key: str) -> Mapping[str, Any] | None:
    """Draw a specification; return the fields of the mark that was last clicked."""
    event = st.vega_lite_chart(spec=drawn, key=key, on_select="rerun", width="stretch")
    picked = event.get("selection", {}).get("pick") or []
    return picked[0] if picked else None


def picture(drawn: Spec, *, key: str) -> None:
    """Draw a specification that has nothing to click."""
    st.vega_lite_chart(spec=drawn, key=key, width="stretch")


def ink() -> str:
    """Return the colour of text in the theme of this browser."""
    return "#e4eaed" if st.context.theme.type == "dark" else "#1c2429"


@lru_cache(maxsize=64)
def shares_spec(rows: tuple[FunctionShares, ...]) -> Spec:
    """Coverage of each function, with the share in conflict inside it."""
    frame = pd.DataFrame(rows, columns=list(FunctionShares._fields))
    order = list(frame["function"])
    base = alt.Chart(frame).encode(
        y=alt.Y("function:N", sort=order, title=None, axis=name_axis(order)),
        tooltip=[
            alt.Tooltip("function:N"),
            alt.Tooltip("coverage:Q", format=".1%"),
            alt.Tooltip("overlaps:Q", format=".1%"),
            alt.Tooltip("conflicts:Q", format=".1%"),
        ],
    )
    coverage = base.mark_bar(color=BLUE, opacity=0.45, height=15).encode(
        x=alt.X("coverage:Q", title="share of all rows", axis=SHARE_AXIS)
    )
    conflicts = base.mark_bar(color=ORANGE, height=7).encode(x=alt.X("conflicts:Q"))
    return spec(
        alt.layer(coverage, conflicts, _band(base, "function")),
        "Coverage (blue) and conflicts (orange)",
        height=_rows_height(len(rows)),
    )


@lru_cache(maxsize=64)
def accuracies_spec(rows: tuple[FunctionAccuracy, ...]) -> Spec:
    """Accuracy of each function on dev gold with its interval, beside the model's estimate."""
    frame = pd.DataFrame(rows, columns=list(FunctionAccuracy._fields))
    order = list(frame["function"])
    lowest = min(
        [value for row in rows for value in (row.low, row.estimated_low) if value], default=0
    )
    scale = alt.Scale(domain=[min(0.5, round(lowest - 0.05, 1)), 1.0], clamp=True)
    base = alt.Chart(frame).encode(
        y=alt.Y("function:N", sort=order, title=None, axis=name_axis(order)),
        tooltip=[
            alt.Tooltip("function:N"),
            alt.Tooltip("accuracy:Q", format=".1%", title="accuracy on dev gold"),
            alt.Tooltip("low:Q", format=".1%", title="95 % from"),
            alt.Tooltip("high:Q", format=".1%", title="95 % to"),
            alt.Tooltip("gold:Q", title="gold rows with a vote"),
            alt.Tooltip("estimated:Q", format=".1%", title="label model's estimate"),
            alt.Tooltip("estimated_low:Q", format=".1%", title="its 95 % from"),
            alt.Tooltip("estimated_high:Q", format=".1%", title="to"),
        ],
    )
    interval = base.mark_rule(color=BLUE, strokeWidth=2, opacity=0.6).encode(
        x=alt.X("low:Q", scale=scale, axis=SHARE_AXIS, title="share of votes that are right"),
        x2="high:Q",
    )
    estimate = base.mark_rule(color=GREY, strokeWidth=9, opacity=0.22).encode(
        x=alt.X("estimated_low:Q", scale=scale), x2="estimated_high:Q"
    )
    measured = base.mark_point(color=BLUE, filled=True, size=80, opacity=1).encode(
        x=alt.X("accuracy:Q", scale=scale)
    )
    estimated = base.mark_point(
        color=GREY, shape="diamond", size=70, strokeWidth=2, opacity=1
    ).encode(x=alt.X("estimated:Q", scale=scale))
    return spec(
        alt.layer(estimate, interval, estimated, measured, _band(base, "function")),
        "Accuracy on dev gold (●) and estimated (◇)",
        height=_rows_height(len(rows)),
    )


@lru_cache(maxsize=64)
def balance_spec(rows: tuple[ClassShare, ...], colors: tuple[tuple[str, str], ...]) -> Spec:
    """Share of each class among the labels, with dev gold as a tick."""
    frame = pd.DataFrame(rows, columns=list(ClassShare._fields))
    classes = [name for name, _ in colors]
    base = alt.Chart(frame).encode(
        y=alt.Y("label:N", sort=classes, title=None, axis=name_axis(classes)),
        tooltip=[
            alt.Tooltip("label:N", title="class"),
            alt.Tooltip("share:Q", format=".1%", title="of the labels"),
            alt.Tooltip("rows:Q", format=",", title="labelled rows"),
            alt.Tooltip("expected_low:Q", format=".1%", title="expected from"),
            alt.Tooltip("expected_high:Q", format=".1%", title="to"),
            alt.Tooltip("gold_share:Q", format=".1%", title="of dev gold"),
            alt.Tooltip("gold_rows:Q", format=",", title="dev gold rows"),
        ],
    )
    labels = base.mark_bar(height=15).encode(
        x=alt.X("share:Q", title="share of rows", axis=SHARE_AXIS), color=_class_color(colors)
    )
    expected = base.mark_rule(color=GREY, strokeWidth=2).encode(
        x=alt.X("expected_low:Q"), x2="expected_high:Q"
    )
    gold = base.mark_tick(color=GREY, thickness=3, size=22).encode(x=alt.X("gold_share:Q"))
    return spec(
        alt.layer(labels, expected, gold, _band(base, "label")),
        "Classes of labels (bar) and gold (tick)",
        height=_rows_height(len(classes)),
    )


@lru_cache(maxsize=64)
def confidence_spec(rows: tuple[ConfidenceBin, ...]) -> Spec:
    """How sure the label model is of the labels of covered rows."""
    frame = pd.DataFrame(rows, columns=list(ConfidenceBin._fields))
    bars = (
        alt.Chart(frame)
        .mark_bar(color=BLUE, opacity=0.75)
        .encode(
            x=alt.X("low:Q", bin="binned", title="probability of the label", axis=SHARE_AXIS),
            x2="high:Q",
            y=alt.Y("rows:Q", title="covered rows", axis=alt.Axis(labelFlush=False)),
            tooltip=[
                alt.Tooltip("low:Q", format=".0%", title="from"),
                alt.Tooltip("high:Q", format=".0%", title="to"),
                alt.Tooltip("rows:Q", format=","),
            ],
        )
        .add_params(pick("low", "high"))
    )
    return spec(bars, "How sure the label model is of covered rows", height=AROUND + 150)


@lru_cache(maxsize=64)
def errors_spec(rows: tuple[ErrorBucket, ...], classes: tuple[str, ...], ink: str) -> Spec:
    """Labels against dev gold: the diagonal is right, every other cell a kind of error.

    `ink` is the colour of the counts: text inside a chart does not follow the theme by itself.
    """
    frame = pd.DataFrame(rows, columns=list(ErrorBucket._fields))
    frame["kind"] = ["right" if row.gold == row.label else "wrong" for row in rows]
    frame["share"] = frame["rows"] / frame.groupby("gold")["rows"].transform("sum").clip(lower=1)
    base = alt.Chart(frame).encode(
        x=alt.X("label:N", sort=classes, title="label", axis=_column_axis(classes)),
        y=alt.Y("gold:N", sort=classes, title="dev gold", axis=name_axis(classes, _CELL_NAME)),
        tooltip=["gold:N", "label:N", alt.Tooltip("rows:Q", format=",")],
    )
    cells = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=["right", "wrong"], range=["#2a9d6f", "#c9504a"]),
            legend=None,
        ),
        opacity=alt.Opacity(
            "share:Q", scale=alt.Scale(domain=[0, 1], range=[0.06, 0.95]), legend=None
        ),
    )
    counts = base.mark_text(fontSize=12, color=ink).encode(
        text=alt.condition("datum.rows > 0", alt.Text("rows:Q", format=","), alt.value("·")),
    )
    return spec(
        alt.layer(cells.add_params(pick("gold", "label")), counts),
        "Labels against dev gold, in rows",
        height=AROUND + 34 * len(classes) + (_SLANTED_PIXELS if _slanted(classes) else 0),
    )


@lru_cache(maxsize=64)
def history_spec(rows: tuple[FitPoint, ...]) -> Spec:
    """Accuracy on dev gold over the fits of the project, label model beside majority vote."""
    frame = pd.DataFrame(rows, columns=list(FitPoint._fields))
    low = max(0.0, round(min(row.accuracy for row in rows) - 0.05, 1))
    base = alt.Chart(frame).encode(
        x=alt.X(
            "fit:Q",
            title="version of the label model",
            scale=alt.Scale(zero=False),
            axis=alt.Axis(tickMinStep=1, format="d", grid=False, labelFlush=False),
        ),
        y=alt.Y(
            "accuracy:Q",
            title="accuracy on dev gold",
            scale=alt.Scale(domain=[low, 1.0]),
            axis=SHARE_AXIS,
        ),
        color=alt.Color(
            "of:N",
            scale=alt.Scale(domain=["label model", "majority vote"], range=[BLUE, GREY]),
            legend=alt.Legend(title=None, orient="top"),
        ),
        tooltip=[
            alt.Tooltip("fit:Q", title="version"),
            alt.Tooltip("at:N", title="made"),
            alt.Tooltip("of:N", title="labels of"),
            alt.Tooltip("accuracy:Q", format=".1%"),
        ],
    )
    # A click anywhere picks the nearest version.
    nearest = alt.selection_point(
        name="pick", fields=["fit"], on="click", clear="dblclick", nearest=True, empty=False
    )
    chosen = (
        alt.Chart(frame)
        .mark_rule(color=GREY, strokeDash=[3, 3])
        .encode(x="fit:Q")
        .transform_filter(nearest)
    )
    versions = base.mark_point(filled=True, size=55, opacity=1).add_params(nearest)
    return spec(
        alt.layer(chosen, base.mark_line(interpolate="step-after"), versions),
        "Accuracy of the labels, version by version",
        height=AROUND + 190,
    )


def spec(drawn: Any, title: str, height: int) -> Spec:
    """Return the specification of a finished chart with its title and its height in pixels."""
    heading = alt.TitleParams(title, anchor="start", fontSize=14, fontWeight=600, offset=10)
    finished = drawn.properties(title=heading, height=height, width="container")
    made: Spec = finished.to_dict()
    made.pop("config", None)
    return made


def pick(*fields: str) -> Any:
    """Return the selection whose fields tell what was clicked."""
    return alt.selection_point(name="pick", fields=list(fields), on="click", clear="dblclick")


def _band(base: Any, field: str) -> Any:
    """A bar that nobody sees, as wide as the chart: a click anywhere in a row picks its mark."""
    wide = {"x": alt.value(0), "x2": alt.value("width"), "opacity": alt.value(0)}
    return base.mark_bar(height=_ROW_STEP, cursor="pointer").encode(**wide).add_params(pick(field))


def name_axis(names: Sequence[str], columns: int = _NAME) -> Any:
    """An axis of names that says each of them, the long ones shortened; tooltips have the whole."""
    return alt.Axis(
        ticks=False,
        domain=False,
        labelPadding=8,
        labelFlush=False,
        labelOverlap=False,
        labelLimit=_NAME_PIXELS,
        labelExpr=_shown_names(names, columns),
    )


def _column_axis(names: Sequence[str]) -> Any:
    """The same above columns: names that are wider than their column are slanted."""
    slant = {"labelAngle": -30, "labelAlign": "left"} if _slanted(names) else {"labelAngle": 0}
    return alt.Axis(
        orient="top",
        labelFlush=False,
        labelOverlap=False,
        labelLimit=_NAME_PIXELS,
        labelExpr=_shown_names(names, _CELL_NAME),
        **slant,
    )


def _slanted(names: Sequence[str]) -> bool:
    widest = max((columns_of(shortened(name, _CELL_NAME)) for name in names), default=0)
    return widest * len(names) > _COLUMNS_OF_CELLS


def _shown_names(names: Sequence[str], columns: int) -> str:
    """A Vega expression that gives the short form of a name. A name is only ever a string in it."""
    short = short_names(names, columns)
    if not short:
        return "datum.value"
    known, shown = json.dumps(list(short)), json.dumps(list(short.values()))
    at = f"indexof({known}, datum.value)"
    return f"{at} < 0 ? datum.value : {shown}[{at}]"


def _class_color(colors: tuple[tuple[str, str], ...]) -> Any:
    domain, hues = [name for name, _ in colors], [color for _, color in colors]
    return alt.Color("label:N", scale=alt.Scale(domain=domain, range=hues), legend=None)


def _rows_height(count: int) -> int:
    return AROUND + _ROW_STEP * max(count, 1)
