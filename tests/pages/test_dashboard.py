"""Dashboard over eight rows: the headline, the charts' figures, and the choice of label model."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from components.figures import measured_accuracy, measured_briefly
from labeling.annotation_store import Annotation
from labeling.draws import Draw
from labeling.models import MODELS
from labeling.project import Project
from labeling.table import statistics_text
from tests.pages.showing import rerun, row_texts, shown, texts
from tests.projects import keyword


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
    app = shown("dashboard")
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["Covered rows"] == "75.0\xa0%"
    assert metrics["Rows in conflict"] == "25.0\xa0%"
    assert metrics["Rows still uncovered"] == "2"
    assert "Of 8 rows 75 in 100 have a label, and of these labels about" in texts(app)


def test_figures_on_chosen_rows_are_reweighted_with_the_raw_ones_beside(project: Project) -> None:
    """Row h, drawn nine times as likely as the other candidate, stands for a ninth of a row.

    The function free votes on gold rows a (right), b and h (both wrong): 1 / (2 + 1/9).
    """
    draw = Draw("uncertain", propensity=0.9, even=0.1)
    now = datetime.now(UTC)
    project.annotate([Annotation(uuid4(), 7, "label", 0, "ann", now, draw=draw)])
    snapshot = project.refresh()
    state = snapshot.state("free")
    assert state and state.statistics and state.statistics.reweighted
    assert state.statistics.accuracy == pytest.approx(1 / 3)
    assert state.statistics.fair_accuracy == pytest.approx(1 / (2 + 1 / 9))
    assert measured_briefly(state).startswith("≈47\xa0% (")
    assert measured_accuracy(state).startswith("47.4\xa0% (")
    assert measured_accuracy(state).endswith("raw\xa033.3\xa0%)")
    assert [round(one.share, 4) for one in snapshot.reweighted_balance] == [0.5135, 0.4865]
    app = shown("dashboard")
    captions = [str(caption.value) for caption in app.caption]
    assert any("how likely each row was to be drawn; as counted, " in said for said in captions)
    ham, *_ = chart_rows(app, "Classes of labels")
    assert (round(ham["gold_share"], 4), ham["gold_raw"]) == (0.5135, 0.6)
    assert "Reweighted, for gold rows were chosen" in statistics_text(snapshot)


def test_the_tiles_say_what_the_last_change_did(project: Project) -> None:
    """A function for g covers one row of eight more, and is against nobody."""
    first = {metric.label: metric.delta for metric in shown("dashboard").metric}
    assert set(first.values()) == {""}
    project.save_function(keyword("hello", ("hello",), "ham"))
    project.refresh()
    changed = {metric.label: metric.delta for metric in shown("dashboard").metric}
    assert changed["Covered rows"] == "+12.5 points"
    assert changed["Rows in conflict"] == "as before"
    assert changed["Rows still uncovered"] == "-1 row"


def test_the_rows_of_the_worst_error_are_there_at_first(project: Project) -> None:
    """Nothing has to be clicked; the list reaches the other rows with the keyboard."""
    app = shown("dashboard")
    choice = next(box for box in app.selectbox if box.label == "Rows")
    assert choice.value == choice.options[0]
    assert row_texts(app)
    choice.set_value("free: wrong on dev gold (1)")
    assert row_texts(rerun(app)) == ["free lunch today"]


def test_chosen_rows_stay_chosen_while_their_count_changes(project: Project) -> None:
    """Somebody else edits the function; the list says the new count of the same rows."""
    app = shown("dashboard")
    next(box for box in app.selectbox if box.label == "Rows").set_value("free: hits (3)")
    rerun(app)
    project.save_function(keyword("free", ("free lunch",), "spam"), replaces="free")
    project.refresh()
    choice = next(box for box in rerun(app).selectbox if box.label == "Rows")
    assert choice.value == "free: hits (1)"
    assert row_texts(app) == ["free lunch today"]


def test_rows_chosen_by_a_count_of_a_moment_ago_are_shown(project: Project) -> None:
    """The browser names what was clicked by its title, which the newest figures have changed."""
    app = shown("dashboard")
    project.save_function(keyword("free", ("free lunch",), "spam"), replaces="free")
    project.refresh()
    next(box for box in app.selectbox if box.label == "Rows").set_value("free: hits (3)")
    choice = next(box for box in rerun(app).selectbox if box.label == "Rows")
    assert choice.value == "free: hits (1)"
    assert row_texts(app) == ["free lunch today"]


def test_the_history_begins_with_the_second_version(project: Project) -> None:
    """One dot tells of no change."""
    app = shown("dashboard")
    assert any("it begins with the second version" in one.value for one in app.caption)
    project.choose_model("majority")
    project.refresh()
    assert len(chart_rows(shown("dashboard"), "Accuracy of the labels")) == 4


def test_the_charts_draw_the_figures_counted_by_hand(project: Project) -> None:
    """Shares, accuracies and the balance of gold are those of the table."""
    app = shown("dashboard")
    shares = {row["function"]: row for row in chart_rows(app, "Functions") if "coverage" in row}
    assert {name: row["conflicts"] for name, row in shares.items()} == {
        "money": 0.0, "lunch": 0.25, "free": 0.25,
    }  # fmt: skip
    assert (shares["free"]["accuracy"], shares["free"]["gold"]) == (0.5, 2)
    balance = {row["label"]: row for row in chart_rows(app, "Classes")}
    assert {name: row["gold_rows"] for name, row in balance.items()} == {"ham": 2, "spam": 2}
    assert {name: row["gold_share"] for name, row in balance.items()} == {"ham": 0.5, "spam": 0.5}
    assert sum(row["rows"] for row in balance.values()) == 6
    model = project.refresh().model
    assert model
    assert model.expected
    found = model.expected
    for code, name in enumerate(("ham", "spam")):
        ends = (balance[name]["expected_low"], balance[name]["expected_high"])
        assert ends == pytest.approx((found.shares_low[code], found.shares_high[code]))
    confident = chart_rows(app, "How sure")
    assert confident[0]["low"] == 0.5  # of two classes the likelier one is never less likely
    assert sum(row["rows"] for row in confident) == 6


def test_the_columns_of_many_functions_have_their_names(project: Project) -> None:
    """They stand upright above the matrix, which then has the width of two charts."""
    for i in range(13):
        project.save_function(keyword(f"word_{i}", ("money", str(i)), "spam"))
    project.refresh()
    charts = [json.loads(one.proto.spec) for one in shown("dashboard").get("vega_lite_chart")]
    matrix = next(one for one in charts if one["title"]["text"] == "Share of rows where both vote")
    axis = matrix["encoding"]["x"]["axis"]
    assert (axis["labelAngle"], axis.get("labels", True)) == (-90, True)


def test_another_label_model_is_chosen_for_the_project(project: Project) -> None:
    """Every model there is can be chosen; the next fit uses it."""
    app = shown("dashboard")
    choice = next(box for box in app.selectbox if box.label == "Label model")
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
    app = shown("dashboard")
    metrics = {metric.label: metric.value for metric in app.metric}
    assert "+0.0 points against majority vote" in texts(app)
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
