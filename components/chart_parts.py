"""What all charts have in common: layouts without rows, rows put in, and marks that are picked.

To build and check an Altair chart takes 45-100 ms. So charts are built without their rows, once for
each layout, and `filled` puts the rows in. Every chart has a point selection named `pick`, so that
a click on a mark can show the rows behind it.

Figures come at any moment, also under a press of the mouse. So a mark is picked as the button goes
down, for it may be elsewhere when the button comes up; and whatever changes with the figures is in
the rows and not in the layout, for Streamlit draws a chart with another layout anew, and what is
being drawn hears no press.
"""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import altair as alt
import pyarrow as pa
import streamlit as st

from components.marks import RowsOf, clicked, mark
from components.names import short_names

Spec = dict[str, Any]

SLATE, GREY = "#5b7f91", "#9aa5ab"
# Labels stay beside their tick, also at the ends of an axis, where the theme would move them.
SHARE_AXIS = alt.Axis(format=".0%", grid=True, tickCount=5, labelFlush=False)
_MUTED = "#7f8d95"
NAME_COLUMNS, NAME_PIXELS = 24, 230
"""How much of a name is beside a line of marks: columns of text, and pixels."""
ROWS = alt.NamedData("rows")
"""Stands for the rows of a chart while its layout is built."""
PRESS = "mousedown[event.button === 0]"
"""What picks a mark; on a touch screen it is a tap and not the beginning of a scroll."""
AROUND = 95
"""Pixels that title, axis and axis title take from a chart's height."""


def chart(drawn: Spec, *, key: str, rows_of: RowsOf) -> None:
    """Draw a specification; a click on a mark shows its rows, which `rows_of` finds."""
    shown = partial(clicked, key, rows_of)
    st.vega_lite_chart(spec=drawn, key=key, on_select=shown, width="stretch")


def chart_with_mark(drawn: Spec, *, key: str) -> Mapping[str, Any] | None:
    """Draw a specification; return the fields of the mark that was last clicked."""
    event = st.vega_lite_chart(spec=drawn, key=key, on_select="rerun", width="stretch")
    return mark(event.get("selection", {}))


def picture(drawn: Spec, *, key: str) -> None:
    """Draw a specification that has nothing to click."""
    st.vega_lite_chart(spec=drawn, key=key, width="stretch")


def leave_empty(elements: int = 1) -> None:
    """Hold the places of elements that are not there, so that others do not move when they come.

    Streamlit knows an element by its place. A container around each would hold it as well, but is
    one more message for every page at every change.
    """
    for _ in range(elements):
        st.empty()


def ink() -> str:
    """Return the colour of text in the theme of this browser."""
    return "#e4eaed" if st.context.theme.type == "dark" else "#1c2429"


def spec(drawn: Any, title: str, height: int | alt.Step, said: Sequence[str] = ()) -> Spec:
    """Return the layout of a finished chart with its title and its height.

    Args:
        drawn: the marks.
        title: says what it shows.
        height: pixels in all, or those of one line of names.
        said: lines below the title: what its marks mean.
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
    if isinstance(height, int):
        height += 17 * len(said)
    finished = drawn.properties(title=heading, height=height, width="container")
    made: Spec = finished.to_dict()
    made.pop("config", None)
    return _said_once(made)


def _said_once(made: Spec) -> Spec:
    """Return a layout that says once what all of its layers encode alike, for it is sent often."""
    encodings = [layer.get("encoding", {}) for layer in made.get("layer", ())]
    if not encodings:
        return made
    first, *others = encodings
    alike = {at: how for at, how in first.items() if all(one.get(at) == how for one in others)}
    layers = [
        layer | {"encoding": {at: how for at, how in encoding.items() if at not in alike}}
        for layer, encoding in zip(made["layer"], encodings, strict=True)
    ]
    return made | {"layer": layers, "encoding": alike}


def filled(layout: Spec, **tables: Sequence[Mapping[str, Any]]) -> Spec:
    """Return a layout with the rows of each `alt.NamedData`."""
    datasets = {name: _arrow(rows) for name, rows in tables.items()}
    return {**layout, "datasets": datasets}


def figure(name: str, otherwise: float) -> Any:
    """Return a parameter of the layout that all rows have in a column of its name."""
    return alt.param(name=name, expr=f"length(data('rows')) ? data('rows')[0].{name} : {otherwise}")


def _arrow(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a table as Streamlit sends it: made here, it is made once for all sessions."""
    table = pa.Table.from_pylist(list(rows))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def records(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Return named tuples, or plain dataclass instances, as the rows of a table."""
    return [row._asdict() if hasattr(row, "_asdict") else dict(vars(row)) for row in rows]


def pick(*fields: str) -> Any:
    """Return the selection whose fields tell what was clicked."""
    return alt.selection_point(name="pick", fields=list(fields), on=PRESS, clear="dblclick")


def name_axis(names: Sequence[str], columns: int = NAME_COLUMNS) -> Any:
    """An axis of names that says each of them, the long ones shortened; tooltips have the whole."""
    return alt.Axis(
        ticks=False,
        domain=False,
        labelPadding=8,
        labelFlush=False,
        labelOverlap=False,
        labelLimit=NAME_PIXELS,
        labelExpr=shown_names(names, columns),
    )


def shown_names(names: Sequence[str], columns: int) -> str:
    """A Vega expression that gives the short form of a name. A name is only ever a string in it."""
    short = short_names(names, columns)
    if not short:
        return "datum.value"
    known, shown = json.dumps(list(short)), json.dumps(list(short.values()))
    at = f"indexof({known}, datum.value)"
    return f"{at} < 0 ? datum.value : {shown}[{at}]"
