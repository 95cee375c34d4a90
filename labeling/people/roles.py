"""Roles and what they may do, as one table."""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from labeling.errors import AccountError

Role = Literal["viewer", "annotator", "reviewer", "author", "admin"]
Action = Literal["see", "annotate", "review", "write functions", "tune", "export", "manage"]

ROLES: tuple[Role, ...] = get_args(Role)
ACTIONS: tuple[Action, ...] = get_args(Action)

MAY: Mapping[Role, frozenset[Action]] = {
    "viewer": frozenset({"see"}),
    # What models and others say of a row would lead an annotator, so it is not for them to see.
    "annotator": frozenset({"annotate"}),
    "reviewer": frozenset({"see", "annotate", "review", "export"}),
    # Functions are programs: who may write them runs code on the server. No other role implies it.
    "author": frozenset({"see", "annotate", "write functions", "tune", "export"}),
    "admin": frozenset({"see", "annotate", "review", "tune", "export", "manage"}),
}
"""A person has one role or more, and may do what any of them allows."""


def allowed(roles: Iterable[Role]) -> frozenset[Action]:
    """Return what somebody with these roles may do.

    >>> sorted(allowed({"annotator", "viewer"}))
    ['annotate', 'see']
    """
    return frozenset().union(*(MAY[role] for role in roles))


def valid_roles(names: Iterable[str]) -> frozenset[Role]:
    """Return the roles of these names.

    Raises:
        AccountError: there is no such role, or none is named.
    """
    wanted = [name.strip() for name in names]
    unknown = [name for name in wanted if name not in ROLES]
    if unknown or not wanted:
        what = f"Unknown role {unknown[0]!r}." if unknown else "No role is named."
        raise AccountError(what, choices=ROLES)
    return frozenset(role for role in ROLES if role in wanted)
