"""Who works here: the name that this session gave itself, for annotations and the history.

The field's own value is forgotten with the page that draws it; the copy is not. Whoever signed in
has the name of the account, and no field.
"""

import streamlit as st

_NAME, _SIGNED_IN = "who", "who_signed_in"


def who() -> str:
    """Return the name, "" where none was given."""
    return str(st.session_state.get(_NAME, ""))


def signed_in_as(name: str) -> None:
    """Note the name of the account that this session is signed in with."""
    st.session_state[_NAME], st.session_state[_SIGNED_IN] = name, True


def name_field(key: str, fallback: str = "") -> str:
    """Draw the field for the name; return what is in it, or else `fallback`."""
    if st.session_state.get(_SIGNED_IN):
        return who()
    # As its default, which is sent with each run: what is put into the session's state is sent with
    # one run only, which a popover that is still closed does not hear of.
    known = who() or fallback
    # In a callback, which no click on another page cuts short.
    name = st.text_input("Your name", known, key=key, width=200, on_change=_keep, args=(key,))
    return name.strip() or fallback


def _keep(key: str) -> None:
    st.session_state[_NAME] = str(st.session_state[key]).strip()
