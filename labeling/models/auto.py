"""The default: chooses a label model by the data at hand, says why, and falls back when in doubt.

Without gold the number of votes a row decides. Functions of the usual kind, that vote on few rows,
tell little about each other: evidence by rarity is best there. Where covered rows carry CROWD_VOTES
votes on the average, as annotators give them, agreement tells who is good: Dawid-Skene. With
GOLD_TO_CHOOSE covered gold rows both are cross-validated, and the one with the smaller log loss
labels. Whatever is chosen passes the safety gate (`labeling.models.safety_gate`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from labeling.models.comparison import Judged, judged
from labeling.models.contract import ClassBalance, Floats, LabelModel
from labeling.models.dawid_skene import DawidSkene
from labeling.models.evidence import SpecificityEvidence
from labeling.models.fires import Fires
from labeling.models.guarded import Guarded, guarded
from labeling.models.vote_model import VoteModel
from labeling.votes import Votes

CROWD_VOTES = 4.5
GOLD_TO_CHOOSE = 50

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


def choose(fires: Fires, seed: int = 0, class_balance: ClassBalance | None = None) -> Choice:
    """Choose the label model that suits these votes."""
    makers = {
        name: partial(model, fires.n_classes, seed, class_balance)
        for name, model in _CANDIDATES.items()
    }
    votes = fires.votes_per_covered_row
    name = "dawid-skene" if votes >= CROWD_VOTES else "evidence"
    if fires.covered_gold < GOLD_TO_CHOOSE:
        lesson = (
            "enough to learn from agreement who is right"
            if name == "dawid-skene"
            else "too few to learn from agreement, so that rare votes are trusted more"
        )
        reason = f"Covered rows carry {votes:.1f} votes on the average, {lesson}."
        return Choice(name, makers[name], reason, judged(makers[name], fires, seed))
    beside = {name: judged(make, fires, seed) for name, make in makers.items()}
    losses = {name: found.log_loss for name, found in beside.items() if found is not None}
    best = min(losses, key=losses.__getitem__)
    others = ", ".join(f"{loss:.3f} of {name}" for name, loss in losses.items() if name != best)
    reason = (
        f"On {fires.covered_gold:,} covered dev gold rows that it did not see its log loss is "
        f"{losses[best]:.3f}, against {others}."
    )
    return Choice(best, makers[best], reason, beside[best])


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

    def drawn(self, rng: np.random.Generator) -> LabelModel:
        """Return this model as it might be as well, by what is not known of its accuracies."""
        return self._fitted.drawn(rng)

    def _accuracies(self, fires: Fires) -> Floats:
        return self._fitted.accuracies_
