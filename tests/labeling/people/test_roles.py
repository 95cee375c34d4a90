"""Who may do what: the whole table, and what stands before a project."""

import inspect
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from labeling.annotation_store import Annotation
from labeling.errors import AccountError, LabelwrightError, NotAllowed, ProjectError
from labeling.execution.local import LocalExecutor
from labeling.leases import Holder
from labeling.people.account_store import Access, Account
from labeling.people.accounts import Accounts
from labeling.people.acting import (
    NOT_FOR_PEOPLE,
    REQUIRES,
    acting_accounts,
    acting_project,
)
from labeling.people.acting_workspace import ActingWorkspace
from labeling.people.roles import ACTIONS, MAY, ROLES, Action, Role, allowed, valid_roles
from labeling.project import Project
from labeling.workspace import Workspace
from tests.projects import create, keyword

MATRIX: dict[Role, str] = {
    "viewer": "see",
    "annotator": "annotate",
    "reviewer": "see annotate review export",
    "author": "see annotate write_functions tune export",
    "admin": "see annotate review tune export manage",
}


def person(*roles: Role, name: str = "ann", projects: Access = None) -> Account:
    """Return somebody with these roles."""
    return Account(name, frozenset(roles), datetime.now(UTC), projects=projects)


def acting(project: Project, *roles: Role) -> Project:
    """Return the project as somebody with these roles may use it."""
    return acting_project(project, lambda: person(*roles))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ACTIONS)
def test_each_role_may_do_just_what_the_matrix_says(role: Role, action: Action) -> None:
    """Only authors may write functions; an admin has to be made one too."""
    assert (action in MAY[role]) == (action.replace(" ", "_") in MATRIX[role].split())


def test_roles_add_up_and_unknown_ones_are_refused() -> None:
    """The refusal names the roles there are."""
    assert allowed({"viewer", "annotator"}) == {"see", "annotate"}
    assert valid_roles([" admin ", "author"]) == {"admin", "author"}
    with pytest.raises(AccountError, match=r"Unknown role 'boss'.*viewer, annotator"):
        valid_roles(["boss"])
    with pytest.raises(AccountError, match="No role is named"):
        valid_roles([])


def public(part: object) -> list[str]:
    """Return the names of what a part of a project offers."""
    found = inspect.getmembers(type(part), inspect.isfunction)
    return [name for name, _ in found if not name.startswith("_")]


def test_every_use_case_is_in_one_of_the_two_tables(project: Project) -> None:
    """So a new one is refused until somebody says who may use it."""
    parts = {name.partition(".")[0] for name in REQUIRES if "." in name} - {"accounts"}
    offered = {*public(project), "folder"}
    for part in parts:
        offered |= {f"{part}.{name}" for name in public(getattr(project, part))}
    known = {name for name in REQUIRES if not name.startswith("accounts.")} | NOT_FOR_PEOPLE
    assert offered - known == set()
    assert {name for name in known if "." not in name} - offered == set()


def named(part: Any, use_case: str) -> Any:
    """Return what a use case is called by, such as `pins.pin`."""
    for step in use_case.split("."):
        part = getattr(part, step)
    return part


def test_each_use_case_is_refused_to_every_role_that_does_not_allow_it(project: Project) -> None:
    """It is refused before anything is done, whatever it is called with."""
    refused = 0
    for role in ROLES:
        acted = acting(project, role)
        accounts = acting_accounts(Accounts(None), lambda role=role: person(role))  # type: ignore[arg-type, misc]
        for use_case, actions in REQUIRES.items():
            if MAY[role] & set(actions):
                continue
            _, of_accounts, name = use_case.rpartition("accounts.")
            with pytest.raises(NotAllowed, match=r"ann may not do that.*Ask an admin"):
                named(accounts if of_accounts else acted, name)()
            refused += 1
    assert refused > 150


def test_what_is_not_for_people_is_refused_to_everybody(project: Project) -> None:
    """An admin and author included."""
    acted = acting(project, "admin", "author")
    for name in (*sorted(NOT_FOR_PEOPLE), "_store", "_engine", "no_such_thing"):
        with pytest.raises(NotAllowed, match="not for people"):
            named(acted, name)


def test_nothing_is_allowed_after_the_session(project: Project) -> None:
    """Who was signed in when the page was drawn has to be it at each action."""
    signed_in = [person("admin", "author")]
    acted = acting_project(project, lambda: signed_in[0] if signed_in else None)
    assert acted.info().name == "p"
    save = acted.save_function
    signed_in.clear()
    with pytest.raises(NotAllowed, match="not signed in any more"):
        save(keyword("win", ("win",), "spam"))
    assert [one.name for one in project.functions()] == ["money", "lunch", "free"]


def test_changes_are_saved_under_the_person_s_own_name(project: Project) -> None:
    """Whatever name comes with them, by place or by name."""
    author = acting(project, "author")
    author.save_function(keyword("win", ("win",), "spam"), "mara")
    author.remove_function("win", author="mara")
    events = project.history.timeline().events
    assert {event.author for event in events if event.subject == "win"} == {"ann"}
    label = Annotation(uuid4(), 7, "label", 0, "mara", datetime.now(UTC))
    acting(project, "annotator").annotate([label])
    assert [one.annotator for one in project.annotations(7)] == ["ann"]
    acting(project, "reviewer").annotators.decide(7, 1, "mara")
    assert project.annotations(7)[-1].annotator == "ann"


def test_an_annotator_cannot_decide_in_the_disguise_of_a_label(project: Project) -> None:
    """The action of the event counts, not the method it comes through."""
    decision = Annotation(uuid4(), 7, "decide", 0, "ann", datetime.now(UTC))
    with pytest.raises(NotAllowed, match="right to review"):
        acting(project, "annotator").annotate([decision])
    assert project.annotations(7) == ()


def test_a_queue_is_that_of_the_person(project: Project) -> None:
    """Nobody gets rows in the name of another."""
    annotator = acting(project, "annotator")
    rows = annotator.next_rows("random", 1, holder=Holder("mara", "a"))
    kept = annotator.still_wanted([row.row_id for row in rows], Holder("mara", "a"))
    assert len(kept) == 1
    assert project.assignments.closed(Holder("jo", "b"))[kept[0]]


def test_an_undo_needs_what_the_change_needs(project: Project) -> None:
    """A reviewer takes labels back, and not functions."""
    acting(project, "annotator").annotate(
        [Annotation(uuid4(), 7, "label", 0, "ann", datetime.now(UTC))]
    )
    events = {event.kind: event for event in reversed(project.history.timeline().events)}
    reviewer = acting(project, "reviewer")
    with pytest.raises(NotAllowed, match="right to write functions"):
        reviewer.history.undo(events["function"].event_id)
    reviewer.history.undo(events["annotation"].event_id)
    with pytest.raises(NotAllowed, match="right to review"):
        acting(project, "author").history.undo(project.history.timeline().events[0].event_id)


def test_may_tells_pages_what_to_offer(project: Project) -> None:
    """Alone, one may do all."""
    assert project.may("write functions")
    assert acting(project, "admin").may("manage")
    assert not acting(project, "admin").may("write functions")


def limited_to(project: Project, role: Role, *projects: str) -> Project:
    """Return the project as somebody may use it who may open these projects."""
    return acting_project(project, lambda: person(role, projects=frozenset(projects)))


def test_no_role_reaches_a_project_that_the_account_may_not_open(project: Project) -> None:
    """Each use case in each role: refused in another project, and as ever in its own."""
    asked = 0
    for role in ROLES:
        elsewhere, here = limited_to(project, role, "q"), limited_to(project, role, "p", "q")
        for use_case in REQUIRES:
            if use_case.startswith("accounts."):
                continue
            with pytest.raises(NotAllowed, match="may not open the project 'p'"):
                called(named(elsewhere, use_case))
            asked += 1
        assert here.may("see") == ("see" in MAY[role])
        assert here.info() == project.info()
    assert asked > 300


def called(use_case: Any) -> Any:
    """Call what can be called; a plain value was refused when it was read."""
    return use_case() if callable(use_case) else use_case


def test_access_that_is_taken_away_ends_at_once(project: Project) -> None:
    """A page that is open keeps the project, and gets nothing from it any more."""
    access = [frozenset({"p"})]
    acted = acting_project(project, lambda: person("viewer", projects=access[0]))
    functions = acted.functions
    assert functions()
    access[0] = frozenset({"q"})
    with pytest.raises(NotAllowed, match="ask an admin for access"):
        functions()
    with pytest.raises(NotAllowed, match="ask an admin for access"):
        acted.history.timeline()


def test_a_workspace_shows_the_projects_that_are_for_somebody(tmp_path: Path) -> None:
    """Another one is like one that is not there, also in the words of the refusal."""
    folder = tmp_path / "projects"
    folder.mkdir()
    for name in ("mail", "news", "secret"):
        create(folder / name)
    workspace = Workspace(folder, _opener(), LocalExecutor())
    try:
        acted = ActingWorkspace(
            workspace, lambda: person("viewer", projects=frozenset({"mail", "news", "gone"}))
        )
        assert acted.projects() == ("mail", "news")
        assert acted.open("mail").info().name == "mail"
        for name in ("secret", "never"):
            with pytest.raises(ProjectError, match=rf"no project '{name}'.*: mail, news"):
                acted.open(name)
        nowhere = ActingWorkspace(workspace, lambda: person("viewer", projects=frozenset({"x"})))
        assert nowhere.projects() == ()
    finally:
        workspace.close()


def test_a_workspace_gives_projects_that_are_guarded(tmp_path: Path) -> None:
    """A new project needs an admin, and none is opened around the guard."""
    folder = tmp_path / "projects"
    folder.mkdir()
    create(folder / "p")
    workspace = Workspace(folder, _opener(), LocalExecutor())
    try:
        acted = ActingWorkspace(workspace, lambda: person("annotator"))
        assert acted.projects() == ("p",)
        with pytest.raises(NotAllowed):
            acted.open("p").functions()
        for refused in (
            lambda: acted.create("q", ("a", "b"), None),  # type: ignore[arg-type]
            lambda: acted.preview(tmp_path / "q.csv"),
            acted.isolation,
            acted.close,
        ):
            with pytest.raises(LabelwrightError):
                refused()
    finally:
        workspace.close()


def _opener() -> Any:
    from storage import DuckDBOpener

    return DuckDBOpener()
