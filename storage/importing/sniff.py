"""Which delimiter a delimited text file uses, judged by its first records."""

import csv
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice

from storage.importing.source import Source

_SAMPLE_RECORDS = 100
_SAMPLE_CHARACTERS = 256 * 1024
_FREQUENT = 0.9


def sniff_delimiter(source: Source, candidates: Sequence[str], others: Sequence[str]) -> str:
    """Return the candidate that splits the header and then most records into as many cells.

    `others` are delimiters this format does not read: they are only looked for, to say so.

    Raises:
        ImportFileError: there is one column only, while another delimiter is in most lines.
    """
    with source.path.open(encoding="utf-8-sig", newline="\n") as file:
        lines = file.read(_SAMPLE_CHARACTERS).splitlines(keepends=True)
    scores = {delimiter: _score(lines, delimiter) for delimiter in candidates}
    best = max(candidates, key=lambda delimiter: scores[delimiter])
    if scores[best][1] > 1:
        return best
    for other in (*candidates, *others):
        if _is_frequent(lines, other):
            raise source.refused(
                f"Only one column was found with {_named(best)} between cells, but "
                f"{_named(other)} stands in most lines.",
                place="line 1",
                remedy=_remedy(source, other),
            )
    return candidates[0]


def _score(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    """Return the share of records as wide as the header, 0 for one column, and that width."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    widths: list[int] = []
    # What stands before a fault, or before the end of the sample, still tells the width.
    with suppress(csv.Error):
        widths.extend(len(record) for record in islice(reader, _SAMPLE_RECORDS) if record)
    if not widths or widths[0] == 1:
        return 0.0, 1
    return sum(width == widths[0] for width in widths) / len(widths), widths[0]


def _is_frequent(lines: Sequence[str], delimiter: str) -> bool:
    counts = [line.count(delimiter) for line in lines[:_SAMPLE_RECORDS] if line.strip()]
    most_common = max(set(counts), key=counts.count) if counts else 0
    return most_common > 0 and counts.count(most_common) >= _FREQUENT * len(counts)


def _named(delimiter: str) -> str:
    return {"\t": "a tab", ",": "a comma", ";": "a semicolon", "|": "a bar"}.get(
        delimiter, repr(delimiter)
    )


def _remedy(source: Source, other: str) -> str:
    if source.extension != ".csv" and other in ",;|":
        return "Give the file a name that ends in .csv."
    return "Save it again with commas or tabs between cells."
