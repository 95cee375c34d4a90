"""`cli.py users`: who may sign in to this server. It works beside a running server."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from commands.shared import AsJson, print_json, say
from labeling.people.accounts import Accounts
from labeling.people.roles import ROLES
from labeling.workspace import projects_folder
from storage.accounts import SQLiteAccounts, accounts_file

users_app = typer.Typer(
    help="Who may sign in: without an account nobody has to.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A person's name here.")]
Roles = Annotated[list[str], typer.Option("--role", help=f"One or more of: {', '.join(ROLES)}.")]
Projects = Annotated[
    Path | None,
    typer.Option(help="The folder of projects; LABELWRIGHT_PROJECTS or ./projects without it."),
]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@users_app.command("add")
def add(
    name: Name, role: Roles, projects: Projects = None, password_stdin: FromStdin = False
) -> None:
    """Add an account with a password; the first one has to be an admin's."""
    with _accounts(projects) as accounts:
        account = accounts.add(name, _password(from_stdin=password_stdin), role)
    say(f"{account.name} may sign in as {', '.join(sorted(account.roles))}.")


@users_app.command("invite")
def invite(name: Name, role: Roles, projects: Projects = None) -> None:
    """Print a link with which somebody chooses a password; it works once, for a week."""
    with _accounts(projects) as accounts:
        token = accounts.invite(name, role)
    typer.echo(f"/labelwright/invitation?token={token}")
    say(f"For {name}, behind the address of this server, such as http://localhost:8501/...")


@users_app.command("list")
def list_(projects: Projects = None, as_json: AsJson = False) -> None:
    """Print every account with its roles and sessions."""
    with _accounts(projects) as accounts:
        people, sessions = accounts.people(), accounts.sessions()
    records = [
        {
            "name": one.name,
            "roles": sorted(one.roles),
            "disabled": one.disabled,
            "sessions": sum(session.name == one.name for session in sessions),
        }
        for one in people
    ]
    if as_json:
        print_json(records)
        return
    for one in records:
        state = "disabled" if one["disabled"] else f"{one['sessions']} sessions"
        typer.echo(f"{one['name']}\t{', '.join(one['roles'])}\t{state}")  # type: ignore[arg-type]


@users_app.command("role")
def role_(name: Name, role: Roles, projects: Projects = None) -> None:
    """Give somebody these roles and no others, from the next action on."""
    with _accounts(projects) as accounts:
        account = accounts.set_roles(name, role)
    say(f"{account.name} is {', '.join(sorted(account.roles))} now.")


@users_app.command("password")
def password_(name: Name, projects: Projects = None, password_stdin: FromStdin = False) -> None:
    """Give somebody another password, and end their sessions."""
    with _accounts(projects) as accounts:
        accounts.set_password(name, _password(from_stdin=password_stdin))
    say(f"{name} has another password, and has to sign in anew.")


@users_app.command("disable")
def disable(name: Name, projects: Projects = None) -> None:
    """Let somebody not sign in any more, and end their sessions; what they did stays."""
    with _accounts(projects) as accounts:
        account = accounts.disable(name)
    say(f"{account.name} cannot sign in any more.")


@users_app.command("enable")
def enable(name: Name, projects: Projects = None) -> None:
    """Let somebody sign in again."""
    with _accounts(projects) as accounts:
        account = accounts.disable(name, disabled=False)
    say(f"{account.name} may sign in again.")


@users_app.command("revoke")
def revoke(name: Name, projects: Projects = None) -> None:
    """End all sessions of somebody."""
    with _accounts(projects) as accounts:
        ended = accounts.revoke(name)
    say(f"{ended} sessions of {name} ended.")


@contextmanager
def _accounts(projects: Path | None) -> Iterator[Accounts]:
    store = SQLiteAccounts(accounts_file(projects.resolve() if projects else projects_folder()))
    try:
        yield Accounts(store)
    finally:
        store.close()


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    found: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return found
