"""The sample project: support messages that we wrote ourselves, with ten labeling functions."""

import json
import shutil
from pathlib import Path

from labeling.functions import LabelingFunction
from labeling.kinds.python import python_functions
from labeling.store import ImportPlan, Opener, ProjectInfo
from labeling.workspace import SAMPLE_NAME, create_project


def create_sample(folder: Path, opener: Opener, sample_data: Path) -> None:
    """Create the sample project from the files in `sample_data`, whole or not at all."""
    unfinished = folder.with_name(f".{folder.name}.sample")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        _fill(unfinished, opener, sample_data)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _fill(folder: Path, opener: Opener, sample_data: Path) -> None:
    """Import the messages and save the functions."""
    described = json.loads((sample_data / "project.json").read_text("utf-8"))
    info = ProjectInfo(
        name=SAMPLE_NAME,
        classes=tuple(described["classes"]),
        text_column=described["text"],
        id_column=described["id"],
        guidelines=(sample_data / "guidelines.txt").read_text("utf-8"),
    )
    plan = ImportPlan(
        path=sample_data / described["file"],
        text_column=described["text"],
        id_column=described["id"],
        gold_column=described["gold"],
        split_column=described["split"],
    )
    create_project(folder, opener, info, plan)
    store = opener.open(folder)
    try:
        for function in sample_functions(sample_data):
            store.save_function(function, author="sample")
    finally:
        store.close()


def sample_functions(sample_data: Path) -> list[LabelingFunction]:
    """Return the sample's labeling functions: Python ones from a file, the others from JSON."""
    python_file = sample_data / "functions" / "support_functions.py"
    others = json.loads((sample_data / "functions" / "functions.json").read_text("utf-8"))
    return [
        *python_functions(python_file.read_text("utf-8"), python_file.name),
        *(
            LabelingFunction(one["name"], one["kind"], json.dumps(one["source"], indent=2))
            for one in others
        ),
    ]
