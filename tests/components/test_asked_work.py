"""Long work: done once, begun again where it was cut short, refused in a sentence."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    """Ask for work that a run may cut short or refuse, and count how often it is done."""
    import streamlit as st

    from components.asked_work import ask, outcome
    from labeling.errors import ProjectError

    inputs = st.text_input("Inputs")
    st.button("Do it", on_click=ask, args=("work",))

    def work() -> str:
        if inputs == "cut short" and not st.session_state.get("cut"):
            st.session_state["cut"] = True
            st.rerun()
        if inputs == "bad":
            raise ProjectError("Bad inputs.")
        st.session_state["done"] = st.session_state.get("done", 0) + 1
        return "came"

    st.text(str(outcome("work", inputs, work)))


def asked(inputs: str) -> AppTest:
    """Press the button with these inputs."""
    app = AppTest.from_function(page).run()
    app.text_input[0].set_value(inputs)
    app.button[0].click()
    return app.run()


def test_nothing_is_done_unasked() -> None:
    """There is no outcome then."""
    app = AppTest.from_function(page).run()
    assert [text.value for text in app.text] == ["None"]
    assert "done" not in app.session_state


def test_work_is_done_once() -> None:
    """Further runs return what came of it."""
    app = asked("good").run()
    assert [text.value for text in app.text] == ["came"]
    assert app.session_state["done"] == 1


def test_work_that_a_run_cut_short_is_begun_again() -> None:
    """The press is not lost."""
    app = asked("cut short")
    assert [text.value for text in app.text] == ["came"]
    assert app.session_state["done"] == 1


def test_a_refusal_is_shown_as_long_as_the_inputs_are_the_same() -> None:
    """It is not tried again by itself."""
    app = asked("bad").run()
    assert [text.value for text in app.text] == ["✗ Bad inputs.", "None"]
    app.text_input[0].set_value("better")
    assert [text.value for text in app.run().text] == ["None"]
