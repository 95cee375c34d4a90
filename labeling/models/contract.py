"""What every label model offers, and the checks that all of them make on what they are given."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
import numpy.typing as npt

from labeling.errors import ModelError
from labeling.votes import ABSTAIN, Votes

if TYPE_CHECKING:
    from labeling.models.fires import Fires

MAX_CLASSES = 128
"""Class codes are int8."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
ClassBalance = Sequence[float] | Floats


class LabelModel(Protocol):
    """A model of how functions vote, fitted without or with a little gold.

    After `fit`: `class_balance_` (k,) is the share of each class, and the answer for a row
    without votes, unless silence tells more; `accuracies_` (m,) is the estimated chance that a vote
    of each function is right (for a function that never voted: what the model would assume of its
    first vote), and `accuracies_low_`, `accuracies_high_` (m,) its 95 % interval. `temperature_` is
    what gold says all evidence is to be multiplied with; 1 without gold.
    """

    n_classes: int
    seed: int
    class_balance: Floats | None
    class_balance_: Floats
    accuracies_: Floats
    accuracies_low_: Floats
    accuracies_high_: Floats
    temperature_: float
    converged_: bool
    n_iter_: int

    def fit(self, votes: Votes, gold: npt.NDArray[Any] | None = None) -> Self:
        """Fit on votes int8 (n, m), below 0 = no vote, and gold int (n,), -1 = unknown."""
        ...

    def predict_proba(self, votes: Votes) -> Floats:
        """Return the probability of each class from a row's votes, float64 (n, k)."""
        ...

    def fit_fires(self, fires: "Fires") -> Self:
        """Fit on votes that are counted already."""
        ...

    def fit_weights(self, fires: "Fires") -> Self:
        """Fit the same, but for the accuracies and their intervals: posteriors need no more."""
        ...

    def drawn_posteriors(
        self, fires: "Fires", rng: np.random.Generator, draws: int
    ) -> Iterator[Floats]:
        """Yield what `pattern_posterior` might be as well, (d, p, k), some of `draws` at a time.

        It varies by what is not known of the model's accuracies.
        """
        ...

    def pattern_posterior(self, fires: "Fires") -> Floats:
        """Return the probability of each class for each pattern of votes, float64 (p, k)."""
        ...


class ModelFactory(Protocol):
    """Makes an unfitted model; `class_balance` (k,) where the share of each class is known."""

    def __call__(
        self, n_classes: int, seed: int = 0, class_balance: ClassBalance | None = None
    ) -> LabelModel:
        """Return a new model for `n_classes` classes."""
        ...


def checked_classes(n_classes: int) -> int:
    """Return a number of classes that a model can separate."""
    if not 2 <= n_classes <= MAX_CLASSES:
        raise ModelError(
            f"A label model needs 2 to {MAX_CLASSES} classes, not {n_classes}.",
            remedy="Add or remove classes.",
        )
    return n_classes


def checked_balance(balance: ClassBalance | None, n_classes: int) -> Floats | None:
    """Return a declared class balance that sums to exactly 1, or None where none is declared."""
    if balance is None:
        return None
    shares = np.asarray(balance, dtype=np.float64)
    if shares.shape != (n_classes,):
        raise ModelError(
            f"The class balance has shape {shares.shape}.",
            remedy=f"Give one share for each of the {n_classes} classes.",
        )
    if not np.isfinite(shares).all() or (shares <= 0).any() or abs(shares.sum() - 1) > 0.01:
        raise ModelError(
            f"The class balance {[float(share) for share in shares]} is not a distribution.",
            remedy="Give shares above 0 that sum to 1.",
        )
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def checked_votes(votes: npt.NDArray[Any], n_classes: int) -> Votes:
    """Return votes as int8 (n, m) in which everything but a class code is ABSTAIN."""
    if votes.ndim != 2 or not np.issubdtype(votes.dtype, np.signedinteger):
        raise ModelError(
            f"Votes have dtype {votes.dtype} and shape {votes.shape}.",
            remedy="Give an int8 array with a row per unit and a column per function.",
        )
    if votes.size and votes.max() >= n_classes:
        row, function = np.argwhere(votes >= n_classes)[0]
        raise ModelError(
            f"Vote {votes[row, function]} in row {row} of function {function} is no class code.",
            remedy=f"Codes go from 0 to {n_classes - 1}; -1 abstains.",
        )
    if votes.size and votes.min() < ABSTAIN:
        votes = np.maximum(votes, ABSTAIN)
    return votes.astype(np.int8, copy=False)


def checked_gold(gold: npt.NDArray[Any] | None, n_rows: int, n_classes: int) -> Ints:
    """Return gold as int64 (n,), all unknown where None is given."""
    if gold is None:
        return np.full(n_rows, -1, dtype=np.int64)
    if gold.shape != (n_rows,) or not np.issubdtype(gold.dtype, np.signedinteger):
        raise ModelError(
            f"Gold has dtype {gold.dtype} and shape {gold.shape}.",
            remedy=f"Give one integer for each of the {n_rows} rows, -1 where unknown.",
        )
    wrong = np.flatnonzero((gold < -1) | (gold >= n_classes))
    if wrong.size:
        raise ModelError(
            f"Gold {gold[wrong[0]]} in row {wrong[0]} is no class code.",
            remedy=f"Codes go from 0 to {n_classes - 1}; -1 is unknown.",
        )
    return gold.astype(np.int64)


def checked_same_functions(votes: Votes, n_functions: int | None) -> None:
    """Refuse votes of other functions than those a model was fitted on (None: not fitted)."""
    if n_functions is None:
        raise ModelError("The label model is not fitted.", remedy="Call fit first.")
    if votes.shape[1] != n_functions:
        raise ModelError(
            f"The label model was fitted on {n_functions} functions, got {votes.shape[1]}.",
            remedy="Give the votes of the same functions, or fit again.",
        )


def class_prior(declared: Floats | None, gold_rows: Floats) -> Floats:
    """Return the class balance to assume: the declared one, else gold shrunk to uniform.

    `gold_rows` (k,): how many rows have gold of each class. Ten imagined rows, spread evenly, keep
    a handful of gold rows from deciding it.
    """
    if declared is not None:
        return declared
    return np.asarray((gold_rows + 10 / gold_rows.size) / (gold_rows.sum() + 10), dtype=np.float64)
