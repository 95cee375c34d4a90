"""Signing in by an identity provider: whose address it is, once, and while it holds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from labeling.errors import AccountError
from labeling.people import passwords
from labeling.people.accounts import Accounts
from labeling.people.identities import Identity, identity_of
from labeling.people.sessions import SESSION_TIME
from storage.accounts import SQLiteAccounts, accounts_file

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLAIMS = {"email": "ann@example.org", "email_verified": True, "exp": (NOW + HOUR).timestamp()}
ANN = Identity("ann@example.org", NOW + HOUR)


@pytest.fixture
def now() -> list[datetime]:
    """The time, which a test may set."""
    return [NOW]


@pytest.fixture
def accounts(
    tmp_path: Path, now: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Accounts]:
    """An admin, mara, and ann, who has an address and no password."""
    monkeypatch.setattr(passwords, "_N", 2**4)
    store = SQLiteAccounts(accounts_file(tmp_path))
    accounts = Accounts(store, lambda: now[0])
    accounts.add("mara", "correct horse battery", ["admin"])
    accounts.add("ann", None, ["annotator"])
    accounts.identities.set_email("Ann", "Ann@example.org", "mara")
    yield accounts
    store.close()


def test_a_verified_address_begins_a_session_of_its_account(accounts: Accounts) -> None:
    """Whatever the case of the address; others belong to nobody."""
    token = accounts.identities.sign_in(ANN, "proof", "192.0.2.1")
    signed_in = accounts.signed_in(token)
    assert signed_in is not None
    assert signed_in.name == "ann"
    with pytest.raises(AccountError, match="belongs to no account here"):
        accounts.identities.sign_in(Identity("eve@example.org", NOW + HOUR), "another proof")


def test_no_password_fits_an_account_without_one(accounts: Accounts) -> None:
    """Not even none."""
    for password in ("", "None"):
        with pytest.raises(AccountError, match="do not belong together"):
            accounts.sign_in("ann", password)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"email": None}, "names no e-mail address"),
        ({"email": ""}, "names no e-mail address"),
        ({"email": "ann"}, "names no e-mail address"),
        ({"email": ["ann@example.org"]}, "names no e-mail address"),
        ({"email_verified": False}, "did not verify ann@example.org"),
        ({"email_verified": None}, "did not verify"),
        ({"email_verified": "true"}, "did not verify"),
        ({"exp": NOW.timestamp()}, "has expired"),
        ({"exp": None}, "has expired"),
        ({"exp": "2000000000"}, "has expired"),
        ({"exp": float("nan")}, "has expired"),
        ({"exp": float("inf")}, "has expired"),
        ({"exp": True}, "has expired"),
    ],
)
def test_what_is_not_verified_or_has_expired_is_no_identity(
    changed: dict[str, Any], says: str
) -> None:
    """Each of the claims is needed, in its own type."""
    assert identity_of(CLAIMS, NOW) == ANN
    with pytest.raises(AccountError, match=says):
        identity_of(CLAIMS | changed, NOW)


def test_a_session_ends_with_what_the_provider_said(
    accounts: Accounts, now: list[datetime]
) -> None:
    """And never lasts longer than one by password."""
    token = accounts.identities.sign_in(ANN, "proof")
    now[0] += HOUR - timedelta(seconds=1)
    assert accounts.signed_in(token) is not None
    now[0] += timedelta(seconds=2)
    assert accounts.signed_in(token) is None
    long = Identity("ann@example.org", now[0] + timedelta(days=400))
    token = accounts.identities.sign_in(long, "another proof")
    now[0] += SESSION_TIME + timedelta(seconds=1)
    assert accounts.signed_in(token) is None


def test_a_proof_counts_once(accounts: Accounts) -> None:
    """So whoever is signed out, or revoked, has to go to the provider again."""
    token = accounts.identities.sign_in(ANN, "proof")
    accounts.revoke("ann")
    assert accounts.signed_in(token) is None
    with pytest.raises(AccountError, match="was used already"):
        accounts.identities.sign_in(ANN, "proof")
    accounts.identities.sign_in(ANN, "another proof")


def test_of_many_who_bring_one_proof_at_once_one_signs_in(accounts: Accounts) -> None:
    """A copy of the cookie does not help."""

    def bring(_: int) -> bool:
        try:
            accounts.identities.sign_in(ANN, "proof")
        except AccountError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(bring, range(8))) == 1


def test_a_disabled_account_is_closed_to_its_address_too(accounts: Accounts) -> None:
    """Until it is enabled again."""
    accounts.disable("ann")
    with pytest.raises(AccountError, match="no account here"):
        accounts.identities.sign_in(ANN, "proof")
    accounts.disable("ann", disabled=False)
    accounts.identities.sign_in(ANN, "proof")


def test_an_address_belongs_to_one_account_and_is_recorded(accounts: Accounts) -> None:
    """It can be taken away; what is none is refused."""
    with pytest.raises(AccountError, match="Another account has the address"):
        accounts.identities.set_email("mara", "ANN@example.org")
    for wrong in ("", "ann", "a b@example.org", "@example.org", f"{'a' * 260}@example.org"):
        with pytest.raises(AccountError, match="no e-mail address"):
            accounts.identities.set_email("mara", wrong)
    with pytest.raises(AccountError, match=r"no account 'eve'.*ann, mara"):
        accounts.identities.set_email("eve", "eve@example.org")
    assert accounts.identities.emails() == {"ann": "Ann@example.org"}
    accounts.identities.set_email("ann", None, "mara")
    assert accounts.identities.emails() == {}
    with pytest.raises(AccountError, match="no account here"):
        accounts.identities.sign_in(ANN, "proof")
    newest, *_ = accounts.changes("ann")
    assert (newest.action, newest.before, newest.after) == ("e-mail", "Ann@example.org", "none")
