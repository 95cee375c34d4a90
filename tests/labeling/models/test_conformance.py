"""What every label model promises, whatever it computes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmarks.label_model_quality import quality
from benchmarks.label_model_sets import SETS, data_folder, read_votes
from benchmarks.label_model_trials import trial
from labeling.errors import ModelError
from labeling.models import DEFAULT_MODEL, MODELS
from labeling.models.fires import fires_of, fires_of_rows
from labeling.votes import Votes

pytestmark = pytest.mark.parametrize("model", MODELS)

K = 3
SILENCE_TELLS = {"dawid-skene-abstains"}
"""To these a row without votes is no row of which nothing is known."""
CLOSE = 1e-9
"""Summing in another order changes the last digits only.

An EM ends a step earlier where its last move misses the limit by as little; none did in 600 cases.
"""
vote_arrays = arrays(
    np.int8, st.tuples(st.integers(1, 25), st.integers(1, 5)), elements=st.integers(-3, K - 1)
)
quick = settings(max_examples=30, deadline=None)


def answer(model: str, votes: Votes, gold: Any = None, k: int = K, **options: Any) -> np.ndarray:
    """Return the posterior of a fresh fit on its own votes."""
    return MODELS[model](k, **options).fit(votes, gold=gold).predict_proba(votes)


def numbers(fitted: Any) -> dict[str, np.ndarray]:
    """Return all that a fit has learned and shows."""
    names = ("accuracies_", "accuracies_low_", "accuracies_high_", "class_balance_", "temperature_")
    return {name: np.asarray(getattr(fitted, name)) for name in names}


def assert_numbers_make_sense(fitted: Any, n_functions: int) -> None:
    """Check that what was learned is finite, within its bounds, and of the right shape."""
    for name, values in numbers(fitted).items():
        assert np.isfinite(values).all(), name
    low, accuracies, high = fitted.accuracies_low_, fitted.accuracies_, fitted.accuracies_high_
    assert accuracies.shape == (n_functions,)
    assert ((low >= 0) & (low <= accuracies) & (accuracies <= high) & (high <= 1)).all()
    assert fitted.class_balance_.sum() == pytest.approx(1)
    assert fitted.temperature_ > 0


def crowd(n: int, accuracies: list[float], seed: int = 0) -> tuple[Votes, np.ndarray]:
    """Return votes of independent two-class annotators, and the truth."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 2, n)
    right = rng.random((n, len(accuracies))) < accuracies
    return np.where(right, truth[:, None], 1 - truth[:, None]).astype(np.int8), truth


@quick
@given(vote_arrays, st.booleans())
def test_answers_are_distributions(model: str, votes: Votes, with_gold: bool) -> None:
    """Probabilities are finite, not negative, sum to 1; so are the fitted attributes."""
    gold = votes[:, 0].clip(-1).astype(np.int64) if with_gold else None
    fitted = MODELS[model](K).fit(votes, gold=gold)
    posterior = fitted.predict_proba(votes)
    assert posterior.shape == (len(votes), K)
    assert posterior.dtype == np.float64
    assert np.isfinite(posterior).all()
    assert (posterior >= 0).all()
    assert posterior.sum(axis=1) == pytest.approx(1)
    assert_numbers_make_sense(fitted, votes.shape[1])


@quick
@given(vote_arrays)
def test_the_same_votes_give_the_same_answer(model: str, votes: Votes) -> None:
    """A fit is reproducible to the last bit, and leaves the votes as they were."""
    before, gold = votes.copy(), votes[::-1, 0].clip(-1).astype(np.int64)
    assert np.array_equal(answer(model, votes), answer(model, votes))
    one, other = (MODELS[model](K).fit(votes, gold=gold) for _ in range(2))
    assert np.array_equal(one.predict_proba(votes), other.predict_proba(votes))
    assert {name: numbers(one)[name].tolist() for name in numbers(one)} == {
        name: numbers(other)[name].tolist() for name in numbers(other)
    }
    assert np.array_equal(votes, before)


@quick
@given(vote_arrays, st.integers(0, 2**32 - 1))
def test_order_is_irrelevant(model: str, votes: Votes, seed: int) -> None:
    """Permuting rows, functions or classes permutes the answer."""
    rng = np.random.default_rng(seed)
    rows, functions = rng.permutation(len(votes)), rng.permutation(votes.shape[1])
    classes = rng.permutation(K)
    expected = answer(model, votes)
    renamed = np.where(votes >= 0, classes[votes], -1).astype(np.int8)
    assert answer(model, votes[rows]) == pytest.approx(expected[rows], abs=CLOSE)
    assert answer(model, votes[:, functions]) == pytest.approx(expected, abs=CLOSE)
    assert answer(model, renamed)[:, classes] == pytest.approx(expected, abs=CLOSE)


@quick
@given(vote_arrays, st.integers(0, 2**32 - 1))
def test_order_is_irrelevant_with_gold(model: str, votes: Votes, seed: int) -> None:
    """With gold and a declared balance, too, and for all that is learned."""
    rng = np.random.default_rng(seed)
    rows, functions = rng.permutation(len(votes)), rng.permutation(votes.shape[1])
    classes, gold = rng.permutation(K), rng.integers(-1, K, len(votes))
    balance = rng.dirichlet(np.ones(K)) * 0.9 + 0.1 / K if rng.random() < 0.5 else None
    moved = votes[rows][:, functions]
    moved = np.where(moved >= 0, classes[moved], -1).astype(np.int8)
    moved_gold = np.where(gold[rows] >= 0, classes[gold[rows]], -1)
    moved_balance = None if balance is None else balance[np.argsort(classes)]
    one = MODELS[model](K, class_balance=balance).fit(votes, gold=gold)
    other = MODELS[model](K, class_balance=moved_balance).fit(moved, gold=moved_gold)
    answers = other.predict_proba(moved)[:, classes]
    assert answers == pytest.approx(one.predict_proba(votes)[rows], abs=CLOSE)
    for learned in ("accuracies_", "accuracies_low_", "accuracies_high_"):
        expected = getattr(one, learned)[functions]
        assert getattr(other, learned) == pytest.approx(expected, abs=CLOSE), learned
    assert other.class_balance_[classes] == pytest.approx(one.class_balance_, abs=CLOSE)
    assert other.temperature_ == pytest.approx(one.temperature_)


@pytest.mark.parametrize("seed", range(4))
def test_order_is_irrelevant_where_gold_chooses(model: str, seed: int) -> None:
    """Not even which folds gold is dealt into may hang on how rows, functions or classes stand."""
    rng = np.random.default_rng(seed)
    truth, accuracies = rng.integers(0, K, 400), rng.uniform(0.4, 0.95, 6)
    right = rng.random((400, 6)) < accuracies
    votes = np.where(right, truth[:, None], rng.integers(0, K, (400, 6))).astype(np.int8)
    votes[rng.random(votes.shape) < 0.6] = -1
    gold = np.where(rng.random(400) < 0.4, truth, -1)
    rows, functions, classes = rng.permutation(400), rng.permutation(6), rng.permutation(K)
    moved = np.where(votes >= 0, classes[votes], -1).astype(np.int8)[rows][:, functions]
    moved_gold = np.where(gold >= 0, classes[gold], -1)[rows]
    expected = answer(model, votes, gold=gold)[rows]
    assert answer(model, moved, gold=moved_gold)[:, classes] == pytest.approx(expected, abs=CLOSE)


@quick
@given(vote_arrays)
def test_rows_with_the_same_votes_get_the_same_answer(model: str, votes: Votes) -> None:
    """A row's answer follows from its votes alone."""
    twice = answer(model, np.vstack([votes, votes]))
    assert np.array_equal(twice[: len(votes)], twice[len(votes) :])


@quick
@given(vote_arrays, st.integers(0, 2**32 - 1))
def test_duplicated_rows_are_a_count(model: str, votes: Votes, seed: int) -> None:
    """Repeated rows change what is learned by their number, not by where or how they stand."""
    rng = np.random.default_rng(seed)
    times = rng.integers(1, 4, len(votes))
    repeated = np.repeat(votes.clip(-1), times, axis=0)
    gold = np.where(rng.random(len(repeated)) < 0.3, rng.integers(0, K, len(repeated)), -1)
    order = rng.permutation(len(repeated))
    patterns = fires_of(repeated, K, gold)
    assert patterns.rows.sum() == times.sum()
    assert len(patterns.rows) == len(np.unique(repeated, axis=0))
    one, other = (MODELS[model](K).fit(repeated[i], gold=gold[i]) for i in (np.s_[:], order))
    assert one.accuracies_ == pytest.approx(other.accuracies_, abs=CLOSE)
    assert one.class_balance_ == pytest.approx(other.class_balance_, abs=CLOSE)
    assert one.predict_proba(votes) == pytest.approx(other.predict_proba(votes), abs=CLOSE)


@quick
@given(vote_arrays, st.integers(0, 2**32 - 1))
def test_a_count_is_worth_as_many_rows(model: str, votes: Votes, seed: int) -> None:
    """A fit on distinct rows with counts is a fit on as many equal rows."""
    times = np.random.default_rng(seed).integers(1, 5, len(votes))
    repeated = fires_of(np.repeat(votes.clip(-1), times, axis=0), K, np.full(times.sum(), -1))
    no_gold = np.full(len(votes), -1)
    counted = fires_of_rows(
        votes.clip(-1),
        times.astype(np.float64),
        no_gold,
        repeated.counts.reshape(-1, K),
        repeated.n_rows,
        repeated.covered_rows,
    )
    # Rows that stand for others were drawn, and a draw makes a fit less sure; these were counted.
    counted = replace(counted, rows_per_draw=1.0)
    one, other = (MODELS[model](K).fit_fires(fires) for fires in (repeated, counted))
    assert one.accuracies_ == pytest.approx(other.accuracies_)
    assert one.class_balance_ == pytest.approx(other.class_balance_)
    assert one.predict_proba(votes) == pytest.approx(other.predict_proba(votes))


@quick
@given(vote_arrays, st.booleans(), st.integers(0, 5))
def test_a_silent_function_changes_nothing(
    model: str, votes: Votes, with_gold: bool, place: int
) -> None:
    """A function that abstains everywhere says nothing, wherever it stands and whatever is gold."""
    gold = votes[::-1, 0].clip(-1).astype(np.int64) if with_gold else None
    place = min(place, votes.shape[1])
    beside = np.insert(votes, place, -1, axis=1)
    one, other = (MODELS[model](K).fit(given, gold=gold) for given in (votes, beside))
    assert other.predict_proba(beside) == pytest.approx(one.predict_proba(votes))
    assert np.delete(other.accuracies_, place) == pytest.approx(one.accuracies_)
    assert other.class_balance_ == pytest.approx(one.class_balance_)


@quick
@given(vote_arrays)
def test_errors_are_abstains(model: str, votes: Votes) -> None:
    """Codes below -1 say nothing, as abstains do."""
    assert np.array_equal(answer(model, votes.clip(-1)), answer(model, votes))


@quick
@given(vote_arrays, st.booleans())
def test_unanimous_rows_keep_their_class(model: str, votes: Votes, with_gold: bool) -> None:
    """A row whose votes all agree is labelled as they say, even if gold is against them."""
    gold = (votes[:, 0].astype(np.int64).clip(-1) + 1) % K if with_gold else None
    posterior = answer(model, votes, gold=gold)
    for row, shares in zip(votes, posterior, strict=True):
        named = set(row[row >= 0].tolist())
        if len(named) == 1:
            (label,) = named
            assert shares.argmax() == label
            assert (np.delete(shares, label) < shares[label]).all()


def test_uncovered_rows_get_the_class_balance(model: str) -> None:
    """A row without votes is answered by the prior: declared, or from gold, or even."""
    if model in SILENCE_TELLS:
        pytest.skip("silence says more than the class balance does")
    votes = np.array([[0, 0], [-1, -1], [1, -1]], dtype=np.int8)
    fitted = MODELS[model](2).fit(votes)
    assert fitted.predict_proba(votes)[1] == pytest.approx(fitted.class_balance_)
    assert answer(model, votes, k=2, class_balance=[0.8, 0.2])[1] == pytest.approx([0.8, 0.2])
    with_gold = answer(model, votes, k=2, gold=np.array([0, 0, -1]))
    # (2 + 5) / (2 + 10): ten imagined rows temper two of gold.
    assert with_gold[1] == pytest.approx([7 / 12, 5 / 12])


@pytest.mark.parametrize("k", [2, 100])
@pytest.mark.parametrize("with_gold", [False, True])
@pytest.mark.parametrize("shape", [(0, 3), (4, 0), (0, 0), (1, 1)])
def test_small_shapes_work(model: str, shape: tuple[int, int], with_gold: bool, k: int) -> None:
    """No rows, no functions or one vote are no special case, with gold or without."""
    votes = np.zeros(shape, dtype=np.int8)
    gold = np.zeros(shape[0], dtype=np.int64) if with_gold else None
    fitted = MODELS[model](k).fit(votes, gold=gold)
    posterior = fitted.predict_proba(votes)
    assert posterior.shape == (shape[0], k)
    assert np.isfinite(posterior).all()
    assert_numbers_make_sense(fitted, shape[1])
    fires = fires_of(votes, k, np.full(shape[0], -1))
    drawn = np.concatenate([*fitted.drawn_posteriors(fires, np.random.default_rng(0), 3)])
    assert drawn.shape == (3, *fitted.pattern_posterior(fires).shape)


def test_posteriors_need_no_accuracies(model: str) -> None:
    """Weights alone say of each pattern what the whole fit says."""
    rng = np.random.default_rng(5)
    votes = rng.integers(-1, 3, (300, 5)).astype(np.int8)
    fires = fires_of(votes, 3, np.where(np.arange(300) < 50, votes[:, 0], -1).astype(np.int64))
    whole, weights = MODELS[model](3).fit_fires(fires), MODELS[model](3).fit_weights(fires)
    assert np.array_equal(weights.pattern_posterior(fires), whole.pattern_posterior(fires))
    assert np.array_equal(weights.predict_proba(votes), whole.predict_proba(votes))


@pytest.mark.parametrize("with_gold", [False, True])
def test_a_hundred_classes(model: str, with_gold: bool) -> None:
    """Many classes, most of them hardly ever named, still give every vote its class."""
    votes = np.arange(100, dtype=np.int8).repeat(3).reshape(-1, 1)
    votes = np.hstack([votes, np.where(votes % 7 == 0, votes, -1).astype(np.int8)])
    gold = np.where(np.arange(300) % 5 == 0, votes[:, 0], -1).astype(np.int64)
    fitted = MODELS[model](100).fit(votes, gold=gold if with_gold else None)
    posterior = fitted.predict_proba(votes)
    assert (posterior.argmax(axis=1) == votes[:, 0]).all()
    assert posterior.sum(axis=1) == pytest.approx(1)
    assert_numbers_make_sense(fitted, 2)


def test_a_single_function_is_believed(model: str) -> None:
    """One function alone decides the rows it votes on, even with one class only."""
    posterior = answer(model, np.array([[1], [-1], [1], [-1]], dtype=np.int8), k=2)
    assert (posterior[[0, 2], 1] > 0.55).all()
    if model in SILENCE_TELLS:
        assert posterior[1, 0] > 0.5
    else:
        assert posterior[1] == pytest.approx([0.5, 0.5])


def test_two_functions_are_both_believed(model: str) -> None:
    """Each decides the rows that it alone votes on, and together they are surer than alone."""
    votes = np.array([[1, -1], [-1, 0], [1, 1], [0, 0], [-1, -1]] * 8, dtype=np.int8)
    posterior = answer(model, votes, k=2)
    assert posterior[[0, 2], 1].min() > 0.55
    assert posterior[[1, 3], 0].min() > 0.55
    assert posterior[2, 1] >= posterior[0, 1]
    assert posterior[3, 0] >= posterior[1, 0]
    assert posterior[4] == pytest.approx([0.5, 0.5])


def test_a_giant_class_does_not_swallow_the_rest(model: str) -> None:
    """A function that votes its class everywhere yields to rare votes that agree."""
    votes = np.full((200, 3), -1, dtype=np.int8)
    votes[:, 0] = 0
    votes[:20, 1:] = 1
    labels = answer(model, votes, k=2).argmax(axis=1)
    assert (labels[:20] == 1).all()
    assert (labels[20:] == 0).all()


def test_a_vote_for_a_common_class_is_evidence_for_it(model: str) -> None:
    """Precision below the class's own share never turns a vote against its class."""
    votes = np.array([[0]] * 50 + [[-1]] * 50, dtype=np.int8)
    gold = np.array([0] * 40 + [1] * 10 + [0] * 50)
    posterior = answer(model, votes, k=2, gold=gold)
    assert posterior[0, 0] >= posterior[-1, 0]


def test_classes_do_not_swap(model: str) -> None:
    """On a clear crowd the labels are right, not mirrored."""
    votes, truth = crowd(600, [0.85, 0.8, 0.75, 0.7, 0.65])
    assert (answer(model, votes, k=2).argmax(axis=1) == truth).mean() > 0.85


def test_accuracies_rank_functions(model: str) -> None:
    """The estimated accuracy of a good function is above that of a poor one."""
    votes, _ = crowd(600, [0.95, 0.85, 0.8, 0.6])
    estimated = MODELS[model](2).fit(votes).accuracies_
    assert estimated[0] > estimated[3] + 0.1


@pytest.mark.parametrize(
    ("votes", "gold", "words"),
    [
        (np.zeros(3, dtype=np.int8), None, "shape"),
        (np.zeros((3, 2)), None, "float64"),
        (np.array([[0], [2]], dtype=np.int8), None, "Vote 2 in row 1 of function 0"),
        (np.zeros((3, 2), dtype=np.int8), np.zeros(2, dtype=int), "3 rows"),
        (np.zeros((2, 2), dtype=np.int8), np.zeros(2), "float64"),
        (np.zeros((2, 2), dtype=np.int8), np.array([0, 2]), "Gold 2 in row 1"),
        (np.zeros((2, 2), dtype=np.int8), np.array([0, -2]), "Gold -2 in row 1"),
    ],
)
def test_wrong_input_is_named(model: str, votes: Votes, gold: Any, words: str) -> None:
    """The error says what is wrong and where."""
    with pytest.raises(ModelError, match=words):
        MODELS[model](2).fit(votes, gold=gold)


@pytest.mark.parametrize("balance", [[0.5], [0.7, 0.7], [1.0, 0.0], [float("nan"), 0.5]])
def test_a_wrong_class_balance_is_refused(model: str, balance: list[float]) -> None:
    """A balance needs one share above 0 for each class, and sums to 1."""
    with pytest.raises(ModelError, match="class balance"):
        MODELS[model](2, class_balance=balance)


def test_one_class_is_refused(model: str) -> None:
    """With one class there is nothing to label."""
    with pytest.raises(ModelError, match="2 to 128 classes"):
        MODELS[model](1)


def test_predicting_needs_a_fit_on_the_same_functions(model: str) -> None:
    """Votes before a fit, or of another number of functions, are refused."""
    votes = np.zeros((2, 2), dtype=np.int8)
    with pytest.raises(ModelError, match="not fitted"):
        MODELS[model](2).predict_proba(votes)
    with pytest.raises(ModelError, match="fitted on 2 functions, got 1"):
        MODELS[model](2).fit(votes).predict_proba(votes[:, :1])


@pytest.mark.shared_data
def test_holds_up_against_majority_on_real_votes(model: str) -> None:
    """The default is a point below majority vote on no set, and better on the mean."""
    if not data_folder().exists():
        pytest.skip(f"no real votes at {data_folder()}; set LABELWRIGHT_DATA to their folder")
    lead = [accuracy(name, MODELS[model]) - accuracy(name, MODELS["majority"]) for name in SETS]
    assert min(lead) > (-1.0 if model in (DEFAULT_MODEL, "evidence", "dawid-skene") else -6.0)
    if model == DEFAULT_MODEL:
        assert np.mean(lead) > 1.5


def accuracy(name: str, factory: Callable[..., Any]) -> float:
    """Return the accuracy in percent of a model on one real set, without gold."""
    asked = trial(read_votes(name))
    assert asked is not None
    posterior = factory(asked.n_classes).fit(asked.votes).predict_proba(asked.votes)
    return quality(posterior[asked.judged], asked.gold).accuracy
