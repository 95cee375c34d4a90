"""One pass over the bytes of a text file: is it UTF-8, without NUL bytes and endless lines?"""

import codecs
from dataclasses import dataclass

import numpy as np

from labeling.errors import ImportFileError
from storage.importing.source import MAX_CELL_BYTES, MAX_CELL_MB, Source

_BLOCK_BYTES = 4 * 1024 * 1024
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class TextFacts:
    """What the pass found; `longest_line` is in bytes."""

    line_feeds: int
    returns_with_line_feed: int
    longest_line: int

    @property
    def mixed_line_ends(self) -> bool:
        """Whether some lines end in CR LF and others in LF (maybe only inside quotes)."""
        return 0 < self.returns_with_line_feed < self.line_feeds


def check_text(source: Source) -> TextFacts:
    """Read the file once in blocks.

    Raises:
        ImportFileError: names the line and byte that are no UTF-8 text, and a likely encoding.
    """
    if source.first_bytes(2) in _UTF16_MARKS:
        raise _utf16(source, "UTF-16")
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset, lines, returns, longest, line_start = 0, 0, 0, 0, 0
    last_byte, blank = b"", True
    with source.path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            _refuse_nul(source, block, lines)
            _decode(source, decoder, block, offset, lines)
            ends = np.flatnonzero(np.frombuffer(block, np.uint8) == 0x0A) + offset
            starts = np.concatenate(([line_start], ends + 1))
            lengths = np.diff(np.append(starts, offset + len(block)))
            if lengths.max() > MAX_CELL_BYTES:
                raise _long_line(source, lines + 1 + int(lengths.argmax()))
            longest = max(longest, int(lengths.max()))
            returns += block.count(b"\r\n") + (last_byte == b"\r" and block[:1] == b"\n")
            lines += len(ends)
            line_start, offset, last_byte = int(starts[-1]), offset + len(block), block[-1:]
            blank = blank and not block.removeprefix(codecs.BOM_UTF8).strip()
    _decode(source, decoder, b"", offset, lines, final=True)
    if blank:
        raise source.refused("The file holds only blank lines.", remedy="Choose a file with data.")
    if not lines and returns == 0:
        _refuse_old_line_ends(source)
    return TextFacts(lines, returns, longest)


def _refuse_nul(source: Source, block: bytes, lines: int) -> None:
    position = block.find(b"\0")
    if position < 0:
        return
    high_bytes, low_bytes = block[:1000:2], block[1:1000:2]
    for code, zeros in (("UTF-16BE", high_bytes), ("UTF-16LE", low_bytes)):
        # Western text in UTF-16 has a zero in almost every second place.
        if zeros.count(b"\0") * 2 > len(zeros):
            raise _utf16(source, code)
    line = lines + block.count(b"\n", 0, position) + 1
    raise source.refused(
        "The line holds a NUL byte, which text never does.",
        place=f"line {line}",
        remedy=f"Remove it, for example with: tr -d '\\000' < {source.name} > clean-{source.name}",
    )


def _decode(
    source: Source,
    decoder: codecs.IncrementalDecoder,
    block: bytes,
    offset: int,
    lines: int,
    *,
    final: bool = False,
) -> None:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError as error:
        held_back = len(error.object) - len(block)
        raise _invalid_utf8(source, error, offset - held_back, lines) from None


def _invalid_utf8(
    source: Source, error: UnicodeDecodeError, offset: int, lines: int
) -> ImportFileError:
    line = lines + error.object.count(b"\n", 0, error.start) + 1
    what = (
        f"Byte {offset + error.start + 1} of the file (0x{error.object[error.start]:02x}) "
        "is not valid UTF-8"
    )
    before = error.object[: error.start]
    if not before.isascii():
        return source.refused(
            f"{what}, although the text before it is.",
            place=f"line {line}",
            remedy="The file is damaged or mixes encodings: correct that line.",
        )
    surroundings = error.object[error.start : error.start + 10_000]
    windows = any(0x80 <= byte <= 0x9F for byte in surroundings)
    name, code = ("Windows-1252", "CP1252") if windows else ("Latin-1", "ISO-8859-1")
    return source.refused(
        f"{what}; the file looks like {name}.", place=f"line {line}", remedy=_iconv(source, code)
    )


def _utf16(source: Source, code: str) -> ImportFileError:
    return source.refused(
        "The file is UTF-16, not UTF-8.", place="line 1", remedy=_iconv(source, code)
    )


def _iconv(source: Source, code: str) -> str:
    return (
        f"Convert it, for example with: iconv -f {code} -t UTF-8 {source.name} > utf8-{source.name}"
    )


def _long_line(source: Source, line: int) -> ImportFileError:
    return source.refused(
        f"The line is longer than {MAX_CELL_MB} MB.",
        place=f"line {line}",
        remedy="A line end may be missing; otherwise shorten the cell.",
    )


def _refuse_old_line_ends(source: Source) -> None:
    if b"\r" in source.first_bytes(_BLOCK_BYTES):
        raise source.refused(
            "The lines end in CR alone, as on very old systems.",
            place="line 1",
            remedy=f"Convert them, for example with: tr '\\r' '\\n' < {source.name}"
            f" > lines-{source.name}",
        )
