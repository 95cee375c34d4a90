"""What an end model learns from, counted by hand, and that no fit sees the gold it is judged on."""

import numpy as np
import numpy.typing as npt
import pytest

from labeling import end_model
from labeling.end_labels import EndModelChoice
from labeling.end_model import (
    EndModel,
    LearnedRows,
    check_classes,
    examples_of,
    folds_of,
    rows_to_learn,
)
from labeling.end_model_comparison import HeldOut, compared, held_out
from labeling.errors import ModelError

POSTERIOR = np.array([[0.7, 0.3], [0.995, 0.005], [0.5, 0.5], [0.2, 0.8], [0.6, 0.4]])
COVERED = np.array([True, True, False, True, True])
GOLD = np.array([-1, -1, 1, 0, -1], dtype=np.int8)
NO_ROW = np.zeros(5, dtype=np.bool_)
ALL = LearnedRows(np.arange(5), np.ones(5))


def entries(examples: end_model.Examples) -> list[tuple[int, int, float]]:
    """Return (position, class, weight) of each example."""
    lists = (examples.positions.tolist(), examples.labels.tolist(), examples.weights.tolist())
    return list(zip(*lists, strict=True))


def test_a_row_counts_for_each_class_by_its_probability() -> None:
    """Classes below 0.01 are left out; gold has one class and the weight of ten rows."""
    assert entries(examples_of(ALL, POSTERIOR, COVERED, GOLD, NO_ROW)) == [
        (0, 0, 0.7), (0, 1, 0.3), (1, 0, 0.995), (2, 1, 10.0), (3, 0, 10.0), (4, 0, 0.6),
        (4, 1, 0.4),
    ]  # fmt: skip


def test_a_row_left_out_counts_for_nothing() -> None:
    """Neither its gold nor its soft label is learned."""
    left_out = np.array([False, False, True, True, False])
    positions = examples_of(ALL, POSTERIOR, COVERED, GOLD, left_out).positions
    assert set(positions.tolist()) == {0, 1, 4}


def test_test_rows_and_uncovered_rows_are_not_learned() -> None:
    """An uncovered row is learned only where it has dev gold."""
    is_test = np.array([True, False, False, False, False])
    learned = rows_to_learn(POSTERIOR, np.array([True, False, False, True, True]), GOLD, is_test)
    assert learned.row_ids.tolist() == [2, 3, 4]


def test_of_very_many_rows_a_sample_stands_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gold and the rare class are kept whole, and the weights give both classes their share."""
    monkeypatch.setattr(end_model, "MAX_LEARNED_ROWS", 1_000)
    monkeypatch.setattr(end_model, "LEAST_ROWS_OF_CLASS", 100)
    rare = np.arange(10_000) < 50
    posterior = np.where(rare[:, None], [[0.1, 0.9]], [[0.9, 0.1]])
    gold = np.full(10_000, -1, dtype=np.int8)
    gold[[7_000, 9_999]] = 0
    everywhere, nowhere = np.ones(10_000, dtype=np.bool_), np.zeros(10_000, dtype=np.bool_)
    learned = rows_to_learn(posterior, everywhere, gold, nowhere)
    assert set(range(50)) | {7_000, 9_999} <= set(learned.row_ids.tolist())
    assert 900 < learned.row_ids.size < 1_200
    assert learned.weights[learned.row_ids < 50].sum() == pytest.approx(50 * 0.1)
    assert learned.weights.sum() == pytest.approx(1_000, rel=0.1)


def test_nothing_to_learn_from_is_told() -> None:
    """No covered row and no gold: the message says what to do."""
    unknown = np.full(5, -1, dtype=np.int8)
    with pytest.raises(ModelError, match="labeling function that votes"):
        examples_of(ALL, POSTERIOR, NO_ROW, unknown, NO_ROW)


def test_one_class_is_not_enough() -> None:
    """Rows that all have one class teach nothing."""
    certain = np.tile([1.0, 0.0], (5, 1))
    unknown = np.full(5, -1, dtype=np.int8)
    with pytest.raises(ModelError, match="one class"):
        check_classes(examples_of(ALL, certain, COVERED, unknown, NO_ROW))


def test_every_dev_gold_row_is_in_one_fold() -> None:
    """Covered or not; test rows are in none."""
    gold = np.array([0, 1, -1, 0, 1, 1, 0], dtype=np.int8)
    is_test = np.arange(7) == 6
    folds = [fold.tolist() for fold in folds_of(gold, is_test, 3, seed=0)]
    assert len(folds) == 3
    assert sorted(row for fold in folds for row in fold) == [0, 1, 3, 4, 5]


WORDS = ["money", "lunch", "prize", "hello"]
N = 40
TEXTS = [f"{WORDS[row % 4]} {row}" for row in range(N)]
TRUE = np.array([1, 0, 1, 0] * (N // 4), dtype=np.int8)
VOTED = np.arange(N) % 4 < 2
NO_TEST = np.zeros(N, dtype=np.bool_)


class RecordingLabelModel:
    """Gives each voted row its class for sure where its gold is shown, else 0.8; keeps what it saw.

    As strong a way as there is for gold to leak through soft labels.
    """

    def __init__(self) -> None:
        self.seen: list[npt.NDArray[np.int8]] = []

    def __call__(self, gold: npt.NDArray[np.int8]) -> npt.NDArray[np.float64]:
        """Return a posterior (n, 2) for this gold."""
        self.seen.append(gold.copy())
        posterior = np.where(TRUE[:, None] == [[0, 1]], 0.8, 0.2)
        known = gold >= 0
        posterior[known] = np.eye(2)[gold[known]]
        return posterior


def judge(gold: npt.NDArray[np.int8], label_model: RecordingLabelModel) -> HeldOut:
    """Judge an end model on dev gold."""
    model = EndModel(EndModelChoice(), 2)
    features = model.learn_features(TEXTS)
    learned = LearnedRows(np.arange(N), np.ones(N))
    found = held_out(model, features, learned, VOTED, gold, NO_TEST, refit=label_model)
    assert found is not None
    return found


def dev_gold() -> npt.NDArray[np.int8]:
    """Twenty rows of known class, half of them covered."""
    return np.where(np.arange(N) < 20, TRUE, -1).astype(np.int8)


def test_the_gold_of_a_fold_reaches_no_fit() -> None:
    """Turning a fold's gold around changes nothing that is said of that fold."""
    gold, label_model = dev_gold(), RecordingLabelModel()
    before = judge(gold, label_model)
    for fold, seen in zip(folds_of(gold, NO_TEST, 5, seed=0), label_model.seen, strict=True):
        assert (seen[fold] == -1).all()
        turned = gold.copy()
        turned[fold] = 1 - gold[fold]
        after = judge(turned, RecordingLabelModel())
        own = np.isin(before.row_ids, fold)
        np.testing.assert_array_equal(before.end_model[own], after.end_model[own])
        np.testing.assert_array_equal(before.label_model[own], after.label_model[own])
        assert not np.array_equal(before.end_model[~own], after.end_model[~own])


def test_too_little_gold_is_not_judged() -> None:
    """One row cannot be both learned from and judged on."""
    gold = np.where(np.arange(N) < 1, TRUE, -1).astype(np.int8)
    model = EndModel(EndModelChoice(), 2)
    learned = LearnedRows(np.arange(N), np.ones(N))
    features = model.learn_features(TEXTS)
    assert held_out(model, features, learned, VOTED, gold, NO_TEST, RecordingLabelModel()) is None


def test_the_comparison_is_counted_by_hand() -> None:
    """Rows have gold 0, 0, 1, 1; row 3 is uncovered, and the label model is tied on row 2."""
    gold = np.array([0, 0, 1, 1], dtype=np.int8)
    covered = np.array([True, True, True, False])
    right, wrong, tied = [0.9, 0.1], [0.1, 0.9], [0.5, 0.5]
    found = HeldOut(
        row_ids=np.arange(4),
        end_model=np.array([right, wrong, wrong, wrong]),
        label_model=np.array([right, right, tied, wrong]),
    )
    majority = np.array([right, wrong, right, tied])
    result = compared(found, majority, covered, gold)
    assert result.covered is not None
    all_rows, on_covered = result.all_rows, result.covered
    assert (all_rows.rows, on_covered.rows) == (4, 3)
    assert all_rows.end_model.accuracy == 3 / 4
    assert all_rows.label_model.accuracy == 2.5 / 4
    assert all_rows.majority.accuracy == 1 / 4
    assert all_rows.gain == 0.125
    assert on_covered.end_model.accuracy == 2 / 3
    assert on_covered.label_model.accuracy == 2.5 / 3
    assert on_covered.majority.accuracy == 1 / 3
    # Differences 0, -1, 1/2, 1 and four imagined rows: error = sqrt(2.25 + 4) / 4.
    assert all_rows.gain_high - all_rows.gain == pytest.approx(1.96 * 2.5 / 4, abs=1e-4)
