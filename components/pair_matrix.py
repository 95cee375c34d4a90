"""The Dashboard's view of functions beside each other: a heat map, and what each one is worth."""

from functools import lru_cache, partial
from typing import Any

import altair as alt
import pyarrow as pa
import streamlit as st

from components import chart_parts
from components.figures import BEFORE, count
from components.marks import Selection, clicked, mark
from labeling.browse import RowFilter
from labeling.kept_beside import KeptBeside
from labeling.marginal import MarginalValue
from labeling.pairs import MEASURES, Measure, by_cluster, pair_cells, pair_rows
from labeling.project import Project
from labeling.snapshot import Snapshot

_SAID: dict[Measure, str] = {
    "overlap": "Share of rows where both vote",
    "conflict": "Share of rows where their votes differ",
    "excess": "Agreement beyond chance (1: copies)",
}
_WORTH = "dashboard-marginal"
_MOST_PIXELS, _LEAST_STEP, _STEP = 520, 11, 24
_SMALL, _NAMED_COLUMNS, _SLANTED, _UPRIGHT = 9, 12, 18, 20
"""More names stand upright above the columns and are small; how much of a name is shown there."""


def pair_matrix(snapshot: Snapshot) -> None:
    """Draw the heat map; a click on a cell shows the rows of the two functions."""
    if snapshot.model is None or len(snapshot.model_matrix.names) < 2:
        return
    measure = st.segmented_control(
        "Functions beside each other",
        list(MEASURES),
        format_func=MEASURES.__getitem__,
        default="overlap",
        required=True,
        key="dashboard-pairs-measure",
    )
    drawn = _SPECS.get(snapshot, measure)
    if drawn is None:
        st.text("The label model is being fitted.")
        return
    chart_parts.chart(drawn, key=f"chart-pairs-{measure}", rows_of=partial(_of_pair, measure))
    st.text(_clusters(snapshot))  # names are no markup


def _of_pair(measure: Measure, snapshot: Snapshot, selection: Selection) -> RowFilter | None:
    picked = mark(selection)
    if picked is None or {picked["one"], picked["other"]} - set(snapshot.model_matrix.names):
        return None
    one, other = str(picked["one"]), str(picked["other"])
    return RowFilter(function=one, only=pair_rows(snapshot, one, other, measure))


def _pairs_spec(snapshot: Snapshot, measure: Measure) -> chart_parts.Spec | None:
    """Return the heat map, functions that depend on each other side by side; None without cells."""
    cells = pair_cells(snapshot, measure)
    if not cells:
        return None
    found = snapshot.model.dependence if snapshot.model else None
    names = snapshot.model_matrix.names
    order = by_cluster(found) if found is not None and found.names == names else names
    top = 1.0 if measure == "excess" else max(*(cell.value for cell in cells), 0.01)
    place = {name: i for i, name in enumerate(order)}
    rows = [
        {**vars(cell), "down": place[cell.one], "across": place[cell.other], "top": top}
        for cell in cells
    ]
    # Sorted, for another order is no other layout.
    return chart_parts.filled(_layout(tuple(sorted(names)), measure), rows=rows)


_SPECS: KeptBeside[Snapshot, Measure, chart_parts.Spec | None] = KeptBeside(_pairs_spec)


def needs_width(snapshot: Snapshot) -> bool:
    """Tell whether the names above the columns need the width of two chart_parts."""
    return len(snapshot.model_matrix.names) > _NAMED_COLUMNS


@lru_cache(maxsize=64)
def _layout(names: tuple[str, ...], measure: Measure) -> chart_parts.Spec:
    format_ = ".2f" if measure == "excess" else ".1%"
    drawn = (
        alt.Chart(chart_parts.ROWS)
        .mark_rect(color=chart_parts.SLATE, cornerRadius=1, cursor="pointer")
        .encode(
            x=alt.X("other:N", sort=_by("across"), title=None, axis=_across(names)),
            y=alt.Y("one:N", sort=_by("down"), title=None, axis=_down(names)),
            # Opacity and not a scheme: it is as readable on a dark page as on a white one.
            opacity=alt.Opacity(
                "value:Q",
                scale=alt.Scale(type="sqrt", domain=[0, alt.ExprRef("top")], range=[0.1, 1.0]),
                legend=alt.Legend(title=None, format=format_, orient="right", tickCount=4),
            ),
            tooltip=[
                alt.Tooltip("one:N", title="function"),
                alt.Tooltip("other:N", title="and"),
                alt.Tooltip("value:Q", format=format_, title=MEASURES[measure].lower()),
                alt.Tooltip("rows:Q", format=",", title="rows"),
            ],
        )
        .add_params(chart_parts.pick("one", "other"), chart_parts.figure("top", 1.0))
    )
    step = min(_STEP, max(_LEAST_STEP, _MOST_PIXELS // len(names)))
    return chart_parts.spec(drawn, _SAID[measure], height=alt.Step(step))


def _by(field: str) -> alt.EncodingSortField:
    return alt.EncodingSortField(field, op="min")


def _down(names: tuple[str, ...]) -> Any:
    axis = chart_parts.name_axis(names)
    if len(names) > _NAMED_COLUMNS:
        axis.labelFontSize = _SMALL
    return axis


def _across(names: tuple[str, ...]) -> Any:
    """Names above the columns; many of them stand upright, as many as there is room for."""
    if len(names) <= _NAMED_COLUMNS:
        slanted = chart_parts.name_axis(names, _SLANTED)
        slanted.orient, slanted.labelAngle, slanted.labelAlign = "top", -40, "left"
        return slanted
    upright = chart_parts.name_axis(names, _UPRIGHT)
    upright.orient, upright.labelAngle, upright.labelAlign = "top", -90, "left"
    upright.labelFontSize, upright.labelOverlap = _SMALL, "greedy"
    return upright


def _clusters(snapshot: Snapshot) -> str:
    found = snapshot.model.dependence if snapshot.model else None
    if found is None or found.functions == 0:
        return ""
    said = (
        f"{found.functions} functions say as much as {found.effective:.1f} independent ones. "
        "Functions that depend on each other stand side by side."
    )
    groups = "; ".join(", ".join(names) for names in found.clusters)
    said = f"As it was {BEFORE}: {said}" if snapshot.is_pending else said
    return f"{said} Nearly the same: {groups}." if groups else said


def marginal_table(project: Project) -> None:
    """Draw what is lost without each function; a line picked shows the function's rows."""
    known = project.marginals.values()
    if known.problem is not None:
        st.text(known.problem)
        return
    if not known.value:
        if known.pending:
            st.caption("What each function is worth is being worked out …")
        return
    st.markdown("**What would be lost without each function**")
    values = sorted(known.value, key=lambda one: (-one.log_loss, one.function))
    names = tuple(one.function for one in values)
    st.dataframe(
        _table(tuple(values)),
        key=_WORTH,
        hide_index=True,
        on_select=partial(clicked, _WORTH, partial(_of_line, names)),
        selection_mode="single-cell",
        row_height=30,
        height=min(38 + 30 * len(values), 400),
        column_config=_COLUMNS,
        alt="What would be lost without each function",
    )
    st.caption(
        "Without a function the label model is fitted again on the others. Log loss is what is "
        "expected if the whole model is right; accuracy is on dev gold that no fit saw."
        + (" Being worked out anew." if known.pending else "")
    )


def _of_line(names: tuple[str, ...], snapshot: Snapshot, selection: Selection) -> RowFilter | None:
    cells = selection["cells"]
    if not cells or cells[0][0] >= len(names):
        return None
    name = names[cells[0][0]]
    return RowFilter(rows="hits", function=name) if snapshot.state(name) else None


@lru_cache(maxsize=8)
def _table(values: tuple[MarginalValue, ...]) -> pa.Table:
    """Return the lines of the table, made once for all who look at it."""
    return pa.Table.from_pylist([_line(value) for value in values])


def _line(value: MarginalValue) -> dict[str, str]:
    return {
        "function": value.function,
        "log loss": f"{value.log_loss:.3f}",
        "rows": count(value.rows),
        "accuracy": _points(value),
    }


def _points(value: MarginalValue) -> str:
    """Return what a function brings in points of accuracy, with its interval."""
    if value.accuracy is None or value.accuracy_low is None or value.accuracy_high is None:
        return "–"
    ends = (value.accuracy_low, value.accuracy_high)
    low, high = (f"{100 * end:+.0f}" for end in ends)
    return f"{100 * value.accuracy:+.1f} ({low} to {high})".replace("-", "−")


_COLUMNS = {
    "function": st.column_config.TextColumn("function"),
    "log loss": st.column_config.TextColumn(
        "log loss", width=66, alignment="right", help="Nats a covered row that it saves"
    ),
    "rows": st.column_config.TextColumn(
        "alone", width=58, alignment="right", help="Rows that no other one votes on"
    ),
    "accuracy": st.column_config.TextColumn(
        "accuracy",
        width=142,
        alignment="right",
        help="In points: label accuracy on covered dev gold rows, with it less without it "
        "(95 % interval)",
    ),
}
