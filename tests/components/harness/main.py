"""Shows one component at a time; `?show=` names it. Results are printed for the tests to read."""

import json
from dataclasses import asdict
from functools import partial

import streamlit as st

from components.activity import Activity
from components.annotation_card import (
    Card,
    acknowledge,
    annotation_card,
    asked_row,
    new_events,
)
from components.builder import built_function, function_builder
from components.editor import Completions, Diagnostic, code_editor, editor_text
from components.highlight import Highlight, RowItem, VoteChip, row_list
from components.key_list import key_list
from components.listener import After, activity_line, live_version
from components.palette import class_colors
from components.run_anew import run_only
from components.studio_keys import PRESSED_ANYWHERE, STUDIO_KEYS
from components.tabs import Tab, tabs
from components.uploader import upload_file
from labeling.examples import Example
from labeling.functions import LabelingFunction
from labeling.highlights import Span
from labeling.store import Column
from labeling.votes_on_demand import FunctionVote, RowVotes

HOSTILE = (
    '<img src="https://outside.example/x.png" onerror="document.title=1">'
    "<script>document.title='owned'</script> **bold** ![i](https://outside.example/y.png)"
)
LONG_NAME = "mentions_that_the_parcel_was_never_delivered_to_the_house"
CLASSES = ["refund", "delivery", "account", "praise", "other"]
FUNCTION = '''@labeling_function()
def asks_for_money(x):
    """Messages that ask for money back."""
    words = ("refund", "money back", "charge")
    if any(word in x.text.lower() for word in words):
        return "refund"  # the most common wish
    if x.stars > 3 and len(x.text) < 80:
        return "praise"
    return ABSTAIN
'''


def main() -> None:
    """Show the component that the address names."""
    st.set_page_config(layout="wide")
    shows = {
        "editor": show_editor,
        "builder": show_builder,
        "listener": show_listener,
        "card": show_card,
        "uploader": show_uploader,
        "rows": show_rows,
        "keys": show_keys,
    }
    shows[st.query_params.get("show", "editor")]()


def out(name: str, value: object) -> None:
    """Print a result where a test finds it."""
    with st.container(key=f"out-{name}"):
        st.text(value if isinstance(value, str) else json.dumps(value))


def counted(name: str) -> int:
    """Count the runs of what calls this, in this session."""
    st.session_state[name] = st.session_state.get(name, 0) + 1
    count: int = st.session_state[name]
    return count


@st.fragment(run_every=0.2)
def ticking() -> None:
    """Refresh five times a second."""
    out("ticks", counted("ticks"))


def show_editor() -> None:
    """Show the editor; a line with BAD is an error, one with ODD a warning."""
    start = FUNCTION if st.query_params.get("text") == "example" else ""
    if st.button("Open another document"):
        st.session_state["document"] = st.session_state.get("document", 0) + 1
    revision = st.session_state.get("document", 0)
    text = editor_text(start, revision=revision, key="editor")
    found = [
        Diagnostic(number, f"Line {number} looks {word}.", severity)
        for number, line in enumerate(text.splitlines(), 1)
        for word, severity in (("BAD", "error"), ("ODD", "warning"))
        if word in line or (start and word == "ODD" and "stars" in line)
    ]
    state = code_editor(
        start,
        revision=revision,
        key="editor",
        diagnostics=found,
        completions=Completions(
            ("text", "stars", "sent at"), tuple(CLASSES), ("ABSTAIN", "labeling_function")
        ),
        height=300,
    )
    if state.saved is not None:
        st.session_state["saves"] = [*st.session_state.get("saves", []), state.saved]
    if state.previewed is not None:
        st.session_state["previewed"] = state.previewed
    out("text", state.text)
    out("saves", st.session_state.get("saves", []))
    out("previewed", st.session_state.get("previewed", ""))
    out("runs", counted("runs"))
    if not start:
        ticking()


def show_builder() -> None:
    """Show the builder of a kind, with what it says below."""
    kind = st.query_params.get("kind", "rule")
    if st.button("Open another document"):
        st.session_state["document"] = st.session_state.get("document", 0) + 1
    flags = {"match": "any", "whole_word": True, "match_case": False}
    words = {"column": "text", "words": []}
    sources = {
        "keyword": words | {"label": "refund"} | flags,
        "regex": {"column": "text", "pattern": "", "label": "refund", "match_case": False},
        "rule": {"label": "refund", "when": {"all": [words | flags]}},
    }
    start = LabelingFunction("", kind, json.dumps(sources[kind]))
    if st.query_params.get("source"):
        start = LabelingFunction("given", kind, st.query_params["source"])
    revision = str(st.session_state.get("document", 0))
    written = built_function(start, revision=revision, key="builder")
    problem = "Something is missing." if '""' in written.source else ""
    function_builder(
        start,
        revision=revision,
        key="builder",
        columns=[Column("text", "text"), Column("stars", "integer"), Column("paid", "boolean")],
        text_column="text",
        colors=class_colors(CLASSES),
        problem=problem,
        on_save=lambda: st.session_state.update(saves=st.session_state.get("saves", 0) + 1),
    )
    written = built_function(start, revision=revision, key="builder")
    out("name", written.name)
    out("source", written.source)
    out("saves", st.session_state.get("saves", 0))
    out("runs", counted("runs"))
    ticking()


def show_listener() -> None:
    """Show two listening fragments beside a script that must not rerun."""

    @st.fragment(key="left-fragment")
    def left() -> None:
        then = partial(run_only, "left-fragment")
        after = After(*map(float, st.query_params.get_all("after")))
        version = live_version("demo", key="left", after=after, then=then)
        out("left", version)
        out("left-runs", counted("left_runs"))

    @st.fragment
    def right() -> None:
        out("right", live_version("demo", key="right", seen=7))
        out("right-runs", counted("right_runs"))

    left()
    right()
    activity_line("demo", key="activity", says=Activity(5, "Starting …", None, ()))
    out("tab", tabs("Tabs", {one: Tab(one) for one in "ab"}, about=None, first="a", key="tabs"))
    st.button("Run the page")
    out("runs", counted("runs"))


def queue() -> list[Card]:
    """Return the next cards: 60 rows, those answered left out."""
    answered = {event["row_id"] for event in st.session_state.get("stored", [])}
    texts = [
        "hi, i 🙄 was charged TWICE for order 8841?? please refund one asap, thx",
        HOSTILE,
        "Where is my parcel? Tracking says delivered but nothing here.\n\nIt has been six days.",
    ]
    cards = [
        Card(
            row_id=row,
            text=texts[row % 3],
            fields=(("channel", "e-mail"), ("stars", str(row % 5))),
            suggestion=row % 5,
            suggestion_confidence=0.62 + (row % 3) / 10,
            reason="the label model is least sure",
        )
        for row in range(60)
        if row not in answered
    ]
    return cards[: int(st.query_params.get("cards", "30"))]


def votes_on(row: int) -> RowVotes:
    """Return the votes on the message about a charge: one vote marks the emoji and a word."""
    spans = (Span(6, 7, 0), Span(12, 19, 0))
    votes = (
        FunctionVote("asks_for_money", 0, spans),
        FunctionVote(HOSTILE, 0, ()),
        FunctionVote(LONG_NAME, 1, (Span(0, 2, 1),)),
    )
    return RowVotes(row, votes, 7)


def show_card() -> None:
    """Show the annotation card with a list instead of a database."""
    events = new_events("card")
    stored = st.session_state.setdefault("stored", [])
    known = {event["event_id"] for event in stored}
    stored.extend(asdict(event) for event in events if event.event_id not in known)
    acknowledge(events, key="card")
    extra = [f"topic {number}" for number in range(int(st.query_params.get("extra", "0")))]
    classes = [*CLASSES, *extra]
    annotation_card(
        [] if st.query_params.get("cards") == "0" else queue(),
        classes=classes,
        colors=class_colors(classes),
        key="card",
        log="harness/ann",
        labelled=128,
        total=2000,
        guidelines="refund: wants money back, however politely.\n\ndelivery: where is it, "
        "late, lost or damaged.\n\nTwo wishes in one message: take the first.",
        examples=[
            Example(900, 0, "refund pls"),
            Example(901, 0, HOSTILE),
            Example(902, 1, "where is my parcel??"),
        ],
        votes=None if asked_row("card") is None else votes_on(asked_row("card") or 0),
        votes_allowed=st.query_params.get("votes") != "never",
    )
    st.text_input("Search")
    out("stored", [[e["row_id"], e["action"], e["code"]] for e in stored])
    out("seconds", [e["seconds"] for e in stored])
    out("flags", [e["flagged"] for e in stored])
    out("notes", [e["note"] for e in stored])


def show_uploader() -> None:
    """Show the uploader."""
    upload = upload_file("Data file", key="uploader", types=(".csv", ".parquet"), hint="UTF-8")
    out("upload", asdict(upload) if upload else {})


def show_keys() -> None:
    """Show Studio's list of keys beside a field."""
    typed = st.text_input("A field")
    key_list("Keys of Studio", STUDIO_KEYS, key="keys", presses=PRESSED_ANYWHERE)
    if st.button("Save", key="studio-save"):
        st.text(f"saved {typed!r}")


def _select(row_id: int) -> None:
    st.session_state["selected"] = row_id


def show_rows() -> None:
    """Show a row list with everything a row can have."""
    refund, delivery, account, praise, _ = range(5)
    wish = "hi, i was charged TWICE 😡 for order 8841?? please refund one asap, thx"
    asked = wish.index("refund")
    rows = [
        RowItem(
            17,
            wish,
            highlights=(Highlight(10, 17, refund), Highlight(asked, asked + 6, refund)),
            label=refund,
            confidence=0.973,
            gold=refund,
            correct=True,
            votes=(VoteChip("asks_for_money", refund), VoteChip("mentions_order", delivery)),
        ),
        RowItem(
            204,
            "love the new app but it logs me out every single time and support never answers",
            highlights=(Highlight(0, 4, praise), Highlight(24, 35, account)),
            label=praise,
            confidence=0.541,
            gold=account,
            correct=False,
            votes=(VoteChip("login_trouble", account), VoteChip("kind_words", praise)),
            judged="kind_words",
            note="praise → account",
        ),
        RowItem(1311, HOSTILE, votes=(VoteChip("<b>bold</b>", -1),), note="uncovered"),
        RowItem(1502, "ok", highlights=(Highlight(0, 2),), votes=(VoteChip(LONG_NAME, delivery),)),
    ]
    row_list(
        [] if st.query_params.get("rows") == "none" else rows,
        classes=CLASSES,
        colors=class_colors(CLASSES),
        key="rows",
        selected=st.session_state.get("selected"),
        empty="No rows here. Write a function, or clear the filter.",
        on_click=_select,
    )
    out("selected", st.session_state.get("selected"))


main()
