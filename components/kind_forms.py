"""Forms for the kinds of labeling function that need no code: keyword and regex.

A form starts from a source and returns the source it says, valid or not: what is half filled in
can be kept, and the check of its kind says what is missing.
"""

import json
from collections.abc import Callable
from typing import Any

import streamlit as st

from labeling.functions import LabelingFunction
from labeling.project import Project

Form = Callable[[Project, LabelingFunction, str], LabelingFunction]
"""Draws the form that starts from a function, and returns what it says."""


def empty_form(project: Project, kind: str) -> LabelingFunction:
    """Return what the form of a new function says before anything is filled in."""
    info = project.info()
    start: dict[str, Any] = {"column": info.text_column}
    if kind == "keyword":
        start |= {"words": [], "label": info.classes[0]}
        start |= {"match": "any", "whole_word": True, "match_case": False}
    else:
        start |= {"pattern": "", "label": info.classes[0], "match_case": False}
    return LabelingFunction("", kind, _source(start))


def filled_form(project: Project, saved: LabelingFunction) -> LabelingFunction:
    """Return a saved function as its form writes it, with every parameter named."""
    every = json.loads(empty_form(project, saved.kind).source) | json.loads(saved.source)
    return LabelingFunction(saved.name, saved.kind, _source(every))


def name_field(name: str, revision: str) -> str:
    """Draw the field for the name of a function, and return what is in it."""
    return st.text_input("Name", name, key=f"{revision}-name").strip()


def keyword_form(project: Project, start: LabelingFunction, revision: str) -> LabelingFunction:
    """Words on one side, a class on the other."""
    began = json.loads(start.source)
    name = name_field(start.name, revision)
    words = st.text_area(
        "Words or phrases, one a line",
        "\n".join(began["words"]),
        key=f"{revision}-words",
        height=150,
    )
    label = _label(project, began["label"], revision)
    column = _column(project, began["column"], revision)
    with st.container(horizontal=True):
        every = st.toggle("All of them", began["match"] == "all", key=f"{revision}-all")
        whole = st.toggle("Whole words", began["whole_word"], key=f"{revision}-whole")
        case = st.toggle("Match case", began["match_case"], key=f"{revision}-case")
    said = {
        "column": column,
        "words": [line.strip() for line in words.splitlines() if line.strip()],
        "label": label,
        "match": "all" if every else "any",
        "whole_word": whole,
        "match_case": case,
    }
    return LabelingFunction(name, "keyword", _source(said))


def regex_form(project: Project, start: LabelingFunction, revision: str) -> LabelingFunction:
    """A pattern on one side, a class on the other."""
    began = json.loads(start.source)
    name = name_field(start.name, revision)
    pattern = st.text_input("Pattern (Python's re)", began["pattern"], key=f"{revision}-pattern")
    label = _label(project, began["label"], revision)
    column = _column(project, began["column"], revision)
    case = st.toggle("Match case", began["match_case"], key=f"{revision}-case")
    said = {"column": column, "pattern": pattern, "label": label, "match_case": case}
    return LabelingFunction(name, "regex", _source(said))


FORMS: dict[str, Form] = {"keyword": keyword_form, "regex": regex_form}


def _source(parameters: dict[str, Any]) -> str:
    return json.dumps(parameters, ensure_ascii=False)


def _label(project: Project, chosen: str, revision: str) -> str:
    classes = project.info().classes
    index = classes.index(chosen) if chosen in classes else 0
    return str(st.selectbox("Votes for", classes, index=index, key=f"{revision}-label"))


def _column(project: Project, chosen: str, revision: str) -> str:
    names = [column.name for column in project.readable_columns() if column.type == "text"]
    index = names.index(chosen) if chosen in names else 0
    return str(st.selectbox("Column", names, index=index, key=f"{revision}-column"))
