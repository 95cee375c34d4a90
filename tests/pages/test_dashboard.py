"""Dashboard over eight rows: the headline, the charts' figures, and the choice of label model."""

import json
from typing import Any

import pyarrow as pa
from streamlit.testing.v1 import AppTest

from labeling.models import MODELS
from labeling.project import Project
from tests.pages.showing import rerun, shown, texts


def chart_rows(app: AppTest, title: str) -> list[dict[str, Any]]:
    """Return the rows behind the chart whose title starts with these words, of all its layers."""
    for chart in app.get("vega_lite_chart"):
        spec = json.loads(chart.proto.spec)
        if spec["title"]["text"].startswith(title):
            records: list[dict[str, Any]] = []
            for dataset in chart.proto.datasets:
                records += pa.ipc.open_stream(dataset.data.data).read_all().to_pylist()
            return records
    raise AssertionError(f"No chart {title!r}.")


def test_the_headline_has_the_figures_counted_by_hand(project: Project) -> None:
    """Gold of the two test rows is not among the four."""
    metrics = {metric.label: metric.value for metric in shown("dashboard").metric}
    assert metrics["Rows"] == "8"
    assert metrics["Covered"] == "75.0\xa0%"
    assert metrics["In conflict"] == "25.0\xa0%"
    assert metrics["Dev gold rows"] == "4"


def test_the_charts_draw_the_figures_counted_by_hand(project: Project) -> None:
    """Shares, accuracies and the balance of gold are those of the table."""
    app = shown("dashboard")
    shares = {row["function"]: row for row in chart_rows(app, "Coverage")}
    assert {name: row["conflicts"] for name, row in shares.items()} == {
        "money": 0.0, "lunch": 0.25, "free": 0.25,
    }  # fmt: skip
    accuracies = {row["function"]: row for row in chart_rows(app, "Accuracy on dev gold")}
    assert (accuracies["free"]["accuracy"], accuracies["free"]["gold"]) == (0.5, 2)
    balance = {row["label"]: row for row in chart_rows(app, "Classes")}
    assert {name: row["gold_rows"] for name, row in balance.items()} == {"ham": 2, "spam": 2}
    assert {name: row["gold_share"] for name, row in balance.items()} == {"ham": 0.5, "spam": 0.5}
    assert sum(row["rows"] for row in balance.values()) == 6
    confident = chart_rows(app, "How sure")
    assert sum(row["rows"] for row in confident) == 6


def test_another_label_model_is_chosen_for_the_project(project: Project) -> None:
    """Every model there is can be chosen; the next fit uses it."""
    app = shown("dashboard")
    choice = app.selectbox[0]
    assert choice.options == list(MODELS)
    choice.set_value("majority")
    rerun(app)
    assert project.model() == ("majority", 0)
    snapshot = project.refresh()
    assert snapshot.model is not None
    assert snapshot.model.model == "majority"


def test_majority_vote_stands_beside_the_label_model(project: Project) -> None:
    """With majority vote chosen both say the same: a, c and d are right, and b is tied."""
    project.choose_model("majority")
    project.refresh()
    metrics = {metric.label: metric.value for metric in shown("dashboard").metric}
    assert metrics["Majority vote"] == "87.5\xa0% (n\xa0=\xa04)"
    assert metrics["Labels right on dev gold"] == "87.5\xa0% (40–99, n\xa0=\xa04)"


def test_a_project_without_functions_says_what_to_do(empty: Project) -> None:
    """The empty state names the next step and draws no chart."""
    app = shown("dashboard")
    assert "write one in Studio" in texts(app)
    assert not app.get("vega_lite_chart")
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["Labels right on dev gold"] == "–"


def test_the_panel_says_which_model_labels_and_why(project: Project) -> None:
    """Chosen model, its reason, what was measured, and how many rows would halve the interval."""
    said = texts(shown("dashboard"))
    assert "Label model: evidence, chosen by auto. Covered rows carry 1.5 votes" in said
    assert "On 4 covered dev gold rows that the fit did not see:" in said
    assert "points against majority vote" in said
    assert "more rows to halve the interval" in said
    assert "The model itself expects" in said


def test_the_calibration_chart_has_every_judged_row(project: Project) -> None:
    """Four covered dev gold rows stand behind it, with the figures in words below."""
    app = shown("dashboard")
    points = [row for row in chart_rows(app, "Is confidence right") if "rows" in row]
    assert sum(row["rows"] for row in points) == 4
    assert any("on 4 dev gold rows" in caption.value for caption in app.caption)
