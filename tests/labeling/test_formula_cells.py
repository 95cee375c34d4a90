"""Formula cells: none is run by a spreadsheet, in any place of an export, and all come back."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.execution.local import LocalExecutor
from labeling.export_labels import ExportOptions
from labeling.formula_cells import neutralised, restored
from labeling.project import Project
from labeling.store import ImportPlan, ProjectInfo
from labeling.workspace import create_project
from storage import DuckDBOpener
from tests.projects import keyword, opened

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\tx",
    " =1+1",
    "\u3000\u00a0=1",
    "\ufeff=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''\t",
    "' '=1",
)
HARMLESS = ("", "'", "'tis", "a=1", "1-1", " x", "\ufeffx", "don't", "(=1)", "x\n=1")

_TELLING = st.text(st.sampled_from("=+-@＝＋－＠ '\t\r\n\u3000\ufeffa1"))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    """An apostrophe before a cell means text to every spreadsheet."""
    assert neutralised(text) == "'" + text
    assert restored("'" + text) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text: str) -> None:
    """No text is changed without need."""
    assert neutralised(text) == text
    assert restored(text) == text


@pytest.mark.parametrize("value", [-3, -0.5, None, True])
def test_values_that_are_no_text_stay(value: object) -> None:
    """A negative number is no formula."""
    assert neutralised(value) is value


@given(_TELLING | st.text())
def test_every_text_comes_back(text: str) -> None:
    """Restoring undoes neutralising, for any text."""
    assert restored(str(neutralised(text))) == text


@given(_TELLING)
def test_nothing_neutralised_is_a_formula(text: str) -> None:
    """Whatever a cell holds, no spreadsheet finds a formula at its start."""
    cell = str(neutralised(text))
    assert not cell.lstrip(" \u3000\ufeff\t\r\n").startswith(tuple("=+-@＝＋－＠"))
    assert not cell.startswith(("\t", "\r", "\n"))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project whose texts, columns, classes and function are formulas."""
    data = tmp_path / "rows.csv"
    with data.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file, quoting=csv.QUOTE_ALL)
        lines.writerow(["=text", "@gold", "-note"])
        lines.writerows([text, "=ham", f"x\r{text}"] for text in FORMULAS)
    info = ProjectInfo("p", ("=ham", "+spam"), "=text")
    create_project(tmp_path / "p", DuckDBOpener(), info, ImportPlan(data, "=text", None, "@gold"))
    with LocalExecutor() as executor, opened(tmp_path / "p", executor) as project:
        project.save_function(keyword("=cmd()", ("1",), "+spam", column="=text"))
        project.refresh()
        yield project


def test_no_cell_of_an_export_is_a_formula(project: Project, tmp_path: Path) -> None:
    """Headers, texts, labels and votes of the file and of its preview; CR starts no new row."""
    options = ExportOptions(votes=True)
    written = project.exports.write(tmp_path / "out.csv", options).path.read_bytes()
    assert project.exports.preview(options, rows=100) == written
    lines = list(csv.reader(written.decode().splitlines(keepends=True)))
    assert len(lines) == 1 + len(FORMULAS)
    assert not [cell for line in lines for cell in line if cell[:1] in tuple("=+@\t\r\n＝＋－＠")]
    assert lines[0][:3] == ["'=text", "'@gold", "'-note"]
    assert [restored(line[0]) for line in lines[1:]] == list(FORMULAS)
    assert [restored(line[2]) for line in lines[1:]] == [f"x\r{text}" for text in FORMULAS]


def test_no_return_stands_outside_quotes(project: Project, tmp_path: Path) -> None:
    """A spreadsheet takes a bare CR for the end of a row, and what follows for a new cell."""
    written = (
        project.exports.write(tmp_path / "out.csv", ExportOptions()).path.read_bytes().decode()
    )
    unquoted = written.split('"')[::2]
    assert not [part for part in unquoted if "\r" in part]
