"""`cli.py history` and `undo`: what changed in a project, and the way back."""

from dataclasses import asdict
from typing import Annotated

import typer

from commands.shared import AsJson, ProjectFolder, opened_project, operator, print_json, say
from labeling.errors import ProjectError
from labeling.event_words import described
from labeling.history import can_undo
from labeling.past import EVENT_KINDS, Event, EventFilter


def history(
    project: ProjectFolder,
    as_json: AsJson = False,
    kind: Annotated[
        str | None, typer.Option(help=f"Only these changes: {', '.join(EVENT_KINDS)}.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many of the newest.")] = 50,
) -> None:
    """Print what changed in PROJECT, newest first: when, its name for undo, who, and what."""
    kinds = tuple(one for one in EVENT_KINDS if kind is None or one == kind)
    if not kinds:
        raise ProjectError(f"Unknown kind of change {kind!r}.", choices=list(EVENT_KINDS))
    with opened_project(project) as opened:
        found = opened.history.timeline(EventFilter(kinds), limit=limit)
        classes = opened.info().classes
    if as_json:
        print_json([_record(event, classes) for event in found.events])
        return
    for event in found.events:
        fields = f"{event.at:%Y-%m-%d %H:%M:%S}", event.event_id, event.author or "-"
        typer.echo("\t".join([*fields, described(event, classes)]))
    if found.total > len(found.events):
        say(f"{found.total - len(found.events):,} earlier changes: --limit {found.total}")


def undo(
    project: ProjectFolder,
    event: Annotated[str, typer.Argument(metavar="CHANGE", help="Such as function:12.")],
) -> None:
    """Add the opposite of a change that `history` lists; nothing is deleted."""
    with opened_project(project) as opened:
        undone = opened.history.undo(event, operator())
        classes = opened.info().classes
    say(f"Undone: {described(undone, classes)}.")


def _record(event: Event, classes: tuple[str, ...]) -> dict[str, object]:
    record = asdict(event) | {"at": event.at.isoformat(), "can_undo": can_undo(event)}
    return record | {"says": described(event, classes)}
