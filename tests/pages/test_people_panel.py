"""Settings shows who may sign in, for which projects, and what was done to accounts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from labeling.people import passwords
from labeling.people.accounts import Accounts
from labeling.workspace import Workspace
from storage.accounts import SQLiteAccounts, accounts_file
from tests.pages import opened
from tests.pages.showing import press, rerun, shown, texts
from tests.projects import create

PASSWORD = "correct horse battery"


@pytest.fixture
def accounts(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Accounts]:
    """One admin, mara, and one annotator, ann, and a project, mail."""
    workspace.folder.mkdir(exist_ok=True)
    create(workspace.folder / "mail")
    monkeypatch.setattr(passwords, "_N", 2**4)
    store = SQLiteAccounts(accounts_file(tmp_path))
    opened.accounts = Accounts(store)
    opened.accounts.add("mara", PASSWORD, ["admin"])
    opened.accounts.add("ann", PASSWORD, ["annotator"], author="mara")
    yield opened.accounts
    opened.accounts = None
    store.close()


def test_somebody_is_limited_to_projects_and_given_all_again(
    accounts: Accounts, workspace: Workspace
) -> None:
    """An empty choice means all; the list and the log say it."""
    app = shown("settings")
    (project,) = workspace.projects()
    app.multiselect(key="people-projects-ann-[]").set_value([project])
    press(app, "Save roles and projects")
    assert [account.projects for account in accounts.people()] == [{project}, None]
    people, log = app.dataframe[-2].value, app.dataframe[-1].value
    assert people["projects"].tolist() == [project, "all"]
    assert log["what"][0] == f"ann: access, all projects → {project}"
    app.multiselect(key=f"people-projects-ann-['{project}']").set_value([])
    press(app, "Save roles and projects")
    assert accounts.people()[0].projects is None


def test_an_admin_of_some_projects_is_refused(accounts: Accounts, workspace: Workspace) -> None:
    """And nothing of it is saved."""
    app = shown("settings")
    app.multiselect(key="people-roles-ann-['annotator']").set_value(["admin"])
    app.multiselect(key="people-projects-ann-[]").set_value(list(workspace.projects()))
    press(app, "Save roles and projects")
    assert "Admins manage all projects" in texts(app)
    assert accounts.people()[0].roles == {"annotator"}


def test_whoever_is_invited_gets_the_chosen_projects(
    accounts: Accounts, workspace: Workspace
) -> None:
    """The link stands below the form."""
    app = shown("settings")
    app.text_input(key="people-name").set_value("jo")
    app.multiselect(key="people-projects").set_value(list(workspace.projects()))
    press(app, "Invite")
    link = next(code.value for code in app.code if "invitation" in code.value)
    invitation = accounts.invitation(link.partition("token=")[2])
    assert (invitation.name, invitation.projects) == ("jo", set(workspace.projects()))
    assert rerun(app).dataframe[-1].value["what"][0].startswith("jo: invited, annotator; ")


def test_somebody_gets_an_address_at_an_identity_provider(accounts: Accounts) -> None:
    """What is no address is refused; an empty field takes it away."""
    app = shown("settings")
    app.text_input(key="people-email-ann-").set_value("ann")
    press(app, "Save the address")
    assert "no e-mail address" in texts(app)
    app.text_input(key="people-email-ann-").set_value(" ann@example.org ")
    press(app, "Save the address")
    assert accounts.emails() == {"ann": "ann@example.org"}
    app.text_input(key="people-email-ann-ann@example.org").set_value("")
    press(app, "Save the address")
    assert accounts.emails() == {}
