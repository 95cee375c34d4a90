"""What a change of a project was, in a few words, and which lines of a text it changed."""

import json
from collections.abc import Callable, Mapping

from labeling.counted import counted
from labeling.functions import LabelingFunction
from labeling.held_out import figures_from_json
from labeling.models import DEFAULT_MODEL
from labeling.past import Event, EventKind
from labeling.queues import RANDOM_SHARE
from labeling.versions import code_diff

_DEFAULTS = {
    "model": DEFAULT_MODEL,
    "seed": "0",
    "queue_paused": "open",
    "votes_on_demand": "on demand",
    "random_share": str(RANDOM_SHARE),
}
_SETTINGS = {
    "model": "label model",
    "seed": "seed of the label model",
    "overlap_annotators": "people for a row",
    "overlap_share": "share of rows wanted from several people",
    "check_share": "share of known rows mixed into queues",
    "queue_paused": "queue",
    "votes_on_demand": "votes beside a row that is annotated",
    "random_share": "share of rows drawn at random",
}


def function_of(name: str, code: str) -> LabelingFunction:
    """Return the function that an event speaks of: its kind, a line break, its source."""
    kind, _, source = code.partition("\n")
    return LabelingFunction(name, kind, source)


def changed_lines(event: Event) -> str:
    """Return what a change did to a text, as a unified diff; "" where it changed none."""
    if event.kind == "function" and event.after is not None:
        after = function_of(event.subject, event.after)
        before = LabelingFunction(event.subject, after.kind, "")
        if event.before is not None:
            before = function_of(event.subject, event.before)
        elif after.kind not in ("python", "sql"):
            before = LabelingFunction(event.subject, after.kind, "{}")
        return code_diff(before, after)
    if event.subject == "guidelines" and event.kind == "setting":
        before, after = (
            LabelingFunction("", "python", text or "") for text in (event.before, event.after)
        )
        return code_diff(before, after)
    return ""


def described(event: Event, classes: tuple[str, ...]) -> str:
    """Say what a change was, in a few words; `classes` name the codes of labels."""
    return _SAYS[event.kind](event, classes)


def _say_function(event: Event, _classes: tuple[str, ...]) -> str:
    if event.action == "removed":
        return f"removed {event.subject}"
    if event.before is None:
        added = "brought back" if event.again else "added"
        return f"{added} {event.subject} ({str(event.after).partition(chr(10))[0]})"
    lines = changed_lines(event).splitlines()
    more = sum(line.startswith("+") for line in lines)
    less = sum(line.startswith("-") for line in lines)
    back = " back to what it was before" if event.again else ""
    return f"changed {event.subject}{back}: +{more:,} −{less:,} lines"


def _say_acceptance(event: Event, _classes: tuple[str, ...]) -> str:
    if event.action == "accepted":
        return f"let {event.subject} into the label model as it is"
    return f"took {event.subject} out of the label model"


def _say_annotation(event: Event, classes: tuple[str, ...]) -> str:
    if event.action == "flag":
        way = (
            "put the flag of row {} on again" if event.after == "1" else "took the flag off row {}"
        )
        return way.format(event.subject)
    was = f", which was {_class(event.before, classes)}" if event.before is not None else ""
    if event.action == "label":
        return f"labelled row {event.subject} as {_class(event.after, classes)}{was}"
    if event.action == "decide":
        return f"decided that row {event.subject} is {_class(event.after, classes)}{was}"
    if event.action == "reopen":
        return f"reopened row {event.subject}{was}"
    return f"{'skipped' if event.action == 'skip' else 'cleared'} row {event.subject}{was}"


def _class(code: str | None, classes: tuple[str, ...]) -> str:
    number = int(code or 0)
    return classes[number] if number < len(classes) else f"class {number}"


def _say_pin(event: Event, classes: tuple[str, ...]) -> str:
    name, _, row_id = event.subject.rpartition("\n")
    if event.after is None:
        return f"let go of row {row_id}, which was pinned to {name}"
    vote = "abstain" if event.after == "-1" else _class(event.after, classes)
    return f"pinned row {row_id} to {name}: {vote}"


def _say_setting(event: Event, _classes: tuple[str, ...]) -> str:
    if event.subject == "guidelines":
        return "changed the guidelines" + (" back to what they were before" if event.again else "")
    if event.subject == "classes":
        before, after = json.loads(event.before or "[]"), json.loads(event.after or "[]")
        added = [name for name in after if name not in before]
        gone = [name for name in before if name not in after]
        said = [f"added the class {name}" for name in added]
        return ", ".join([*said, *(f"took out the class {name}" for name in gone)])
    default = _DEFAULTS.get(event.subject, "none")
    named = _SETTINGS.get(event.subject, event.subject)
    return f"{named}: {event.before or default} → {event.after or default}"


def _say_batch(event: Event, _classes: tuple[str, ...]) -> str:
    if event.action == "given":
        return f"gave {event.subject} a batch of {counted(int(event.after or 0), 'row')}"
    return f"took batch {event.after} of {event.subject} back"


def _say_look(event: Event, _classes: tuple[str, ...]) -> str:
    return "looked at test gold: " + figures_from_json(event.after or "").says


def _say_import(event: Event, _classes: tuple[str, ...]) -> str:
    return f"imported {event.subject}: {counted(int(event.after or 0), 'row')}"


_SAYS: Mapping[EventKind, Callable[[Event, tuple[str, ...]], str]] = {
    "function": _say_function,
    "acceptance": _say_acceptance,
    "annotation": _say_annotation,
    "pin": _say_pin,
    "slice": lambda event, _classes: f"{event.action} the slice {event.subject}",
    "setting": _say_setting,
    "batch": _say_batch,
    "look": _say_look,
    "import": _say_import,
}
