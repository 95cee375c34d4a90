"""Settings: who may sign in, with which roles in which projects, and what was done to accounts."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from components.assets import address
from components.attempts import attempt, show_refused
from labeling.people.account_store import Account, described
from labeling.people.accounts import Accounts
from labeling.people.roles import ROLES

_PLACE = "people"
_NAME, _ROLES, _PROJECTS = "people-name", "people-roles", "people-projects"
_LINK = "people-link"


def people_panel(accounts: Accounts | None, projects: Sequence[str] = ()) -> None:
    """Draw the people of the server; without accounts, how to begin with them."""
    st.subheader("People", anchor=False)
    if accounts is None:
        st.text(
            "This server asks nobody to sign in, and listens on this machine only. To work as a "
            "team, add an admin:"
        )
        st.code("python cli.py users add NAME --role admin", language=None)
        return
    people = accounts.people()
    st.dataframe(
        pd.DataFrame([_line(account, accounts) for account in people]),
        hide_index=True,
        alt="People with their roles",
    )
    _invite(accounts, projects)
    _change(accounts, people, projects)
    show_refused(_PLACE)
    _log(accounts)


def _line(account: Account, accounts: Accounts) -> dict[str, object]:
    begun = [one for one in accounts.sessions() if one.name == account.name]
    return {
        "name": account.name,
        "roles": ", ".join(role for role in ROLES if role in account.roles),
        "projects": "all" if account.projects is None else ", ".join(sorted(account.projects)),
        "signed in": len(begun),
        "last sign-in (UTC)": f"{begun[0].began:%Y-%m-%d %H:%M}" if begun else "–",
        "state": "disabled" if account.disabled else "active",
    }


def _invite(accounts: Accounts, projects: Sequence[str]) -> None:
    form = st.form("people-invite", clear_on_submit=True, border=False)
    with form, st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Name of a new person", key=_NAME, width=240)
        st.multiselect("Roles", ROLES, default=["annotator"], key=_ROLES, width=320)
        st.multiselect("Projects", projects, key=_PROJECTS, width=320, placeholder="All projects")
        st.form_submit_button("Invite", on_click=attempt, args=(_PLACE, _make_link, accounts))
    made = st.session_state.get(_LINK)
    if made:
        name, path = made
        st.text(f"For {name}, to be opened once within a week, on this server's address:")
        st.code(path, language=None)


def _make_link(accounts: Accounts) -> None:
    name = str(st.session_state[_NAME]).strip()
    projects = st.session_state[_PROJECTS] or None
    token = accounts.invite(name, st.session_state[_ROLES], projects)
    st.session_state[_LINK] = (name, f"{address('invitation')}?token={token}")


def _change(accounts: Accounts, people: tuple[Account, ...], projects: Sequence[str]) -> None:
    with st.expander("Change somebody's roles or projects, or end their sessions"):
        by_name = {account.name: account for account in people}
        name = st.selectbox("Person", list(by_name), width=240, key="people-changed")
        if name not in by_name:
            return
        account = by_name[name]
        # Other roles, given here or elsewhere, make it another field, which shows them.
        field = f"people-roles-{name}-{sorted(account.roles)}"
        st.multiselect("Roles", ROLES, default=sorted(account.roles), key=field, width=420)
        opens = _access_field(account, projects)
        email = _email_field(accounts, name)
        with st.container(horizontal=True):
            _button("Save roles and projects", _save, accounts, name, field, opens)
            _button("Save the address", _save_email, accounts, name, email)
            _button("End all sessions", accounts.revoke, name)
            if account.disabled:
                _button("Let sign in again", _enable, accounts, name)
            else:
                _button("Disable", accounts.disable, name)


def _button(label: str, change: Callable[..., object], *arguments: object) -> None:
    st.button(label, on_click=attempt, args=(_PLACE, change, *arguments))


def _access_field(account: Account, projects: Sequence[str]) -> str:
    """Draw which projects somebody may open; return the field's key."""
    chosen = sorted(account.projects or ())
    key = f"people-projects-{account.name}-{chosen}"
    st.multiselect(
        "Projects",
        sorted({*projects, *chosen}),
        default=chosen,
        key=key,
        width=420,
        placeholder="All projects",
        help="Without a choice: all, also those that are made later. Admins open all.",
    )
    return key


def _email_field(accounts: Accounts, name: str) -> str:
    """Draw the address by which somebody signs in elsewhere; return the field's key."""
    saved = accounts.emails().get(name, "")
    key = f"people-email-{name}-{saved}"
    st.text_input(
        "E-mail address at an identity provider",
        saved,
        key=key,
        width=420,
        placeholder="Signs in here only",
        help="Whoever signs in by OpenID Connect, and has this address verified there, comes in "
        "as this person. docs/team.md says how to set up a provider.",
    )
    return key


def _save_email(accounts: Accounts, name: str, field: str) -> None:
    accounts.set_email(name, str(st.session_state[field]).strip() or None)


def _save(accounts: Accounts, name: str, roles: str, projects: str) -> None:
    chosen = st.session_state[projects] or None
    if "admin" in st.session_state[roles]:
        accounts.set_access(name, chosen)
        accounts.set_roles(name, st.session_state[roles])
    else:
        accounts.set_roles(name, st.session_state[roles])
        accounts.set_access(name, chosen)


def _log(accounts: Accounts) -> None:
    with st.expander("What was done to accounts"):
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "when (UTC)": f"{one.at:%Y-%m-%d %H:%M:%S}",
                        "who": one.author or "–",
                        "what": described(one),
                    }
                    for one in accounts.changes()
                ]
            ),
            hide_index=True,
            alt="What was done to accounts, newest first",
        )


def _enable(accounts: Accounts, name: str) -> None:
    accounts.disable(name, disabled=False)
