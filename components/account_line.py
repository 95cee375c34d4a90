"""The first line of every page: which project, and where people sign in, who and the way out."""

import streamlit as st

from components.assets import address
from labeling.people.account_store import Account


def first_line(project: str | None, account: Account | None) -> None:
    """Draw the line; nothing where there is neither."""
    if account is None:
        if project is not None:
            st.text(f"Project {project}")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="account"):
        st.text("" if project is None else f"Project {project}", width="stretch")
        st.text(f"{account.name} ({', '.join(sorted(account.roles))})", width="content")
        st.link_button("Sign out", address("sign-out"), type="tertiary", width="content")
