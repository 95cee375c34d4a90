"""The form in which people write functions without code: keyword, regex and rule functions.

It sends what it says at every keystroke: at once, or a moment after it where the answer to the one
before is not there yet. The browser owns the fields until
Python names another `revision`, as in `components.editor`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from components.assets import component
from components.exchange import Continued, newest_edit, no_callback
from labeling.functions import LabelingFunction
from labeling.store import Column

BUILT_KINDS = ("keyword", "regex", "rule")

_mount = component("builder")


def built_function(start: LabelingFunction, *, revision: str, key: str) -> LabelingFunction:
    """Return what the builder `key` says by now, valid or not; before it was edited, `start`."""
    edit = newest_edit("", revision, key)
    if not edit.stamp:
        return start
    said = json.loads(edit.text)
    source = json.dumps(said["source"], ensure_ascii=False)
    return LabelingFunction(str(said["name"]).strip(), start.kind, source)


def function_builder(
    start: LabelingFunction,
    *,
    revision: str,
    key: str,
    columns: Sequence[Column],
    text_column: str,
    colors: Mapping[str, str],
    problem: str = "",
    label: str = "Labeling function without code",
    continues: Continued | None = None,
    on_edit: Callable[[], None] | None = None,
    on_save: Callable[[], None] | None = None,
    on_preview: Callable[[], None] | None = None,
) -> None:
    """Draw the builder; `built_function` reads it.

    Args:
        start: what the fields are filled with when `revision` is new; its source is valid JSON.
        revision: names the document; a new value fills the fields anew.
        key: names this builder on the page.
        columns: those that conditions can look at, with their types.
        text_column: the one that a new condition looks at.
        colors: a colour for each class, in the order of the classes.
        problem: what is wrong with the newest state, as one sentence.
        label: what a screen reader calls the form.
        continues: the revision whose fields, saved under this one, are gone on with.
        on_edit: called when a newer state arrived, before the script runs.
        on_save: called at Ctrl-S, before the script runs.
        on_preview: the same for Ctrl-Enter.
    """
    written = built_function(start, revision=revision, key=key)
    _mount(
        key=key,
        data={
            "kind": written.kind,
            "name": written.name,
            "source": json.loads(written.source),
            "stamp": newest_edit("", revision, key).stamp,
            "revision": revision,
            "continues": asdict(continues) if continues else None,
            "columns": [{"name": column.name, "type": column.type} for column in columns],
            "text_column": text_column,
            "classes": [{"name": name, "color": color} for name, color in colors.items()],
            "problem": problem,
            "label": label,
        },
        on_edit_change=on_edit or no_callback,
        on_left_change=on_edit or no_callback,
        on_save_change=on_save or no_callback,
        on_preview_change=on_preview or no_callback,
    )
