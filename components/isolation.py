"""How the processes that run labeling functions are locked up, in words for who lets people in."""

import streamlit as st

from components.errors import errors_shown
from labeling.execution.isolation import LAYERS, MODE_VARIABLE, IsolationReport, Layer
from labeling.project import Project
from labeling.workspace import Workspace

_COLUMNS = (0.2, 0.8, 3.2, 2.4)
_OPEN = (
    "Trusted authors only. A labeling function can do here what you can do yourself: read and "
    "change your files, use the network, start programs. Let nobody write functions whom you "
    "would not give your password."
)
_LOCKED = (
    "Labeling functions cannot open your files or database, use the network, start programs or "
    "touch other processes. This is strong protection against mistakes and casual misuse, not a "
    "guarantee against an attacker with a kernel exploit; they can learn whether a path exists, "
    "unless bubblewrap hides it."
)


def isolation_panel(workspace: Workspace) -> None:
    """Draw the report of the last worker, layer by layer."""
    st.subheader("Where labeling functions run", anchor=False)
    with errors_shown():
        report = workspace.isolation()
        with st.container(border=True, width=980):
            st.text(f"⚠ {_OPEN}" if report.trusted_authors_only else f"✓ {_LOCKED}")
        st.text(
            "Each run has a process of its own. Before it sees any code it puts on these layers, "
            "tries whether they hold, and reports (✓ it holds, – it does not):"
        )
        for layer in report.layers:
            _layer_line(layer)
        _settings_lines(report)


def isolation_line(project: Project) -> None:
    """Say in one line that functions can do whatever the server can, where that is so."""
    with errors_shown():
        if project.isolation().trusted_authors_only:
            st.caption("⚠ Trusted authors only: functions are not locked up here. See Settings.")


def _layer_line(layer: Layer) -> None:
    mark, name, purpose, detail = st.columns(_COLUMNS)
    mark.text("✓" if layer.active else "–")
    name.text(layer.name)
    purpose.text(LAYERS[layer.name])
    detail.text(layer.detail)


def _settings_lines(report: IsolationReport) -> None:
    settings = report.settings
    asked = {
        "Isolation": f"{settings.mode} ({MODE_VARIABLE})",
        "Launcher": " ".join(settings.launcher) or "none",
        "No run without": ", ".join(settings.require) or "nothing is required",
        "Readable folders": ", ".join(map(str, settings.readable)) or "Python's own only",
    }
    st.subheader("What is asked for", anchor=False)
    st.text("\n".join(f"{name}: {value}" for name, value in asked.items()))
    st.caption("Set when the server is started; SECURITY.md lists the environment variables.")
