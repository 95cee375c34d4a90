"""Running models of other projects: what they can be told, and that answers are kept."""

import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.label_model_peers import (
    PEERS,
    SNORKEL,
    Package,
    Peer,
    installed_version,
    peer_answers,
)
from benchmarks.label_model_trials import BALANCE, GOLD_50, NOTHING, Trial
from labeling.errors import WorkerError
from labeling.models import MODELS

OURS = Package("numpy", "numpy", "benchmarks.label_model_own")
"""A peer that is always installed: one of our own models."""


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """Return an environment whose Python is that of the tests."""
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    return tmp_path


def asked(votes: list[list[int]], seed: int = 0) -> Trial:
    """Return a trial of two classes without gold."""
    rows = np.array(votes, dtype=np.int8)
    none = np.zeros(0, dtype=np.int64)
    return Trial(rows, None, None, judged=none, gold=none, n_classes=2, seed=seed)


def test_peers_are_asked_only_what_they_can_be_told() -> None:
    """Snorkel knows of class balance, crowd-kit's Dawid-Skene of gold, MACE of neither."""
    known = {
        name: [setting.name for setting in (NOTHING, BALANCE, GOLD_50) if peer.supports(setting)]
        for name, peer in PEERS.items()
    }
    assert known["Snorkel LabelModel"] == ["nothing", "balance"]
    assert known["crowd-kit Dawid-Skene"] == ["nothing", "gold-50"]
    assert known["crowd-kit MACE"] == ["nothing"]


def test_an_answer_is_kept_until_something_else_is_asked(environment: Path) -> None:
    """The same votes are answered without the environment, other votes are not."""
    peer = Peer(OURS, "majority")
    trials = [asked([[0, 1], [1, 1]]), asked([[0, 0], [1, 1]])]
    first = peer_answers(peer, trials, environment)
    for answer, trial in zip(first, trials, strict=True):
        expected = MODELS["majority"](2).fit(trial.votes).predict_proba(trial.votes)
        assert np.array_equal(answer.posterior, expected)
    (environment / "bin" / "python").unlink()
    again = peer_answers(peer, trials, environment)
    assert [answer.seconds for answer in again] == [answer.seconds for answer in first]
    with pytest.raises(WorkerError, match="Run make bench-models"):
        peer_answers(peer, [asked([[0, 0], [1, 0]])], environment)


def test_an_environment_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The error says how to make it."""
    with pytest.raises(WorkerError, match=r"snorkel: .* Run make bench-models"):
        installed_version(SNORKEL, tmp_path)


def test_a_package_that_cannot_be_imported_is_named(environment: Path) -> None:
    """The error has Python's own words."""
    missing = Package("no-such-package", "no_such_package", "none")
    with pytest.raises(WorkerError, match=r"no-such-package: .*No module named"):
        installed_version(missing, environment)
    assert installed_version(OURS, environment) == np.__version__
