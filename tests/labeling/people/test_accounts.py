"""Accounts: adding, inviting, signing in, and what ends a session, over the real file."""

import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from labeling.errors import AccountError
from labeling.people import passwords
from labeling.people.accounts import (
    FAILURE_TIME,
    INVITATION_TIME,
    MOST_FAILURES_FROM_ADDRESS,
    MOST_FAILURES_OF_NAME,
    Accounts,
    TooManyFailures,
)
from labeling.people.sessions import SESSION_TIME
from storage.account_schema import SCHEMA_1
from storage.accounts import SQLiteAccounts, accounts_file

PASSWORD = "correct horse battery"


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time that it is set to."""
        return self.now


@pytest.fixture(autouse=True)
def _cheap_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests quick; the real cost has a test of its own."""
    monkeypatch.setattr(passwords, "_N", 2**4)


@pytest.fixture
def clock() -> Clock:
    """The clock of the accounts."""
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SQLiteAccounts]:
    """A new file of accounts."""
    store = SQLiteAccounts(accounts_file(tmp_path))
    yield store
    store.close()


@pytest.fixture
def accounts(store: SQLiteAccounts, clock: Clock) -> Accounts:
    """One admin, mara, and one annotator, ann."""
    accounts = Accounts(store, clock)
    accounts.add("mara", PASSWORD, ["admin"])
    accounts.add("ann", PASSWORD, ["annotator"])
    return accounts


def test_there_is_no_account_from_the_start(store: SQLiteAccounts) -> None:
    """And the first one has to be an admin's, or nobody could add others."""
    accounts = Accounts(store)
    assert not accounts.in_use
    with pytest.raises(AccountError, match="first account has to be an admin"):
        accounts.add("ann", PASSWORD, ["annotator"])
    with pytest.raises(AccountError, match="nobody can be invited"):
        accounts.invite("mara", ["admin"])
    accounts.add("mara", PASSWORD, ["admin"])
    assert accounts.in_use


def test_a_right_password_begins_a_session(accounts: Accounts) -> None:
    """Each sign-in has a token of its own, and the name may be in another case."""
    token = accounts.sign_in("Mara", PASSWORD, "192.0.2.1")
    signed_in = accounts.signed_in(token)
    assert signed_in is not None
    assert (signed_in.name, signed_in.roles) == ("mara", {"admin"})
    assert accounts.sign_in("mara", PASSWORD) != token
    assert {session.address for session in accounts.sessions()} == {"192.0.2.1", ""}


@pytest.mark.parametrize(("name", "password"), [("mara", "wrong password"), ("nobody", PASSWORD)])
def test_a_wrong_pair_is_refused_without_telling_which(
    accounts: Accounts, name: str, password: str
) -> None:
    """The sentence is the same for a name that is not there."""
    with pytest.raises(AccountError, match=r"^Name and password do not belong together\.$"):
        accounts.sign_in(name, password)


@pytest.mark.parametrize("token", ["", "x", "\ud800", "' OR 1=1 --"])
def test_a_made_up_token_is_nobody(accounts: Accounts, token: str) -> None:
    """Only what the server gave out counts."""
    assert accounts.signed_in(token) is None


def test_a_session_ends_by_itself(accounts: Accounts, clock: Clock) -> None:
    """After two weeks one signs in again."""
    token = accounts.sign_in("ann", PASSWORD)
    clock.now += SESSION_TIME - timedelta(seconds=1)
    assert accounts.signed_in(token) is not None
    clock.now += timedelta(seconds=2)
    assert accounts.signed_in(token) is None
    assert accounts.sessions() == ()


def test_signing_out_ends_that_session_alone(accounts: Accounts) -> None:
    """The one on the other machine goes on."""
    here, there = accounts.sign_in("ann", PASSWORD), accounts.sign_in("ann", PASSWORD)
    accounts.sign_out(here)
    assert accounts.signed_in(here) is None
    assert accounts.signed_in(there) is not None


def test_revoking_another_password_and_disabling_end_all_sessions(accounts: Accounts) -> None:
    """Each of the three; a disabled person cannot sign in again either."""
    token = accounts.sign_in("ann", PASSWORD)
    assert accounts.revoke("ann") == 1
    assert accounts.signed_in(token) is None
    token = accounts.sign_in("ann", PASSWORD)
    accounts.set_password("ann", "another password")
    assert accounts.signed_in(token) is None
    token = accounts.sign_in("ann", "another password")
    accounts.disable("ann")
    assert accounts.signed_in(token) is None
    with pytest.raises(AccountError, match="do not belong together"):
        accounts.sign_in("ann", "another password")
    accounts.disable("ann", disabled=False)
    accounts.sign_in("ann", "another password")


def test_roles_change_within_a_session(accounts: Accounts) -> None:
    """The next action sees them."""
    token = accounts.sign_in("ann", PASSWORD)
    accounts.set_roles("ann", ["reviewer", "author"])
    signed_in = accounts.signed_in(token)
    assert signed_in is not None
    assert signed_in.roles == {"reviewer", "author"}


def test_the_last_admin_stays(accounts: Accounts) -> None:
    """Neither disabled nor given other roles, until there is another one."""
    with pytest.raises(AccountError, match="last admin"):
        accounts.disable("mara")
    with pytest.raises(AccountError, match="last admin"):
        accounts.set_roles("mara", ["viewer"])
    accounts.set_roles("ann", ["admin"])
    accounts.disable("mara")


def test_guessing_is_stopped_for_a_name_and_from_an_address(
    accounts: Accounts, clock: Clock
) -> None:
    """Also for the right password; after a while it goes on."""
    for number in range(MOST_FAILURES_OF_NAME):
        with pytest.raises(AccountError):
            accounts.sign_in("ann", "wrong password", f"192.0.2.{number}")
    with pytest.raises(TooManyFailures, match="Wait 15 minutes"):
        accounts.sign_in("ANN", PASSWORD, "192.0.2.200")
    for number in range(MOST_FAILURES_FROM_ADDRESS):
        with pytest.raises(AccountError):
            accounts.sign_in(f"name {number}", "wrong password", "198.51.100.1")
    with pytest.raises(TooManyFailures):
        accounts.sign_in("mara", PASSWORD, "198.51.100.1")
    accounts.sign_in("mara", PASSWORD, "192.0.2.200")
    clock.now += FAILURE_TIME + timedelta(seconds=1)
    accounts.sign_in("ann", PASSWORD, "198.51.100.1")


def test_an_invitation_works_once(accounts: Accounts) -> None:
    """Whoever takes it chooses the password and is signed in."""
    token = accounts.invite("jo", ["reviewer"])
    assert accounts.invitation(token).name == "jo"
    session = accounts.signed_in(accounts.take_invitation(token, PASSWORD))
    assert session is not None
    assert (session.name, session.roles) == ("jo", {"reviewer"})
    with pytest.raises(AccountError, match="used, replaced or expired"):
        accounts.take_invitation(token, "another password")
    accounts.sign_in("jo", PASSWORD)


def test_an_invitation_expires_and_a_new_one_replaces_it(accounts: Accounts, clock: Clock) -> None:
    """So a link that was lost can be made void."""
    first = accounts.invite("jo", ["reviewer"])
    second = accounts.invite("jo", ["viewer"])
    with pytest.raises(AccountError, match="used, replaced or expired"):
        accounts.invitation(first)
    clock.now += INVITATION_TIME + timedelta(seconds=1)
    with pytest.raises(AccountError, match="used, replaced or expired"):
        accounts.take_invitation(second, PASSWORD)


def test_an_invitation_does_not_take_an_account_that_is_there(accounts: Accounts) -> None:
    """It was added by hand after the invitation went out."""
    token = accounts.invite("jo", ["admin"])
    accounts.add("jo", PASSWORD, ["viewer"])
    with pytest.raises(AccountError):
        accounts.take_invitation(token, "another password")
    accounts.sign_in("jo", PASSWORD)


def test_of_many_who_take_one_invitation_at_once_one_gets_it(accounts: Accounts) -> None:
    """The others are told that it is used."""
    token = accounts.invite("jo", ["viewer"])

    def take(number: int) -> bool:
        try:
            accounts.take_invitation(token, f"{PASSWORD} {number}")
        except AccountError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(8))) == 1


def test_an_account_may_be_for_some_projects_only(accounts: Accounts) -> None:
    """From the next action on; without a limit it opens all, also those made later."""
    token = accounts.sign_in("ann", PASSWORD)

    def opens(project: str) -> bool:
        signed_in = accounts.signed_in(token)
        assert signed_in is not None
        return signed_in.may_open(project)

    assert opens("mail")
    accounts.set_access("ann", ["mail", " news "])
    assert [opens(name) for name in ("mail", "news", "secret", "Mail", "")] == [1, 1, 0, 0, 0]
    accounts.set_access("ann", None)
    assert opens("secret")
    with pytest.raises(AccountError, match="No project is named"):
        accounts.set_access("ann", [" "])


def test_an_admin_opens_all_projects(accounts: Accounts) -> None:
    """Who gives access could give it to themselves; both ways there are refused."""
    with pytest.raises(AccountError, match="Admins manage all projects"):
        accounts.set_access("mara", ["mail"])
    accounts.set_access("ann", ["mail"])
    with pytest.raises(AccountError, match="Admins manage all projects"):
        accounts.set_roles("ann", ["admin"])
    with pytest.raises(AccountError, match="Admins manage all projects"):
        accounts.invite("jo", ["admin"], ["mail"])


def test_whoever_takes_an_invitation_gets_its_projects(accounts: Accounts) -> None:
    """And no others."""
    token = accounts.invite("jo", ["viewer"], ["mail"])
    jo = accounts.signed_in(accounts.take_invitation(token, PASSWORD))
    assert jo is not None
    assert jo.projects == {"mail"}


def test_every_change_of_an_account_is_recorded(accounts: Accounts, clock: Clock) -> None:
    """Who, when and what; what changed nothing is none, and no password or token is in it."""
    invited = accounts.invite("jo", ["viewer"], author="mara")
    accounts.take_invitation(invited, PASSWORD)
    clock.now += timedelta(hours=1)
    accounts.set_roles("jo", ["annotator"], "mara")
    accounts.set_roles("jo", ["annotator"], "mara")
    accounts.set_access("jo", ["mail", "news"], "mara")
    accounts.set_password("jo", "another password", "mara")
    accounts.revoke("jo", "mara")
    accounts.disable("jo", author="mara")
    accounts.disable("jo", disabled=False, author="mara")
    with pytest.raises(AccountError):
        accounts.disable("mara", author="ann")
    assert [(one.action, one.author, one.before, one.after) for one in accounts.changes("JO")] == [
        ("enabled", "mara", "", ""),
        ("disabled", "mara", "", ""),
        ("sessions ended", "mara", "", ""),
        ("password", "mara", "", ""),
        ("access", "mara", "all projects", "mail, news"),
        ("roles", "mara", "viewer", "annotator"),
        ("joined", "jo", "", "viewer; all projects"),
        ("invited", "mara", "", "viewer; all projects"),
    ]
    assert accounts.changes("jo")[0].at == clock.now
    assert [one.name for one in accounts.changes()][-2:] == ["ann", "mara"]
    assert accounts.changes("nobody") == ()


@pytest.mark.parametrize(
    "statement", ["DELETE FROM account_events", "UPDATE account_events SET author = 'x'"]
)
def test_the_file_refuses_to_change_what_was_recorded(
    accounts: Accounts, store: SQLiteAccounts, statement: str
) -> None:
    """Only somebody who takes the triggers out of it could."""
    with pytest.raises(sqlite3.IntegrityError, match="what was done to accounts"):
        store._rows(statement)
    assert len(accounts.changes()) == 2


def test_a_file_of_the_first_version_keeps_its_accounts(tmp_path: Path, clock: Clock) -> None:
    """They open all projects, and their making is the first that is recorded."""
    file = accounts_file(tmp_path)
    file.parent.mkdir()
    old = sqlite3.connect(file, isolation_level=None)
    for statement in SCHEMA_1:
        old.execute(statement)
    at = clock.now.timestamp()
    old.execute("INSERT INTO accounts VALUES ('mara', 'admin,author', ?, 0, x'00', x'00')", [at])
    old.execute("PRAGMA user_version = 1")
    old.close()
    store = SQLiteAccounts(file)
    (mara,) = Accounts(store).people()
    assert (mara.roles, mara.projects) == ({"admin", "author"}, None)
    (made,) = Accounts(store).changes()
    assert (made.name, made.action, made.at) == ("mara", "added", clock.now)
    assert made.after == "admin, author; all projects"
    store.close()


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 81])
def test_a_name_has_to_be_one(accounts: Accounts, name: str) -> None:
    """It is shown on every page."""
    with pytest.raises(AccountError, match="cannot be a person's name"):
        accounts.add(name, PASSWORD, ["viewer"])


def test_a_name_is_taken_whatever_its_case(accounts: Accounts) -> None:
    """Nobody signs in as another's twin."""
    with pytest.raises(AccountError, match="already"):
        accounts.add("MARA", PASSWORD, ["viewer"])


@pytest.mark.parametrize("password", ["short", "", "ü" * 600])
def test_a_password_is_neither_short_nor_endless(accounts: Accounts, password: str) -> None:
    """A long one would keep the server busy."""
    with pytest.raises(AccountError, match="password"):
        accounts.add("jo", password, ["viewer"])


def test_neither_passwords_nor_tokens_can_be_read_from_the_file(
    accounts: Accounts, tmp_path: Path
) -> None:
    """And nobody else on the machine may read it at all."""
    session = accounts.sign_in("ann", PASSWORD)
    invited = accounts.invite("jo", ["viewer"])
    file = accounts_file(tmp_path)
    kept = b"".join(path.read_bytes() for path in file.parent.iterdir())
    for secret in (PASSWORD, session, invited):
        assert secret.encode() not in kept
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_what_another_process_changes_counts_at_once(accounts: Accounts, tmp_path: Path) -> None:
    """The command line ends a session beside the server."""
    token = accounts.sign_in("ann", PASSWORD)
    beside = SQLiteAccounts(accounts_file(tmp_path))
    Accounts(beside).revoke("ann")
    beside.close()
    assert accounts.signed_in(token) is None


def test_a_file_that_is_none_is_said_so(tmp_path: Path) -> None:
    """It is not made anew: that would open the server to everybody."""
    file = accounts_file(tmp_path)
    file.parent.mkdir()
    file.write_bytes(b"not a database, and long enough to look like one" * 40)
    with pytest.raises(AccountError, match="cannot be read"):
        SQLiteAccounts(file)


def test_a_file_of_a_newer_version_is_refused(store: SQLiteAccounts, tmp_path: Path) -> None:
    """It may mean what this version does not know."""
    with store._writing() as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(AccountError, match="newer version"):
        SQLiteAccounts(accounts_file(tmp_path))
