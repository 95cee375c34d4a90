"""Gold under many scales of the evidence at once is gold under each of them."""

import numpy as np

from labeling.models import gold_chances as module
from labeling.models.gold_chances import gold_chances
from labeling.models.scores import finished, to_probabilities


def test_many_scales_at_once_are_each_alone(monkeypatch) -> None:
    """Seven cases, three classes, five scales, in blocks of two scales; unanimous rows kept."""
    monkeypatch.setattr(module, "AT_ONCE", 14)
    rng = np.random.default_rng(0)
    evidence, start = rng.normal(size=(7, 3)), np.log([0.2, 0.3, 0.5])
    sole = np.array([-1, 0, 1, 2, -1, 0, -1], dtype=np.int8)
    gold = rng.integers(0, 3, 7)
    scales = np.linspace(0.1, 3.0, 5)
    found = gold_chances(scales, evidence, start, sole, gold)
    for scale, chances in zip(scales, found, strict=True):
        alone = finished(scale * evidence, start, sole, to_probabilities)
        assert np.array_equal(chances, alone[np.arange(7), gold])


def test_no_gold_has_no_chances() -> None:
    """Each scale has an empty answer."""
    none = np.empty((0, 2))
    found = gold_chances(np.ones(3), none, np.zeros(2), np.empty(0, np.int8), np.empty(0, np.int64))
    assert found.shape == (3, 0)
