"""`cli.py functions`: add, list and remove labeling functions, and see how they ran."""

import json
from pathlib import Path
from typing import Annotated

import typer

from commands.shared import AsJson, ProjectFolder, opened_project, print_json, refresh, say
from labeling.function_files import function_record, read_function_file
from labeling.ledger import ledger_record

functions_app = typer.Typer(help="Add, list and remove labeling functions.", no_args_is_help=True)


@functions_app.command("add")
def functions_add(
    project: ProjectFolder,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .py, .sql or .json file.")],
) -> None:
    """Add the labeling functions of a .py file, and say which of its functions are none, and why.

    They are the decorated ones and LabelingFunction objects or, where there are neither, all that
    can be called with a row alone. A .sql file is one query, and its name is that of the function.
    A .json file is what functions list --json prints.
    A function whose name is there already gets a new version.
    """
    found = read_function_file(file)
    with opened_project(project) as opened:
        for function in found.functions:
            opened.check_function(function)
        for function in found.functions:
            opened.put_function(function)
    for left_out in found.left_out:
        say(f"{file.name}, {left_out}")
    say("Added " + ", ".join(function.name for function in found.functions) + ".")


@functions_app.command("list")
def functions_list(
    project: ProjectFolder,
    as_json: AsJson = False,
) -> None:
    """List the labeling functions."""
    with opened_project(project) as opened:
        functions = opened.functions()
    if as_json:
        print_json([function_record(function) for function in functions])
    else:
        for function in functions:
            typer.echo(f"{function.name}\t{function.kind}\t{function.version}")


@functions_app.command("remove")
def functions_remove(
    project: ProjectFolder, name: Annotated[str, typer.Argument(metavar="NAME")]
) -> None:
    """Remove a labeling function; its history stays."""
    with opened_project(project) as opened:
        opened.remove_function(name)


@functions_app.command("ledger")
def functions_ledger(
    project: ProjectFolder,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    as_json: AsJson = False,
) -> None:
    """Show how a function ran: errors by message, slow rows, and whether its votes repeat."""
    with opened_project(project) as opened:
        opened.function(name)
        refresh(opened)
        record = ledger_record(*opened.ledger(name))
    if as_json:
        print_json(record)
        return
    for key, value in record.items():
        typer.echo(f"{key}: {json.dumps(value, ensure_ascii=False)}")


@functions_app.command("accept")
def functions_accept(
    project: ProjectFolder, name: Annotated[str, typer.Argument(metavar="NAME")]
) -> None:
    """Let a function into the label model although some of its rows failed."""
    with opened_project(project) as opened:
        refresh(opened)
        opened.accept_function(name)
    say(f"{name} is in the label model, with its errors; a new version is asked anew.")
