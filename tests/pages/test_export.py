"""Export over eight rows: counts before writing, the options, and the written file."""

import csv
import json

import pytest
from streamlit.testing.v1 import AppTest

from labeling.end_labels import EndModelChoice
from labeling.project import Project
from tests.pages.showing import press, rerun, shown, texts


@pytest.fixture
def voted(project: Project) -> Project:
    """The project with majority vote, whose labels can be counted by hand."""
    project.choose_model("majority")
    project.refresh()
    return project


def counts(app: AppTest) -> dict[str, int]:
    """Return how many labels come from where."""
    table = app.dataframe[0].value
    return dict(zip(table["label from"], table["rows"], strict=True))


def switch(app: AppTest, label: str, on: bool) -> AppTest:
    """Set one toggle."""
    next(toggle for toggle in app.toggle if toggle.label.startswith(label)).set_value(on)
    return rerun(app)


def test_the_counts_are_said_before_anything_is_written(voted: Project) -> None:
    """Gold on a, b, c, d; votes on f and h, of which h is tied; none on e and g."""
    app = shown("export")
    assert "8 of 8 rows" in texts(app)
    assert counts(app) == {
        "imported gold": 4,
        "annotated by hand": 0,
        "label model": 2,
        "no label: no function votes": 2,
    }
    assert "None yet. Write one above" in texts(app)
    assert not voted.exports.files()


def test_the_threshold_leaves_out_what_is_not_sure(voted: Project) -> None:
    """The tied row h has half the probability and goes."""
    app = shown("export")
    app.slider[0].set_value(0.6)
    assert "7 of 8 rows; 1 left out below the confidence" in texts(rerun(app))


def test_uncovered_rows_can_be_left_out(voted: Project) -> None:
    """Two rows have no vote."""
    app = switch(shown("export"), "Keep rows", on=False)
    assert "6 of 8 rows; 0 left out below the confidence, 2 left out without a vote" in texts(app)


def test_the_preview_has_what_the_file_will_have(voted: Project) -> None:
    """Formula cells are neutralised there already; votes come on demand."""
    app = switch(shown("export"), "Add a column", on=True)
    preview = app.dataframe[2].value.set_index("id")
    assert preview.loc["e", "text"] == "'=SUM(A1)"
    assert list(preview["vote_free"]) == ["spam", "spam", "", "", "", "", "", "spam"]
    assert list(preview["label"]) == ["spam", "ham", "ham", "spam", "", "spam", "", "ham"]


def test_numbers_of_the_preview_align_right(voted: Project) -> None:
    """Confidence, probabilities and numbers of the data do; labels and text do not."""
    settings = json.loads(shown("export").dataframe[2].proto.columns)
    right = {name for name, one in settings.items() if one.get("alignment") == "right"}
    assert right == {"score", "confidence", "p_ham", "p_spam"}


def test_an_export_is_written_with_its_manifest_and_listed(voted: Project) -> None:
    """The file holds the eight rows; the page then links to it and to its manifest."""
    app = press(shown("export"), "Write the export")
    (written,) = voted.exports.files()
    with written.open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == list("abcdefgh")
    manifest = json.loads(written.with_suffix(".manifest.json").read_text("utf-8"))
    assert manifest["rows"]["exported"] == 8
    assert written.name in texts(app)
    links = [link.proto.url for link in app.get("link_button")]
    assert links == [
        f"/labelwright/export/p/{written.name}",
        f"/labelwright/export/p/{written.with_suffix('.manifest.json').name}",
    ]


def test_labels_of_an_end_model_can_be_chosen(voted: Project) -> None:
    """Before one is trained the page says what to do; then all four rows without gold have one."""
    app = shown("export")
    app.radio[0].set_value("end-model")
    assert "There is no end model" in texts(rerun(app))
    voted.end_model.train_here(EndModelChoice("naive-bayes"), lambda step: None)
    assert counts(rerun(app)) == {"imported gold": 4, "annotated by hand": 0, "end model": 4}
    app = switch(app, "Keep rows", on=False)
    assert "6 of 8 rows" in texts(app)
    assert "2 left out without a vote" in texts(app)


def test_a_project_without_functions_exports_its_gold(empty: Project) -> None:
    """Four rows have a label, four have none, and the page says so without failing."""
    app = shown("export")
    assert counts(app)["imported gold"] == 4
    assert counts(app)["no label: no function votes"] == 4


def test_the_options_are_there_again_after_another_page(voted: Project) -> None:
    """What was chosen is chosen still, and the counts follow it."""
    app = switch(shown("export"), "Keep rows", on=False)
    name = "kept-p-export-uncovered"
    back = shown("export", {name: app.session_state[name]})
    assert [toggle.value for toggle in back.toggle] == [False, False, False]
    assert "6 of 8 rows" in texts(back)


def test_a_wanted_accuracy_offers_its_threshold(voted: Project) -> None:
    """Five of six labels are certain: the threshold that drops the tied one is offered and used."""
    app = shown("export")
    app.number_input[0].set_value(100.0)
    rerun(app)
    offered = next(button for button in app.button if button.label.startswith("Use "))
    assert offered.label == "Use 0.52"
    assert "labels stay" in texts(app)
    press(app, "Use 0.52")
    assert app.slider[0].value == 0.52
    assert "7 of 8 rows; 1 left out below the confidence" in texts(app)
