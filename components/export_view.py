"""The parts of the Export page: options, counts, the first rows, and links to written files."""

import io
from urllib.parse import quote

import pandas as pd
import streamlit as st

from components.assets import address
from components.kept import kept
from components.names import shortened
from components.threshold_chooser import THRESHOLD_KEY
from labeling.export_labels import LABELS_FROM, ExportCounts, ExportOptions
from labeling.project import Project
from labeling.snapshot import Snapshot

_SHOWN_EXPORTS = 10

_SOURCE_MEANS = {
    "gold": "imported gold",
    "annotation": "annotated by hand",
    "model": "label model",
    "uncovered": "no label: no function votes",
    "end_model": "end model",
}


def options_form(project: Project) -> ExportOptions:
    """Draw the choices and return them."""
    labels = st.radio(
        "Labels from",
        list(LABELS_FROM),
        horizontal=True,
        format_func=lambda name: name.replace("-", " "),
        key=kept(project, "export-labels", "label-model"),
        help="The label model has none where no function votes; the end model, trained on the "
        "Dashboard, labels every row. Gold comes first with both.",
    )
    threshold = st.slider(
        "Least confidence of a label",
        0.0,
        1.0,
        step=0.01,
        key=kept(project, THRESHOLD_KEY, 0.0),
        help="Rows whose label is less probable are left out; gold counts as certain.",
    )
    uncovered = st.toggle(
        "Keep rows on which no function votes",
        key=kept(project, "export-uncovered", default=True),
    )
    votes = st.toggle(
        "Add a column with each function's vote", key=kept(project, "export-votes", default=False)
    )
    rebalanced = st.toggle(
        "Favour rare classes",
        key=kept(project, "export-rebalanced", default=False),
        help="Label each row with the class that its votes raise most above the class balance: "
        "more rows of rare classes are found, and more labels are wrong.",
    )
    names = [column.name for column in project.columns()]
    columns = st.multiselect(
        "Columns of the data", names, key=kept(project, "export-columns", names, names)
    )
    return ExportOptions(
        threshold=float(threshold),
        uncovered="keep" if uncovered else "drop",
        votes=votes,
        columns=tuple(columns),
        rebalanced=rebalanced,
        labels=labels,
    )


def counts_table(counts: ExportCounts, snapshot: Snapshot) -> None:
    """Draw how many rows the export holds, by source and by class."""
    st.text(
        f"{counts.rows:,} of {snapshot.n_rows:,} rows; {counts.below_threshold:,} left out below "
        f"the confidence, {counts.uncovered_dropped:,} left out without a vote."
    )
    by_source, by_class = st.columns(2, gap="large")
    by_source.dataframe(
        pd.DataFrame(
            {
                "label from": [_SOURCE_MEANS[name] for name in counts.by_source],
                "rows": list(counts.by_source.values()),
            }
        ),
        hide_index=True,
        column_config={"rows": st.column_config.NumberColumn(format="localized")},
    )
    by_class.dataframe(
        pd.DataFrame(
            {
                "class": [shortened(name, 36) for name in counts.by_class],
                "rows": list(counts.by_class.values()),
            }
        ),
        hide_index=True,
        column_config={"rows": st.column_config.NumberColumn(format="localized")},
    )


def csv_preview(csv: bytes) -> None:
    """Draw the first rows as the file will hold them, the labels moved to the front."""
    frame = pd.read_csv(io.BytesIO(csv), dtype=str, keep_default_na=False)
    first = ["label", "confidence", "source"]
    order = first + [name for name in frame.columns if name not in first]
    numbers = [name for name in frame.columns if _only_numbers(frame[name])]
    st.dataframe(
        frame,
        hide_index=True,
        column_order=order,
        column_config={name: st.column_config.TextColumn(alignment="right") for name in numbers},
    )


def _only_numbers(cells: "pd.Series[str]") -> bool:
    """Say whether every cell that is not empty reads as a number."""
    return bool(pd.to_numeric(cells[cells != ""], errors="coerce").notna().all())


def export_links(project: Project) -> None:
    """Draw links to the newest written exports and their manifests."""
    written = project.exports.files()[:_SHOWN_EXPORTS]
    if not written:
        st.text("None yet. Write one above; it stays here with its manifest.")
        return
    for path in written:
        manifest = path.with_suffix(".manifest.json")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{path.name}  ({path.stat().st_size / 1e6:,.1f} MB)", width=330)
            st.link_button("CSV", _link(project, path.name), key=f"csv-{path.name}")
            st.link_button("Manifest", _link(project, manifest.name), key=f"manifest-{path.name}")


def _link(project: Project, file_name: str) -> str:
    return address(f"export/{quote(project.folder.name)}/{quote(file_name)}")
