"""All functions in one chart, a line each: what they cover, what is in conflict, what is right."""

from functools import lru_cache
from typing import Any, NamedTuple

import altair as alt
import streamlit as st

from components import chart_parts
from components.chart_parts import GREY, SLATE, Spec
from components.marks import Selection, mark
from labeling.analysis import FunctionStatistics
from labeling.browse import RowFilter
from labeling.snapshot import FunctionState, Snapshot
from labeling.table import estimated_accuracy

_LEFT, _RIGHT = 0.42, 0.53
"""Where the bars end and where accuracies begin, as shares of the width up to 1."""
_EDGE = 1.16
"""Room beyond 1 for an accuracy in figures."""
_AS_PLACED = alt.EncodingSortField("place", op="min")
_HALVES = (("hits", 0.0, _RIGHT - 0.03), ("wrong", _RIGHT - 0.03, _EDGE))
_STEP, _LEAST_STEP, _MANY, _MOST_PIXELS, _AROUND = 26, 19, 20, 620, 190


class FunctionLine(NamedTuple):
    """The figures of a function: shares of all rows, and accuracies with 95 % intervals.

    `raw` is the accuracy before it is reweighted by how gold rows were drawn.
    """

    function: str
    coverage: float
    overlaps: float
    conflicts: float
    accuracy: float | None
    low: float | None
    high: float | None
    gold: int
    estimated: float | None
    estimated_low: float | None
    estimated_high: float | None
    raw: float | None


_ORDERS = {
    "saved": "as saved",
    "coverage": "coverage",
    "conflicts": "conflicts",
    "accuracy": "accuracy",
}


def functions(snapshot: Snapshot) -> None:
    """Draw the chart; a click in a bar's half shows hits, in the other half what is wrong."""
    lines = [
        _line(state, state.statistics)
        for state in snapshot.functions
        if state.statistics is not None
    ]
    if not lines:
        chart_parts.leave_empty(2)
        return
    order = st.segmented_control(
        "Order of the functions",
        list(_ORDERS),
        format_func=_ORDERS.__getitem__,
        default="saved",
        required=True,
        key="dashboard-functions-order",
    )
    if order != "saved":
        lines.sort(key=lambda line: -(getattr(line, order) or 0.0))
    # Fifty functions scroll beside the other charts instead of pushing them out of sight.
    pixels = _AROUND + _step(len(lines)) * len(lines)
    with st.container(height=_MOST_PIXELS if pixels > _MOST_PIXELS else "content"):
        drawn = function_spec(tuple(lines), chart_parts.ink())
        chart_parts.chart(drawn, key="chart-functions", rows_of=_of_half)


def _of_half(snapshot: Snapshot, selection: Selection) -> RowFilter | None:
    """Return the hits of a function, or what it gets wrong."""
    picked = mark(selection)
    if picked is None or snapshot.state(picked["function"]) is None:
        return None
    wrong = picked["rows"] == "wrong"
    return RowFilter(rows="wrong" if wrong else "hits", function=picked["function"])


def _line(state: FunctionState, found: FunctionStatistics) -> FunctionLine:
    estimate = estimated_accuracy(state)
    return FunctionLine(
        state.function.name,
        found.coverage,
        found.overlaps,
        found.conflicts,
        *found.fair,
        found.gold,
        estimate,
        state.estimated_low if estimate is not None else None,
        state.estimated_high if estimate is not None else None,
        found.accuracy,
    )


@lru_cache(maxsize=64)
def function_spec(lines: tuple[FunctionLine, ...], ink: str) -> Spec:
    """Return the chart; both halves lie on one axis, for two charts in one have no selection."""
    most = max(*(line.coverage for line in lines), 0.01)
    lowest = min([x for line in lines for x in (line.low, line.estimated_low) if x], default=0.5)
    least = max(0.0, min(0.5, round(lowest - 0.05, 1)))
    names = tuple(sorted(line.function for line in lines))  # another order is no other layout
    return chart_parts.filled(
        _layout(names, least, _step(len(names)), ink),
        rows=[
            _placed(line, most, least) | {"place": place, "most": most}
            for place, line in enumerate(lines)
        ],
        targets=[
            line._asdict() | {"place": place, "rows": rows, "from": low, "to": high}
            for place, line in enumerate(lines)
            for rows, low, high in _HALVES
        ],
    )


def _step(count: int) -> int:
    return _STEP if count <= _MANY else _LEAST_STEP


def _placed(line: FunctionLine, most: float, least: float) -> dict[str, Any]:
    """Return the figures of a line, where each is on the one axis, and its texts."""
    found = line._asdict()
    for field in ("coverage", "conflicts"):
        found[f"{field}_x"] = found[field] / most * _LEFT
    for field in ("accuracy", "low", "high", "estimated", "estimated_low", "estimated_high"):
        value = found[field]
        found[f"{field}_x"] = (
            None
            if value is None
            else _RIGHT + (max(value, least) - least) / (1 - least) * (1 - _RIGHT)
        )
    return found | {"covered": f"{100 * line.coverage:.1f} %", "right": _right(line)}


@lru_cache(maxsize=64)
def _layout(names: tuple[str, ...], least: float, step: int, ink: str) -> Spec:
    y = alt.Y("function:N", sort=_AS_PLACED, title=None, axis=chart_parts.name_axis(names))
    x = alt.Scale(domain=[0, _EDGE], nice=False)
    base = alt.Chart(chart_parts.ROWS).encode(y=y)

    def across(field: str) -> Any:
        return alt.X(f"{field}:Q", scale=x, axis=_axis(least), title=None)

    marks = [
        base.mark_bar(color=SLATE, opacity=0.4, height=13).encode(x=across("coverage_x")),
        base.mark_bar(color=SLATE, height=6).encode(x=across("conflicts_x")),
        base.mark_text(align="left", dx=5, color=ink, fontSize=11).encode(
            x=across("coverage_x"), text="covered:N"
        ),
        base.mark_rule(color=GREY, strokeWidth=10, opacity=0.3).encode(
            x=across("estimated_low_x"), x2="estimated_high_x:Q"
        ),
        base.mark_rule(color=ink, strokeWidth=1.5).encode(x=across("low_x"), x2="high_x:Q"),
        base.mark_point(color=GREY, shape="diamond", size=60, strokeWidth=2, opacity=1).encode(
            x=across("estimated_x")
        ),
        base.mark_point(color=ink, filled=True, size=65, opacity=1).encode(x=across("accuracy_x")),
        base.mark_text(align="left", color=ink, fontSize=11).encode(
            x=alt.datum(1.015, scale=x), text="right:N"
        ),
        _targets(y, x),
    ]
    return chart_parts.spec(
        alt.layer(*marks).add_params(chart_parts.figure("most", 1.0)),
        "Functions: what they cover, and how right they are",
        height=alt.Step(step),
        said=[
            "Left: share of rows with a vote, inner bar: in conflict. Right: ● right on dev gold,",
            "line: 95 % interval; ◇ estimated by the label model, grey band: its 95 % interval.",
        ],
    )


def _targets(y: Any, x: Any) -> Any:
    """Return bars that nobody sees: the left half of a line opens hits, the right what is wrong.

    They lie above all else, so the figures of the line are told by them.
    """
    return (
        alt.Chart(alt.NamedData("targets"))
        .mark_bar(opacity=0, cursor="pointer", height=_LEAST_STEP)
        .encode(
            y=y,
            x=alt.X("from:Q", scale=x),
            x2="to:Q",
            tooltip=_TOOLTIP,
        )
        .add_params(chart_parts.pick("function", "rows"))
    )


def _axis(least: float) -> Any:
    """Return an axis whose two halves are labelled with what they stand for."""
    left = [_LEFT * part for part in (0, 0.5, 1)]
    step = 1 if least >= 0.5 else 2
    tenths = range(-(-round(10 * least) // step) * step, 11, step)
    right = [_RIGHT + (tenth / 10 - least) / (1 - least) * (1 - _RIGHT) for tenth in tenths]
    of_left = f"format(datum.value / {_LEFT} * most, '.0%')"
    of_right = f"format({least} + (datum.value - {_RIGHT}) / {1 - _RIGHT} * {1 - least}, '.0%')"
    return alt.Axis(
        orient="top",
        values=[*left, *right],
        labelExpr=f"datum.value < {(_LEFT + _RIGHT) / 2} ? {of_left} : {of_right}",
        grid=True,
        ticks=False,
        domain=False,
        labelFlush=False,
    )


def _right(line: FunctionLine) -> str:
    return "–" if line.accuracy is None else f"{100 * line.accuracy:.0f} % of {line.gold:,}"


_TOOLTIP = [
    alt.Tooltip("function:N"),
    alt.Tooltip("coverage:Q", format=".1%"),
    alt.Tooltip("overlaps:Q", format=".1%"),
    alt.Tooltip("conflicts:Q", format=".1%"),
    alt.Tooltip("accuracy:Q", format=".1%", title="accuracy on dev gold"),
    alt.Tooltip("low:Q", format=".1%", title="95 % from"),
    alt.Tooltip("high:Q", format=".1%", title="95 % to"),
    alt.Tooltip("raw:Q", format=".1%", title="as counted, not reweighted"),
    alt.Tooltip("gold:Q", title="gold rows with a vote"),
    alt.Tooltip("estimated:Q", format=".1%", title="label model's estimate"),
    alt.Tooltip("estimated_low:Q", format=".1%", title="its 95 % from"),
    alt.Tooltip("estimated_high:Q", format=".1%", title="to"),
    alt.Tooltip("rows:N", title="a click shows its rows,"),
]
