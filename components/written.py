"""What stands in Studio's fields: read from the session, so that a callback reads it, too."""

from dataclasses import dataclass, replace

import streamlit as st

from components.builder import BUILT_KINDS, built_function
from components.drafts import Document
from components.editor import editor_text
from components.kind_forms import said_name
from labeling.functions import LabelingFunction
from labeling.kinds.python import single_python_function
from labeling.project import Project

EDITOR = "studio-editor"
BUILDER = "studio-builder"


@dataclass(frozen=True)
class Fields:
    """The fields of a document in this session: what they start from, and the name of this fill."""

    document: Document
    start: LabelingFunction
    revision: str

    def written(self) -> LabelingFunction:
        """Return what they say, be it valid or not."""
        if self.document.kind in BUILT_KINDS:
            return built_function(self.start, revision=self.revision, key=BUILDER)
        if self.document.kind == "model":
            return self.start
        text = editor_text(self.start.source, revision=self.revision, key=EDITOR)
        name = self.start.name
        if self.document.kind == "sql":
            name = said_name(name, self.revision)
        return replace(self.start, name=name, source=text)


def fields_of(document: Document, start: LabelingFunction) -> Fields:
    """Return the fields of a document, as they are filled now."""
    number = int(st.session_state.get("studio_revision", 0))
    return Fields(document, start, "/".join([*document, str(number)]))


def fill_anew() -> None:
    """Give the fields new names, so that they take what they start from."""
    st.session_state["studio_revision"] = int(st.session_state.get("studio_revision", 0)) + 1


def checked(project: Project, written: LabelingFunction) -> LabelingFunction:
    """Return the function that was written; raise FunctionError where it is none."""
    is_python = written.kind == "python"
    function = single_python_function(written.source) if is_python else written
    project.check_function(function)
    return function
