"""`cli.py users`: who may sign in to this server. It works beside a running server."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from commands.shared import AsJson, operator, print_json, say
from labeling.people.account_store import described
from labeling.people.accounts import Accounts
from labeling.people.roles import ROLES
from labeling.workspace import check_project_name, project_names, projects_folder
from storage.accounts import SQLiteAccounts, accounts_file

users_app = typer.Typer(
    help="Who may sign in: without an account nobody has to.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A person's name here.")]
Roles = Annotated[list[str], typer.Option("--role", help=f"One or more of: {', '.join(ROLES)}.")]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        "--projects",
        metavar="FOLDER",
        help="The folder of projects; LABELWRIGHT_PROJECTS or ./projects without it.",
    ),
]
FolderOnly = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        metavar="FOLDER",
        help="The folder of projects; LABELWRIGHT_PROJECTS or ./projects without it.",
    ),
]
"""Where `--projects` names projects."""
Access = Annotated[str, typer.Option(metavar="a,b|all", help="Which projects the person may open.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]
NoPassword = Annotated[
    bool, typer.Option("--no-password", help="The person signs in by an identity provider only.")
]


@users_app.command("add")
def add(
    name: Name,
    role: Roles,
    access: Access = "all",
    folder: Folder = None,
    password_stdin: FromStdin = False,
    no_password: NoPassword = False,
) -> None:
    """Add an account with a password; the first one has to be an admin's."""
    named = _named(access, folder)
    with _accounts(folder) as accounts:
        password = None if no_password else _password(from_stdin=password_stdin)
        account = accounts.add(name, password, role, named, operator())
    say(f"{account.name} may sign in as {', '.join(sorted(account.roles))}.")


@users_app.command("invite")
def invite(name: Name, role: Roles, access: Access = "all", folder: Folder = None) -> None:
    """Print a link with which somebody chooses a password; it works once, for a week."""
    named = _named(access, folder)
    with _accounts(folder) as accounts:
        token = accounts.invite(name, role, named, operator())
    typer.echo(f"/labelwright/invitation?token={token}")
    say(f"For {name}, behind the address of this server, such as http://localhost:8501/...")


@users_app.command("list")
def list_(folder: Folder = None, as_json: AsJson = False) -> None:
    """Print every account with its roles and sessions."""
    with _accounts(folder) as accounts:
        people, sessions = accounts.people(), accounts.sessions()
        emails = accounts.identities.emails()
    records = [
        {
            "name": one.name,
            "roles": sorted(one.roles),
            "projects": None if one.projects is None else sorted(one.projects),
            "email": emails.get(one.name),
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
        opens = "all projects" if one["projects"] is None else ", ".join(one["projects"])  # type: ignore[arg-type]
        typer.echo(f"{one['name']}\t{', '.join(one['roles'])}\t{opens}\t{state}")  # type: ignore[arg-type]


@users_app.command("role")
def role_(name: Name, role: Roles, folder: Folder = None) -> None:
    """Give somebody these roles and no others, from the next action on."""
    with _accounts(folder) as accounts:
        account = accounts.set_roles(name, role, operator())
    say(f"{account.name} is {', '.join(sorted(account.roles))} now.")


@users_app.command("access")
def access_(
    name: Name,
    projects: Annotated[
        str, typer.Option(metavar="a,b|all", help="Names of projects with commas, or all.")
    ],
    folder: FolderOnly = None,
) -> None:
    """Let somebody open these projects only, or all, from the next action on."""
    named = _named(projects, folder)
    with _accounts(folder) as accounts:
        account = accounts.set_access(name, named, operator())
    opens = "all projects" if account.projects is None else ", ".join(sorted(account.projects))
    say(f"{account.name} may open {opens} now.")


@users_app.command("email")
def email_(
    name: Name,
    address: Annotated[str, typer.Argument(metavar="ADDRESS|none", help="Or none.")],
    folder: Folder = None,
) -> None:
    """Let somebody sign in by an identity provider that verified this e-mail address."""
    with _accounts(folder) as accounts:
        accounts.identities.set_email(name, None if address == "none" else address, operator())
    says = "signs in here only" if address == "none" else f"may sign in as {address}"
    say(f"{name} {says} now.")


@users_app.command("log")
def log(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Of this account only.")
    ] = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Print what was done to accounts, by whom and when, newest first."""
    with _accounts(folder) as accounts:
        changes = accounts.changes(name)
    if as_json:
        print_json([{**asdict(one), "at": one.at.isoformat()} for one in changes])
        return
    for one in changes:
        typer.echo(f"{one.at:%Y-%m-%d %H:%M:%S}\t{one.author or '–'}\t{described(one)}")


@users_app.command("password")
def password_(name: Name, folder: Folder = None, password_stdin: FromStdin = False) -> None:
    """Give somebody another password, and end their sessions."""
    with _accounts(folder) as accounts:
        accounts.set_password(name, _password(from_stdin=password_stdin), operator())
    say(f"{name} has another password, and has to sign in anew.")


@users_app.command("disable")
def disable(name: Name, folder: Folder = None) -> None:
    """Let somebody not sign in any more, and end their sessions; what they did stays."""
    with _accounts(folder) as accounts:
        account = accounts.disable(name, author=operator())
    say(f"{account.name} cannot sign in any more.")


@users_app.command("enable")
def enable(name: Name, folder: Folder = None) -> None:
    """Let somebody sign in again."""
    with _accounts(folder) as accounts:
        account = accounts.disable(name, disabled=False, author=operator())
    say(f"{account.name} may sign in again.")


@users_app.command("revoke")
def revoke(name: Name, folder: Folder = None) -> None:
    """End all sessions of somebody."""
    with _accounts(folder) as accounts:
        ended = accounts.revoke(name, operator())
    say(f"{ended} sessions of {name} ended.")


@contextmanager
def _accounts(folder: Path | None) -> Iterator[Accounts]:
    store = SQLiteAccounts(accounts_file(_projects_in(folder)))
    try:
        yield Accounts(store)
    finally:
        store.close()


def _named(access: str, folder: Path | None) -> list[str] | None:
    """Return the projects that a text such as "a,b" names, None for all."""
    if access.strip() == "all":
        return None
    there = project_names(_projects_in(folder))
    named = [name.strip() for name in access.split(",")]
    for name in named:
        check_project_name(name, there)
    return named


def _projects_in(folder: Path | None) -> Path:
    return folder.resolve() if folder else projects_folder()


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    found: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return found
