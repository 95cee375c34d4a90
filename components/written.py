"""What stands in Studio's fields: read from the session, so that a callback reads it, too."""

from dataclasses import dataclass, replace

import streamlit as st

from components.builder import BUILT_KINDS, built_function
from components.drafts import Document
from components.editor import editor_text
from components.exchange import Continued, newest_edit
from components.kind_forms import said_name
from labeling.functions import LabelingFunction
from labeling.kinds.python import single_python_function
from labeling.project import Project

EDITOR = "studio-editor"
BUILDER = "studio-builder"
_CONTINUED, _NOTHING = "studio_continued", ("", "", "", "")


@dataclass(frozen=True)
class Fields:
    """The fields of a document in this session: what they start from, and the name of this fill."""

    document: Document
    start: LabelingFunction
    revision: str
    continues: Continued | None = None

    def stamp(self) -> str:
        """Return the stamp of the newest edit; "" where nothing was edited."""
        key = BUILDER if self.document.kind in BUILT_KINDS else EDITOR
        return newest_edit("", self.revision, key).stamp

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
    revision = _revision(document)
    now, before, stamp, _ = st.session_state.get(_CONTINUED, _NOTHING)
    return Fields(document, start, revision, Continued(before, stamp) if now == revision else None)


def fill_anew() -> None:
    """Give the fields new names, so that they take what they start from."""
    st.session_state["studio_revision"] = int(st.session_state.get("studio_revision", 0)) + 1


def fill_on(document: Document, before: Continued) -> None:
    """Give the fields the names of another document, which what they show is from now on."""
    fill_anew()
    continued = (_revision(document), before.revision, before.stamp, document.opened)
    st.session_state[_CONTINUED] = continued


def saved_as(fields: Fields) -> str | None:
    """Return under which other name what stands here was saved since these fields were drawn."""
    _, before, _, name = st.session_state.get(_CONTINUED, _NOTHING)
    return name if before == fields.revision else None


def checked(project: Project, written: LabelingFunction) -> LabelingFunction:
    """Return the function that was written; raise FunctionError where it is none."""
    is_python = written.kind == "python"
    function = single_python_function(written.source) if is_python else written
    project.check_function(function)
    return function


def _revision(document: Document) -> str:
    return "/".join([*document, str(st.session_state.get("studio_revision", 0))])
