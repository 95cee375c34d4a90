"""Which parts of a page are drawn anew with every step of the work, and which with new figures."""

import json
from collections import Counter

import pytest
from streamlit.testing.v1 import AppTest

from labeling.project import Project
from tests.pages.showing import shown


def followed(app: AppTest) -> Counter[str]:
    """Count the listeners of a page to the project by what they follow."""
    handed = [
        json.loads(element.proto.json)
        for element in app.get("bidi_component")
        if element.proto.component_name == "labelwright_listener"
    ]
    return Counter(one["follows"] for one in handed if one["project"] == "p")


@pytest.mark.parametrize("page", ["studio", "dashboard"])
def test_how_far_the_work_is_draws_one_line_anew(project: Project, page: str) -> None:
    """Four times a second while a function runs: tables and charts would keep the page busy."""
    state = {"studio_function": "money"} if page == "studio" else {}
    assert followed(shown(page, state))["version"] == 1


def test_what_has_figures_hears_of_figures(project: Project) -> None:
    """The list and the report of the last run hear of functions that wait and run, too."""
    found = followed(shown("studio", {"studio_function": "money"}))
    assert (found["states"], found["figures"], found["beside"]) == (2, 2, 1)
    found = followed(shown("dashboard"))
    assert (found["figures"], found["beside"]) == (2, 1)
