"""Which projects an account opens, and how that is said in words."""

from collections.abc import Iterable

from labeling.errors import AccountError
from labeling.people.account_store import Access, Account


def access_to(projects: Iterable[str] | None) -> Access:
    """Return which projects names stand for; raise AccountError where there is none."""
    if projects is None:
        return None
    named = frozenset(name.strip() for name in projects if name.strip())
    if not named:
        raise AccountError(
            "No project is named.", remedy="Name one or more, or disable the account instead."
        )
    return named


def check_access(account: Account) -> None:
    """Raise AccountError where somebody who manages the server is kept out of projects."""
    if "admin" in account.roles and account.projects is not None:
        raise AccountError(
            f"{account.name} would be an admin of {projects_in_words(account)} only.",
            remedy="Admins manage all projects: let the account open all, or take that role away.",
        )


def says(account: Account) -> str:
    """Say what an account may do, and where."""
    return f"{roles_in_words(account)}; {projects_in_words(account)}"


def roles_in_words(account: Account) -> str:
    """Say the roles of an account."""
    return ", ".join(sorted(account.roles))


def projects_in_words(account: Account) -> str:
    """Say which projects an account opens."""
    return "all projects" if account.projects is None else ", ".join(sorted(account.projects))
