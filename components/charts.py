"""Charts: plain rows in, a Vega-Lite specification out.

To build and check an Altair chart takes 45-100 ms. So charts are built without their rows, once for
each layout, and `filled` puts the rows in. Every chart has a point selection named `pick`, so that
a click on a mark can show the rows behind it. Colours are those of classes; green and red say right
and wrong. All else is slate, what stands beside it for comparison grey, and marks differ in shape
and not in hue.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st

from components.names import columns_of, short_names, shortened

Spec = dict[str, Any]

SLATE, GREY = "#5b7f91", "#9aa5ab"
# Labels stay beside their tick, also at the ends of an axis, where the theme would move them.
SHARE_AXIS = alt.Axis(format=".0%", grid=True, tickCount=5, labelFlush=False)
_ROW_STEP, _MUTED = 26, "#7f8d95"
_NAME, _CELL_NAME = 24, 14
"""Columns of text for a name beside a line of marks, and beside or above cells."""
_NAME_PIXELS = 230
_COLUMNS_OF_CELLS, _SLANTED_PIXELS = 45, 45
"""What fits side by side above all cells on a small screen; how high slanted names are."""
ROWS = alt.NamedData("rows")
"""Stands for the rows of a chart while its layout is built."""
AROUND = 95
"""Pixels that title, axis and axis title take from a chart's height."""


class ClassShare(NamedTuple):
    """A class's share among labels, with what the model expects at least and at most, and gold's.

    `prior` is the class balance that the label model starts from. None where there is no
    expectation, no gold, or no label model.
    """

    label: str
    share: float
    rows: int
    gold_share: float | None
    gold_rows: int
    expected_low: float | None
    expected_high: float | None
    prior: float | None


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


def spec(drawn: Any, title: str, height: int, said: Sequence[str] = ()) -> Spec:
    """Return the layout of a finished chart with its title and its height in pixels.

    `said` are lines below the title: what its marks mean.
    """
    heading = alt.TitleParams(
        title,
        anchor="start",
        fontSize=14,
        fontWeight=600,
        offset=10,
        subtitle=list(said),
        subtitleColor=_MUTED,
        subtitleFontSize=12,
    )
    height += 17 * len(said)
    finished = drawn.properties(title=heading, height=height, width="container")
    made: Spec = finished.to_dict()
    made.pop("config", None)
    return made


def filled(
    layout: Spec, values: Mapping[str, float] = {}, **tables: Sequence[Mapping[str, Any]]
) -> Spec:
    """Return a layout with the rows of each `alt.NamedData`, and the value of each `alt.param`."""
    params = [
        {**one, "value": values[one["name"]]} if one["name"] in values else one
        for one in layout.get("params", [])
    ]
    datasets = {name: _arrow(pd.DataFrame(list(rows))) for name, rows in tables.items()}
    return {**layout, "params": params, "datasets": datasets}


def _arrow(frame: pd.DataFrame) -> bytes:
    """Return a table as Streamlit sends it: made here, it is made once for all sessions."""
    table = pa.Table.from_pandas(frame)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def records(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Return named tuples, or plain dataclass instances, as the rows of a table."""
    return [row._asdict() if hasattr(row, "_asdict") else dict(vars(row)) for row in rows]


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
