"""The command itself, on one tiny set and without peers, and the jobs that it starts."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.label_model_jobs import read_answer, run_jobs, write_job
from benchmarks.label_model_sets import VoteSet
from benchmarks.label_model_speed import OWN, Size, measure_speed, simulated
from benchmarks.label_model_trials import trial
from benchmarks.label_models import main
from labeling.errors import WorkerError
from labeling.models import MODELS

ROOT = Path(__file__).resolve().parents[2]


def tiny(seed: int = 0) -> VoteSet:
    """Return 400 rows with three functions, right on nine votes of ten, in three splits."""
    rng = np.random.default_rng(seed)
    gold = rng.integers(0, 2, 400)
    votes = np.where(rng.random((400, 3)) < 0.9, gold[:, None], 1 - gold[:, None])
    votes[rng.random((400, 3)) < 0.4] = -1
    split = np.repeat(["train", "valid", "test"], [200, 100, 100])
    return VoteSet("tiny", votes.astype(np.int8), gold, split, 2)


def test_the_command_writes_the_whole_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every setting, every model and the gates are in it; nothing of a run before stays."""
    votes = tiny()
    table = pd.DataFrame({f"lf_{j}": votes.votes[:, j] for j in range(3)})
    table.assign(split=votes.split, gold=votes.gold).to_parquet(tmp_path / "tiny.parquet")
    out = tmp_path / "out.md"
    out.write_text("what was here before", "utf-8")
    set_file = str(tmp_path / "tiny.parquet")
    options = ["--no-peers", "--no-speed", "--seeds", "1"]
    assert main([set_file, "--out", str(out), *options]) == 0
    text = out.read_text("utf-8")
    assert "what was here before" not in text
    assert "label_models.py tiny.parquet --no-speed --no-peers --seeds 1" in text
    for heading in ("Nothing known", "Class balance known", "100 dev gold rows", "Gates"):
        assert f"\n## {heading}" in text
    for model in MODELS:
        assert text.count(f"| {model} |") + text.count(f"| **{model}** |") >= 4
    assert str(tmp_path) not in text
    said = capsys.readouterr().out
    assert "not judged: Nothing known: the best of the field" in said
    assert "PASS: Nothing known: mean log loss" in said


def test_a_set_that_is_not_there_ends_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says which, and writes nothing."""
    out = tmp_path / "out.md"
    assert main([str(tmp_path / "nothing"), "--out", str(out)]) == 1
    assert "nothing: Neither a parquet file nor a folder" in capsys.readouterr().err
    assert not out.exists()


def test_a_job_answers_as_the_model_itself(tmp_path: Path) -> None:
    """Votes and gold reach the process, and posterior, time and memory come back."""
    asked = trial(tiny())
    assert asked is not None
    write_job(tmp_path, "evidence", asked)
    run_jobs(Path(sys.executable), "benchmarks.label_model_own", [tmp_path])
    answer = read_answer(tmp_path)
    expected = MODELS["evidence"](2).fit(asked.votes).predict_proba(asked.votes)
    assert np.array_equal(answer.posterior, expected)
    assert answer.seconds > 0
    assert answer.peak_bytes > answer.added_bytes > 0


def test_a_job_that_fails_says_why(tmp_path: Path) -> None:
    """The last line that the process said is in the error."""
    asked = trial(tiny())
    assert asked is not None
    write_job(tmp_path, "no-such-model", asked)
    with pytest.raises(WorkerError, match="KeyError: 'no-such-model'"):
        run_jobs(Path(sys.executable), "benchmarks.label_model_own", [tmp_path])


def test_speed_is_measured_model_by_model() -> None:
    """Each of our models has its time, its memory, and labels that are better than one vote."""
    size = Size("annotators", 2, 0.5, 0.6)
    speeds, not_run = measure_speed(n_rows=2_000, peers=False, sizes=[size])
    assert [speed.model for speed in speeds] == list(OWN)
    assert not_run == {}
    for speed in speeds:
        assert speed.needed_bytes == 2_000 * (50 + 2 * 8)
        assert speed.seconds > 0
        assert speed.accuracy > 95


def test_simulated_functions_vote_as_often_and_as_right_as_they_should() -> None:
    """Coverage and accuracy stay within the ranges they are drawn from."""
    votes, truth = simulated(Size("some", 4, 0.1, 0.3), n_rows=20_000)
    fired = votes >= 0
    assert 0.09 < fired.mean(axis=0).min() < fired.mean(axis=0).max() < 0.31
    right = (votes == truth[:, None]).sum(axis=0) / fired.sum(axis=0)
    assert 0.57 < right.min() < right.max() < 0.97


def test_the_scripts_of_peers_import_nothing_of_ours() -> None:
    """They run where Labelwright is not installed."""
    program = "import sys, json, benchmarks.peers.jobs; print(json.dumps(sorted(sys.modules)))"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert not [name for name in json.loads(said.stdout) if name.split(".")[0] == "labeling"]
    for file in (ROOT / "benchmarks" / "peers").glob("*.py"):
        assert "labeling.models" not in file.read_text("utf-8")
