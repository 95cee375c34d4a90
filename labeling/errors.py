"""Everything that can go wrong on a person's account, as one tree.

LabelwrightError            the base: one clear sentence, safe to show as plain text
├── ImportFileError         a data file cannot be read as it stands
├── FunctionError           a labeling function is not valid as written
│   └── FunctionChanged     it was saved by somebody else while it was edited
├── ProjectError            a project, row, class or setting is missing or not usable
├── ModelError              a label model cannot be used as asked
├── ExportError             an export cannot be written as asked
├── AccountError            somebody cannot sign in, or an account cannot be as asked
│   └── NotAllowed          this person may not do that
├── WorkerError             the worker process could not be started or broke its protocol
└── Cancelled               a run was stopped because somebody asked for it

An error in user code on one row is no exception here: it is a `RowError`, kept and counted.
"""

from collections.abc import Sequence


class LabelwrightError(Exception):
    """A fault the user can act on: what happened, where, what is valid, what to do next.

    >>> print(LabelwrightError("Unknown class 'spma'.", where="gold.csv, line 7",
    ...                        choices=["ham", "spam"], remedy="Correct the cell."))
    gold.csv, line 7: Unknown class 'spma'. Valid choices: ham, spam. Correct the cell.
    """

    def __init__(
        self, what: str, *, where: str = "", choices: Sequence[str] = (), remedy: str = ""
    ) -> None:
        self.what = what
        self.where = where
        self.choices = tuple(choices)
        self.remedy = remedy
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        if self.choices:
            sentence += f" Valid choices: {', '.join(self.choices)}."
        return f"{sentence} {self.remedy}" if self.remedy else sentence


class ImportFileError(LabelwrightError):
    """A data file cannot be read as it stands; nothing of it was imported."""


class FunctionError(LabelwrightError):
    """A labeling function is not valid as written; `line` is 1-based within its source."""

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        choices: Sequence[str] = (),
        remedy: str = "",
        line: int | None = None,
    ) -> None:
        self.line = line
        super().__init__(what, where=where, choices=choices, remedy=remedy)


class FunctionChanged(FunctionError):  # noqa: N818 - two people worked, nothing failed
    """A labeling function was saved or removed elsewhere after the edit of it began."""


class ProjectError(LabelwrightError):
    """A project, row, class or setting is missing or cannot be used as asked."""


class ModelError(LabelwrightError):
    """A label model cannot be used as asked."""


class ExportError(LabelwrightError):
    """An export cannot be written as asked."""


class AccountError(LabelwrightError):
    """Somebody cannot sign in, or an account cannot be as asked."""


class NotAllowed(AccountError):  # noqa: N818 - nothing failed: it is not for this person
    """A person has no role that allows an action, or is not signed in any more."""


class WorkerError(LabelwrightError):
    """The worker process could not be started or broke its protocol."""


class Cancelled(LabelwrightError):  # noqa: N818 - nothing went wrong: somebody asked for it
    """A run was stopped because somebody asked for it; nothing of it was kept."""
