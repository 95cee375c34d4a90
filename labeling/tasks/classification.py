"""One class per row: the first label type."""

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Integral

from labeling.votes import ABSTAIN


class InvalidLabelError(ValueError):
    """A labeling function returned something that is no class of the project."""


@dataclass(frozen=True)
class Classification:
    """Turns what a labeling function returns into a class code."""

    classes: Sequence[str]

    def encode(self, returned: object) -> int:
        """Return the class code of a class name or integer code, or ABSTAIN for None and -1.

        >>> Classification(["ham", "spam"]).encode("spam")
        1
        >>> Classification(["ham", "spam"]).encode(None)
        -1
        """
        if returned is None:
            return ABSTAIN
        if isinstance(returned, str):
            try:
                return self.classes.index(returned)
            except ValueError:
                raise self._invalid(returned) from None
        if isinstance(returned, bool):
            raise self._invalid(returned)
        if isinstance(returned, Integral):
            code = int(returned)
            if ABSTAIN <= code < len(self.classes):
                return code
        raise self._invalid(returned)

    def _invalid(self, returned: object) -> InvalidLabelError:
        names = ", ".join(repr(name) for name in self.classes)
        shown = repr(returned)
        shown = shown if len(shown) <= 80 else shown[:77] + "..."
        return InvalidLabelError(
            f"returned {shown}; return a class name ({names}), its number "
            f"0 to {len(self.classes) - 1}, or ABSTAIN"
        )
