"""Means, ranks and gates of label models, by figures that can be checked by hand."""

import numpy as np
import pytest

from benchmarks.label_model_gates import gates
from benchmarks.label_model_quality import Quality
from benchmarks.label_model_report import Measured, document
from benchmarks.label_model_results import Result, Results
from benchmarks.label_model_sets import VoteSet
from benchmarks.label_model_speed import SNORKEL, Speed


def result(
    model: str, vote_set: str, accuracy: float, seed: int = 0, fallback: str | None = None
) -> Result:
    """Return a result of the setting in which nothing is known."""
    figures = Quality(accuracy, accuracy, accuracy, log_loss=1.0, calibration_error=0.1)
    return Result("nothing", vote_set, model, seed, figures, seconds=seed + 1.0, fallback=fallback)


TWO_SETS = [
    result("auto", "a", 90),
    result("majority", "a", 80),
    result("auto", "b", 70, seed=0),
    result("auto", "b", 72, seed=1),
    result("majority", "b", 71, seed=0),
    result("majority", "b", 71, seed=1),
    result("crowd-kit GLAD", "a", 95),
]


def verdict(found: Results, words: str, speeds: list[Speed] | None = None) -> str:
    """Return the verdict of the one gate whose question has these words."""
    (gate,) = [gate for gate in gates(found, speeds or []) if words in gate.asked]
    return gate.verdict


def test_means_are_over_seeds_and_then_over_sets() -> None:
    """Set a counts 90, set b the mean of 70 and 72."""
    rows = {row.model: row for row in Results(TWO_SETS, {}).rows("nothing")}
    assert rows["auto"].mean is not None
    assert rows["auto"].mean.accuracy == pytest.approx((90 + 71) / 2)
    assert rows["auto"].slowest == 2.0


def test_ties_share_a_rank_and_a_model_without_every_set_has_none() -> None:
    """First on a, and tied on b: (1 + 1.5) / 2."""
    rows = {row.model: row for row in Results(TWO_SETS, {}).rows("nothing")}
    assert rows["auto"].rank == pytest.approx(1.25)
    assert rows["majority"].rank == pytest.approx(1.75)
    assert rows["crowd-kit GLAD"].rank is None
    assert rows["crowd-kit GLAD"].mean is None


def test_the_field_is_compared_with_where_it_answered_on_every_set() -> None:
    """A peer that is missing on a set judges nothing; one that is better fails the gate."""
    assert verdict(Results(TWO_SETS, {}), "mean accuracy") == "not judged"
    better = [*TWO_SETS, result("crowd-kit GLAD", "b", 71)]
    assert verdict(Results(better, {}), "mean accuracy") == "FAIL"
    worse = [*TWO_SETS, result("crowd-kit GLAD", "b", 60)]
    assert verdict(Results(worse, {}), "mean accuracy") == "PASS"


def test_a_set_behind_majority_fails_unless_the_gate_fired() -> None:
    """1.5 points behind fails; the same with the safety gate fired does not count."""
    base = result("majority", "a", 80)
    words = "Nothing known: on no set"
    assert verdict(Results([base, result("auto", "a", 78.5)], {}), words) == "FAIL"
    assert verdict(Results([base, result("auto", "a", 79.5)], {}), words) == "PASS"
    fired = [base, result("auto", "a", 78.5, fallback="why")]
    assert verdict(Results(fired, {}), words) == "not judged"


def test_speed_and_memory_are_judged_by_the_same_run() -> None:
    """Eight times as fast as Snorkel is too little; twice the needed memory is enough."""
    speeds = [
        Speed("small", "auto", 90.0, 0.5, added_bytes=20, peak_bytes=50, needed_bytes=10),
        Speed("small", SNORKEL, 90.0, 4.0, added_bytes=900, peak_bytes=999, needed_bytes=10),
    ]
    found = Results(TWO_SETS, {})
    assert verdict(found, "small: fit and predict", speeds) == "PASS"
    assert verdict(found, "small: at least 10 times", speeds) == "FAIL"
    assert verdict(found, "small: memory", speeds) == "PASS"
    assert verdict(found, "small: at least 10 times", speeds[:1]) == "not judged"


def test_the_document_lays_speeds_beside_snorkel() -> None:
    """Time as a ratio, memory as a multiple of what is needed, and what was not run."""
    speeds = [
        Speed("small", "auto", 90.0, 0.5, added_bytes=20, peak_bytes=2**20, needed_bytes=10),
        Speed("small", SNORKEL, 88.0, 4.0, added_bytes=90, peak_bytes=2**21, needed_bytes=10),
    ]
    found = Results([result("auto", "a", 90), result("majority", "a", 80)], {})
    votes = VoteSet(
        "a", np.zeros((2, 1), np.int8), np.zeros(2, np.int64), np.array(["train"] * 2), 2
    )
    text = document(
        Measured(
            command="the command",
            sets=[votes],
            seeds=1,
            versions={"snorkel": "0.0"},
            load=0.5,
            results=found,
            n_rows=1_000,
            speeds=speeds,
            not_run={"GLAD": "too slow"},
            gates=gates(found, speeds),
        )
    )
    assert "| small | auto | 90.0 | 0.50 | 8.0 | 2.00 | 1 |" in text
    assert "| small | Snorkel LabelModel | 88.0 | 4.00 | 1.0 | 9.00 | 2 |" in text
    assert "- GLAD: too slow" in text
    assert "| a | +10.00 | – | – | – |" in text
    assert "| FAIL | small: at least 10 times as fast as Snorkel | 8.0 times |" in text
