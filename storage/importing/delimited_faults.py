"""What exactly is wrong with a delimited file that the fast check has found wanting."""

from itertools import islice

from labeling.counted import counted
from labeling.errors import ImportFileError
from storage.importing.quotes import find_bad_quote
from storage.importing.records import DelimitedFile, Record, UnreadableRecordError
from storage.importing.source import MAX_CELL_MB


def explain_fault(file: DelimitedFile, width: int) -> ImportFileError:
    """Return the error for the first record that is unreadable or not as wide as the header."""
    try:
        with file.records() as records:
            ragged = next(record for record in records if len(record.cells) not in (width, 0))
    except UnreadableRecordError as fault:
        return _unreadable(file, fault)
    return _ragged(file, ragged, width)


def explain_mixed_line_ends(file: DelimitedFile) -> ImportFileError:
    """Return the error for the first record that ends in another way than the header."""
    with file.records() as records:
        usual = next(records).line_end
        other = next(r for r in records if r.line_end in {"\n", "\r\n"} and r.line_end != usual)
    names = {"\n": "LF", "\r\n": "CR LF"}
    return file.source.refused(
        f"The line ends in {names[other.line_end]}, the lines before it in {names[usual]}.",
        place=f"line {other.last_line}",
        remedy=f"Make them alike, for example with: dos2unix {file.source.name}",
    )


def _ragged(file: DelimitedFile, record: Record, width: int) -> ImportFileError:
    found = counted(len(record.cells), "cell")
    return file.source.refused(
        f"Expected {counted(width, 'cell')}, as in the header, but found {found}.",
        place=f"line {record.line}",
        remedy=f"A cell that contains {file.delimiter!r} needs double quotes around it.",
    )


def _unreadable(file: DelimitedFile, fault: UnreadableRecordError) -> ImportFileError:
    if "new-line character" in fault.reason:
        return file.source.refused(
            "The line holds a carriage return (CR) in a cell without quotes.",
            place=f"line {fault.last_line}",
            remedy="Remove it, or put the cell in double quotes.",
        )
    with file.lines() as lines:
        text = "".join(islice(lines, fault.line - 1, fault.last_line))
    quote = find_bad_quote(text, file.delimiter, fault.line)
    place = f"line {quote.opened if quote else fault.line}"
    if "field larger" in fault.reason:
        what = f"A cell that begins here is longer than {MAX_CELL_MB} MB."
        remedy = "Close its quote if it is not meant to be that long; otherwise shorten it."
    elif quote is None:
        what = f"The record cannot be read: {fault.reason}."
        remedy = "Correct the line."
    elif quote.closed is None:
        what = "A quote opens here and is never closed."
        remedy = 'Close it with ", and write "" for a quote inside a quoted cell.'
    else:
        what = f"A quote opens here, and more text follows where it closes on line {quote.closed}."
        remedy = 'Close the cell where it ends, and write "" for a quote inside a quoted cell.'
    return file.source.refused(what, place=place, remedy=remedy)
