"""What stands in the editor of a new labeling function before anything is written."""

from components.kind_forms import FORM_KINDS, empty_form
from labeling.functions import LabelingFunction
from labeling.project import Project

_PYTHON = """@labeling_function()
def name_of_the_idea(x):
    if "word" in {row}.lower():
        return {label!r}
    return ABSTAIN
"""
_SQL = """SELECT row_id, {label} AS label
FROM rows
WHERE {column} ILIKE '%word%'
"""


def blank_function(project: Project, kind: str) -> LabelingFunction:
    """Return the start of a new function of this kind; it has no name yet."""
    if kind in FORM_KINDS:
        return empty_form(project, kind)
    info = project.info()
    column, label = info.text_column, info.classes[0]
    if kind == "sql":
        source = _SQL.format(label=_quoted(label, "'"), column=_quoted(column, '"'))
    else:
        row = f"x.{column}" if column.isidentifier() else f"x[{column!r}]"
        source = _PYTHON.format(row=row, label=label)
    return LabelingFunction("", kind, source)


def _quoted(name: str, quote: str) -> str:
    """Return a name as SQL writes it: a text in single quotes, a column in double ones."""
    return quote + name.replace(quote, 2 * quote) + quote
