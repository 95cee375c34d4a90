"""Fits a label model, lays it beside majority vote, and heeds the safety gate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from labeling.models.comparison import Judged, go_on, judged
from labeling.models.contract import LabelModel
from labeling.models.even_votes import EvenVotes
from labeling.models.fires import Fires
from labeling.models.safety_gate import reason_to_fall_back


@dataclass(frozen=True, eq=False)
class Guarded:
    """A fitted model that may label.

    `judged` is `model` on gold that it did not see, None without covered gold. `fallback` says
    why the wanted model was not trusted, so that `model` has the labels of majority vote; None
    where `model` is the wanted one.
    """

    model: LabelModel
    judged: Judged | None
    fallback: str | None


def guarded(
    make: Callable[[], LabelModel],
    fires: Fires,
    beside: Judged | None,
    names: Sequence[str] | None = None,
) -> Guarded:
    """Fit the model that `make` makes, unless majority vote is the better choice.

    `beside`: that model on gold it did not see (`labeling.models.comparison.judged`). `names` (m,)
    of the functions are used to say which one is in the way.
    """
    return heeded(make().fit_fires(fires), fires, beside, names)


def heeded(
    fitted: LabelModel,
    fires: Fires,
    beside: Judged | None,
    names: Sequence[str] | None = None,
    before_fold: Callable[[], None] = go_on,
) -> Guarded:
    """Return the fitted model, or one with the labels of majority vote; the rest as above."""
    fallback = reason_to_fall_back(fitted, fires, beside, names)
    if fallback is None:
        return Guarded(fitted, beside, None)
    even = partial(EvenVotes, fires.n_classes, fitted.seed, fitted.class_balance)
    return Guarded(
        even().fit_fires(fires), judged(even, fires, fitted.seed, before_fold=before_fold), fallback
    )
