"""Choices that outlive a change of page: Streamlit forgets a widget as soon as it is not drawn.

A copy of each value is kept in the session under a name of its own, one for each project.
"""

from collections.abc import Collection

import streamlit as st

from labeling.project import Project


def kept(project: Project, key: str, default: object, options: Collection[object] = ()) -> str:
    """Set the widget `key`, which is drawn next, to what was chosen last; return the key.

    Where `options` are given, what is none of them any more gives way to the default; of a choice
    of several, only the part that is left is kept.
    """
    name = _name(project, key)
    value = st.session_state.get(key, st.session_state.get(name, default))
    if isinstance(value, list):
        value = [one for one in value if one in options]
    elif options and value not in options:
        value = default
    tell(key, value)
    st.session_state[name] = value
    return key


def tell(key: str, value: object) -> None:
    """Set the widget `key`, which is drawn next, to a value, unless it has that already.

    The browser is told of what is set, and what a run draws that began before somebody chose would
    undo the choice.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def keep(project: Project, key: str, value: object) -> None:
    """Choose a value for the widget `key`, in a callback: it has it when it is drawn next."""
    st.session_state[key] = st.session_state[_name(project, key)] = value


def _name(project: Project, key: str) -> str:
    return f"kept-{project.folder.name}-{key}"
