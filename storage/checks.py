"""What an examination of a project says: one thing after the other, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, in a sentence; where it is not fine, with what to do.

    `rebuildable` says that only something is wrong which can be made again from the rest.
    """

    fine: bool
    text: str
    rebuildable: bool = False


def fine(text: str) -> Check:
    """Return a check that found nothing wrong."""
    return Check(True, text)


def fault(text: str, remedy: str) -> Check:
    """Return a check that found something wrong, and what to do."""
    return Check(False, f"{text} {remedy}")


def cache_fault(text: str) -> Check:
    """Return a check that found a cache wrong, which is no loss."""
    remedy = "Nothing is lost: run cli.py doctor --clear-caches, and the next run makes it again."
    return Check(False, f"{text} {remedy}", rebuildable=True)
