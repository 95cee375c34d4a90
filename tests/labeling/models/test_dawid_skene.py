"""Dawid–Skene on crowds with a known truth, and its anchors."""

import numpy as np
import pytest

from labeling.models.dawid_skene import DawidSkene
from labeling.models.fires import Fires, fires_of
from labeling.models.majority import MajorityVote
from labeling.votes import Votes


def crowd(
    balance: list[float], accuracies: list[float], n: int = 3000, seed: int = 3
) -> tuple[Votes, np.ndarray]:
    """Return votes of independent annotators, whose errors are spread evenly, and the truth."""
    rng = np.random.default_rng(seed)
    k = len(balance)
    truth = rng.choice(k, n, p=balance)
    other = (truth[:, None] + rng.integers(1, k, (n, len(accuracies)))) % k
    right = rng.random((n, len(accuracies))) < accuracies
    return np.where(right, truth[:, None], other).astype(np.int8), truth


def test_recovers_accuracies_and_balance() -> None:
    """With five independent annotators the estimates come close to what made the votes."""
    votes, truth = crowd([0.5, 0.3, 0.2], [0.9, 0.8, 0.7, 0.6, 0.5])
    fitted = DawidSkene(3).fit(votes)
    measured = (votes == truth[:, None]).mean(axis=0)
    assert fitted.converged_
    assert fitted.accuracies_ == pytest.approx(measured, abs=0.06)
    assert fitted.class_balance_ == pytest.approx([0.5, 0.3, 0.2], abs=0.05)


def test_beats_majority_on_a_crowd_of_unequal_skill() -> None:
    """Two experts among guessers are found."""
    votes, truth = crowd([0.5, 0.5], [0.92, 0.9, 0.5, 0.5, 0.5, 0.5])
    labels = DawidSkene(2).fit(votes).predict_proba(votes).argmax(axis=1)
    majority = MajorityVote(2).fit(votes).predict_proba(votes)
    assert (labels == truth).mean() > 0.85
    assert (labels == truth).mean() > majority[np.arange(len(truth)), truth].mean() + 0.05


def test_balance_stays_even_where_rows_have_few_votes() -> None:
    """With one vote a row nothing tells a common class from an eager function."""
    votes = np.full((100, 2), -1, dtype=np.int8)
    votes[:90, 0], votes[90:, 1] = 0, 1
    assert DawidSkene(2).fit(votes).class_balance_.tolist() == [0.5, 0.5]


def test_a_declared_balance_is_kept() -> None:
    """What the user knows is not learned again."""
    votes, _ = crowd([0.5, 0.5], [0.8, 0.8, 0.8, 0.8], n=300)
    fitted = DawidSkene(2, class_balance=[0.7, 0.3]).fit(votes)
    assert fitted.class_balance_ == pytest.approx([0.7, 0.3])


def test_the_same_votes_are_learned_from_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next model takes over what the first learned; gold and declared shares are asked anew."""
    votes, _ = crowd([0.5, 0.3, 0.2], [0.9, 0.8, 0.7, 0.6, 0.5], n=300)
    fires = fires_of(votes, 3, np.full(300, -1))
    learned, settled = [], DawidSkene._settled
    monkeypatch.setattr(
        DawidSkene, "_settled", lambda model, fires: learned.append(fires) or settled(model, fires)
    )
    first, second = DawidSkene(3).fit_weights(fires), DawidSkene(3).fit_fires(fires)
    assert learned == [fires]
    _alike(first, second, fires)
    assert (second.converged_, second.n_iter_) == (True, first.n_iter_)
    declared = DawidSkene(3, class_balance=first.class_balance_).fit_fires(fires)
    DawidSkene(3, informative_abstains=True).fit_fires(fires)
    with_gold = fires.with_gold(fires.rows[:, None] * np.eye(3)[fires.votes.max(axis=1)])
    DawidSkene(3).fit_fires(with_gold)
    assert learned == [fires, fires, fires, with_gold]
    assert declared.class_balance_ == pytest.approx(first.class_balance_)


def _alike(one: DawidSkene, other: DawidSkene, fires: Fires) -> None:
    assert np.array_equal(one.pattern_posterior(fires), other.pattern_posterior(fires))
    assert np.array_equal(one.class_balance_, other.class_balance_)


def test_gold_settles_what_votes_cannot() -> None:
    """Two functions that always disagree: gold on some rows says which one is right."""
    votes = np.array([[0, 1], [1, 0]] * 50, dtype=np.int8)
    gold = np.full(100, -1)
    gold[:30] = votes[:30, 1]
    fitted = DawidSkene(2).fit(votes, gold=gold)
    assert fitted.predict_proba(votes).argmax(axis=1).tolist() == votes[:, 1].tolist()
    assert fitted.accuracies_[1] > 0.8
    assert fitted.accuracies_[0] < 0.2


def test_functions_that_are_nearly_always_right_are_no_copies() -> None:
    """Experts share nearly all of their votes, and still outvote as many poor functions."""
    votes, truth = crowd([0.5, 0.5], [0.99, 0.98, 0.98, 0.97, 0.65, 0.6, 0.55, 0.55])
    labels = DawidSkene(2).fit(votes).predict_proba(votes).argmax(axis=1)
    assert (labels == truth).mean() > 0.99


def _eager_on_one_class(n: int = 3000, seed: int = 4) -> tuple[Votes, np.ndarray]:
    """Return votes of annotators who seldom dare to vote where the class is 0, and the truth."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 2, n)
    votes = np.where(rng.random((n, 5)) < 0.75, truth[:, None], 1 - truth[:, None])
    votes[rng.random((n, 5)) > np.array([0.3, 0.9])[truth][:, None]] = -1
    return votes.astype(np.int8), truth


def test_abstains_are_evidence_where_they_are_said_to_be() -> None:
    """Who keeps silent on a row tells its class where functions vote on one class more often."""
    votes, truth = _eager_on_one_class()
    plain, informed = (
        DawidSkene(2, informative_abstains=informative).fit(votes) for informative in (False, True)
    )
    right = [(m.predict_proba(votes).argmax(axis=1) == truth).mean() for m in (plain, informed)]
    assert informed.converged_
    assert right[1] > right[0] + 0.05
    silent: Votes = np.full((1, 5), -1, dtype=np.int8)
    assert plain.predict_proba(silent)[0] == pytest.approx(plain.class_balance_)
    assert informed.predict_proba(silent)[0, 0] > 0.8


def test_abstains_are_no_evidence_unless_said_so() -> None:
    """The option is off by default, and a row without votes then is answered by the balance."""
    votes, _ = _eager_on_one_class(200)
    off = DawidSkene(2, informative_abstains=False).fit(votes).predict_proba(votes)
    assert np.array_equal(DawidSkene(2).fit(votes).predict_proba(votes), off)


def test_informative_abstains_by_hand() -> None:
    """A function that votes 1 on half of the rows: its silence speaks for 0 as its votes for 1."""
    votes: Votes = np.repeat(np.array([[1], [-1]], dtype=np.int8), 500, axis=0)
    fitted = DawidSkene(2, informative_abstains=True).fit(votes)
    rates = np.exp(fitted.weights_[0, 1] + fitted.start() - np.log(fitted.class_balance_))
    silence = np.exp(fitted.start() - np.log(fitted.class_balance_))
    never = np.exp(fitted.weights_[0, 0] + fitted.start() - np.log(fitted.class_balance_))
    assert rates + silence + never == pytest.approx([1.0, 1.0])
    answers = fitted.predict_proba(votes[[0, 500]])
    assert answers[0, 1] == pytest.approx(answers[1, 0], abs=0.02)
    assert answers[0, 1] > 0.6


def test_informative_abstains_keep_what_all_models_promise() -> None:
    """No order matters, a silent function changes nothing, and unanimous rows keep their class."""
    votes, _ = _eager_on_one_class(400)
    gold = np.where(np.arange(400) % 9 == 0, votes[:, 0].clip(-1), -1).astype(np.int64)

    def answer(given: Votes) -> np.ndarray:
        model = DawidSkene(2, informative_abstains=True).fit(given, gold=gold)
        return model.predict_proba(given)

    expected = answer(votes)
    assert answer(votes[:, ::-1]) == pytest.approx(expected, abs=1e-9)
    renamed = np.where(votes >= 0, 1 - votes, -1).astype(np.int8)
    gold = np.where(gold >= 0, 1 - gold, -1)
    assert answer(renamed)[:, ::-1] == pytest.approx(expected, abs=1e-9)
    gold = np.where(gold >= 0, 1 - gold, -1)
    assert answer(np.insert(votes, 2, -1, axis=1)) == pytest.approx(expected)
    for label in (0, 1):
        alike = (votes == label).any(axis=1) & ~(votes == 1 - label).any(axis=1)
        assert (expected[alike].argmax(axis=1) == label).all()


@pytest.mark.parametrize("shape", [(0, 3), (4, 0), (0, 0), (1, 1)])
def test_informative_abstains_of_small_shapes(shape: tuple[int, int]) -> None:
    """No rows, no functions or one vote are no special case."""
    votes: Votes = np.zeros(shape, dtype=np.int8)
    posterior = DawidSkene(2, informative_abstains=True).fit(votes).predict_proba(votes)
    assert posterior.shape == (shape[0], 2)
    assert np.isfinite(posterior).all()
