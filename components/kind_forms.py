"""Forms for the kinds of labeling function that need no code: keyword, regex, rule and model.

A form starts from a source and says a source, valid or not: what is half filled in can be kept, and
the check of its kind says what is missing.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from labeling.functions import LabelingFunction
from labeling.kinds.rule_python import python_of
from labeling.project import Project


def empty_form(project: Project, kind: str) -> LabelingFunction:
    """Return what the form of a new function says before anything is filled in."""
    info = project.info()
    start: dict[str, Any] = {"column": info.text_column}
    if kind == "keyword":
        start |= {"words": [], "label": info.classes[0]}
        start |= {"match": "any", "whole_word": True, "match_case": False}
    elif kind == "regex":
        start |= {"pattern": "", "label": info.classes[0], "match_case": False}
    elif kind == "rule":
        start = {"label": info.classes[0], "when": {"all": [start | {"words": []}]}}
    else:
        start = {}
    return LabelingFunction("", kind, _source(start))


def filled_form(project: Project, saved: LabelingFunction) -> LabelingFunction:
    """Return a saved function as its form writes it, with every parameter named."""
    every = json.loads(empty_form(project, saved.kind).source) | json.loads(saved.source)
    return LabelingFunction(saved.name, saved.kind, _source(every))


def in_words(function: LabelingFunction) -> str:
    """Return what the form of a saved function shows, one field a line; of a rule its Python.

    >>> print(in_words(LabelingFunction("ends", "regex", '''
    ...     {"column": "text", "pattern": "bye$", "label": "ham", "match_case": true}''')))
    Name: ends
    Pattern (Python's re): bye$
    Votes for: ham
    Column: text
    Match case: yes
    """
    if function.kind == "rule":
        return f"Name: {function.name}\n{python_of(function).source}"
    said = {"match": "any", "whole_word": True, "match_case": False} | json.loads(function.source)
    yes = {True: "yes", False: "no"}
    lines = [f"Name: {function.name}"]
    if function.kind == "keyword":
        lines += ["Words or phrases, one a line:", *(f"  {word}" for word in said["words"])]
    else:
        lines.append(f"Pattern (Python's re): {said['pattern']}")
    lines += [f"Votes for: {said['label']}", f"Column: {said['column']}"]
    if function.kind == "keyword":
        lines.append(f"All of them: {yes[said['match'] == 'all']}")
        lines.append(f"Whole words: {yes[said['whole_word']]}")
    return "\n".join([*lines, f"Match case: {yes[said['match_case']]}"])


def name_field(name: str, revision: str) -> None:
    """Draw the field for the name of a function."""
    st.text_input("Name", name, key=f"{revision}-name")


def said_name(name: str, revision: str) -> str:
    """Return what is in the field for the name, which was first filled with `name`."""
    return str(_said(revision, "name", name)).strip()


@dataclass(frozen=True)
class Form:
    """The form of one kind.

    `draw` fills its fields from a function; `said` returns what they say, in a callback, too.
    """

    draw: Callable[[Project, LabelingFunction, str], None]
    said: Callable[[LabelingFunction, str], LabelingFunction]


def _draw_keyword(project: Project, start: LabelingFunction, revision: str) -> None:
    """Words on one side, a class on the other."""
    began = json.loads(start.source)
    name_field(start.name, revision)
    st.text_area(
        "Words or phrases, one a line",
        "\n".join(began["words"]),
        key=f"{revision}-words",
        height=150,
    )
    _label(project, began["label"], revision)
    _column(project, began["column"], revision)
    with st.container(horizontal=True):
        st.toggle("All of them", began["match"] == "all", key=f"{revision}-all")
        st.toggle("Whole words", began["whole_word"], key=f"{revision}-whole")
        st.toggle("Match case", began["match_case"], key=f"{revision}-case")


def _said_by_keyword(start: LabelingFunction, revision: str) -> LabelingFunction:
    began = json.loads(start.source)
    words = str(_said(revision, "words", "\n".join(began["words"])))
    every = _said(revision, "all", began["match"] == "all")
    said = {
        "column": _said(revision, "column", began["column"]),
        "words": [line.strip() for line in words.splitlines() if line.strip()],
        "label": _said(revision, "label", began["label"]),
        "match": "all" if every else "any",
        "whole_word": _said(revision, "whole", began["whole_word"]),
        "match_case": _said(revision, "case", began["match_case"]),
    }
    return LabelingFunction(said_name(start.name, revision), "keyword", _source(said))


def _draw_regex(project: Project, start: LabelingFunction, revision: str) -> None:
    """A pattern on one side, a class on the other."""
    began = json.loads(start.source)
    name_field(start.name, revision)
    st.text_input("Pattern (Python's re)", began["pattern"], key=f"{revision}-pattern")
    _label(project, began["label"], revision)
    _column(project, began["column"], revision)
    st.toggle("Match case", began["match_case"], key=f"{revision}-case")


def _said_by_regex(start: LabelingFunction, revision: str) -> LabelingFunction:
    began = json.loads(start.source)
    fields = ("column", "pattern", "label")
    said = {field: _said(revision, field, began[field]) for field in fields}
    said["match_case"] = _said(revision, "case", began["match_case"])
    return LabelingFunction(said_name(start.name, revision), "regex", _source(said))


def _draw_rule(_project: Project, start: LabelingFunction, revision: str) -> None:
    """The conditions as they are written in a file."""
    name_field(start.name, revision)
    st.text_area("Rule", _indented(start.source), key=f"{revision}-rule", height=340)


def _said_by_rule(start: LabelingFunction, revision: str) -> LabelingFunction:
    source = str(_said(revision, "rule", _indented(start.source)))
    if source == _indented(start.source):
        source = start.source
    return LabelingFunction(said_name(start.name, revision), "rule", source)


def _indented(source: str) -> str:
    try:
        return json.dumps(json.loads(source), ensure_ascii=False, indent=2)
    except ValueError:  # half written: it is shown as it is, and Save says what is wrong
        return source


def _draw_model(_project: Project, start: LabelingFunction, _revision: str) -> None:
    """What the votes of an end model came from; there is nothing to edit."""
    st.text("Votes of an end model, made on the Dashboard. Train it anew there to change them.")
    made_of = json.loads(start.source)
    st.text("\n".join(f"{name.replace('_', ' ')}: {value}" for name, value in made_of.items()))


def _said_by_model(start: LabelingFunction, _revision: str) -> LabelingFunction:
    return start


FORMS: dict[str, Form] = {
    "keyword": Form(_draw_keyword, _said_by_keyword),
    "regex": Form(_draw_regex, _said_by_regex),
    "rule": Form(_draw_rule, _said_by_rule),
    "model": Form(_draw_model, _said_by_model),
}


def _said(revision: str, field: str, start: object) -> Any:
    """Return what is in a field; before it was drawn that is what it starts with."""
    return st.session_state.get(f"{revision}-{field}", start)


def _source(parameters: dict[str, Any]) -> str:
    return json.dumps(parameters, ensure_ascii=False)


def _label(project: Project, chosen: str, revision: str) -> None:
    classes = project.info().classes
    index = classes.index(chosen) if chosen in classes else 0
    st.selectbox("Votes for", classes, index=index, key=f"{revision}-label")


def _column(project: Project, chosen: str, revision: str) -> None:
    names = [column.name for column in project.readable_columns() if column.type == "text"]
    index = names.index(chosen) if chosen in names else 0
    st.selectbox("Column", names, index=index, key=f"{revision}-column")
