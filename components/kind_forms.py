"""Forms for the kinds of labeling function that need no code: keyword and regex."""

from collections.abc import Callable

import streamlit as st

from labeling.functions import LabelingFunction
from labeling.kinds.keyword import KeywordParameters
from labeling.kinds.regex import RegexParameters
from labeling.project import Project

Form = Callable[[Project, LabelingFunction | None, str], LabelingFunction]
"""Draws the form of a function (None: a new one) and returns what it says; may raise."""


def name_field(opened: LabelingFunction | None, revision: str) -> str:
    """Draw the field for the name of a function, and return what is in it."""
    return st.text_input("Name", opened.name if opened else "", key=f"{revision}-name").strip()


def keyword_form(
    project: Project, opened: LabelingFunction | None, revision: str
) -> LabelingFunction:
    """Words on one side, a class on the other."""
    start = KeywordParameters.from_source(opened.source) if opened else None
    name = name_field(opened, revision)
    words = st.text_area(
        "Words or phrases, one a line",
        "\n".join(start.words) if start else "",
        key=f"{revision}-words",
        height=150,
    )
    label = _label(project, start.label if start else None, revision)
    column = _column(project, start.column if start else None, revision)
    with st.container(horizontal=True):
        every = st.toggle(
            "All of them", start.match == "all" if start else False, key=f"{revision}-all"
        )
        whole = st.toggle(
            "Whole words", start.whole_word if start else True, key=f"{revision}-whole"
        )
        case = st.toggle("Match case", start.match_case if start else False, key=f"{revision}-case")
    parameters = KeywordParameters(
        column=column,
        words=tuple(line.strip() for line in words.splitlines() if line.strip()),
        label=label,
        match="all" if every else "any",
        whole_word=whole,
        match_case=case,
    )
    return LabelingFunction(name, "keyword", parameters.to_source())


def regex_form(
    project: Project, opened: LabelingFunction | None, revision: str
) -> LabelingFunction:
    """A pattern on one side, a class on the other."""
    start = RegexParameters.from_source(opened.source) if opened else None
    name = name_field(opened, revision)
    pattern = st.text_input(
        "Pattern (Python's re)", start.pattern if start else "", key=f"{revision}-pattern"
    )
    label = _label(project, start.label if start else None, revision)
    column = _column(project, start.column if start else None, revision)
    case = st.toggle("Match case", start.match_case if start else False, key=f"{revision}-case")
    parameters = RegexParameters(column=column, pattern=pattern, label=label, match_case=case)
    return LabelingFunction(name, "regex", parameters.to_source())


FORMS: dict[str, Form] = {"keyword": keyword_form, "regex": regex_form}


def _label(project: Project, chosen: str | None, revision: str) -> str:
    classes = project.info().classes
    index = classes.index(chosen) if chosen in classes else 0
    return str(st.selectbox("Votes for", classes, index=index, key=f"{revision}-label"))


def _column(project: Project, chosen: str | None, revision: str) -> str:
    names = [column.name for column in project.readable_columns() if column.type == "text"]
    wanted = chosen or project.info().text_column
    index = names.index(wanted) if wanted in names else 0
    return str(st.selectbox("Column", names, index=index, key=f"{revision}-column"))
