"""What is sent of a chart: its layout says nothing twice."""

import altair as alt

from components import chart_parts


def test_what_all_layers_encode_alike_is_said_once() -> None:
    """A layer keeps what is its own."""
    base = alt.Chart(chart_parts.ROWS).encode(y="name:N")
    drawn = alt.layer(base.mark_bar().encode(x="low:Q"), base.mark_text().encode(text="said:N"))
    made = chart_parts.spec(drawn, "Names", 100)
    assert made["encoding"] == {"y": {"field": "name", "type": "nominal"}}
    assert [list(layer["encoding"]) for layer in made["layer"]] == [["x"], ["text"]]
    alone = chart_parts.spec(base.mark_bar(), "Names", 100)
    assert list(alone["encoding"]) == ["y"]
