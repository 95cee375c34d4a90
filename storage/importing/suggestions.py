"""Which column is probably the text, the id, the gold label and the split."""

from collections.abc import Sequence
from dataclasses import dataclass

from labeling.store import ColumnPreview
from storage.importing.scratch import Scratch, Staged
from storage.importing.value_checks import DEV_SPLITS, TEST_SPLIT
from storage.sql import position_name

_GOLD_NAMES = ("gold", "label", "class", "category", "target", "intent")
_SPLIT_NAMES = ("split", "fold", "partition", "subset", "set")
_ID_NAMES = ("id", "uid", "uuid", "guid", "key", "file_row_id")


@dataclass(frozen=True)
class Suggestions:
    """Names of columns, None where nothing fits."""

    text: str | None
    id: str | None
    gold: str | None
    split: str | None


def suggest_columns(
    scratch: Scratch, staged: Staged, columns: Sequence[ColumnPreview]
) -> Suggestions:
    """Suggest by name and by content: the text is the longest on average that holds no splits."""
    text = _longest_text(scratch, columns)
    others = [column for column in columns if column.name != text]
    return Suggestions(
        text=text,
        id=_identifier(scratch, staged, columns, text),
        gold=_first_named(_GOLD_NAMES, [column for column in others if column.distinct]),
        split=_first_named(_SPLIT_NAMES, [column for column in others if _holds_splits(column)]),
    )


def _longest_text(scratch: Scratch, columns: Sequence[ColumnPreview]) -> str | None:
    lengths: dict[str, float] = {}
    for position, column in enumerate(columns):
        if column.type == "text" and not _holds_splits(column):
            average = scratch.first(
                "SELECT avg(length({column})) FROM staged", column=position_name(position)
            )
            lengths[column.name] = average[0] or 0.0 if average else 0.0
    return max(lengths, key=lambda name: lengths[name], default=None)


def _identifier(
    scratch: Scratch, staged: Staged, columns: Sequence[ColumnPreview], text: str | None
) -> str | None:
    for position, column in enumerate(columns):
        if column.name == text or column.empty or not _is_named(column.name, _ID_NAMES):
            continue
        different = scratch.first(
            "SELECT count(DISTINCT {column}) FROM staged", column=position_name(position)
        )
        if different and different[0] == staged.rows:
            return column.name
    return None


def _first_named(names: Sequence[str], columns: Sequence[ColumnPreview]) -> str | None:
    return next((column.name for column in columns if _is_named(column.name, names)), None)


def _is_named(name: str, known: Sequence[str]) -> bool:
    """Tell whether a name is one of these, or ends in one as in `message_id`."""
    lowered = name.lower()
    return lowered in known or lowered.rpartition("_")[2] in known


def _holds_splits(column: ColumnPreview) -> bool:
    return bool(column.distinct) and set(column.distinct or ()) <= {*DEV_SPLITS, TEST_SPLIT}
