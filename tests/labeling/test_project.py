"""The use cases over a real store and real workers, with numbers counted by hand."""

import csv
import io
import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from labeling.annotation_store import Annotation
from labeling.browse import RowFilter, RowSet
from labeling.errors import (
    Cancelled,
    ExportError,
    FunctionChanged,
    FunctionError,
    ModelError,
    ProjectError,
)
from labeling.execution.local import LocalExecutor
from labeling.export_labels import ExportOptions
from labeling.functions import LabelingFunction
from labeling.leases import NOBODY
from labeling.project import Project
from labeling.store import ImportPlan, ProjectInfo, TextSearch
from labeling.table import statistics_records, statistics_text
from labeling.workspace import create_project
from storage import DuckDBOpener
from tests.projects import create, keyword, opened, three_functions


@pytest.fixture
def project(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Eight rows and three functions, not run yet."""
    with opened(create(tmp_path / "p"), executor) as project:
        for function in three_functions():
            project.save_function(function)
        yield project


def annotation(row_id: int, code: int | None, action: str = "label") -> Annotation:
    """An annotation event of now."""
    return Annotation(uuid4(), row_id, action, code, "me", datetime.now(UTC))  # type: ignore[arg-type]


def test_statistics_are_those_counted_by_hand(project: Project) -> None:
    """Coverage, overlaps, conflicts and accuracy on dev gold follow their definitions."""
    records = {record["name"]: record for record in statistics_records(project.refresh())}

    money, lunch, free = records["money"], records["lunch"], records["free"]
    # money votes on a, d, f; free on a, b, h; lunch on b, c, h.
    assert (money["coverage"], lunch["coverage"], free["coverage"]) == (3 / 8, 3 / 8, 3 / 8)
    assert (money["overlaps"], lunch["overlaps"], free["overlaps"]) == (1 / 8, 2 / 8, 3 / 8)
    assert (money["conflicts"], lunch["conflicts"], free["conflicts"]) == (0, 2 / 8, 2 / 8)
    # Dev gold is on a, b, c, d only: e and f are test, g and h have none.
    assert (money["correct"], money["incorrect"], money["gold"]) == (2, 0, 2)
    assert (lunch["correct"], lunch["incorrect"]) == (2, 0)
    assert (free["correct"], free["incorrect"], free["accuracy"]) == (1, 1, 0.5)
    assert money["polarity"] == ["spam"]
    assert lunch["errors"] == 0


def test_totals_add_up(project: Project) -> None:
    """Covered and uncovered rows are all rows; conflicts are rows with two classes."""
    summary = project.refresh().summary

    assert summary.covered_rows == 6
    assert summary.covered_rows + summary.uncovered_rows == 8
    assert summary.conflict_rows == 2


def test_table_names_every_function_and_total(project: Project) -> None:
    """The table for a terminal holds each function, the totals and the label model."""
    text = statistics_text(project.refresh())

    assert "money" in text
    assert "37.5\xa0%" in text
    assert "8 rows: 6 covered (75.0\xa0%), 2 with conflict (25.0\xa0%)." in text


def test_test_gold_is_in_no_snapshot(project: Project) -> None:
    """Gold of the test split is left out where it is read."""
    snapshot = project.refresh()

    assert list(snapshot.dev_gold) == [1, 0, 0, 1, -1, -1, -1, -1]
    assert list(np.flatnonzero(snapshot.is_test)) == [4, 5]


def test_only_changed_functions_run_again(project: Project) -> None:
    """Editing one function leaves the stored runs of the others as they are."""
    project.refresh()
    before = {s.function.name: s.run for s in project.snapshot().functions}
    project.save_function(keyword("free", ("free", "win"), "spam"), replaces="free")
    after = {s.function.name: s.run for s in project.refresh().functions}

    assert before["money"] == after["money"]
    assert after["free"] is not None
    assert before["free"] is not None
    assert after["free"].version != before["free"].version
    assert after["free"].votes == 4


def test_saving_an_unchanged_function_adds_no_version(project: Project) -> None:
    """A save without a change is no new version."""
    project.put_function(keyword("free", ("free",), "spam"))

    assert len(project.function_history("free")) == 1


def test_import_into_a_project_runs_functions_on_new_rows(project: Project, tmp_path: Path) -> None:
    """New rows continue the numbers, and statistics count them."""
    project.refresh()
    more = tmp_path / "more.csv"
    more.write_text("id,text,gold,split,score\nx,money money,,,9\ny,nothing,,,10\n", "utf-8")
    project.import_rows(ImportPlan(more, "text", "id", "gold", "split"))
    snapshot = project.refresh()

    assert snapshot.n_rows == 10
    assert list(snapshot.matrix.column("money")) == [1, -1, -1, 1, -1, 1, -1, -1, 1, -1]


def test_a_new_class_keeps_gold_and_runs_functions_again(project: Project) -> None:
    """Codes of the other classes stay."""
    project.refresh()
    project.add_class("unsure")
    snapshot = project.refresh()

    assert snapshot.classes == ("ham", "spam", "unsure")
    assert list(snapshot.dev_gold[:4]) == [1, 0, 0, 1]
    assert snapshot.posterior is not None
    assert snapshot.posterior.shape == (8, 3)


def test_rows_with_errors_are_kept_and_are_no_votes(project: Project) -> None:
    """An exception on one row is an error of that row, with the line, and no abstain."""
    source = "@labeling_function()\ndef bad(x):\n    return 'spam' if 1 / (x.score - 3) else -1\n"
    project.save_function(LabelingFunction("bad", "python", source))
    snapshot = project.refresh()

    errors = project.run_errors("bad")
    assert [(error.row_id, error.line, error.error) for error in errors] == [
        (2, 3, "ZeroDivisionError")
    ]
    record = next(r for r in statistics_records(snapshot) if r["name"] == "bad")
    assert record["errors"] == 1
    assert record["coverage"] == 7 / 8
    assert project.find_rows(RowFilter("errors", function="bad")).rows[0].row_id == 2


def test_a_function_that_cannot_be_compiled_is_refused_with_its_line(project: Project) -> None:
    """Nothing is saved of a function with a syntax error."""
    with pytest.raises(FunctionError) as caught:
        project.save_function(LabelingFunction("oops", "python", "def oops(x):\n    return (\n"))

    assert caught.value.line is not None
    assert "oops" not in [function.name for function in project.functions()]


def test_two_functions_cannot_share_a_name(project: Project) -> None:
    """A new function does not silently replace another one."""
    with pytest.raises(FunctionError, match="'money' already"):
        project.save_function(keyword("money", ("cash",), "spam"))


def test_a_renamed_function_replaces_the_old_one(project: Project) -> None:
    """Editing the name moves the function."""
    project.save_function(keyword("gratis", ("free",), "spam"), replaces="free")

    assert [function.name for function in project.functions()] == ["money", "lunch", "gratis"]


def test_preview_saves_nothing_and_says_what_would_change(project: Project) -> None:
    """A preview counts votes and the difference to the saved version."""
    project.refresh()
    project.previews.start("me", keyword("free", ("win", "lunch"), "spam"), replaces="free")
    preview = project.previews.wait("me", 20)

    # before: a b h; now: b c f h.
    assert preview is not None
    assert preview.statistics is not None
    assert preview.statistics.votes == 4
    assert preview.hits.row_ids.tolist() == [1, 2, 5, 7]
    changes = {part: rows.row_ids.size for part, rows in preview.changes.items()}
    assert (changes["gained"], changes["lost"], changes["flipped"]) == (2, 1, 0)
    assert len(project.function_history("free")) == 1


def test_annotations_become_dev_gold_at_once(project: Project) -> None:
    """A hand label counts in the next statistics; a test row's stays locked away."""
    project.refresh()
    project.annotate([annotation(7, 0), annotation(5, 0)])
    snapshot = project.refresh()

    assert snapshot.dev_gold[7] == 0
    assert snapshot.dev_gold[5] == -1
    free = next(r for r in statistics_records(snapshot) if r["name"] == "free")
    assert (free["correct"], free["incorrect"]) == (1, 2)
    assert project.annotation_progress().labelled == 1


def test_taking_a_label_back_removes_it(project: Project) -> None:
    """`clear` is the latest event, so the row has no label."""
    project.annotate([annotation(7, 0)])
    project.annotate([annotation(7, None, "clear")])

    assert project.refresh().dev_gold[7] == -1
    assert project.still_wanted([7], NOBODY) == [7]


def test_annotating_a_row_or_class_that_is_not_there_is_refused(project: Project) -> None:
    """The message names the row, or the valid classes."""
    with pytest.raises(ProjectError, match="no row 99"):
        project.annotate([annotation(99, 0)])
    with pytest.raises(ProjectError, match="Valid choices: ham, spam"):
        project.annotate([annotation(1, 7)])


@pytest.mark.parametrize(
    ("row_id", "code", "told"),
    [
        ("7", 0, "An annotation names row '7'; a row id is a whole number. Send the row_id"),
        (None, 0, "An annotation names row None; a row id is a whole number."),
        (7, "ham", "An annotation of row 7 has the class code 'ham'. Give the place of a class"),
        (7, 0.5, "An annotation of row 7 has the class code 0.5."),
        (7, None, "There is no class number None. Valid choices: ham, spam."),
        (7, -1, "There is no class number -1. Valid choices: ham, spam."),
    ],
)
def test_annotation_of_what_is_no_number_is_refused(
    project: Project, row_id: int, code: int, told: str
) -> None:
    """The event that is wrong is named, and nothing of its batch is saved."""
    with pytest.raises(ProjectError, match=re.escape(told)):
        project.annotate([annotation(6, 0), annotation(row_id, code)])
    assert project.annotations() == ()


def test_next_rows_leave_out_labelled_skipped_and_test_rows(project: Project) -> None:
    """Only g and h have neither gold, nor an answer, nor the test role."""
    project.refresh()
    assert {row.row_id for row in project.next_rows("random", 10)} == {6, 7}

    project.annotate([annotation(6, None, "skip")])
    assert {row.row_id for row in project.next_rows("random", 10)} == {7}


def test_filters_combine(project: Project) -> None:
    """Each condition narrows the rows."""
    project.refresh()

    def found(wanted: RowFilter) -> list[int]:
        return [row.row_id for row in project.find_rows(wanted).rows]

    assert found(RowFilter("hits", function="money")) == [0, 3, 5]
    assert found(RowFilter("conflicts")) == [1, 7]
    assert found(RowFilter("wrong", function="free")) == [1]
    assert found(RowFilter("uncovered")) == [4, 6]
    assert found(RowFilter(search=TextSearch("LUNCH"))) == [1, 2, 7]
    assert found(RowFilter("conflicts", search=TextSearch("today"))) == [1]
    assert found(RowFilter(gold=1)) == [0, 3]
    picked = RowSet("picked", np.array([1, 3, 4, 99]))
    assert found(RowFilter(only=picked)) == [1, 3, 4]
    assert found(RowFilter("uncovered", only=picked)) == [4]


def test_rows_show_votes_but_no_test_gold(project: Project) -> None:
    """A test row shows what functions voted and not what is right."""
    project.refresh()
    row = project.find_rows(RowFilter("hits", function="money")).rows[2]

    assert row.row_id == 5
    assert row.votes == (("money", 1),)
    assert row.gold is None
    assert row.is_test


def test_unknown_label_model_names_the_valid_ones(project: Project) -> None:
    """The message lists what can be chosen."""
    with pytest.raises(ModelError, match="majority"):
        project.choose_model("magic")


def test_silence_may_be_taken_for_an_answer(project: Project, tmp_path: Path) -> None:
    """Its name is kept with the fit and the export; an uncovered row has no label all the same."""
    project.choose_model("dawid-skene-abstains")
    snapshot = project.refresh()
    assert snapshot.posterior is not None
    assert snapshot.model is not None
    assert "silence" in snapshot.model.reason
    uncovered = ~snapshot.model_matrix.covered
    assert (snapshot.labels[uncovered] == -1).all()
    assert project.fits()[0].model == "dawid-skene-abstains"
    manifest = json.loads(
        project.exports.write(tmp_path / "a.csv", ExportOptions()).manifest_path.read_text("utf-8")
    )
    assert manifest["label_model"]["name"] == "dawid-skene-abstains"


def test_every_fit_is_kept_in_the_history_once(project: Project) -> None:
    """A pass that changes nothing adds no line."""
    project.refresh()
    project.refresh()
    assert len(project.fits()) == 1

    project.annotate([annotation(7, 0)])
    project.refresh()
    assert len(project.fits()) == 2


def test_a_function_without_votes_has_no_estimated_accuracy(project: Project) -> None:
    """What the label model would assume of its first vote is no estimate."""
    project.save_function(keyword("silent", ("nowhere in the data",), "spam"))
    records = {record["name"]: record for record in statistics_records(project.refresh())}
    assert records["silent"]["estimated_accuracy"] is None
    assert records["money"]["estimated_accuracy"] is not None


def test_export_holds_labels_with_their_source(project: Project, tmp_path: Path) -> None:
    """Dev gold wins, test rows carry the model's label, rows without votes have none."""
    project.annotate([annotation(7, 0)])
    project.refresh()
    project.exports.write(tmp_path / "out.csv", ExportOptions(votes=True))

    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8", newline="")))
    assert [row["source"] for row in rows] == [
        *["gold"] * 4, "uncovered", "model", "uncovered", "annotation",
    ]  # fmt: skip
    assert [row["label"] for row in rows] == ["spam", "ham", "ham", "spam", "", "spam", "", "ham"]
    assert rows[0]["confidence"] == "1.0"
    assert rows[1]["vote_free"] == "spam"
    assert rows[1]["vote_money"] == ""
    assert rows[5]["score"] == "-6"
    assert float(rows[5]["p_spam"]) == pytest.approx(float(rows[5]["confidence"]))


def test_rows_without_a_label_have_no_confidence(project: Project, tmp_path: Path) -> None:
    """The probabilities of uncovered rows are the class balance; nothing is said of a label."""
    project.refresh()
    project.exports.write(tmp_path / "out.csv", ExportOptions(columns=("id",)))

    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8", newline="")))
    assert [row["id"] for row in rows if not row["confidence"]] == ["e", "g"]
    assert all(float(row["p_ham"]) + float(row["p_spam"]) == pytest.approx(1) for row in rows)


def test_test_gold_leaves_with_no_export(project: Project, tmp_path: Path) -> None:
    """The gold column of test rows (e, f) is empty in file and preview; all else is kept."""
    project.refresh()
    result = project.exports.write(tmp_path / "out.csv", ExportOptions())

    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8", newline="")))
    assert [row["gold"] for row in rows] == ["spam", "ham", "ham", "spam", "", "", "", ""]
    assert [row["split"] for row in rows][4:6] == ["test", "test"]
    assert project.exports.preview(ExportOptions()) == result.path.read_bytes()
    manifest = json.loads(result.manifest_path.read_text("utf-8"))
    assert manifest["test_gold"] == (
        "not used; its rows have the model's label, and no cell in the gold column"
    )


def test_rows_imported_after_the_snapshot_wait_for_the_next_export(
    project: Project, tmp_path: Path
) -> None:
    """The eight rows that have been run are exported; the ninth has no label yet."""
    project.refresh()
    more = tmp_path / "more.csv"
    more.write_text("id,text,gold,split,score\ni,free tea,,,9\n", "utf-8")
    project.import_rows(ImportPlan(more, "text", "id", "gold", "split"))
    result = project.exports.write(tmp_path / "labels.csv", ExportOptions())
    assert result.path.read_text("utf-8").count("\n") == 9  # the header and eight rows


def test_export_threshold_and_uncovered_leave_rows_out(project: Project, tmp_path: Path) -> None:
    """Every exported row is as sure as asked; the manifest counts what was left out."""
    project.refresh()
    result = project.exports.write(
        tmp_path / "out.csv", ExportOptions(threshold=0.99, uncovered="drop")
    )

    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8", newline="")))
    assert all(float(row["confidence"]) >= 0.99 for row in rows)
    assert result.counts.uncovered_dropped == 2
    assert len(rows) + result.counts.below_threshold + 2 == 8


def test_export_is_the_same_twice_and_the_manifest_says_of_what(
    project: Project, tmp_path: Path
) -> None:
    """The same project gives the same bytes; the manifest holds their hash and all versions."""
    project.refresh()
    first = project.exports.write(tmp_path / "a.csv", ExportOptions())
    project.refresh()
    second = project.exports.write(tmp_path / "b.csv", ExportOptions())

    assert first.path.read_bytes() == second.path.read_bytes()
    manifest = json.loads(first.manifest_path.read_text("utf-8"))
    assert manifest["rows"]["exported"] == 8
    assert [entry["version"] for entry in manifest["functions"]] == [
        function.version for function in project.functions()
    ]
    assert (
        manifest["file"]["sha256"] == json.loads(second.manifest_path.read_text())["file"]["sha256"]
    )


def test_columns_that_have_our_names_are_renamed(tmp_path: Path, executor: LocalExecutor) -> None:
    """A column `label` of the data does not hide ours."""
    folder = create(tmp_path / "p", "id,text,gold,split,label\na,hello,ham,,7\n")
    with opened(folder, executor) as project:
        project.refresh()
        preview = project.exports.preview(ExportOptions())

    header = next(csv.reader(io.StringIO(preview.decode())))
    assert header == [
        "id", "text", "gold", "split", "label_input", "label", "confidence", "source",
        "p_ham", "p_spam",
    ]  # fmt: skip


def test_export_preview_is_the_head_of_the_export(project: Project, tmp_path: Path) -> None:
    """What the page shows is what the file holds."""
    project.refresh()
    options = ExportOptions(uncovered="drop", votes=True, columns=("id", "score"))
    project.exports.write(tmp_path / "out.csv", options)

    assert (tmp_path / "out.csv").read_bytes().startswith(project.exports.preview(options, rows=3))


def test_preview_and_rows_show_the_values_of_the_file(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """Empty cells beside whole numbers, truth values and dates change none of them."""
    lines = "id,text,n,ok,day\na,hello,9007199254740993,true,2024-02-29\nb,there,,,\nc,you,1,,\n"
    data = tmp_path / "rows.csv"
    data.write_text(lines, "utf-8")
    plan = ImportPlan(data, "text", "id", types={"ok": "boolean", "day": "date", "n": "integer"})
    info = ProjectInfo("p", ("ham", "spam"), "text", "id")
    create_project(tmp_path / "p", DuckDBOpener(), info, plan)
    with opened(tmp_path / "p", executor) as project:
        project.refresh()
        written = project.exports.write(tmp_path / "out.csv", ExportOptions()).path.read_bytes()

        assert project.exports.preview(ExportOptions()) == written
        assert b"a,hello,9007199254740993,True,2024-02-29," in written
        assert [dict(row.fields)["n"] for row in project.rows([0, 1, 2])] == [
            "9007199254740993", "", "1",
        ]  # fmt: skip


def test_bad_export_options_are_refused() -> None:
    """The threshold is a probability."""
    with pytest.raises(ExportError, match="from 0 to 1"):
        ExportOptions(threshold=2)


def test_failed_export_leaves_no_file(project: Project, tmp_path: Path) -> None:
    """A folder that is not there is named; nothing half-written stays."""
    project.refresh()
    with pytest.raises(ExportError, match="nowhere"):
        project.exports.write(tmp_path / "nowhere" / "out.csv", ExportOptions())


def test_failed_export_leaves_an_earlier_one_whole(project: Project, tmp_path: Path) -> None:
    """CSV and manifest are replaced together or not at all, and no unfinished file stays."""
    project.refresh()
    result = project.exports.write(tmp_path / "out.csv", ExportOptions())
    before = result.path.read_bytes(), result.manifest_path.read_bytes()

    def cancel(_done: int, _total: int | None) -> None:
        raise Cancelled("Enough.")

    with pytest.raises(Cancelled):
        project.exports.write(tmp_path / "out.csv", ExportOptions(threshold=0.9), cancel)
    assert (result.path.read_bytes(), result.manifest_path.read_bytes()) == before
    assert not list(tmp_path.glob("*.part"))


def test_export_to_a_folder_leaves_no_manifest(project: Project, tmp_path: Path) -> None:
    """A target that is a folder is refused, and nothing is written beside it."""
    project.refresh()
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(ExportError, match="something at this place that is no file"):
        project.exports.write(tmp_path / "out.csv", ExportOptions())
    assert not (tmp_path / "out.manifest.json").exists()


def test_export_never_goes_over_the_project(project: Project, tmp_path: Path) -> None:
    """Only its folder `exports` is open to exports; the database is untouched."""
    project.refresh()
    database = project.folder / "project.duckdb"
    (tmp_path / "link").symlink_to(project.folder)
    for name in ("p/project.duckdb", "p/labels.csv", "link/labels.csv", "p/cache/labels.csv"):
        with pytest.raises(ExportError, match=r"inside the project's own folder|is a CSV file"):
            project.exports.write(tmp_path / name, ExportOptions())
    assert database.stat().st_size > 1_000
    assert not (project.folder / "labels.csv").exists()

    (project.folder / "exports").mkdir()
    project.exports.write(project.folder / "exports" / "mine.csv", ExportOptions())
    assert (project.folder / "exports" / "mine.csv").is_file()


def test_export_is_called_csv(project: Project, tmp_path: Path) -> None:
    """A file that is no CSV is never overwritten."""
    notes = tmp_path / "notes.txt"
    notes.write_text("mine")
    with pytest.raises(ExportError) as caught:
        project.exports.write(notes, ExportOptions())
    assert str(caught.value) == (
        f"{notes}: An export is a CSV file. Give a name that ends in .csv, for example labels.csv."
    )
    assert notes.read_text() == "mine"


def test_the_background_engine_publishes_newer_and_newer_snapshots(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """After a change the statistics follow without anyone asking, and versions grow."""
    from storage import DuckDBOpener

    versions: list[int] = []
    seen = threading.Event()

    def published(version: int) -> None:
        versions.append(version)
        seen.set()

    folder = create(tmp_path / "p")
    with Project(folder, DuckDBOpener().open(folder), executor, published) as project:
        project.start()
        project.save_function(three_functions()[0])
        snapshot = project.wait_idle()

        assert snapshot.phase == "idle"
        assert snapshot.matrix.names == ("money",)
        assert seen.is_set()
        assert versions == sorted(set(versions))


def test_the_engine_says_an_error_and_goes_on(tmp_path: Path, executor: LocalExecutor) -> None:
    """A function that ends its worker fails alone; the next change is computed."""
    with opened(create(tmp_path / "p"), executor) as project:
        project.start()
        killer = "import os\n\n@labeling_function()\ndef killer(x):\n    os._exit(3)\n"
        project.save_function(LabelingFunction("killer", "python", killer))
        state = project.wait_idle().state("killer")
        assert state is not None
        assert state.status == "failed"
        assert state.run is not None
        assert state.run.failure

        project.save_function(three_functions()[0])
        money = project.wait_idle().state("money")
        assert money is not None
        assert money.status == "ready"


def test_functions_never_see_the_answers(project: Project) -> None:
    """A function that reads the gold or split column fails on every row, and the message helps."""
    cheat = "@labeling_function()\ndef cheat(x):\n    return x.gold\n"
    project.save_function(LabelingFunction("cheat", "python", cheat))
    project.refresh()

    errors = project.run_errors("cheat")
    assert len(errors) == 8
    assert "id, text, score" in errors[0].message


def test_row_fields_hold_no_answers(project: Project) -> None:
    """Neither gold nor split stands beside a row that is to be annotated."""
    project.refresh()
    assert project.rows([5])[0].fields == (("id", "f"), ("score", "-6"))


def test_search_does_not_find_answers(project: Project) -> None:
    """Searching for a class name does not give the gold of test rows away."""
    project.refresh()
    assert project.find_rows(RowFilter(search=TextSearch("spam"))).total == 0


def test_a_function_saved_elsewhere_meanwhile_is_not_overwritten(project: Project) -> None:
    """The second save from the same version says when the first one came, and saves nothing."""
    began = project.function("free")
    mine, theirs = keyword("free", ("mine",), "spam"), keyword("free", ("theirs",), "spam")
    project.save_function(theirs, "ann", replaces="free", based_on=began.version)
    with pytest.raises(FunctionChanged, match=r"'free' was saved by ann at .* UTC"):
        project.save_function(mine, replaces="free", based_on=began.version)
    assert project.function("free") == theirs
    project.save_function(mine, replaces="free", based_on=theirs.version)
    assert project.function("free") == mine
