"""Parquet: types are the file's own, mapped to ours; nested values become JSON text."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from labeling.errors import ImportFileError
from labeling.store import ColumnType, Progress
from storage.database import registered
from storage.importing.column_names import project_names
from storage.importing.parquet_texts import bounded_batches, open_parquet, refuse_expansion
from storage.importing.scratch import FileColumn, Scratch, Staged
from storage.importing.source import MAX_CELL_BYTES, MAX_CELL_MB, Source
from storage.sql import compose, listed, position_name

_AS_TEXT: dict[str, str] = {
    "plain": "{column}::VARCHAR",
    "number": "CASE WHEN NOT isnan({column}::DOUBLE) THEN ({column}::DOUBLE)::VARCHAR END",
    "nested": "to_json({column})::VARCHAR",
}


@dataclass(frozen=True)
class Parquet:
    """A format with types of its own."""

    name: str = "Parquet"

    def stage(self, source: Source, scratch: Scratch, progress: Progress) -> Staged:
        """Check the file and copy it into the scratch database.

        Raises:
            ImportFileError: the file is no sound Parquet, or holds what rows cannot have.
        """
        try:
            with open_parquet(source) as file:
                return self._stage(source, file, scratch, progress)
        except (pa.ArrowException, OSError) as error:
            raise _not_parquet(source, error) from error

    def _stage(
        self, source: Source, file: pq.ParquetFile, scratch: Scratch, progress: Progress
    ) -> Staged:
        _check_size(source, file.metadata)
        fields = list(file.schema_arrow)
        names_in_file = [column.name for column in fields]
        names = project_names(source, names_in_file)
        mapped = [_mapped(source, column) for column in fields]
        scratch.create(len(fields))
        _copy(source, file, scratch, mapped, progress)
        _refuse_long_cells(source, scratch, names)
        columns = tuple(
            FileColumn(name, name_in_file, conversion.type)
            for name, name_in_file, conversion in zip(names, names_in_file, mapped, strict=True)
        )
        return Staged(
            self.name, columns, file.metadata.num_rows, lambda record: f"row {record + 1}"
        )


@dataclass(frozen=True)
class _Conversion:
    """Our type of a column, what pyarrow casts it to first, and its text in SQL."""

    type: ColumnType
    cast: pa.DataType | None
    as_text: str


def _mapped(source: Source, column: pa.Field) -> _Conversion:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    types = pa.types
    if types.is_binary(kind) or types.is_large_binary(kind) or types.is_fixed_size_binary(kind):
        raise source.refused(
            f"Column {column.name!r} holds bytes, not text.",
            remedy="Save it as text, or leave it out.",
        )
    mapping: list[tuple[Callable[[pa.DataType], bool], _Conversion]] = [
        (types.is_boolean, _Conversion("boolean", kind, _AS_TEXT["plain"])),
        (types.is_uint64, _Conversion("text", pa.string(), _AS_TEXT["plain"])),
        (types.is_integer, _Conversion("integer", pa.int64(), _AS_TEXT["plain"])),
        (types.is_floating, _Conversion("number", pa.float64(), _AS_TEXT["number"])),
        (types.is_decimal, _Conversion("number", pa.float64(), _AS_TEXT["number"])),
        (types.is_date, _Conversion("date", pa.date32(), _AS_TEXT["plain"])),
        (types.is_timestamp, _Conversion("timestamp", pa.timestamp("us"), _AS_TEXT["plain"])),
        (types.is_nested, _Conversion("text", None, _AS_TEXT["nested"])),
    ]
    for matches, conversion in mapping:
        if matches(kind):
            return conversion
    return _Conversion("text", pa.string(), _AS_TEXT["plain"])


def _copy(
    source: Source,
    file: pq.ParquetFile,
    scratch: Scratch,
    mapped: list[_Conversion],
    progress: Progress,
) -> None:
    texts = [
        compose(conversion.as_text, column=position_name(position))
        for position, conversion in enumerate(mapped)
    ]
    statement = compose("INSERT INTO staged SELECT record{texts} FROM batch", texts=listed(texts))
    done, total = 0, file.metadata.num_rows
    for batch in bounded_batches(source, file):
        arrays = [pa.array(range(done, done + batch.num_rows), pa.int64())]
        arrays += [
            array if conversion.cast is None else pc.cast(array, conversion.cast, safe=False)
            for array, conversion in zip(batch.columns, mapped, strict=True)
        ]
        names = ["record", *(f"c{position}" for position in range(len(mapped)))]
        with registered(scratch.connection, "batch", pa.table(arrays, names=names)):
            scratch.connection.execute(statement)
        done += batch.num_rows
        progress(done, total)


def _check_size(source: Source, metadata: pq.FileMetaData) -> None:
    if metadata.num_rows == 0:
        raise source.refused("The file has no rows.", remedy="Choose a file with data.")
    unpacked = sum(
        metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups)
    )
    refuse_expansion(source, unpacked)


def _refuse_long_cells(source: Source, scratch: Scratch, names: tuple[str, ...]) -> None:
    for position, name in enumerate(names):
        found = scratch.first(
            "SELECT record FROM staged WHERE strlen({column}) > ? ORDER BY record LIMIT 1",
            [MAX_CELL_BYTES],
            column=position_name(position),
        )
        if found:
            raise source.refused(
                f"The cell in column {name!r} is longer than {MAX_CELL_MB} MB.",
                place=f"row {found[0] + 1}",
                remedy="Shorten the cell.",
            )


def _not_parquet(source: Source, error: Exception) -> ImportFileError:
    return source.refused(
        f"The file is not sound Parquet: {str(error).splitlines()[0].rstrip('.')}.",
        remedy="Save it again from the program it comes from.",
    )
