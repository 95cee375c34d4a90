"""The list of a page's keys, over the page: `?` shows and hides it."""

from collections.abc import Mapping

from components.assets import component

Keys = Mapping[str, Mapping[str, str]]
"""What each key does, by where it does so."""

_mount = component("keys")


def key_list(title: str, keys: Keys, *, key: str, presses: Mapping[str, str] = {}) -> None:
    """Draw the button that opens the list; without the mouse `?` does, where nobody types.

    `presses`: which button, by its key, a key with Ctrl presses wherever the focus is.
    """
    groups = [{"where": where, "keys": list(does.items())} for where, does in keys.items()]
    _mount(key=key, data={"title": title, "groups": groups, "presses": dict(presses)})
