"""The keys of Studio. A test compares them with those that its parts listen to."""

from components.key_list import Keys

STUDIO_KEYS: Keys = {
    "Anywhere but in a field": {
        "1 – 9": "try that suggestion in the editor",
        "?": "show or hide the keys",
        "Esc": "hide the keys",
    },
    "Anywhere": {
        "Ctrl-S": "save it",
        "Ctrl-Enter": "preview it without saving",
    },
    "In the editor": {
        "Alt-Enter": "show the rows of the return on this line",
        "Ctrl-Space": "complete a name",
        "Tab": "accept the completion, or indent",
        "Esc, Tab": "leave the editor",
        "Ctrl-Z": "undo",
        "Ctrl-Shift-Z": "redo",
        "Ctrl-F": "find and replace",
    },
    "In a rule": {
        "Alt-Enter": "add a condition after this one",
        "Alt-N": "turn this condition into its opposite",
        "Alt-Backspace": "remove this condition",
    },
    "In the rows": {
        "↑ ↓": "walk from row to row",
        "Enter or Space": "choose the row: pin it, or find rows nearly like it",
    },
    "In the list of functions": {
        "← ↑ → ↓": "walk; the function of the line opens",
    },
}
PRESSED_ANYWHERE = {"s": "studio-save", "enter": "studio-preview"}
"""Buttons of keys that editor and builder listen to, for where neither has the focus."""
