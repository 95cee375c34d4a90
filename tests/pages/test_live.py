"""Which parts of a page are drawn anew with every step of the work, and which with new figures."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from labeling.project import Project
from tests.pages.showing import rerun, shown


def followed(app: AppTest) -> list[list[str]]:
    """Return what each listener of a page to the project follows."""
    return [one["follows"] for one in mounted(app) if "follows" in one]


def mounted(app: AppTest) -> list[dict[str, Any]]:
    """Return what a page's listeners to the project, and its line on the engine, are handed."""
    handed = [
        json.loads(element.proto.json)
        for element in app.get("bidi_component")
        if element.proto.component_name == "labelwright_listener"
    ]
    return [one for one in handed if one["project"] == "p"]


@pytest.mark.parametrize("page", ["studio", "dashboard"])
def test_how_far_the_work_is_draws_nothing_anew(project: Project, page: str) -> None:
    """It changes four times a second while a function runs, and is pushed to the line itself."""
    state = {"studio_function": "money"} if page == "studio" else {}
    app = shown(page, state)
    parts = {"dashboard": [["beside"], ["figures"]], "studio": [["states", "beside"]]}
    assert followed(app) == parts[page]
    (line,) = [one["activity"] for one in mounted(app) if "activity" in one]
    version = project.snapshot().version
    assert line == {"version": version, "said": "Up to date", "done": None, "problems": []}


def test_each_part_of_a_page_follows_what_it_shows(project: Project) -> None:
    """One listener asks for all; the list and the report hear of functions that wait, too."""
    snapshot = project.snapshot()
    states, figures, beside = (
        (name, getattr(snapshot, name)) for name in ("states", "figures", "beside")
    )
    app = shown("studio", {"studio_function": "money"})
    assert app.session_state["live_parts"] == {
        "studio-list": states,
        "studio-rows-fragment": beside,
        "studio-pins-part": figures,
        "studio-report-part": states,
        "studio-versions-part": figures,
    }
    assert shown("dashboard").session_state["live_parts"] == {
        "dashboard-figures": figures,
        "dashboard-rows": figures,
        "dashboard-beside": beside,
    }


def test_parts_that_are_gone_are_not_asked_for(project: Project) -> None:
    """A key that is no fragment of the page would be an error."""
    app = shown("studio", {"studio_function": "money"})
    app.session_state["studio_function"] = ""
    assert set(rerun(app).session_state["live_parts"]) == {"studio-list", "studio-rows-fragment"}
