"""What the tests of the core share."""

from collections.abc import Iterator

import pytest

from labeling.execution.local import LocalExecutor


@pytest.fixture(scope="session")
def executor() -> Iterator[LocalExecutor]:
    """One worker pool for all tests of the core."""
    with LocalExecutor() as executor:
        yield executor
