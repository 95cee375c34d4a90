"""Charts of labels: their classes, how sure they are, and what they are against gold.

Colours are those of classes; green and red say right and wrong. All else is slate, what stands
beside it for comparison grey, and marks differ in shape and not in hue.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import altair as alt

from components.chart_parts import (
    AROUND,
    GREY,
    NAME_PIXELS,
    ROWS,
    SHARE_AXIS,
    SLATE,
    Spec,
    filled,
    name_axis,
    pick,
    records,
    shown_names,
    spec,
)
from components.names import columns_of, shortened

_ROW_STEP = 26
_CELL_NAME = 14
"""Columns of text for a name beside or above cells."""
_COLUMNS_OF_CELLS, _SLANTED_PIXELS = 45, 45
"""What fits side by side above all cells on a small screen; how high slanted names are."""


class ClassShare(NamedTuple):
    """A class's share among labels, with what the model expects at least and at most, and gold's.

    `prior` is the class balance that the label model starts from. `gold_share` is reweighted by how
    gold rows were drawn, `gold_raw` is not. None where there is no expectation, no gold, or no
    label model.
    """

    label: str
    share: float
    rows: int
    gold_share: float | None
    gold_rows: int
    expected_low: float | None
    expected_high: float | None
    prior: float | None
    gold_raw: float | None = None


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


@lru_cache(maxsize=64)
def balance_spec(
    rows: tuple[ClassShare, ...], colors: tuple[tuple[str, str], ...], ink: str
) -> Spec:
    """Share of each class among the labels, beside the model's class balance and dev gold."""
    return filled(_balance(colors, ink), rows=records(rows))


@lru_cache(maxsize=64)
def _balance(colors: tuple[tuple[str, str], ...], ink: str) -> Spec:
    classes = [name for name, _ in colors]
    base = alt.Chart(ROWS).encode(
        y=alt.Y("label:N", sort=classes, title=None, axis=name_axis(classes)),
        tooltip=[
            alt.Tooltip("label:N", title="class"),
            alt.Tooltip("share:Q", format=".1%", title="of the labels"),
            alt.Tooltip("rows:Q", format=",", title="labelled rows"),
            alt.Tooltip("expected_low:Q", format=".1%", title="expected from"),
            alt.Tooltip("expected_high:Q", format=".1%", title="to"),
            alt.Tooltip("prior:Q", format=".1%", title="class balance of the model"),
            alt.Tooltip("gold_share:Q", format=".1%", title="of dev gold"),
            alt.Tooltip("gold_raw:Q", format=".1%", title="as counted, not reweighted"),
            alt.Tooltip("gold_rows:Q", format=",", title="dev gold rows"),
        ],
    )
    labels = base.mark_bar(height=15).encode(
        x=alt.X("share:Q", title="share of rows", axis=SHARE_AXIS), color=_class_color(colors)
    )
    expected = base.mark_rule(color=GREY, strokeWidth=2).encode(
        x=alt.X("expected_low:Q"), x2="expected_high:Q"
    )
    gold = base.mark_tick(color=ink, thickness=2, size=22).encode(x=alt.X("gold_share:Q"))
    prior = base.mark_point(color=ink, shape="diamond", size=60, strokeWidth=1.5, opacity=1).encode(
        x=alt.X("prior:Q")
    )
    return spec(
        alt.layer(labels, expected, gold, prior, _band(base, "label")),
        "Classes of labels, against prior and gold",
        height=_rows_height(len(classes)),
        said=["Bar: labels, line: expected; ◇ prior of the label", "model, tick: dev gold"],
    )


@lru_cache(maxsize=64)
def confidence_spec(rows: tuple[ConfidenceBin, ...]) -> Spec:
    """How sure the label model is of the labels of covered rows."""
    return filled(_confidence(), rows=records(rows))


@cache
def _confidence() -> Spec:
    bars = (
        alt.Chart(ROWS)
        .mark_bar(color=SLATE, opacity=0.75)
        .encode(
            x=alt.X(
                "low:Q",
                bin="binned",
                scale=alt.Scale(zero=False),
                title="probability of the label",
                axis=SHARE_AXIS,
            ),
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
    return spec(bars, "How sure the labels are", height=AROUND + 150)


@lru_cache(maxsize=64)
def errors_spec(rows: tuple[ErrorBucket, ...], classes: tuple[str, ...], ink: str) -> Spec:
    """Labels against dev gold: the diagonal is right, every other cell a kind of error.

    `ink` is the colour of the counts: text inside a chart does not follow the theme by itself.
    """
    of_gold = Counter[str]()
    for row in rows:
        of_gold[row.gold] += row.rows
    cells = [
        {
            **row._asdict(),
            "kind": "right" if row.gold == row.label else "wrong",
            "share": row.rows / max(of_gold[row.gold], 1),
        }
        for row in rows
    ]
    return filled(_errors(classes, ink), rows=cells)


@lru_cache(maxsize=64)
def _errors(classes: tuple[str, ...], ink: str) -> Spec:
    base = alt.Chart(ROWS).encode(
        x=alt.X("label:N", sort=classes, title="label", axis=_column_axis(classes)),
        y=alt.Y("gold:N", sort=classes, title="dev gold", axis=name_axis(classes, _CELL_NAME)),
        tooltip=[alt.Tooltip("gold:N"), alt.Tooltip("label:N"), alt.Tooltip("rows:Q", format=",")],
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


def _band(base: Any, field: str) -> Any:
    """A bar that nobody sees, as wide as the chart: a click anywhere in a row picks its mark."""
    wide = {"x": alt.value(0), "x2": alt.value("width"), "opacity": alt.value(0)}
    return base.mark_bar(height=_ROW_STEP, cursor="pointer").encode(**wide).add_params(pick(field))


def _column_axis(names: Sequence[str]) -> Any:
    """The same above columns: names that are wider than their column are slanted."""
    slant = {"labelAngle": -30, "labelAlign": "left"} if _slanted(names) else {"labelAngle": 0}
    return alt.Axis(
        orient="top",
        labelFlush=False,
        labelOverlap=False,
        labelLimit=NAME_PIXELS,
        labelExpr=shown_names(names, _CELL_NAME),
        **slant,
    )


def _slanted(names: Sequence[str]) -> bool:
    widest = max((columns_of(shortened(name, _CELL_NAME)) for name in names), default=0)
    return widest * len(names) > _COLUMNS_OF_CELLS


def _class_color(colors: tuple[tuple[str, str], ...]) -> Any:
    domain, hues = [name for name, _ in colors], [color for _, color in colors]
    return alt.Color("label:N", scale=alt.Scale(domain=domain, range=hues), legend=None)


def _rows_height(count: int) -> int:
    return AROUND + _ROW_STEP * max(count, 1)
