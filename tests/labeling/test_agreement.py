"""Agreement beyond chance: published worked examples, and independent computations."""

from itertools import permutations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import cohen_kappa_score

from labeling.agreement import Agreement, agreement, fleiss_kappa

Ratings = npt.NDArray[np.int8]

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example C: four observers of
# twelve units, with missing values; . is none.
FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".33323422 51.".replace(" ", ""), "12332441251.")
# The same paper, examples A (two observers, two values) and B (two observers, five values).
TWO_VALUES = ("0100000010", "1110010000")
FIVE_VALUES = ("aabbdcccedda", "babbbcccedDd".lower())

# The worked example of "Fleiss' kappa" in Wikipedia: how many of 14 raters put each of ten
# subjects into each of five categories; kappa is 0.210.
TEN_SUBJECTS = (
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
)


def _ratings(observers: tuple[str, ...]) -> Ratings:
    names = sorted(set("".join(observers)) - {"."})
    coded = [[names.index(one) if one != "." else -1 for one in line] for line in observers]
    return np.array(coded, dtype=np.int8).T


def _agreement(ratings: Ratings, n_classes: int | None = None) -> Agreement:
    k = n_classes or int(ratings.max()) + 1
    return agreement(
        ratings, [f"a{j}" for j in range(ratings.shape[1])], [f"c{i}" for i in range(k)]
    )


@pytest.mark.parametrize(
    ("observers", "alpha"),
    [(FOUR_OBSERVERS, 0.743), (TWO_VALUES, 0.095), (FIVE_VALUES, 0.692)],
)
def test_krippendorffs_own_examples(observers: tuple[str, ...], alpha: float) -> None:
    found = _agreement(_ratings(observers)).krippendorff_alpha
    assert found is not None
    assert found.value == pytest.approx(alpha, abs=0.0005)
    assert found.low <= found.value <= found.high


def test_fleiss_kappa_of_ten_subjects() -> None:
    ratings = np.array([np.repeat(np.arange(5), counts) for counts in TEN_SUBJECTS], dtype=np.int8)
    found = _agreement(ratings).fleiss_kappa
    assert found is not None
    assert found.value == pytest.approx(0.210, abs=0.0005)


def test_cohens_kappa_of_fifty_proposals() -> None:
    """The worked example of "Cohen's kappa" in Wikipedia: 20 and 15 agreed, 5 and 10 not; 0.4."""
    cells = {(0, 0): 20, (0, 1): 5, (1, 0): 10, (1, 1): 15}
    ratings = np.array([pair for pair, rows in cells.items() for _ in range(rows)], dtype=np.int8)
    (pair,) = _agreement(ratings).pairs
    assert pair.kappa is not None
    assert pair.kappa.value == pytest.approx(0.4)
    assert pair.agreement == pytest.approx(0.7)
    assert pair.confusion == ((20, 5), (10, 15))


RATINGS = arrays(
    np.int8,
    st.tuples(st.integers(2, 25), st.integers(2, 5)),
    elements=st.sampled_from([-1, -1, 0, 1, 2]),
)


@given(RATINGS)
@settings(max_examples=60, deadline=None)
def test_alpha_is_that_of_its_definition_by_pairs(ratings: Ratings) -> None:
    """Every ordered pair of labels of one row, against every ordered pair of labels at all."""
    rows = [[int(code) for code in row if code >= 0] for row in ratings]
    rows = [row for row in rows if len(row) >= 2]
    labels = [code for row in rows for code in row]
    expected_pairs = list(permutations(labels, 2))
    differing = sum(a != b for a, b in expected_pairs)
    found = _agreement(ratings, 3).krippendorff_alpha
    if differing == 0:
        assert found is None
        return
    observed = sum(
        sum(a != b for a, b in permutations(row, 2)) / (len(row) - 1) for row in rows
    ) / len(labels)
    assert found is not None
    assert found.value == pytest.approx(1 - observed / (differing / len(expected_pairs)))


@given(RATINGS)
@settings(max_examples=60, deadline=None)
def test_cohens_kappa_is_that_of_scikit_learn(ratings: Ratings) -> None:
    for pair in _agreement(ratings, 3).pairs:
        first, second = ratings[:, int(pair.first[1:])], ratings[:, int(pair.second[1:])]
        both = (first >= 0) & (second >= 0)
        assert pair.rows == both.sum()
        if np.unique([*first[both], *second[both]]).size == 1:
            assert pair.kappa is None
        else:
            expected = cohen_kappa_score(first[both], second[both], labels=[0, 1, 2])
            assert pair.kappa is None or pair.kappa.value == pytest.approx(expected)


@given(RATINGS)
@settings(max_examples=40, deadline=None)
def test_who_the_annotators_are_and_in_which_order_rows_come_decides_nothing(
    ratings: Ratings,
) -> None:
    turned = np.ascontiguousarray(ratings[::-1, ::-1])
    one, other = _agreement(ratings, 3), _agreement(turned, 3)
    assert (one.rows, one.disagreeing_rows) == (other.rows, other.disagreeing_rows)
    for name in ("krippendorff_alpha", "fleiss_kappa"):
        a, b = getattr(one, name), getattr(other, name)
        assert (a is None) == (b is None)
        assert a is None or a.value == pytest.approx(b.value)


def test_agreement_by_chance_is_none_and_its_interval_says_so() -> None:
    rng = np.random.default_rng(5)
    found = _agreement(rng.integers(0, 3, (2_000, 4)).astype(np.int8))
    for figure in (found.cohen_kappa, found.fleiss_kappa, found.krippendorff_alpha):
        assert figure is not None
        assert figure.low < 0.02
        assert figure.high > -0.02
        assert 0 < figure.high - figure.low < 0.06


def test_intervals_hold_the_true_agreement_about_as_often_as_they_say() -> None:
    """Of 80 samples of rows with a known alpha, some 95 % have it within their interval."""
    rng = np.random.default_rng(11)

    def sample(rows: int) -> Ratings:
        truth = rng.integers(0, 3, rows)
        wrong = rng.random((rows, 3)) < 0.2
        return np.where(wrong, rng.integers(0, 3, (rows, 3)), truth[:, None]).astype(np.int8)

    large = _agreement(sample(200_000)).krippendorff_alpha
    assert large is not None
    held = 0
    for _ in range(80):
        found = _agreement(sample(150)).krippendorff_alpha
        assert found is not None
        held += found.low <= large.value <= found.high
    assert held / 80 >= 0.88


def test_no_shared_rows_give_no_figures() -> None:
    nobody = agreement(np.empty((0, 0), dtype=np.int8), [], ["a", "b"])
    alone = agreement(np.array([[0, -1], [-1, 1]], dtype=np.int8), ["x", "y"], ["a", "b"])
    for found in (nobody, alone):
        assert (found.rows, found.pairs, found.cohen_kappa) == (0, (), None)
        assert found.fleiss_kappa is None
        assert found.krippendorff_alpha is None
    assert [one.labels for one in alone.classes] == [1, 1]


def test_a_row_with_more_labels_counts_with_its_own_number() -> None:
    counts = np.array([[2.0, 0.0], [1.0, 2.0]])
    weights = np.array([[1.0, 1.0], [2.0, 0.0]])
    first, undefined = fleiss_kappa(counts, weights)
    observed = (1.0 + (1 + 4 - 3) / 6) / 2
    expected = (3 / 5) ** 2 + (2 / 5) ** 2
    assert first == pytest.approx((observed - expected) / (1 - expected))
    assert np.isnan(undefined)
