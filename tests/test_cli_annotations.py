"""Annotations and agreement on the command line."""

import csv
import json
from pathlib import Path

import pytest

from labeling.people import passwords
from labeling.people.accounts import Accounts
from storage.accounts import SQLiteAccounts, accounts_file
from tests.command_line import cli
from tests.projects import create

DATA = "id,text,gold,split,score\n" + "".join(f"r{i},text {i},,,1\n" for i in range(8))
LABELS = [("ann", "sshhsshh"), ("ben", "sshhsshs"), ("cleo", "ss......")]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return create(tmp_path / "p", DATA)


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.csv"
    with path.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(["id", "annotator", "label"])
        for annotator, said in LABELS:
            for i, one in enumerate(said):
                if one != ".":
                    writer.writerow([f"r{i}", annotator, {"s": "spam", "h": "ham"}[one]])
    return path


def test_labels_are_imported_once_and_come_back(project: Path, labels: Path) -> None:
    assert (
        "18 labels imported, 0 were there" in cli("annotations", "import", project, labels).stderr
    )
    assert "0 labels imported, 18 were" in cli("annotations", "import", project, labels).stderr
    out = labels.parent / "out.csv"
    assert "18 labels" in cli("annotations", "export", project, out).stderr
    with out.open(encoding="utf-8", newline="") as source:
        back = {(line["id"], line["annotator"]): line["label"] for line in csv.DictReader(source)}
    assert back["r7", "ben"] == "spam"
    assert len(back) == 18


def test_agreement_is_printed_for_people_and_programs(project: Path, labels: Path) -> None:
    cli("annotations", "import", project, labels)
    found = json.loads(cli("agreement", project, "--json").stdout)
    assert (found["rows"], found["disagreeing_rows"]) == (8, 1)
    pairs = {tuple(pair["annotators"]): pair for pair in found["pairs"]}
    assert pairs["ann", "ben"]["agreement"] == 7 / 8
    assert pairs["ann", "ben"]["cohen_kappa"] == pytest.approx(0.75)
    assert pairs["ann", "cleo"]["cohen_kappa"] is None
    assert set(found["intervals"]) == {"cohen_kappa", "fleiss_kappa", "krippendorff_alpha"}
    low, high = found["intervals"]["krippendorff_alpha"]
    assert low <= found["krippendorff_alpha"] <= high
    said = cli("agreement", project)
    assert "ann\tben\t8 rows\t87.5% alike\tCohen's kappa 0.750" in said.stdout
    assert "8 rows with two labels or more, 1 of them with different ones." in said.stderr


def test_agreement_says_how_far_each_person_can_be_trusted(project: Path, labels: Path) -> None:
    cli("annotations", "import", project, labels)
    found = json.loads(cli("agreement", project, "--json").stdout)["reliability"]
    assert [one["annotator"] for one in found] == ["ann", "ben", "cleo"]
    ann = found[0]
    assert (ann["labels"], ann["gold_rows"], ann["right_on_gold"]) == (8, 0, None)
    low, high = ann["accuracy_interval"]
    assert 0 < low < ann["accuracy"] < high <= 1
    assert sum(map(sum, ann["confusion"])) == pytest.approx(8)
    assert "ann\t8 labels\tright by the fit" in cli("agreement", project).stdout


def test_a_bad_file_changes_nothing(project: Path, labels: Path) -> None:
    labels.write_text(labels.read_text("utf-8") + "r99,ann,spam\n", "utf-8")
    refused = cli("annotations", "import", project, labels)
    assert refused.returncode == 1
    assert "line 20: no row has the id 'r99'" in refused.stderr
    assert json.loads(cli("agreement", project, "--json").stdout)["annotators"] == []


def test_overlap_is_set_and_told_with_who_did_what(project: Path, labels: Path) -> None:
    cli("annotations", "import", project, labels)
    found = json.loads(cli("assign", project, "--annotators", 2, "--share", 0.5, "--json").stdout)
    assert (found["annotators"], found["share"]) == (2, 0.5)
    done = {one["annotator"]: one["labels"] for one in found["people"]}
    assert done == {"ann": 8, "ben": 8, "cleo": 2}
    assert "50% of the rows from 2 people" in cli("assign", project).stderr
    checked = json.loads(cli("assign", project, "--checks", 0.1, "--json").stdout)
    assert (checked["annotators"], checked["checks"]) == (2, 0.1)
    refused = cli("assign", project, "--share", 2)
    assert refused.returncode == 1
    assert "Give a number from 0 to 1." in refused.stderr


def test_somebody_gets_a_batch_and_the_queue_pauses(project: Path) -> None:
    """Both are told with what each has done, and can be taken back."""
    given = cli("assign", project, "--to", "ann", "--rows", 1, "--pause", "--json")
    assert "ann has batch 1 of 1 row." in given.stderr
    found = json.loads(given.stdout)
    (batch,) = found["batches"]
    assert (batch["annotator"], batch["rows"], batch["done"], batch["left"]) == ("ann", 1, 0, 1)
    assert found["paused"]
    assert "queue is paused" in cli("assign", project).stderr
    resumed = cli("assign", project, "--resume")
    assert resumed.stdout.endswith("batch 1\tann\t1 row\t0 done\t1 left\n")
    taken_back = json.loads(cli("assign", project, "--take-back", 1, "--json").stdout)
    assert (taken_back["batches"], taken_back["paused"]) == ([], False)


def test_where_there_are_accounts_a_batch_goes_to_one_that_may_annotate(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the case of the name; others are told whose names there are."""
    monkeypatch.setattr(passwords, "_N", 2**4)
    store = SQLiteAccounts(accounts_file(project.parent))
    accounts = Accounts(store)
    accounts.add("mara", "correct horse battery", ["admin"])
    accounts.add("Ann", "correct horse battery", ["annotator"])
    accounts.add("vic", "correct horse battery", ["viewer"])
    accounts.add("elsa", "correct horse battery", ["annotator"], ["elsewhere"])
    store.close()
    assert "Ann has batch 1" in cli("assign", project, "--to", "ann", "--rows", 1).stderr
    for name in ("vic", "elsa", "nobody"):
        refused = cli("assign", project, "--to", name, "--rows", 1)
        assert f"'{name}' may not annotate {project.name}" in refused.stderr
        assert "Ann, mara" in refused.stderr
