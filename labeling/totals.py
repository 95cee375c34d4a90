"""The figures of all functions together, so that those before a change stand beside the present."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Totals:
    """Shares of all rows, and of the labels that are right; None while that is not known."""

    covered: float
    conflicts: float
    accuracy: float | None
