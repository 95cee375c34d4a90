"""Shares on rows that were chosen: reweighted, they are those of all rows."""

from dataclasses import replace

import numpy as np
import pytest

from labeling.annotation_store import Gold
from labeling.evaluation import fit_labels
from labeling.intervals import wilson
from labeling.models import MODELS
from labeling.models.comparison import rows_of_cases
from labeling.models.fires import fires_of
from labeling.models.running import RunningVotes
from labeling.reweighting import class_weights, gold_weights, reweighted
from labeling.votes import LabelMatrix

NAN = float("nan")


def gold(weights: list[float], **changes: np.ndarray) -> Gold:
    """Return gold of class 0, annotated row by row, with these weights of their draws."""
    n = len(weights)
    given = {
        "row_ids": np.arange(n),
        "codes": np.zeros(n, dtype=np.int8),
        "is_test": np.zeros(n, dtype=bool),
        "annotated": np.ones(n, dtype=bool),
        "first": np.arange(1, n + 1),
        "weights": np.array(weights),
    }
    return Gold(**(given | changes))  # type: ignore[arg-type]


def test_of_many_rows_the_weights_are_those_of_the_draws() -> None:
    """Few of very many rows are drawn, so that those that are left are like all."""
    found = gold_weights(gold([0.1, 4.0, 1.0]), 10**9)
    assert found is not None
    assert found == pytest.approx([0.1, 4.0, 1.0])


def test_once_every_row_has_a_label_all_are_alike() -> None:
    """However rows were drawn, nothing is left out; halfway the weights are halfway there."""
    assert gold_weights(gold([0.1, 4.0, 1.0]), 3) is None
    found = gold_weights(gold([0.5, 0.5]), 4)  # 1 + 2/3 (w - 1) and 1 + 2/2 (w - 1)
    assert found is None or found == pytest.approx([2 / 3, 0.5])


def test_rows_of_which_nothing_is_known_stand_for_one() -> None:
    """Imported gold, labels from a file, and test rows, which are left out."""
    found = gold_weights(
        gold(
            [9.0, NAN, 0.5, 7.0],
            annotated=np.array([False, True, True, True]),
            is_test=np.array([False, False, False, True]),
        ),
        10**9,
    )
    assert found is not None
    assert found == pytest.approx([1.0, 1.0, 0.5])
    assert gold_weights(gold([NAN, NAN]), 9) is None
    assert gold_weights(gold([]), 9) is None


def test_a_share_is_that_of_hajek() -> None:
    """One right row that stands for three and three wrong ones for one each are a half."""
    found = reweighted(np.array([True, False, False, False]), np.array([3.0, 1.0, 1.0, 1.0]))
    assert found is not None
    assert found.share == pytest.approx(0.5)
    # Kish: 36 / 12 = 3; linearised: 1/4 over (9/4 + 3/4) / 36 * 4/3, which is 2.25.
    assert found.effective_rows == pytest.approx(2.25)
    assert (found.low, found.high) == pytest.approx(wilson(1.125, 2.25))


def test_equal_weights_change_nothing() -> None:
    """Then there is no other figure to show."""
    assert reweighted(np.array([True, False]), np.array([2.0, 2.0])) is None
    assert reweighted(np.zeros(0, dtype=bool), np.zeros(0)) is None


@pytest.mark.parametrize("hit", [0.0, 1.0])
def test_where_all_rows_are_alike_right_the_weights_alone_make_the_interval(hit: float) -> None:
    """Kish's number of rows: (1 + 3)^2 / (1 + 9)."""
    found = reweighted(np.array([hit, hit]), np.array([1.0, 3.0]))
    assert found is not None
    assert (found.share, found.effective_rows) == pytest.approx((hit, 1.6))
    assert found.low <= found.share <= found.high


def test_gold_counts_for_the_class_balance_as_often_as_its_rows_were_unlikely() -> None:
    """Three chosen rows of class 1 weigh as much as one of class 0, which was drawn at random."""
    codes, weights = np.array([0, 1, 1, 1], dtype=np.int8), np.array([1.5, 0.5, 0.5, 0.5])
    counted = class_weights(codes, weights, 3) * [1, 3, 0]
    assert counted == pytest.approx([1.5, 1.5, 0])  # Kish: 3^2 / (2.25 + 3 * 0.25) = 3 rows
    assert class_weights(codes, np.ones(4), 2) == pytest.approx([1, 1])


def test_the_label_model_is_not_misled_by_which_rows_were_chosen() -> None:
    """Ten rows of class 1 were sought out among nine of ten of class 0: few rows are of class 1."""
    votes = np.full((1_000, 1), -1, dtype=np.int8)
    votes[:50, 0] = 1
    known = np.full(1_000, -1, dtype=np.int64)
    known[:20], known[900:910] = 1, 0
    chosen = np.array([0.05] * 20 + [10.0] * 10)
    codes = known[known >= 0].astype(np.int8)
    fires = fires_of(votes, 2, known)
    fair = replace(fires, class_weights=class_weights(codes, chosen, 2))
    for name in ("evidence", "majority"):
        misled, told = (MODELS[name](2).fit_fires(one).class_balance_[1] for one in (fires, fair))
        assert misled > 0.5
        assert told < 0.35


def test_shares_of_chosen_rows_are_right_on_the_average() -> None:
    """Hard rows are drawn six times as often, until a third of all has a label."""
    rng = np.random.default_rng(0)
    n, draws, queues = 300, 10, 10
    hard = np.arange(n) < 90
    right = np.where(hard, np.arange(n) % 2 == 0, np.arange(n) % 10 != 0)
    raw, fair, inside = [], [], []
    for _ in range(400):
        left = np.ones(n, dtype=bool)
        rows: list[int] = []
        weights: list[float] = []
        for _ in range(queues):
            chance = np.where(hard, 6.0, 1.0) * left
            chance *= draws / chance.sum()
            drawn = np.flatnonzero(rng.random(n) < chance)
            rows += drawn.tolist()
            weights += (draws / left.sum() / chance[drawn]).tolist()
            left[drawn] = False
        found = gold_weights(gold(weights, first=np.arange(1, len(rows) + 1)), n)
        assert found is not None
        share = reweighted(right[rows], found)
        assert share is not None
        raw.append(right[rows].mean())
        fair.append(share.share)
        inside.append(share.low <= right.mean() <= share.high)
    true = right.mean()
    assert abs(np.mean(raw) - true) > 0.08
    assert np.mean(fair) == pytest.approx(true, abs=0.01)
    assert np.mean(inside) > 0.9


def test_cases_of_judged_labels_are_told_by_their_rows() -> None:
    """Each case has the gold, and by majority vote the result, of the row that it is said to be."""
    rng = np.random.default_rng(4)
    n = 400
    columns = {
        f"f{j}": np.where(rng.random(n) < 0.4, rng.integers(0, 3, n), -1).astype(np.int8)
        for j in range(5)
    }
    matrix = LabelMatrix(columns, n)
    known = np.where(rng.random(n) < 0.5, rng.integers(0, 3, n), -1).astype(np.int8)
    judged = fit_labels(RunningVotes(n, 3), matrix, known, "majority", 0).judged
    assert judged is not None
    rows = np.flatnonzero(known >= 0)
    votes = np.stack([column[rows] for column in columns.values()], axis=1)
    cases = rows_of_cases(votes, known[rows].astype(np.int64))
    assert sorted(rows[cases]) == [row for row in rows if matrix.covered[row]]
    assert judged.gold.tolist() == known[rows[cases]].tolist()
    for i, case in enumerate(cases):
        counts = np.bincount(votes[case][votes[case] >= 0], minlength=3)
        ties = np.flatnonzero(counts == counts.max())
        assert judged.right[i] == pytest.approx((judged.gold[i] in ties) / ties.size)
