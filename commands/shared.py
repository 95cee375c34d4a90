"""What the commands share: opening a project, bringing it up to date, and speaking."""

import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from labeling.counted import counted
from labeling.execution.isolation import isolation_settings
from labeling.execution.local import LocalExecutor
from labeling.project import Project
from labeling.snapshot import Snapshot
from storage import DuckDBOpener

ProjectFolder = Annotated[Path, typer.Argument(metavar="PROJECT", help="The project's folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@contextmanager
def opened_project(folder: Path) -> Iterator[Project]:
    """Open a project and its workers for a block; nothing runs in the background."""
    executor = LocalExecutor(isolation=isolation_settings(os.environ))
    try:
        with Project(folder, DuckDBOpener().open(folder), executor) as project:
            yield project
    finally:
        executor.close()


def refresh(project: Project, *, aloud: bool = False) -> Snapshot:
    """Bring the project up to date; say on stderr what runs, to a person or where asked to."""
    if aloud or sys.stderr.isatty():
        waiting, rows = len(project.functions()), project.snapshot().n_rows
        say(f"{counted(waiting, 'function')} over {counted(rows, 'row')} …")
    snapshot = project.refresh()
    for problem in snapshot.problems:
        say(f"Problem: {problem}")
    return snapshot


def operator() -> str:
    """Return who is at the command line, for what is logged: the name of the system's user."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        name = f"user {os.getuid()}"
    return f"{name}, command line"


def print_json(value: Any) -> None:
    """Print a value as JSON on stdout."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False))


def say(line: str) -> None:
    """Print a line on stderr."""
    typer.echo(line, err=True)
