"""`users` as other programs call it, and a server that refuses to be open to others."""

import io
import json
from pathlib import Path

import pytest

from labeling.people import passwords
from tests.command_line import cli
from tests.projects import create

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _cheap_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests quick; the real cost has a test of its own."""
    monkeypatch.setattr(passwords, "_N", 2**4)


def add(folder: Path, name: str, *roles: str, password: str = PASSWORD) -> str:
    """Add an account; return what was said."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        named = [word for role in roles for word in ("--role", role)]
        done = cli("users", "add", name, *named, "--projects", folder, "--password-stdin")
    return done.stderr


def test_people_are_added_listed_changed_and_ended(tmp_path: Path) -> None:
    """The first one is an admin; each command says what it did."""
    assert "first account has to be an admin's" in add(tmp_path, "ann", "annotator")
    assert add(tmp_path, "mara", "admin", "author") == "mara may sign in as admin, author.\n"
    assert "at least 10" in add(tmp_path, "ann", "annotator", password="short")
    add(tmp_path, "ann", "annotator")
    assert cli("users", "role", "ann", "--role", "reviewer", "--projects", tmp_path).stderr == (
        "ann is reviewer now.\n"
    )
    assert cli("users", "revoke", "ann", "--projects", tmp_path).stderr == (
        "0 sessions of ann ended.\n"
    )
    cli("users", "disable", "ann", "--projects", tmp_path)
    listed = json.loads(cli("users", "list", "--json", "--projects", tmp_path).stdout)
    assert listed == [
        {"name": "ann", "roles": ["reviewer"], "projects": None}
        | {"email": None, "disabled": True, "sessions": 0},
        {"name": "mara", "roles": ["admin", "author"], "projects": None}
        | {"email": None, "disabled": False, "sessions": 0},
    ]
    assert cli("users", "list", "--projects", tmp_path).stdout.startswith(
        "ann\treviewer\tall projects\tdisabled"
    )
    assert "may sign in again" in cli("users", "enable", "ann", "--projects", tmp_path).stderr
    refused = cli("users", "disable", "mara", "--projects", tmp_path)
    assert (refused.returncode, "last admin" in refused.stderr) == (1, True)


def test_access_is_limited_to_projects_that_are_there(tmp_path: Path) -> None:
    """And is given back with all; invitations may be limited from the start."""
    for name in ("mail", "news"):
        create(tmp_path / name)
    add(tmp_path, "mara", "admin")
    add(tmp_path, "ann", "annotator")

    def access(name: str, projects: str) -> str:
        return cli("users", "access", name, "--projects", projects, "--folder", tmp_path).stderr

    assert access("ann", "news, mail") == "ann may open mail, news now.\n"
    refused = access("ann", "mail,secret")
    assert "There is no project 'secret'" in refused
    assert "mail, news" in refused
    assert "Admins manage all projects" in access("mara", "mail")
    listed = json.loads(cli("users", "list", "--json", "--folder", tmp_path).stdout)
    assert [one["projects"] for one in listed] == [["mail", "news"], None]
    assert access("ann", "all") == "ann may open all projects now.\n"
    invite = ("users", "invite", "jo", "--role", "viewer", "--access", "mail")
    cli(*invite, "--folder", tmp_path)
    log = cli("users", "log", "jo", "--folder", tmp_path).stdout
    assert log.endswith("command line\tjo: invited, viewer; mail\n")


def test_somebody_may_sign_in_by_an_identity_provider(tmp_path: Path) -> None:
    """With an address, and without a password."""
    add(tmp_path, "mara", "admin")
    there = ("--folder", tmp_path)
    cli("users", "add", "ann", "--role", "annotator", "--no-password", *there)
    said = cli("users", "email", "ann", "ann@example.org", *there).stderr
    assert said == "ann may sign in as ann@example.org now.\n"
    assert "no e-mail address" in cli("users", "email", "ann", "ann", *there).stderr
    listed = json.loads(cli("users", "list", "--json", *there).stdout)
    assert [one["email"] for one in listed] == ["ann@example.org", None]
    cli("users", "email", "ann", "none", *there)
    assert "ann: e-mail, ann@example.org → none" in cli("users", "log", *there).stdout


def test_the_log_says_who_did_what(tmp_path: Path) -> None:
    """Newest first, as lines and as JSON."""
    add(tmp_path, "mara", "admin")
    add(tmp_path, "ann", "annotator")
    cli("users", "role", "ann", "--role", "reviewer", "--folder", tmp_path)
    lines = cli("users", "log", "--folder", tmp_path).stdout.splitlines()
    assert [line.split("\t")[-1] for line in lines] == [
        "ann: roles, annotator → reviewer",
        "ann: added, annotator; all projects",
        "mara: added, admin; all projects",
    ]
    (newest, *_) = json.loads(cli("users", "log", "--json", "--folder", tmp_path).stdout)
    assert (newest["name"], newest["action"]) == ("ann", "roles")
    assert (newest["before"], newest["after"]) == ("annotator", "reviewer")
    assert newest["author"].endswith("command line")


def test_an_invitation_is_a_link(tmp_path: Path) -> None:
    """It is printed alone on stdout, for scripts."""
    early = cli("users", "invite", "ben", "--role", "annotator", "--projects", tmp_path)
    assert (early.returncode, "Add an admin first" in early.stderr) == (1, True)
    add(tmp_path, "mara", "admin")
    made = cli("users", "invite", "ben", "--role", "annotator", "--projects", tmp_path)
    assert made.stdout.startswith("/labelwright/invitation?token=")
    wrong = cli("users", "invite", "jo", "--role", "boss", "--projects", tmp_path)
    assert "viewer, annotator, reviewer, author, admin" in wrong.stderr


def test_a_server_without_accounts_listens_on_this_machine_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reached it could run code on it."""
    monkeypatch.setenv("LABELWRIGHT_PROJECTS", str(tmp_path))
    refused = cli("serve", "--address", "0.0.0.0")  # noqa: S104 - it is refused
    assert refused.returncode == 1
    assert "has no accounts" in refused.stderr
    assert "no address" in cli("serve", "--address", "nowhere").stderr
