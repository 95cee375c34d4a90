"""The code editor in which people write labeling functions: CodeMirror 6 as a component.

The browser owns the text while a person types; Python replaces it only by naming a new `revision`.
Comparing texts instead would lose what is typed while a rerun is under way.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Literal

import streamlit as st

from components.assets import component
from components.exchange import Continued, Edit, newest, newest_edit, no_callback

Language = Literal["python", "sql", "text"]
Severity = Literal["error", "warning", "info"]

_mount = component("editor")


@dataclass(frozen=True)
class Diagnostic:
    """A remark on one line of the source; `line` counts from 1, columns from 0."""

    line: int
    message: str
    severity: Severity = "error"
    column: int | None = None
    end_column: int | None = None


@dataclass(frozen=True)
class Completions:
    """What the editor offers while typing: `x.<column>`, quoted class names, and helpers."""

    columns: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()


@dataclass(frozen=True)
class LineMark:
    """Figures beside a line, such as how often its return answers; a click asks for its rows."""

    line: int
    figures: str
    title: str
    muted: bool = False


@dataclass(frozen=True)
class EditorState:
    """What the editor holds; `saved` and `previewed` are set in the one run their key started.

    Attributes:
        text: the newest text that reached the server.
        saved: the text at Ctrl-S (or Cmd-S), else None.
        previewed: the text at Ctrl-Enter (or Cmd-Enter), else None.
    """

    text: str
    saved: str | None = None
    previewed: str | None = None


def editor_text(text: str, *, revision: int | str, key: str) -> str:
    """Return the text now in the editor `key`, before it is drawn in this run.

    With it a page can check the newest text and hand the findings to `code_editor` in one run.
    """
    return newest_edit(text, revision, key).text


def code_editor(
    text: str,
    *,
    revision: int | str,
    key: str,
    language: Language = "python",
    diagnostics: Sequence[Diagnostic] = (),
    diagnosed: str | None = None,
    completions: Completions | None = None,
    marks: Sequence[LineMark] | None = None,
    height: int = 360,
    label: str = "Source of the labeling function",
    continues: Continued | None = None,
    on_edit: Callable[[], None] | None = None,
    on_save: Callable[[], None] | None = None,
    on_preview: Callable[[], None] | None = None,
    on_line: Callable[[int], None] | None = None,
) -> EditorState:
    """Draw the editor and return its state.

    Args:
        text: what the editor shows when `revision` is new.
        revision: names the document; a new value replaces the text, undo history and all.
        key: names this editor on the page.
        language: which syntax to colour.
        diagnostics: remarks drawn as squiggles and gutter marks.
        diagnosed: the text that `diagnostics` speak of; remarks on another text are not drawn.
            None means the newest text.
        completions: what to offer while typing.
        marks: figures of lines of the newest text. None leaves those that are there: they move
            with their lines while the text is edited.
        height: in pixels.
        label: what a screen reader calls the editor.
        continues: the revision whose text, saved under this one, is gone on with.
        on_edit: called when a newer text arrived, before the script runs.
        on_save: called at Ctrl-S, before the script runs: it is not lost where that is cut short.
        on_preview: the same for Ctrl-Enter.
        on_line: called with the line of a mark that was clicked, as it was given.
    """
    edit = newest_edit(text, revision, key)
    current = diagnosed is None or diagnosed == edit.text
    result = _mount(
        key=key,
        data={
            "text": edit.text,
            "stamp": edit.stamp,
            "revision": str(revision),
            "continues": asdict(continues) if continues else None,
            "language": language,
            "diagnostics": [asdict(found) for found in diagnostics] if current else [],
            "completions": asdict(completions or Completions()),
            "marks": None if marks is None else [asdict(mark) for mark in marks],
            "height": height,
            "label": label,
        },
        on_edit_change=on_edit or no_callback,
        on_left_change=on_edit or no_callback,
        on_save_change=on_save or no_callback,
        on_preview_change=on_preview or no_callback,
        on_line_change=partial(_clicked, key, on_line) if on_line else no_callback,
    )
    return EditorState(
        text=newest(result.get("edit"), revision, edit).text,
        saved=_text_of(result.get("save"), revision),
        previewed=_text_of(result.get("preview"), revision),
    )


def _clicked(key: str, on_line: Callable[[int], None]) -> None:
    line = (st.session_state.get(key) or {}).get("line")
    if isinstance(line, int):
        on_line(line)


def _text_of(sent: object, revision: int | str) -> str | None:
    edit = newest(sent, revision, Edit("", ""))
    return edit.text if edit.stamp else None
