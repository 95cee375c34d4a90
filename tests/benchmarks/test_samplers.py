"""What labels are worth: the simulation on a small set that is drawn here."""

import numpy as np
import pytest

from benchmarks import samplers
from benchmarks.samplers import Truth, simulated
from labeling.votes import LabelMatrix


@pytest.fixture
def truth() -> Truth:
    """Four hundred rows of two classes, and three functions that are right on four of five."""
    rng = np.random.default_rng(0)
    gold = (rng.random(400) < 0.3).astype(np.int8)
    columns = {}
    for j in range(3):
        vote = np.where(rng.random(400) < 0.8, gold, 1 - gold)
        columns[f"f{j}"] = np.where(rng.random(400) < 0.5, vote, -1).astype(np.int8)
    return Truth("made up", LabelMatrix(columns, 400), gold, ["why?"] * 400, 2)


@pytest.mark.parametrize("sampler", ["random", "conflicting"])
def test_after_so_many_labels_there_are_figures(
    truth: Truth, sampler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Random rows have one figure, chosen ones two, of which the reweighted has more width."""
    monkeypatch.setattr(samplers, "AFTER", (40, 60))
    found = simulated(truth, sampler, 0)
    assert list(found) == [40, 60]
    last = found[60]
    assert 0.5 < last["end"] <= 1
    assert last["width"] >= last["raw width"] - 1e-9
    assert (last["bias"] == last["raw bias"]) == (sampler == "random")
