"""Which tab of Studio's rows is chosen: by a click, or because something asks for it.

The browser names a tab by its title, which holds a count, and it sends what was chosen last with
every run. So a tab that is asked for makes a new choice, with a key of its own, and a click on one
before, which is seen until the page is drawn, is taken for what it is: a save can make several new
choices within moments.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

_KEPT = "studio_tab_choice"
_REMEMBERED = 4


@dataclass(frozen=True)
class _Choice:
    """The `number`th choice, for a function; `tab` is what it begins with.

    `asked` is how often each tab was asked for by then, `before` the keys of the choices before it
    with the tab that was chosen on each.
    """

    function: str | None = None
    number: int = 0
    tab: str = ""
    asked: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"studio-tab-{self.number}"

    @property
    def chosen(self) -> str:
        return str(st.session_state.get(self.key, self.tab))


def choice_of_tabs(asked_for: Mapping[str, int], function: str | None) -> tuple[str, str]:
    """Return the key of the choice of tabs, and the tab that is chosen first.

    `asked_for` says of every tab that is there how often it was asked for. One that newly is makes
    a new choice, and so does one that was chosen and is gone. Nothing else does. A preview that
    begins is asked for by the typing.
    """
    last = _last()
    if not (last.number and last.function == function):
        last = _Choice(function, last.number)
    chosen = last.chosen if last.asked else ""
    newly = [tab for tab, asked in asked_for.items() if asked > last.asked.get(tab, 0)]
    if newly or chosen not in asked_for:
        tab = newly[-1] if newly else "hits" if function else "uncovered"
        before = _with(last.before, last.key, chosen) if chosen else {}
        last = _Choice(function, last.number + 1, tab, before=before)
    elif last.tab not in asked_for:
        last = replace(last, tab=chosen)
    st.session_state[_KEPT] = last = replace(last, asked=dict(asked_for))
    return last.key, last.tab


def keep_tab(key: str) -> None:
    """Take a click for the tab it was on, in the callback of the choice with this key.

    Once the count in a title has changed, nobody would know the tab. On a choice before, only
    another tab than was chosen there is a click: else its browser has not heard of the new one yet.
    """
    clicked, last = str(st.session_state[key]), _last()
    if key == last.key:
        st.session_state[key] = clicked
    elif clicked != last.before.get(key, clicked):
        before = _with(last.before, key, clicked)
        st.session_state[_KEPT] = replace(
            last, number=last.number + 1, tab=clicked, before=_with(before, last.key, last.chosen)
        )


def _with(before: Mapping[str, str], key: str, chosen: str) -> dict[str, str]:
    """Return the last few choices with one more."""
    others = [(one, tab) for one, tab in before.items() if one != key]
    return dict([*others, (key, chosen)][-_REMEMBERED:])


def _last() -> _Choice:
    kept = st.session_state.get(_KEPT)
    return kept if isinstance(kept, _Choice) else _Choice()
