"""The Python side of the components, without a browser and without a server."""

import pytest
from streamlit.testing.v1 import AppTest

from components.palette import ABSTAIN_COLOR, CLASS_COLORS, class_colors


def mount_everything() -> None:
    """Draw each component once."""
    import streamlit as st

    from components.annotation_card import Card, annotation_card, new_events
    from components.editor import Diagnostic, code_editor, editor_text
    from components.highlight import RowItem, row_list
    from components.listener import live_version
    from components.palette import class_colors
    from components.uploader import upload_file

    colors = class_colors(["ham", "spam"])
    state = code_editor("x = 1", revision=1, key="e", diagnostics=[Diagnostic(1, "Odd.")])
    events = annotation_card(
        [Card(0, "hi")], classes=["ham", "spam"], colors=colors, key="c", log="demo/ann"
    )
    st.session_state["seen"] = [
        editor_text("x = 1", revision=1, key="e"),
        state.text,
        state.saved,
        events,
        new_events("c"),
        live_version("demo", key="l", seen=3),
        upload_file("Data file", key="u"),
    ]
    row_list([RowItem(4, "hi")], classes=["ham", "spam"], colors=colors, key="r")


def test_components_mount_without_a_server() -> None:
    """AppTest draws all of them; each returns what it returns before a browser spoke."""
    app = AppTest.from_function(mount_everything).run()
    assert not app.exception
    expected = ["x = 1", "x = 1", None, (), (), 3, None]
    assert app.session_state["seen"] == expected


def contrast(first: str, second: str) -> float:
    """Return the WCAG 2 contrast ratio of two colours."""

    def luminance(color: str) -> float:
        shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted([luminance(first), luminance(second)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("color", [*CLASS_COLORS, ABSTAIN_COLOR])
@pytest.mark.parametrize("background", ["#ffffff", "#14191c"])
def test_class_colours_stand_out_on_light_and_dark(color: str, background: str) -> None:
    """WCAG 2 asks for 3:1 between a graphical mark and what lies behind it."""
    assert contrast(color, background) >= 3


def test_class_colours_are_distinct_and_repeat_in_order() -> None:
    """Twelve and more classes have colours of their own; further ones begin anew."""
    assert len(set(CLASS_COLORS)) == len(CLASS_COLORS) >= 12
    classes = [f"class {number}" for number in range(len(CLASS_COLORS) + 1)]
    assert list(class_colors(classes).values()) == [*CLASS_COLORS, CLASS_COLORS[0]]
