"""The open function in Studio's address: a link to it can be sent, and a reload opens it again."""

import streamlit as st

from components.function_actions import open_function
from labeling.project import Project

_WRITTEN = "studio_address"


def follow_address() -> None:
    """Open the function that the address names, unless `write_address` named it."""
    asked = st.query_params.get("function")
    if asked is not None and asked != st.session_state.get(_WRITTEN):
        open_function(asked)


def write_address(project: Project) -> None:
    """Name the open function, and its project, in the address."""
    opened = str(st.session_state.get("studio_function") or "")
    st.session_state[_WRITTEN] = opened
    if opened:
        st.query_params["project"] = project.folder.name
        st.query_params["function"] = opened
    else:
        st.query_params.pop("function", None)
