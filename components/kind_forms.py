"""What the forms of labeling functions without code start from, and what they show as text.

A form starts from a source and says a source, valid or not: what is half filled in can be kept, and
the check of its kind says what is missing.
"""

import json
from dataclasses import replace
from typing import Any

import streamlit as st

from components.builder import BUILT_KINDS
from labeling.functions import LabelingFunction
from labeling.kinds.rule import Rule
from labeling.kinds.rule_conditions import All, AnyOf
from labeling.kinds.rule_python import python_of
from labeling.project import Project

FORM_KINDS = (*BUILT_KINDS, "model")
"""The kinds of which a form shows what a text editor would not."""


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
        words = start | {"words": [], "match": "any", "whole_word": True, "match_case": False}
        start = {"label": info.classes[0], "when": {"all": [words]}}
    else:
        start = {}
    return LabelingFunction("", kind, _source(start))


def filled_form(project: Project, saved: LabelingFunction) -> LabelingFunction:
    """Return a saved function as its form writes it, with every parameter named."""
    if saved.kind == "rule":
        rule = Rule.from_source(saved.source)
        if not isinstance(rule.when, All | AnyOf):  # the form always has a group around
            rule = replace(rule, when=All((rule.when,)))
        return replace(saved, source=rule.to_source())
    every = json.loads(empty_form(project, saved.kind).source) | json.loads(saved.source)
    return replace(saved, source=_source(every))


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
    return str(st.session_state.get(f"{revision}-name", name)).strip()


def model_facts(function: LabelingFunction) -> None:
    """Draw what the votes of an end model came from; there is nothing to edit."""
    st.text("Votes of an end model, made on the Dashboard. Train it anew there to change them.")
    made_of = json.loads(function.source)
    st.text("\n".join(f"{name.replace('_', ' ')}: {value}" for name, value in made_of.items()))


def _source(parameters: dict[str, Any]) -> str:
    return json.dumps(parameters, ensure_ascii=False)
