"""Studio's versions: folded away, then figures, the difference of two, and the way back."""

import pytest
from streamlit.testing.v1 import AppTest

from labeling.project import Project
from tests.pages.showing import button, press, row_texts, shown, texts
from tests.projects import keyword


@pytest.fixture
def twice(project: Project) -> Project:
    """The function free, saved a second time with another word."""
    project.put_function(keyword("free", ("money",), "spam"), "bob")
    project.refresh()
    return project


def versions(**session: object) -> AppTest:
    """Show Studio with the versions of free unfolded."""
    return shown("studio", {"studio_function": "free", "studio-versions-free": True, **session})


def test_versions_show_their_figures(twice: Project) -> None:
    """The newest comes first and has the mark."""
    table = next(one for one in versions().dataframe if "version" in one.value.columns).value
    assert list(table["version"]) == ["● 2", "1"]
    assert list(table["by"]) == ["bob", "–"]
    assert list(table["accuracy"]) == ["100.0\u00a0% (2)", "50.0\u00a0% (2)"]


def test_a_count_opens_its_rows(twice: Project) -> None:
    """Two rows are gained; they are beside the editor after a click."""
    app = press(versions(), "+2 gained")
    assert row_texts(app) == ["money for nothing", "win money"]
    assert "free, version 1 → 2: gained a vote" in texts(app)
    assert button(app, "⇄ 0 flipped").disabled


def test_an_earlier_version_is_restored_under_a_name(twice: Project) -> None:
    """It is the third version, by the person who works here."""
    press(versions(who="cleo"), "Restore 1")
    assert [one.author for one in twice.function_history("free")] == ["", "bob", "cleo"]
    twice.refresh()
    assert twice.versions.of("free")[2].present


def test_a_function_saved_once_has_nothing_to_compare(project: Project) -> None:
    """Its one version is shown all the same."""
    app = versions()
    assert not [one for one in app.button if one.label.startswith("Restore")]
