"""How far annotators can be trusted: simulated people whose accuracy is known."""

import numpy as np
import numpy.typing as npt
import pytest

from labeling.reliability import Reliability, reliability

TRUE = (0.95, 0.85, 0.7, 0.9, 0.6)
NAMES = tuple("abcde")


def fitted(
    seed: int, labels_per_row: int = 3, gold_rows: int = 0, balance: float = 0.5, rows: int = 1_000
) -> tuple[Reliability, ...]:
    """Five people label a third of the rows; six weak functions vote on a quarter of all rows."""
    chance = np.random.default_rng(seed)
    truth = (chance.random(rows) < balance).astype(np.int8)
    ratings = np.full((rows, len(TRUE)), -1, dtype=np.int8)
    for row in range(rows // 3):
        for person in chance.choice(len(TRUE), labels_per_row, replace=False):
            is_right = chance.random() < TRUE[person]
            ratings[row, person] = truth[row] if is_right else 1 - truth[row]
    votes = np.full((rows, 6), -1, dtype=np.int8)
    for j in range(6):
        is_right = chance.random(rows) < 0.8
        fires = (chance.random(rows) < 0.25) & ((truth == j % 2) == is_right)
        votes[fires, j] = j % 2
    known = np.full(rows, -1, dtype=np.int8)
    known[:gold_rows] = truth[:gold_rows]
    return reliability(votes, ratings, known, known >= 0, NAMES, 2)


@pytest.mark.parametrize(
    ("labels_per_row", "gold_rows", "balance"), [(3, 0, 0.5), (2, 40, 0.5), (3, 0, 0.15)]
)
def test_nine_of_ten_intervals_hold_the_true_accuracy(
    labels_per_row: int, gold_rows: int, balance: float
) -> None:
    """They are approximate: what is not known of the others is left out."""
    held, errors = [], []
    for seed in range(12):
        for true, one in zip(TRUE, fitted(seed, labels_per_row, gold_rows, balance), strict=True):
            held.append(one.accuracy.low <= true <= one.accuracy.high)
            errors.append(one.accuracy.value - true)
    assert np.mean(held) >= 0.85
    assert abs(np.mean(errors)) < 0.03


def test_who_labels_alone_is_known_little_of() -> None:
    alone, together = fitted(0, labels_per_row=1), fitted(0, labels_per_row=3)
    assert sum(one.worth / one.labels for one in alone) < sum(
        one.worth / one.labels for one in together
    )
    widths = [one.accuracy.high - one.accuracy.low for one in alone]
    assert min(widths) > 0.15


def test_on_gold_it_is_counted_by_hand() -> None:
    """Ann has three of four gold rows right, and takes the one spam row for ham; Ben has none."""
    known = np.array([0, 0, 0, 1, -1, -1], dtype=np.int8)
    ratings = np.array([[0, -1]] * 4 + [[1, 1], [1, -1]], dtype=np.int8)
    votes: npt.NDArray[np.int8] = np.empty((6, 0), dtype=np.int8)
    ann, ben = reliability(votes, ratings, known, known >= 0, ("ann", "ben"), 2)
    assert ann.on_gold is not None
    assert (ann.on_gold.value, ann.gold_rows, ann.labels) == (0.75, 4, 6)
    assert round(ann.on_gold.low, 3) == 0.301
    assert ben.on_gold is None
    assert np.sum(ann.confusion) == pytest.approx(6)
    assert np.array(ann.confusion)[0, 0] >= 3


def test_a_label_on_gold_is_worth_a_row_and_one_of_which_nothing_is_known_none() -> None:
    ratings = np.full((50, 1), 0, dtype=np.int8)
    ratings[40:] = 1
    votes = np.empty((50, 0), dtype=np.int8)
    known = np.full(50, -1, dtype=np.int8)
    (alone,) = reliability(votes, ratings, known, known >= 0, ("ann",), 2)
    known[:] = 0
    (measured,) = reliability(votes, ratings, known, known >= 0, ("ann",), 2)
    assert measured.worth == pytest.approx(50)
    assert measured.accuracy.value == pytest.approx(0.8)
    assert alone.worth < 10
