"""A labeling function as its author wrote it: text, never executed here."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

VOTE_FORMAT = 1
"""Part of every version: raised when the meaning of stored votes changes."""


@dataclass(frozen=True)
class LabelingFunction:
    """What a person wrote, unexecuted.

    `kind` is a key of `labeling.kinds.KINDS`. `source` is Python text for kind "python", a
    query for kind "sql", and a JSON object with that kind's parameters for the others. `name` is
    unique in its project; for kind "python" it is the name the source defines.
    """

    name: str
    kind: str
    source: str

    @cached_property
    def version(self) -> str:
        """A content hash (16 hex digits) of everything that decides its votes."""
        content = json.dumps([VOTE_FORMAT, self.name, self.kind, self.source])
        return hashlib.sha256(content.encode()).hexdigest()[:16]
