"""How accounts, roles, projects and times stand in the file of accounts."""

import json
from datetime import UTC, datetime

from labeling.people.account_store import Access, Account
from labeling.people.roles import Role, valid_roles


def account_of(
    name: str, roles: str, created: float, disabled: int, projects: str | None
) -> Account:
    """Return the account of a line."""
    return Account(name, roles_of(roles), time_of(created), bool(disabled), projects_of(projects))


def text_of_roles(roles: frozenset[Role]) -> str:
    """Return roles as one text, which `roles_of` reads."""
    return ",".join(sorted(roles))


def roles_of(text: str) -> frozenset[Role]:
    """Return the roles of a text."""
    return valid_roles(text.split(","))


def text_of_projects(projects: Access) -> str | None:
    """Return names of projects as JSON, which `projects_of` reads; None stays None."""
    return None if projects is None else json.dumps(sorted(projects), ensure_ascii=False)


def projects_of(text: str | None) -> Access:
    """Return the names of projects in a text."""
    return None if text is None else frozenset(json.loads(text))


def number_of(at: datetime) -> float:
    """Return a time as seconds since 1970."""
    return at.timestamp()


def time_of(number: float) -> datetime:
    """Return the time (UTC) of seconds since 1970."""
    return datetime.fromtimestamp(number, UTC)
