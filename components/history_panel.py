"""The versions of the open function: figures of each, the difference of two, and the way back.

Session state holds one plain value, `studio_compared`: which function's versions were compared,
which of the counted rows are shown beside the editor, and how often somebody clicked.
"""

from typing import Any

import pandas as pd
import streamlit as st

from components.attempts import attempt, show_refused
from components.live_parts import live_part
from components.notice import say_next
from components.rows import row_browser
from components.run_anew import run_anew
from components.who import who
from labeling.browse import RowFilter
from labeling.counted import counted
from labeling.project import Project
from labeling.snapshot import Snapshot
from labeling.table import share
from labeling.versions import Difference, VersionState

_ROW_PIXELS = 30
_HEAD_PIXELS = 36
_MOST_ROWS = 8
_PLACE, _PART = "studio-versions", "studio-versions-part"
_PARTS = {
    "gained": "+{} gained",
    "lost": "− {} lost",
    "flipped": "⇄ {} flipped",
    "gold_mended": "✓ {} right now",
    "gold_broken": "✗ {} no longer right",
}
_COLUMNS = {
    "version": st.column_config.TextColumn("", width=34, help="● is saved now"),
    "coverage": st.column_config.TextColumn("coverage", width=72, alignment="right"),
    "accuracy": st.column_config.TextColumn(
        "accuracy", width=92, alignment="right", help="On today's dev gold"
    ),
    "conflicts": st.column_config.TextColumn(
        "conflicts", width=76, alignment="right", help="With the other functions as they are today"
    ),
    "saved": st.column_config.TextColumn("saved (UTC)", width=98),
    "by": st.column_config.TextColumn("by", width=90),
    "rows": st.column_config.TextColumn(
        "on rows", width=110, alignment="right", help="The rows that its stored votes are of"
    ),
    "then": st.column_config.TextColumn(
        "labels then",
        width=110,
        alignment="right",
        help="Accuracy of the labels on dev gold when this version first took part in them",
    ),
}


@st.fragment(key=_PART)
def history_panel(project: Project, name: str) -> None:
    """Draw the versions of a saved function, folded away until somebody asks for them."""
    snapshot = live_part(project, _PART, "figures")
    known = len(project.function_history(name))
    key = f"{_PLACE}-{name}"
    # Another count makes it another one to Streamlit, which begins folded away unless told.
    st.session_state[key] = bool(st.session_state.get(key))
    with st.expander(f"Versions ({known:,})", key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        versions = project.versions.of(name)
        _table(versions, snapshot)
        if len(versions) > 1:
            _comparison(project, name, versions)
        show_refused(_PLACE)


def compared(name: str | None) -> dict[str, Any]:
    """Return which counted rows were asked for; `clicks` is 0 where none were."""
    kept = st.session_state.get("studio_compared")
    if kept and kept["function"] == name:
        return dict(kept)
    return {"function": name, "part": None, "clicks": 0}


def compared_rows(project: Project, snapshot: Snapshot, name: str) -> None:
    """Draw the rows that a count of the comparison stands for."""
    wanted = compared(name)
    found = project.versions.compare(name, wanted["before"], wanted["after"])
    row_set = found.row_sets[wanted["part"]]
    st.text(row_set.title)
    # The function of today marks the words; the vote of then may have been another one.
    row_browser(
        project,
        snapshot,
        RowFilter(function=name, only=row_set),
        key="studio-compared-rows",
        empty="No row is like that.",
    )


def _table(versions: tuple[VersionState, ...], snapshot: Snapshot) -> None:
    lines = [_line(version, snapshot.n_rows) for version in reversed(versions)]
    st.dataframe(
        pd.DataFrame(lines),
        key=f"{_PLACE}-table",
        hide_index=True,
        row_height=_ROW_PIXELS,
        height=_HEAD_PIXELS + _ROW_PIXELS * min(len(lines), _MOST_ROWS),
        column_order=list(_COLUMNS),
        column_config=_COLUMNS,
        alt="Versions",
    )
    st.caption(
        "Coverage, accuracy and conflicts are counted now from the stored votes of each version, "
        "beside today's other functions and dev gold."
    )


def _line(version: VersionState, n_rows: int) -> dict[str, str]:
    found = version.statistics
    line = {
        "version": f"{'● ' if version.present else ''}{version.number}",
        "saved": f"{version.saved.saved_at:%d %b %H:%M}",
        "by": version.saved.author or "–",
        "rows": "no votes" if not version.rows else f"{version.rows:,}",
        "then": _labels_then(version),
    }
    if found is None:
        return line | {"coverage": "–", "accuracy": "–", "conflicts": "–"}
    if version.rows < n_rows:
        line["rows"] = f"first {version.rows:,}"
    right = f"{share(found.accuracy)} ({found.gold:,})" if found.gold else "–"
    return line | {
        "coverage": share(found.coverage),
        "accuracy": right,
        "conflicts": share(found.conflicts),
    }


def _labels_then(version: VersionState) -> str:
    metrics = version.fit_then.metrics if version.fit_then else {}
    if "accuracy" not in metrics:
        return "–"
    return f"{share(metrics['accuracy'])} ({int(metrics['evaluated']):,})"


def _comparison(project: Project, name: str, versions: tuple[VersionState, ...]) -> None:
    numbers = [version.number for version in versions]
    # What was chosen is about this many versions: with one more, the newest two are laid side by
    # side again.
    key = f"{_PLACE}-{name}-{len(numbers)}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        before = st.selectbox(
            "Compare version", numbers, index=len(numbers) - 2, key=f"{key}-before", width=130
        )
        after = st.selectbox("with", numbers, index=len(numbers) - 1, key=f"{key}-after", width=110)
        st.button(
            f"Restore {before}",
            key=f"{_PLACE}-restore",
            disabled=versions[before - 1].saved.function == versions[-1].saved.function
            and versions[-1].present,
            help="Save this version once more, as the newest one",
            on_click=attempt,
            args=(_PLACE, _restore, project, name, before),
        )
    found = project.versions.compare(name, before, after)
    _votes(name, found)
    if found.code:
        st.code(found.code, language="diff", wrap_lines=True)
    else:
        st.text("The code is the same.")


def _votes(name: str, found: Difference) -> None:
    if found.votes is None:
        st.text(
            "Their votes cannot be compared: one of them has none stored. Restore it to run it."
        )
        return
    rows = counted(found.rows, "row")
    st.text(f"From {found.before} to {found.after}, on {rows} (a click shows them):")
    with st.container(horizontal=True, gap="small"):
        for part, says in _PARTS.items():
            count = getattr(found.votes, part).size
            st.button(
                says.format(f"{count:,}"),
                key=f"{_PLACE}-{part}",
                type="tertiary",
                disabled=count == 0,
                on_click=_show,
                args=(name, found.before, found.after, part),
            )


def _show(name: str, before: int, after: int, part: str) -> None:
    st.session_state["studio_compared"] = {
        "function": name,
        "before": before,
        "after": after,
        "part": part,
        "clicks": compared(name)["clicks"] + 1,
    }
    run_anew()  # the rows stand beside the editor


def _restore(project: Project, name: str, number: int) -> None:
    project.versions.restore(name, number, who())
    say_next(f"Version {number} of {name} is saved again. Statistics follow at once.")
