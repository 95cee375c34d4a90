"""Tabs with counts; one is chosen by a click, or because something asks for it.

Streamlit's own choices name what was clicked by its title. A count in a title changes while people
click, and a title that is not drawn any more names nothing: so the browser sends the key of a tab,
with the number of the click, and sends it again until it is heard.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from components.assets import component, declared

_mount = component("tabs")


@dataclass(frozen=True)
class Tab:
    """A tab: its title, how many rows it has, and how often it was asked for by something else."""

    title: str
    count: int | None = None
    asked: int = 0


@dataclass(frozen=True)
class _Choice:
    """The chosen tab of what the tabs are `about`.

    `heard` is the number of the newest click, `asked` how often each tab was asked for by then.
    """

    about: str | None = None
    tab: str = ""
    heard: int = 0
    asked: Mapping[str, int] = field(default_factory=dict)


def tabs(label: str, shown: Mapping[str, Tab], *, about: str | None, first: str, key: str) -> str:
    """Draw tabs, and return the key of the chosen one.

    A click chooses a tab, and so does something that newly asks for one; a click is newer. Where
    the chosen one is gone, or the tabs are `about` something else, it is the `first`.
    """
    kept = f"{key}-choice"
    choice = _chosen(st.session_state.get(kept) or _Choice(), shown, about, first, _clicked(key))
    st.session_state[kept] = choice
    _mount(
        key=key,
        data={
            "label": label,
            "tabs": [
                {
                    "key": one,
                    "title": tab.title,
                    "count": "" if tab.count is None else f"{tab.count:,}",
                }
                for one, tab in shown.items()
            ],
            "chosen": choice.tab,
            "heard": choice.heard,
        },
        on_clicked_change=declared,
    )
    return choice.tab


def _chosen(
    last: _Choice, shown: Mapping[str, Tab], about: str | None, first: str, clicked: tuple[str, int]
) -> _Choice:
    if last.about != about:
        last = _Choice(about, heard=last.heard)
    tab, number = clicked
    newly = [one for one in shown if shown[one].asked > last.asked.get(one, 0)]
    asked = {one: shown[one].asked for one in shown}
    if number > last.heard and tab in shown:
        return replace(last, tab=tab, heard=number, asked=asked)
    if not newly and last.tab in shown:
        return replace(last, heard=max(number, last.heard), asked=asked)
    chosen = newly[-1] if newly else first
    return replace(last, tab=chosen, heard=max(number, last.heard), asked=asked)


def _clicked(key: str) -> tuple[str, int]:
    """Return the tab that was clicked last in the browser, and the number of that click."""
    clicked = (st.session_state.get(key) or {}).get("clicked")
    return (
        (str(clicked["tab"]), int(clicked["number"])) if isinstance(clicked, Mapping) else ("", 0)
    )
