"""The choice of a page of a list."""

from typing import Literal

import streamlit as st

_WIDTHS: dict[int, int] = {2: 220, 3: 305, 4: 305, 5: 305}
"""Pixels in which Streamlit shows so few pages: by itself it makes room for fewer of them."""


def page_choice(pages: int, key: str) -> None:
    """Draw the numbers of several pages; the chosen one is in the session under `key`, from 1."""
    if pages < 2:
        return
    width: int | Literal["content"] = _WIDTHS.get(pages, "content")
    st.pagination(pages, key=key, max_visible_pages=5, width=width)
