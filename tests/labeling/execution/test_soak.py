"""Many runs at once, good and bad, leave nothing behind and do not touch one another."""

import sys
from pathlib import Path

import pytest

from benchmarks.soak import SOURCES, soak


@pytest.mark.skipif(sys.platform != "linux", reason="it counts in /proc")
def test_56_mixed_runs_on_three_threads(tmp_path: Path) -> None:
    """Descriptors stay as many, no process is left, and innocent votes are what they were."""
    seen = soak(56, tmp_path)
    assert sum(seen.endings.values()) == 56
    assert len(seen.endings) == len(SOURCES)
    before, after = seen.descriptors
    assert after <= before + 40  # processes on standby hold some; their number varies
    assert seen.left_over == 0
    assert seen.changed_votes == 0
