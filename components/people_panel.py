"""Settings: who may sign in, with which roles, and where they are signed in."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from components.assets import address
from components.attempts import attempt, show_refused
from labeling.people.account_store import Account
from labeling.people.accounts import Accounts
from labeling.people.roles import ROLES

_PLACE = "people"
_NAME, _ROLES, _LINK = "people-name", "people-roles", "people-link"


def people_panel(accounts: Accounts | None) -> None:
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
    _invite(accounts)
    _change(accounts, people)
    show_refused(_PLACE)


def _line(account: Account, accounts: Accounts) -> dict[str, object]:
    begun = [one for one in accounts.sessions() if one.name == account.name]
    return {
        "name": account.name,
        "roles": ", ".join(role for role in ROLES if role in account.roles),
        "signed in": len(begun),
        "last sign-in (UTC)": f"{begun[0].began:%Y-%m-%d %H:%M}" if begun else "–",
        "state": "disabled" if account.disabled else "active",
    }


def _invite(accounts: Accounts) -> None:
    form = st.form("people-invite", clear_on_submit=True, border=False)
    with form, st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Name of a new person", key=_NAME, width=240)
        st.multiselect("Roles", ROLES, default=["annotator"], key=_ROLES, width=420)
        st.form_submit_button("Invite", on_click=attempt, args=(_PLACE, _make_link, accounts))
    made = st.session_state.get(_LINK)
    if made:
        name, path = made
        st.text(f"For {name}, to be opened once within a week, on this server's address:")
        st.code(path, language=None)


def _make_link(accounts: Accounts) -> None:
    name = str(st.session_state[_NAME]).strip()
    token = accounts.invite(name, st.session_state[_ROLES])
    st.session_state[_LINK] = (name, f"{address('invitation')}?token={token}")


def _change(accounts: Accounts, people: tuple[Account, ...]) -> None:
    with st.expander("Change somebody's roles, or end their sessions"):
        by_name = {account.name: account for account in people}
        name = st.selectbox("Person", list(by_name), width=240, key="people-changed")
        if name not in by_name:
            return
        account = by_name[name]
        # Other roles, given here or elsewhere, make it another field, which shows them.
        field = f"people-roles-{name}-{sorted(account.roles)}"
        st.multiselect("Roles", ROLES, default=sorted(account.roles), key=field, width=420)
        with st.container(horizontal=True):
            _button("Save the roles", _save_roles, accounts, name, field)
            _button("End all sessions", accounts.revoke, name)
            if account.disabled:
                _button("Let sign in again", _enable, accounts, name)
            else:
                _button("Disable", accounts.disable, name)


def _button(label: str, change: Callable[..., object], *arguments: object) -> None:
    st.button(label, on_click=attempt, args=(_PLACE, change, *arguments))


def _save_roles(accounts: Accounts, name: str, field: str) -> None:
    accounts.set_roles(name, st.session_state[field])


def _enable(accounts: Accounts, name: str) -> None:
    accounts.disable(name, disabled=False)
