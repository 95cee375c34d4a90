"""Times as the database keeps them: UTC, without a zone."""

from datetime import UTC, datetime


def to_database(at: datetime) -> datetime:
    """Return a time as naive UTC; a time without a zone is taken to be UTC already."""
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at


def from_database(at: datetime) -> datetime:
    """Return a stored time with its zone."""
    return at.replace(tzinfo=UTC)


def now() -> datetime:
    """Return the present time as naive UTC."""
    return to_database(datetime.now(UTC))
