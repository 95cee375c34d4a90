"""The default: chooses a label model by the data at hand, says why, and falls back when in doubt.

Agreement tells who is right where covered rows carry CROWD_VOTES votes on the average, as
annotators give them, or where functions vote as independent ones do
(`labeling.models.independence`): then Dawid-Skene labels. Functions that surely copy each other
count as one (`labeling.models.copies`), and the reason says so. Where they may but need not copy,
or vote on few rows and share keywords, as functions of the usual kind do, agreement misleads, and
evidence by rarity is best. With GOLD_TO_CHOOSE covered gold rows both are cross-validated, and the
other of the two labels where its log loss is clearly smaller. What is chosen passes the safety gate
(`labeling.models.safety_gate`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from labeling.models.comparison import Judged, go_on, gold_folds, judged
from labeling.models.contract import ClassBalance, Floats, LabelModel
from labeling.models.copies import repeat_discounts
from labeling.models.dawid_skene import DawidSkene
from labeling.models.evidence import SpecificityEvidence
from labeling.models.fires import Fires
from labeling.models.guarded import Guarded, guarded
from labeling.models.independence import independent
from labeling.models.vote_model import VoteModel
from labeling.votes import Votes

CROWD_VOTES = 4.5
GOLD_TO_CHOOSE = 75
"""With 50, which of the two is better hangs on how they are dealt into folds."""

_CANDIDATES: dict[str, type[VoteModel]] = {
    "evidence": SpecificityEvidence,
    "dawid-skene": DawidSkene,
}


@dataclass(frozen=True, eq=False)
class Choice:
    """A label model by name, how to make it, one sentence on why it, and how it did on gold."""

    name: str
    make: Callable[[], LabelModel]
    reason: str
    judged: Judged | None


def choose(
    fires: Fires,
    seed: int = 0,
    class_balance: ClassBalance | None = None,
    before_fold: Callable[[], None] = go_on,
) -> Choice:
    """Choose the label model that suits these votes; `before_fold` as in `judged`."""
    likely = choose_by_votes(fires, seed, class_balance)
    name, why, makers = likely.name, likely.reason, _makers(fires, seed, class_balance)
    folds = gold_folds(fires, seed)
    usual = judged(makers[name], fires, seed, before_fold, folds)
    if fires.covered_gold < GOLD_TO_CHOOSE:
        return replace(likely, judged=usual)
    (other,) = makers.keys() - {name}
    beside = judged(makers[other], fires, seed, before_fold, folds)
    if usual is None or beside is None:
        raise AssertionError(f"{fires.covered_gold} covered gold rows, and none to judge by")
    on_gold = f"On {fires.covered_gold:,} covered dev gold rows that it did not see its log loss is"
    if beside.clearly_better_than(usual):
        reason = f"{on_gold} {beside.log_loss:.3f}, clearly below {usual.log_loss:.3f} of {name}."
        return Choice(other, makers[other], reason, beside)
    reason = f"{why} {on_gold} {usual.log_loss:.3f}, against {beside.log_loss:.3f} of {other}."
    return Choice(name, makers[name], reason, usual)


def choose_by_votes(
    fires: Fires, seed: int = 0, class_balance: ClassBalance | None = None
) -> Choice:
    """Choose the label model that the votes speak for; gold is not asked, and nothing judged."""
    makers = _makers(fires, seed, class_balance)
    name, why = _by_votes(fires, makers["dawid-skene"])
    return Choice(name, makers[name], why, None)


def _makers(
    fires: Fires, seed: int, class_balance: ClassBalance | None
) -> dict[str, Callable[[], VoteModel]]:
    return {
        name: partial(model, fires.n_classes, seed, class_balance)
        for name, model in _CANDIDATES.items()
    }


def _by_votes(fires: Fires, dawid_skene: Callable[[], LabelModel]) -> tuple[str, str]:
    """Return the model that the votes alone speak for, and the reason."""
    votes_a_row, votes = _votes_a_row(fires)
    suspects = int(fires.copies.suspects.sum())
    if suspects:
        return "evidence", (
            f"{votes}, but {suspects:,} functions agree with each other more than being right "
            "explains, so that agreement may mislead: rare votes are trusted more."
        )
    if votes_a_row >= CROWD_VOTES:
        return "dawid-skene", f"{votes}, enough to learn from agreement who is right."
    by_chance = independent(dawid_skene().fit_weights(fires), fires)
    if by_chance:
        return "dawid-skene", (
            f"{votes}, and functions vote together as often as independent ones would, so that "
            "agreement tells who is right."
        )
    if by_chance is False:
        votes += ", and functions vote together more or less than by chance"
    return "evidence", (
        f"{votes}: too little to learn from agreement, so that rare votes are trusted more."
    )


def _votes_a_row(fires: Fires) -> tuple[float, str]:
    """Return how many votes covered rows carry, copies counted together as one, in words too."""
    discounts = repeat_discounts(fires)
    counts = fires.by_function(fires.counts)
    votes = float((discounts * counts).sum()) / max(fires.covered_rows, 1.0)
    words = f"Covered rows carry {votes:.1f} votes on the average"
    copies = (discounts < 1) & (counts > 0)
    if copies.any():
        words += (
            f" ({copies.sum():,} functions that copy each other count as "
            f"{discounts[copies].sum():.1f})"
        )
    return votes, words


class Auto(VoteModel):
    """The best label model for these votes, or majority vote where none is better.

    `chosen_` is the model's name and `reason_` one sentence on why it; `guarded_` holds the fit,
    its comparison with majority vote, and what the safety gate had against it.

    >>> votes = np.array([[0, -1], [0, 1], [0, -1], [0, -1]], dtype=np.int8)
    >>> Auto(2).fit(votes).chosen_
    'evidence'
    """

    chosen_: str
    reason_: str
    guarded_: Guarded

    def _learn(self, fires: Fires) -> None:
        choice = choose(fires, self.seed, self.class_balance)
        self.chosen_, self.reason_ = choice.name, choice.reason
        self.guarded_ = guarded(choice.make, fires, choice.judged)
        self._fitted = self.guarded_.model
        self.class_balance_ = self._fitted.class_balance_
        self.temperature_ = self._fitted.temperature_
        self.converged_, self.n_iter_ = self._fitted.converged_, self._fitted.n_iter_

    def predict_proba(self, votes: Votes) -> Floats:
        """Return the probability of each class from a row's votes, float64 (n, k)."""
        votes = self._checked(votes)
        return self._fitted.predict_proba(votes)

    def pattern_posterior(self, fires: Fires) -> Floats:
        """Return the probability of each class for each pattern, float64 (p, k)."""
        return self._fitted.pattern_posterior(fires)

    @property
    def labelling(self) -> VoteModel:
        """The model that was chosen, or majority vote in its place."""
        return self._fitted.labelling if isinstance(self._fitted, VoteModel) else self

    def drawn_posteriors(
        self, fires: Fires, rng: np.random.Generator, draws: int
    ) -> Iterator[Floats]:
        """Yield what `pattern_posterior` might be as well, (d, p, k), some of `draws` at a time."""
        return self._fitted.drawn_posteriors(fires, rng, draws)

    def _accuracies(self, fires: Fires) -> Floats:
        return self._fitted.accuracies_
