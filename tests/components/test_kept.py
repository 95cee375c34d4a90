"""Choices that outlive a change of page, as the browser is told of them."""

from streamlit.testing.v1 import AppTest


def _script() -> None:
    from pathlib import Path
    from types import SimpleNamespace
    from typing import Any

    import streamlit as st

    from components.kept import kept

    project: Any = SimpleNamespace(folder=Path("letters"))
    options = st.session_state.get("options", ["file", "sure", "disputed"])
    if st.checkbox("This page", value=True):
        st.selectbox("Order", options, key=kept(project, "order", "file", options))


def _app() -> AppTest:
    return AppTest.from_function(_script, default_timeout=30).run()


def test_a_choice_is_there_again_after_another_page() -> None:
    """Streamlit forgot it; the browser is told."""
    app = _app()
    app.selectbox[0].select("sure").run()
    app.checkbox[0].uncheck().run()
    app.checkbox[0].check().run()
    assert app.selectbox[0].value == "sure"
    assert app.selectbox[0].proto.set_value


def test_a_choice_that_stands_is_not_told_again() -> None:
    """It would undo a choice that was made while the run was under way."""
    app = _app()
    app.selectbox[0].select("sure").run()
    app.run()
    assert app.selectbox[0].value == "sure"
    assert not app.selectbox[0].proto.set_value


def test_a_choice_that_is_gone_gives_way_to_the_default() -> None:
    """As when the function that was chosen is removed."""
    app = _app()
    app.selectbox[0].select("sure").run()
    app.session_state["options"] = ["file", "disputed"]
    app.run()
    assert app.selectbox[0].value == "file"
