"""Runs the page anew, or fragments of it, and lets nothing be lost that came in beside it.

`st.rerun` names the page that runs, and the newest request decides which page is shown: where a
link to another page was clicked a moment before, it would turn back to this one. Any access to the
session is a place where Streamlit lets a waiting request go first.
"""

from collections.abc import Iterable
from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState


def run_anew() -> NoReturn:
    """End this run or callback; run the whole page, or the one that was asked for since."""
    st.session_state.get("notice")
    st.rerun()
    raise AssertionError("st.rerun came back")


def run_only(*keys: str, others: Iterable[str] = ()) -> None:
    """Run the fragments with these keys, instead of the one that this callback is of.

    Streamlit drops for them what the callback came with, and that can be more: it makes one run of
    messages that wait, and a message brings the values of all elements. A run of the whole page,
    which draws them too, goes on; where other fragments are to run, they do if they are among the
    `others`, else the whole page does.
    """
    context = get_script_run_ctx()
    under_way = set((context and context.fragment_ids_this_run) or ())
    if context is None or not under_way:
        return
    ids_of = context.fragment_storage.resolve_target
    wanted = [*keys, *(key for key in others if under_way.intersection(ids_of([key])))]
    if under_way <= {ThreadState.get().fragment_id, *ids_of(wanted)}:
        st.rerun(wanted)
    run_anew()
