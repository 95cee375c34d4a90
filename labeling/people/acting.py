"""A project as one person may use it: every action asks for a role first, here and not in pages.

`REQUIRES` names every use case with the actions that allow it; what it does not name is refused. So
is everything once the session ended, and in projects that the account may not open. What a person
changes is saved under the person's own name, whatever name comes with it.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from labeling.annotation_store import OF_REVIEWERS
from labeling.errors import NotAllowed
from labeling.leases import Holder
from labeling.past import EventFilter, EventKind
from labeling.people.account_store import Account
from labeling.people.accounts import Accounts
from labeling.people.roles import Action, allowed
from labeling.project import Project

SignedIn = Callable[[], Account | None]
"""Tells who is signed in at this moment, with the roles of this moment; None after the session."""

_SEE: tuple[Action, ...] = ("see",)
_ANY: tuple[Action, ...] = (
    "see",
    "annotate",
    "review",
    "write functions",
    "tune",
    "export",
    "manage",
)
_LABEL: tuple[Action, ...] = ("annotate",)
_REVIEW: tuple[Action, ...] = ("review",)
_WRITE: tuple[Action, ...] = ("write functions",)
_TUNE: tuple[Action, ...] = ("tune",)
_EXPORT: tuple[Action, ...] = ("export",)
_MANAGE: tuple[Action, ...] = ("manage",)

REQUIRES: Mapping[str, tuple[Action, ...]] = {
    "folder": _ANY,
    "may": _ANY,
    "info": _ANY,
    "columns": _ANY,
    "readable_columns": _ANY,
    "save_guidelines": _MANAGE,
    "add_class": _MANAGE,
    "save_classes": _MANAGE,
    "import_rows": _MANAGE,
    "snapshot": _ANY,
    "find_rows": _SEE,
    "rows": ("see", "annotate"),
    "functions": _SEE,
    "function": _SEE,
    "isolation": _SEE,
    "check_function": _WRITE,
    "save_function": _WRITE,
    "put_function": _WRITE,
    "remove_function": _WRITE,
    "run_again": _WRITE,
    "ledger": _SEE,
    "accept_function": _WRITE,
    "function_history": _SEE,
    "run_errors": _SEE,
    "model": _SEE,
    "choose_model": _TUNE,
    "fits": _SEE,
    "end_model.is_outdated": _SEE,
    "end_model.train": _TUNE,
    "end_model.use_as_function": _WRITE,
    "end_model.cancel": _TUNE,
    "next_rows": _LABEL,
    "annotate": _LABEL,
    "suggestions": _LABEL,
    "still_wanted": _LABEL,
    "annotation_progress": ("see", "annotate"),
    "annotations": _SEE,
    "exports.counts": _EXPORT,
    "exports.preview": _EXPORT,
    "exports.write_to_project": _EXPORT,
    "exports.files": _EXPORT,
    "backup": _MANAGE,
    "accounts.people": _MANAGE,
    "accounts.sessions": _MANAGE,
    "accounts.invite": _MANAGE,
    "accounts.revoke": _MANAGE,
    "accounts.set_roles": _MANAGE,
    "accounts.set_access": _MANAGE,
    "accounts.emails": _MANAGE,
    "accounts.set_email": _MANAGE,
    "accounts.changes": _MANAGE,
    "accounts.annotators": ("review", "manage"),
    "accounts.disable": _MANAGE,
    "versions.of": _SEE,
    "versions.compare": _SEE,
    "versions.restore": _WRITE,
    "annotators.labels": _SEE,
    "annotators.agreement": _SEE,
    "annotators.progress": _SEE,
    "annotators.reliability": _SEE,
    "annotators.disagreements": _SEE,
    "annotators.decide": _REVIEW,
    "annotators.reopen": _REVIEW,
    "annotators.flagged": _SEE,
    "annotators.take_off_flag": _REVIEW,
    "annotators.import_file": _MANAGE,
    "annotators.export_file": _EXPORT,
    "assignments.overlap": _SEE,
    "assignments.set_overlap": _REVIEW,
    "assignments.version": _LABEL,
    "assignments.paused": _ANY,
    "assignments.pause": _REVIEW,
    "assignments.resume": _REVIEW,
    "assignments.take_back": _REVIEW,
    "assignments.batch_progress": _REVIEW,
    "assignments.check_share": _SEE,
    "assignments.set_check_share": _REVIEW,
    "examples.shown": _LABEL,
    "queues.draw": _LABEL,
    "queues.give_batch": _REVIEW,
    "queues.still_wanted": _LABEL,
    "queues.random_share": _SEE,
    "queues.set_random_share": _REVIEW,
    "held_out.looks": _SEE,
    "held_out.look": _TUNE,
    "pins.pin": _WRITE,
    "pins.unpin": _WRITE,
    "pins.check": _SEE,
    "pins.check_votes": _SEE,
    "pins.rows_of": _SEE,
    "pins.check_all": _SEE,
    "pins.export": _EXPORT,
    "returns.of": _SEE,
    "slices.names": _SEE,
    "slices.filter": _SEE,
    "slices.save": ("write functions", "review", "manage"),
    "slices.remove": ("write functions", "review", "manage"),
    "slices.rows": _SEE,
    "slices.statistics": _SEE,
    "votes_on_demand.allowed": _ANY,
    "votes_on_demand.allow": _MANAGE,
    "votes_on_demand.of": _LABEL,
    "history.timeline": _SEE,
    "history.authors": _SEE,
    "history.undo": _ANY,
    "proposals.proposals": _WRITE,
    "proposals.find": _WRITE,
    "proposals.near": _SEE,
    "marginals.values": _SEE,
    "previews.start": _WRITE,
    "previews.state": _WRITE,
    "previews.wait": _WRITE,
    "previews.wait_for_counts": _WRITE,
    "previews.stop": _WRITE,
}
"""By the name of a use case of `Project`, or of `Accounts`: any one of these actions allows it."""

NOT_FOR_PEOPLE = frozenset(
    {
        "start", "close", "refresh", "wait_idle", "check_stability", "end_model.train_here",
        "end_model.wait", "end_model.close", "exports.check_target", "exports.write",
        "assignments.closed", "assignments.grant", "assignments.keep", "assignments.changed",
        "assignments.give_batch", "assignments.batch_draws", "examples.checks",
        "pins.move",
        "proposals.close", "marginals.close", "previews.close",
    }
)  # fmt: skip
"""What the server itself or the command line calls, and no person through a browser."""

UNDO: Mapping[EventKind, tuple[Action, ...]] = {
    "function": _WRITE,
    "acceptance": _WRITE,
    "annotation": _REVIEW,
    "pin": _WRITE,
    "slice": ("write functions", "review", "manage"),
    "setting": _MANAGE,
    "batch": _REVIEW,
    "look": _SEE,
    "import": _MANAGE,
}
_PARTS = frozenset(name.partition(".")[0] for name in REQUIRES if "." in name) - {"accounts"}
_NAMED_AFTER = ("author", "reviewer")
"""The parameters that say who does something."""


def check_allowed(
    signed_in: SignedIn, actions: Sequence[Action], project: str | None = None
) -> Account:
    """Return who is signed in, where any of these actions is allowed to them now.

    `project` names the one it is about, None where it is about none.

    Raises:
        NotAllowed: it is not, in this project or at all, or the session ended.
    """
    account = signed_in()
    if account is None:
        raise NotAllowed("You are not signed in any more.", remedy="Reload the page and sign in.")
    if project is not None and not account.may_open(project):
        raise NotAllowed(
            f"{account.name} may not open the project {project!r}.",
            remedy="Choose another project, or ask an admin for access.",
        )
    if not allowed(account.roles) & set(actions):
        roles = ", ".join(sorted(account.roles))
        raise NotAllowed(
            f"{account.name} may not do that.",
            remedy=f"Ask an admin: it needs the right to {' or '.join(actions)}, and your "
            f"{'role is' if len(account.roles) == 1 else 'roles are'} {roles}.",
        )
    return account


def acting_project(project: Project, signed_in: SignedIn) -> Project:
    """Return a project that does what the roles of whoever is signed in allow, and no more."""
    return cast("Project", _Guarded(project, "", signed_in, project.folder.name))


def acting_accounts(accounts: Accounts, signed_in: SignedIn) -> Accounts:
    """Return accounts that whoever is signed in may manage, where the roles allow that."""
    return cast("Accounts", _Guarded(accounts, "accounts.", signed_in))


class _Guarded:
    """Stands before a project or a part of it, or, without the name of a project, the accounts."""

    def __init__(
        self, part: object, prefix: str, signed_in: SignedIn, project: str | None = None
    ) -> None:
        self._part, self._prefix, self._project = part, prefix, project
        self._signed_in = signed_in

    def __getattr__(self, name: str) -> Any:
        if not self._prefix and name in _PARTS:
            part = getattr(self._part, name)
            return _Guarded(part, f"{name}.", self._signed_in, self._project)
        use_case = f"{self._prefix}{name}"
        if use_case not in REQUIRES:
            raise NotAllowed(f"{use_case} is not for people who signed in.")
        found = getattr(self._part, name)
        if not callable(found):
            self._check(REQUIRES[use_case])
            return found
        return self._checked(use_case, found)

    def _checked(self, use_case: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def checked(*arguments: Any, **named: Any) -> Any:
            account = self._check(REQUIRES[use_case])
            given = inspect.signature(call).bind(*arguments, **named)
            for name in _NAMED_AFTER:
                if name in given.signature.parameters:
                    given.arguments[name] = account.name
            if use_case == "may":
                return given.arguments["action"] in allowed(account.roles)
            if use_case == "history.undo":
                self._check_undo(str(given.arguments["event_id"]))
            if use_case == "annotate":
                given.arguments["events"] = [
                    self._own_label(event, account) for event in given.arguments["events"]
                ]
            holder = given.arguments.get("holder")
            if isinstance(holder, Holder):
                given.arguments["holder"] = replace(holder, annotator=account.name)
            return call(*given.args, **given.kwargs)

        return checked

    def _check(self, actions: Sequence[Action]) -> Account:
        return check_allowed(self._signed_in, actions, self._project)

    def _check_undo(self, event_id: str) -> None:
        """Raise NotAllowed where the roles do not allow to change what the event changed."""
        found = self._part.timeline(EventFilter(event_id=event_id)).events  # type: ignore[attr-defined]
        for event in found:
            self._check(UNDO[event.kind])

    def _own_label(self, event: Any, account: Account) -> Any:
        if event.action in OF_REVIEWERS:
            self._check(_REVIEW)
        return replace(event, annotator=account.name)
