"""Texts of a Parquet file, bounded: a dictionary of one long text can stand for a million cells.

Parquet stores a column's different texts once and lets rows refer to them. A file of 5 KB can so
unpack to many GB, which its metadata does not tell. Texts are therefore read as references, and
their length is known before any of them is copied.
"""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from storage.importing.source import Source

_BATCH_ROWS = 20_000
_PIECE_BYTES = 64 * 1024 * 1024
_SUSPICIOUS_BYTES = 256 * 1024 * 1024
_SUSPICIOUS_RATIO = 200


def open_parquet(source: Source) -> pq.ParquetFile:
    """Open a file so that its text columns come as references into their different texts."""
    schema = pq.read_schema(source.path)
    texts = [field.name for field in schema if _is_text(field.type)]
    return pq.ParquetFile(source.path, read_dictionary=texts)


def refuse_expansion(source: Source, unpacked: int) -> None:
    """Refuse a file whose content is far larger than the file.

    Raises:
        ImportFileError: says both sizes.
    """
    packed = source.path.stat().st_size
    if unpacked > _SUSPICIOUS_BYTES and unpacked > _SUSPICIOUS_RATIO * packed:
        raise source.refused(
            f"The file unpacks from {packed:,} to {unpacked:,} bytes or more, which real data never"
            " does.",
            remedy="Save it again with less compression if you trust it.",
        )


def bounded_batches(source: Source, file: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    """Yield the rows in pieces whose texts fit in memory, however often one text comes.

    Raises:
        ImportFileError: the file grows far beyond its size.
    """
    unpacked = 0
    for batch in file.iter_batches(_BATCH_ROWS):
        total, longest = _text_bytes(batch)
        unpacked += total
        refuse_expansion(source, unpacked)
        rows = batch.num_rows if total <= _PIECE_BYTES else max(1, _PIECE_BYTES // longest)
        for start in range(0, batch.num_rows, rows):
            yield batch.slice(start, rows)


def _text_bytes(batch: pa.RecordBatch) -> tuple[int, int]:
    """Return the bytes of all texts once they are copied out, and of the longest cell's row."""
    total = longest = 0
    for column in batch.columns:
        if pa.types.is_dictionary(column.type) and _is_text(column.type.value_type):
            lengths = pc.binary_length(column.dictionary).take(column.indices)
            total += pc.sum(lengths).as_py() or 0
            longest += pc.max(lengths).as_py() or 0
    return total, longest


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
