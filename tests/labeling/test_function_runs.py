"""Functions run over the rows that the project has, whatever was copied before."""

import shutil
from pathlib import Path

from labeling.execution import Executor
from labeling.project import Project
from labeling.store import ImportPlan
from tests.projects import create, keyword, opened

HEAD = "id,text,gold,split,score\n"


def add_row(project: Project, text: str, tmp_path: Path) -> None:
    """Import a file of one row."""
    (tmp_path / "more.csv").write_text(f"{HEAD}z,{text},,,1\n", "utf-8")
    project.import_rows(ImportPlan(tmp_path / "more.csv", "text", "id", "gold", "split"))


def test_rows_of_a_restored_backup_are_not_those_of_before(
    tmp_path: Path, executor: Executor
) -> None:
    """Another file of as many rows gives as many votes, and they are votes on its own rows."""
    folder = create(tmp_path / "p")
    shutil.copy(folder / "project.duckdb", tmp_path / "backup.duckdb")
    with opened(folder, executor) as project:
        add_row(project, "nothing to say", tmp_path)
        project.save_function(keyword("money", ("money",), "spam"))
        assert project.refresh().matrix.column("money")[8] == -1
    shutil.copy(tmp_path / "backup.duckdb", folder / "project.duckdb")
    with opened(folder, executor) as project:
        add_row(project, "more money", tmp_path)
        project.save_function(keyword("money", ("money",), "spam"))
        assert project.refresh().matrix.column("money")[8] == 1
