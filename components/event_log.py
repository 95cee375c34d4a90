"""The log of a project's changes: filters, a page of entries, and Undo beside each."""

import streamlit as st

from components.attempts import attempt, show_refused
from components.kept import kept
from components.live import live_snapshot
from components.notice import say_next
from components.paging import page_choice
from components.who import name_field, who
from labeling.event_words import changed_lines, described
from labeling.history import can_undo
from labeling.past import EVENT_KINDS, Event, EventFilter
from labeling.project import Project

_PAGE_ENTRIES = 25
_EVERYBODY = "(everybody)"
_PLACE = "history"


@st.fragment
def event_log(project: Project) -> None:
    """Draw the log; it follows what others do."""
    live_snapshot(project, key="history-live")
    wanted = _filters(project)
    show_refused(_PLACE)
    page_key = f"history-page-{project.folder.name}-{hash(wanted)}"
    page = int(st.session_state.get(page_key, 1))
    found = project.history.timeline(wanted, (page - 1) * _PAGE_ENTRIES, _PAGE_ENTRIES)
    if found.total == 0:
        st.text("No change is like that. Choose other kinds, or everybody.")
        return
    last = -(-found.total // _PAGE_ENTRIES)
    with st.container(horizontal=True, vertical_alignment="center"):
        changes = "1 change" if found.total == 1 else f"{found.total:,} changes, newest first"
        st.text(changes, width="content")
        page_choice(last, page_key)
    classes = project.info().classes
    day = ""
    for event in found.events:
        if f"{event.at:%Y-%m-%d}" != day:
            day = f"{event.at:%Y-%m-%d}"
            st.caption(f"{event.at:%d %B %Y} (UTC)")
        with st.container(width=1150):
            _entry(project, event, classes)


def _filters(project: Project) -> EventFilter:
    authors = [_EVERYBODY, *project.history.authors()]
    kinds = st.pills(
        "What",
        list(EVENT_KINDS),
        format_func=EVENT_KINDS.__getitem__,
        selection_mode="multi",
        key=kept(project, "history-kinds", [], list(EVENT_KINDS)),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        author = st.selectbox(
            "Who", authors, key=kept(project, "history-author", _EVERYBODY, authors), width=200
        )
        name_field("history-name")
    # A choice that the browser has not heard of yet is None, and narrows nothing.
    return EventFilter(tuple(kinds), str(author) if author in authors[1:] else None)


def _entry(project: Project, event: Event, classes: tuple[str, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(f"{event.at:%H:%M:%S}", width=75)
        st.text(event.author or "–", width=120)
        st.text(described(event, classes), width="stretch")
        with st.container(horizontal=True, width="content", gap="small"):
            _ways_back(project, event)


def _ways_back(project: Project, event: Event) -> None:
    """Draw what can be looked at and undone, on one line also where the page is narrow."""
    diff = changed_lines(event)
    if diff:
        key = f"history-lines-{event.event_id}"
        with st.popover("Lines", type="tertiary", key=key, width="content"):
            st.code(diff, language="diff")
    if can_undo(event):
        st.button(
            "Undo",
            key=f"history-undo-{event.event_id}",
            type="tertiary",
            help="Adds the opposite change; nothing is deleted",
            on_click=attempt,
            args=(_PLACE, _undo, project, event.event_id),
        )


def _undo(project: Project, event_id: str) -> None:
    undone = project.history.undo(event_id, who())
    say_next(f"Undone: {described(undone, project.info().classes)}.")
