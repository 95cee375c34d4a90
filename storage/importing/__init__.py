"""Import of files: every way a file can be malformed is named; nothing is half imported.

The way of a file: `signatures` and `text_check` refuse what is no text of the kind it claims to
be; a format of FORMATS checks its structure and copies it, all values as text, into a `scratch`
database; `column_types` proposes types; `roles` and `value_checks` look at ids, gold and splits;
`load` moves everything into the project in one transaction.
"""

from storage.importing.load import import_file
from storage.importing.preview import preview_file

__all__ = ["import_file", "preview_file"]
