"""Which parts of a page are drawn anew with every step of the work, and which with new figures."""

import json
from collections import Counter
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from labeling.project import Project
from tests.pages.showing import shown


def followed(app: AppTest) -> Counter[str]:
    """Count the listeners of a page to the project by what they follow."""
    return Counter(one["follows"] for one in mounted(app) if "follows" in one)


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
    assert followed(app)["version"] == 0
    (line,) = [one["activity"] for one in mounted(app) if "activity" in one]
    version = project.snapshot().version
    assert line == {"version": version, "said": "Up to date", "done": None, "problems": []}


def test_what_has_figures_hears_of_figures(project: Project) -> None:
    """The list and the report of the last run hear of functions that wait and run, too."""
    found = followed(shown("studio", {"studio_function": "money"}))
    assert found == {"states": 2, "figures": 2, "beside": 1}
    assert followed(shown("dashboard")) == {"beside": 1}
