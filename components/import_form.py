"""Import a file: upload it, see what was understood, say what the columns mean, and go."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st

from components.asked_work import ask, forget, outcome
from components.errors import errors_shown
from components.notice import say_next
from components.run_anew import run_anew
from components.uploader import Upload, upload_file
from labeling.class_names import (
    are_class_numbers,
    in_reading_order,
    numbered_classes,
    valid_classes,
)
from labeling.counted import counted
from labeling.project import Project
from labeling.store import ImportPlan, Preview
from labeling.workspace import Workspace

UploadPath = Callable[[str], Path]
_TYPES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
_NONE = "(none)"


def first_project_form(workspace: Workspace, upload_path: UploadPath) -> None:
    """Where there is no project yet: make one from a file, or look around in the sample."""
    st.subheader("Create the first project", anchor=False)
    has_file = new_project_form(workspace, upload_path)
    if workspace.offers_sample and not has_file:
        _sample_form(workspace)


def _sample_form(workspace: Workspace) -> None:
    st.text(
        "Or look around first: 2,000 support messages that we wrote ourselves, with gold labels "
        "and ten labeling functions."
    )
    st.button("Open the sample project", on_click=ask, args=("sample",))
    name = outcome("sample", None, lambda: _sample_created(workspace))
    if name is not None:
        forget("sample")
        _open(name, "The sample project is ready: click a function in Studio.")


def _sample_created(workspace: Workspace) -> str:
    with st.spinner("Making the sample project …"):
        return workspace.create_sample().folder.name


def _open(name: str, sentence: str) -> None:
    """Go on with a project that was just made."""
    st.query_params["project"] = name
    st.session_state["project_name"] = name
    say_next(sentence)
    run_anew()


def new_project_form(workspace: Workspace, upload_path: UploadPath) -> bool:
    """Create a project from a file; return whether a file is there."""
    upload = _upload("new-project")
    if upload is None:
        return False
    with errors_shown():
        preview = _preview(workspace, upload, upload_path)
        _understood(preview)
        plan = _plan_form(preview, upload, key=upload.upload_id)
        proposed = Path(upload.file_name).stem.replace(".", "-")
        name = st.text_input("Project name", proposed, key=f"name-{upload.upload_id}")
        classes = _classes_form(preview, plan, key=upload.upload_id)
        plan = _with_gold_numbers(preview, plan, classes, key=upload.upload_id)
        work = f"new-project-{upload.upload_id}"
        st.button("Create the project", type="primary", on_click=ask, args=(work,))
        created = outcome(
            work,
            (name, classes, plan),
            lambda: _created(workspace, name, classes, plan, preview.rows),
        )
        if created is not None:
            _imported("new-project", plan)
            _open(created, "The project is ready: write the first function in Studio.")
    return True


def import_form(workspace: Workspace, upload_path: UploadPath, project: Project) -> None:
    """Add the rows of a file to a project; functions then run on the new rows only."""
    st.text("The file needs the columns of the project; ids must be new.")
    upload = _upload("add-rows")
    if upload is None:
        return
    with errors_shown():
        preview = _preview(workspace, upload, upload_path)
        _understood(preview)
        info = project.info()
        plan = _plan_form(preview, upload, key=upload.upload_id, text_column=info.text_column)
        plan = _with_gold_numbers(preview, plan, info.classes, key=upload.upload_id)
        work = f"add-rows-{upload.upload_id}"
        st.button("Add the rows", type="primary", on_click=ask, args=(work,))
        added = outcome(
            work, plan, lambda: project.import_rows(plan, _ProgressBar(preview.rows)).rows
        )
        if added is not None:
            say_next(f"{counted(added, 'row')} added.")
            _imported("add-rows", plan)
            run_anew()


def _created(
    workspace: Workspace, name: str, classes: list[str], plan: ImportPlan, rows: int
) -> str:
    project = workspace.create(name, valid_classes(classes), plan, _ProgressBar(rows))
    return project.folder.name


def _upload(purpose: str) -> Upload | None:
    attempt = st.session_state.get(f"upload-attempt-{purpose}", 0)
    return upload_file(
        "Data file",
        key=f"upload-{purpose}-{attempt}",
        types=_TYPES,
        hint="CSV, TSV, JSON Lines or Parquet, UTF-8, one row an item.",
    )


def _next_upload(purpose: str) -> None:
    name = f"upload-attempt-{purpose}"
    st.session_state[name] = int(st.session_state.get(name, 0)) + 1


def _preview(workspace: Workspace, upload: Upload, upload_path: UploadPath) -> Preview:
    """Read an upload once a session; caches that sessions share hold nothing of a user's."""
    kept = st.session_state.get("upload_preview")
    if kept is None or kept[0] != upload.upload_id:
        with st.spinner("Reading the file …"):
            read = workspace.preview(upload_path(upload.upload_id), upload.file_name)
        kept = st.session_state["upload_preview"] = (upload.upload_id, read)
    preview: Preview = kept[1]
    return preview


def _imported(purpose: str, plan: ImportPlan) -> None:
    """Make room: the rows are in the project now."""
    _next_upload(purpose)
    st.session_state.pop("upload_preview", None)
    plan.path.unlink(missing_ok=True)


def _understood(preview: Preview) -> None:
    """Say what an import would read, column by column, and show the first rows."""
    delimiter = f", separated by {preview.delimiter!r}" if preview.delimiter else ""
    st.text(
        f"{preview.format.upper()}{delimiter}: {counted(preview.rows, 'row')}, "
        f"{counted(len(preview.columns), 'column')}."
    )
    st.dataframe(
        pd.DataFrame(
            {
                "column": [column.name for column in preview.columns],
                "read as": [column.type for column in preview.columns],
                "empty": [column.empty for column in preview.columns],
                "examples": [" · ".join(column.examples) for column in preview.columns],
            }
        ),
        hide_index=True,
        column_config={
            "column": st.column_config.TextColumn(width="small"),
            "read as": st.column_config.TextColumn(width="small"),
            "empty": st.column_config.NumberColumn(width="small", format="localized"),
        },
        height=min(36 + 35 * len(preview.columns), 300),
    )
    with st.expander("First rows"):
        st.dataframe(preview.sample, hide_index=True)


def _plan_form(
    preview: Preview, upload: Upload, *, key: str, text_column: str | None = None
) -> ImportPlan:
    names = [column.name for column in preview.columns]
    text, id_, gold, split = st.columns(4)
    with text:
        chosen_text = _column("Text", names, text_column or preview.text_column, f"text-{key}")
    with id_:
        chosen_id = _optional("Id", names, preview.id_column, f"id-{key}")
    with gold:
        chosen_gold = _optional("Gold (known class)", names, preview.gold_column, f"gold-{key}")
    with split:
        chosen_split = _optional("Split (dev, test)", names, preview.split_column, f"split-{key}")
    return ImportPlan(
        path=preview.path,
        text_column=chosen_text,
        id_column=chosen_id,
        gold_column=chosen_gold,
        split_column=chosen_split,
        file_name=upload.file_name,
    )


def _classes_form(preview: Preview, plan: ImportPlan, *, key: str) -> list[str]:
    classes = st.text_area(
        "Classes, one a line; their order gives each its number, from 0",
        "\n".join(in_reading_order(_gold_values(preview, plan) or ())),
        key=f"classes-{key}-{plan.gold_column}",
        height=130,
    )
    return [line.strip() for line in classes.splitlines() if line.strip()]


def _with_gold_numbers(
    preview: Preview, plan: ImportPlan, classes: Sequence[str], *, key: str
) -> ImportPlan:
    """Say what numbers in the gold column mean, where it has any that name no class."""
    values = _gold_values(preview, plan)
    if values is not None and (set(values) <= {*classes} or not are_class_numbers(values, classes)):
        return plan
    if plan.gold_column is None:
        return plan
    numbers = st.checkbox(
        "Gold has class numbers",
        value=values is not None,
        key=f"gold-numbers-{key}-{plan.gold_column}",
        help="0 is the first class, -1 is no gold. Without it, gold has class names.",
    )
    if numbers:
        st.text(" · ".join(numbered_classes(classes)))
    return replace(plan, gold_numbers=numbers)


def _gold_values(preview: Preview, plan: ImportPlan) -> tuple[str, ...] | None:
    """Return the values of the gold column where they are few."""
    distinct = {column.name: column.distinct for column in preview.columns}
    return distinct.get(plan.gold_column or "")


def _column(label: str, names: list[str], proposed: str | None, key: str) -> str:
    index = names.index(proposed) if proposed in names else 0
    return str(st.selectbox(label, names, index=index, key=key))


def _optional(label: str, names: list[str], proposed: str | None, key: str) -> str | None:
    chosen = _column(label, [_NONE, *names], proposed, key)
    return None if chosen == _NONE else chosen


class _ProgressBar:
    """Shows how many rows were imported."""

    def __init__(self, rows: int) -> None:
        self._rows = max(rows, 1)
        self._bar = st.progress(0.0, text="Importing …")

    def __call__(self, done: int, total: int | None) -> None:
        share = min(done / max(total or self._rows, 1), 1.0)
        self._bar.progress(share, text=f"Importing: {done:,} rows")
