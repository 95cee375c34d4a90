"""The benchmark of functions that copy each other: its crowds, and the table it prints."""

import numpy as np
import pytest

from benchmarks import copies
from labeling.models import MODELS


def test_copies_only_leave_out_votes_or_change_few() -> None:
    """Beside the votes of the independent crowd stand copies of one of its functions."""
    for kind, changed in ((copies.copies_that_drop, 0.0), (copies.copies_that_change, 0.15)):
        votes, _, _ = kind(np.random.default_rng(1))
        alone, _, _ = copies.independent(np.random.default_rng(1))
        m = alone.shape[1]
        assert np.array_equal(votes[:, :m], alone)
        differing = [
            max(
                ((alone[:, j] != copy) & (copy >= 0)).sum() / (copy >= 0).sum()
                for copy in votes[:, m:].T
            )
            for j in range(m)
        ]
        assert min(differing) <= changed


def test_one_line_for_each_kind_of_crowd(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has a figure for every label model."""
    monkeypatch.setattr("sys.argv", ["copies.py", "1"])
    copies.main()
    head, _, *lines = capsys.readouterr().out.splitlines()
    assert [line.split("|")[1].strip() for line in lines] == [*copies.KINDS]
    assert all(model in head for model in MODELS)
    assert all(line.count("|") == len(MODELS) + 3 for line in lines)
