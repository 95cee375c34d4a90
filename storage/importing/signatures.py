"""Files that are something else than their name says, known by their first bytes."""

from storage.importing.source import Source

_EXPORT = "Open it in a spreadsheet and save it as CSV (UTF-8)."
_UNPACK = "Unpack it and import the file inside."
_SIGNATURES: dict[bytes, tuple[str, str]] = {
    b"PK\x03\x04": ("a zip archive", _UNPACK),
    b"PK\x05\x06": ("an empty zip archive", "Choose a file with data."),
    b"\x1f\x8b": ("gzip-compressed", _UNPACK),
    b"BZh": ("bzip2-compressed", _UNPACK),
    b"\xfd7zXZ\x00": ("xz-compressed", _UNPACK),
    b"\x28\xb5\x2f\xfd": ("zstd-compressed", _UNPACK),
    b"PAR1": ("a Parquet file", "Give it a name that ends in .parquet."),
    b"ARROW1": ("an Arrow file", "Save it as Parquet."),
    b"SQLite format 3": ("a SQLite database", "Export its table as CSV."),
    b"\xd0\xcf\x11\xe0": ("an old Excel or Office file", _EXPORT),
    b"%PDF": ("a PDF document", "Choose a file with data."),
    **{
        b"\x80" + bytes([protocol]): (
            "a Python pickle, which could run code",
            "Save the data as CSV, JSON lines or Parquet.",
        )
        for protocol in range(2, 6)
    },
}
_WORKBOOK = ("an Excel workbook", _EXPORT)
_JSON = ("JSON", "Save one object a line and give it a name that ends in .jsonl.")
_WEB_PAGE = ("a web page", "Download the file itself.")
_MARKUP = (b"<!doctype html", b"<html")


def refuse_other_formats(source: Source, *, allow_json: bool) -> None:
    """Refuse a text file that is binary, or that is JSON or a web page by another name.

    Raises:
        ImportFileError: says what the file is and what to do with it.
    """
    start = source.first_bytes(4096)
    found = _binary_kind(start) or _text_kind(start, allow_json)
    if found:
        kind, remedy = found
        claimed = source.extension
        raise source.refused(f"The file is {kind}, not {claimed[1:].upper()}.", remedy=remedy)


def _binary_kind(start: bytes) -> tuple[str, str] | None:
    if start.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in start or b"xl/" in start):
        return _WORKBOOK
    for signature, kind in _SIGNATURES.items():
        if start.startswith(signature):
            return kind
    return None


def _text_kind(start: bytes, allow_json: bool) -> tuple[str, str] | None:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.lower().startswith(_MARKUP):
        return _WEB_PAGE
    if not allow_json and text[:1] in (b"{", b"["):
        return _JSON
    return None
