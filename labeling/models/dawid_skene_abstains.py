"""Dawid–Skene where silence tells something: an abstain is one more answer of its function."""

from labeling.models.contract import ClassBalance
from labeling.models.dawid_skene import DawidSkene


class DawidSkeneAbstains(DawidSkene):
    """`DawidSkene` with informative abstains, to be chosen by its name.

    A row without votes is answered by what silence says of its class, and not by the class balance.

    >>> import numpy as np
    >>> votes = np.repeat(np.array([[1], [-1]], dtype=np.int8), 50, axis=0)
    >>> DawidSkeneAbstains(2).fit(votes).predict_proba(votes[[0, 50]]).argmax(axis=1).tolist()
    [1, 0]
    """

    def __init__(
        self, n_classes: int, seed: int = 0, class_balance: ClassBalance | None = None
    ) -> None:
        super().__init__(n_classes, seed, class_balance, informative_abstains=True)
