"""The names of a file's columns, as the project will call them."""

from collections.abc import Sequence

from storage.importing.source import MAX_COLUMNS, Source

RESERVED = "row_id"


def project_names(source: Source, names: Sequence[str], place: str = "") -> tuple[str, ...]:
    """Return the project's name of each column: the file's own, unless that is `row_id`.

    Every row has a `row_id` of Labelwright; a column that has this name in the file, in any case,
    is called `file_row_id`, so that the two are never mixed up.

    Raises:
        ImportFileError: a name is empty or comes twice, or there are too many.
    """
    if len(names) > MAX_COLUMNS:
        raise source.refused(
            f"The file has {len(names):,} columns; {MAX_COLUMNS:,} are the most.",
            place=place,
            remedy="Keep the columns that labeling needs.",
        )
    _refuse_unnamed(source, names, place)
    _refuse_repeated(source, names, place)
    return tuple(
        _free_name(f"file_{RESERVED}", names) if name.lower() == RESERVED else name
        for name in names
    )


def _refuse_unnamed(source: Source, names: Sequence[str], place: str) -> None:
    for number, name in enumerate(names, 1):
        if not name:
            raise source.refused(
                f"Column {number} of {len(names)} has no name.",
                place=place,
                remedy="Name it in the header, or remove the column.",
            )


def _refuse_repeated(source: Source, names: Sequence[str], place: str) -> None:
    first_numbers: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        first = first_numbers.setdefault(_compared(name), number)
        if first != number:
            raise source.refused(
                f"Columns {first} and {number} are both called {name!r}.",
                place=place,
                remedy="Give every column a name of its own.",
            )


def _compared(name: str) -> str:
    return RESERVED if name.lower() == RESERVED else name


def _free_name(wanted: str, taken: Sequence[str]) -> str:
    while wanted in taken:
        wanted += "_"
    return wanted
