"""`cli.py functions`: add, list and remove labeling functions, and see how they ran."""

import json
from pathlib import Path
from typing import Annotated

import typer

from commands.shared import (
    AsJson,
    ProjectFolder,
    opened_project,
    operator,
    print_json,
    refresh,
    say,
)
from labeling.counted import counted
from labeling.errors import ProjectError
from labeling.function_files import function_record, read_function_file
from labeling.ledger import ledger_record
from labeling.pins import PinResult, vote_name
from labeling.votes import ABSTAIN

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
            opened.put_function(function, operator())
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
        opened.remove_function(name, operator())


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
        opened.accept_function(name, operator())
    say(f"{name} is in the label model, with its errors; a new version is asked anew.")


@functions_app.command("pin")
def functions_pin(
    project: ProjectFolder,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    row: Annotated[int, typer.Argument(metavar="ROW", help="Its number, from 0.")],
    vote: Annotated[
        str, typer.Argument(metavar="VOTE", help="A class, abstain, or none to let the row go.")
    ],
) -> None:
    """Pin a row to a function with the vote it should get."""
    with opened_project(project) as opened:
        classes = opened.info().classes
        if vote in classes:
            opened.pins.pin(name, row, classes.index(vote), operator())
        elif vote == "abstain":
            opened.pins.pin(name, row, ABSTAIN, operator())
        elif vote == "none":
            opened.pins.unpin(name, row, operator())
        else:
            raise ProjectError(f"Unknown vote {vote!r}.", choices=[*classes, "abstain", "none"])


@functions_app.command("test")
def functions_test(project: ProjectFolder, as_json: AsJson = False) -> None:
    """Check the pinned rows of every function; exit code 1 where one has another vote."""
    with opened_project(project) as opened:
        refresh(opened)
        found, classes = opened.pins.check_all(), opened.info().classes
    results = [result for checked in found.values() for result in checked]
    if as_json:
        print_json([_test_record(result, classes) for result in results])
    else:
        for result in results:
            record = _test_record(result, classes)
            mark = "✓" if result.passed else "✗"
            typer.echo(
                f"{mark} {record['function']}\trow {record['row_id']}\tshould {record['should']}"
                f"\tvotes {record['votes']}"
            )
    failed = sum(result.passed is not True for result in results)
    say(f"{counted(len(results), 'pinned row')}, {failed:,} with another vote.")
    if failed:
        raise typer.Exit(1)


@functions_app.command("export")
def functions_export(
    project: ProjectFolder,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
) -> None:
    """Write the functions as plain Python, and their pinned rows as pytest tests."""
    with opened_project(project) as opened:
        written = opened.pins.export(folder)
    for name, why in written.left_out.items():
        say(f"{name} is left out: {why}.")
    functions = counted(len(written.functions), "function")
    say(f"{folder}: {functions}, {counted(written.pins, 'pinned row')}.")


def _test_record(result: PinResult, classes: tuple[str, ...]) -> dict[str, object]:
    return {
        "function": result.pin.function,
        "row_id": result.pin.row_id,
        "should": vote_name(result.pin.code, classes),
        "votes": vote_name(result.vote, classes),
        "passed": result.passed,
    }
