"""The formats that can be imported, by the end of a file's name."""

from typing import Protocol

from labeling.store import Progress
from storage.importing.delimited import Delimited
from storage.importing.json_lines import JsonLines
from storage.importing.parquet import Parquet
from storage.importing.scratch import Scratch, Staged
from storage.importing.source import Source


class Format(Protocol):
    """Checks a file and copies it into a scratch database."""

    @property
    def name(self) -> str:
        """What a person calls the format."""

    def stage(self, source: Source, scratch: Scratch, progress: Progress) -> Staged:
        """Check the file, then copy it, or raise ImportFileError."""


_TAB_SEPARATED = Delimited("TSV", delimiters=("\t",), others=(",", ";", "|"))

FORMATS: dict[str, Format] = {
    ".csv": Delimited("CSV", delimiters=(",", ";", "\t", "|"), others=("^", "~", "\x01")),
    ".tsv": _TAB_SEPARATED,
    ".tab": _TAB_SEPARATED,
    ".jsonl": JsonLines(),
    ".ndjson": JsonLines(),
    ".parquet": Parquet(),
}


def stage(source: Source, scratch: Scratch, progress: Progress) -> Staged:
    """Stage a file in the format its name says.

    Raises:
        ImportFileError: the format is unknown, or the file is malformed.
    """
    if source.extension not in FORMATS:
        ending = repr(source.extension) if source.extension else "no ending"
        raise source.refused(
            f"The name has {ending}, which is no known format.",
            choices=tuple(FORMATS),
            remedy="Rename the file, or save it in one of these.",
        )
    return FORMATS[source.extension].stage(source, scratch, progress)
