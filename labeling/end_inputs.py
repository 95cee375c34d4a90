"""What decides an end model, as one short name: votes, gold, classes and label model.

With it a kept end model is found again, and one is known as outdated after anything changed.
"""

import hashlib
import json
import weakref
from typing import Any

import numpy as np
import numpy.typing as npt

from labeling.end_labels import EndModelChoice
from labeling.snapshot import Snapshot

FORMAT = 1
"""Part of every name: raised when end models learn in another way."""

_digests: dict[int, tuple["weakref.ref[npt.NDArray[Any]]", str]] = {}
"""By the id of an array that is never changed in place, as columns of votes are."""


def end_model_inputs(snapshot: Snapshot) -> str | None:
    """Return a name for all of a project that an end model is learned from.

    None while there is no label model. Rows are only ever added, so their number stands for them.
    """
    if snapshot.model is None:
        return None
    matrix = snapshot.model_matrix
    return _name(
        snapshot.n_rows,
        snapshot.classes,
        (snapshot.model.model, snapshot.model.seed),
        [(name, _digest(matrix.column(name))) for name in matrix.names],
        _digest(snapshot.dev_gold),
        _digest(snapshot.is_test),
        *([] if snapshot.gold_weights is None else [_digest(snapshot.gold_weights)]),
    )


def end_model_key(inputs: str, choice: EndModelChoice) -> str:
    """Return a name for an end model: what it is learned from, and how."""
    return _name(FORMAT, inputs, choice.classifier, choice.features, choice.seed)


def is_outdated(snapshot: Snapshot) -> bool:
    """Whether the project's end model was trained on an earlier version of its labels."""
    labels = snapshot.end_model.labels
    if labels is None or snapshot.phase == "starting":
        return False
    return labels.inputs != end_model_inputs(snapshot)


def learns_from_the_same(before: Snapshot, now: Snapshot) -> bool:
    """Whether classes, label model and votes are those of `before`.

    Gold may differ: a team adds to it all the time, and no training would come to its end.
    """
    if now.classes != before.classes:
        return False
    if before.model is not None and now.model is not None:
        chosen = (before.model.model, before.model.seed)
        if (now.model.model, now.model.seed) != chosen:
            return False
    one, other = before.model_matrix, now.model_matrix
    return set(one.names) == set(other.names) and all(
        one.column(name) is other.column(name)
        or _digest(one.column(name)) == _digest(other.column(name)[: before.n_rows])
        for name in one.names
    )


def _name(*values: object) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


def _digest(array: npt.NDArray[Any]) -> str:
    """Return a hash of the values; that of a million votes is not computed twice."""
    key = id(array)
    known = _digests.get(key)
    if known is not None and known[0]() is array:
        return known[1]
    found = hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()
    _digests[key] = (weakref.ref(array, lambda _: _digests.pop(key, None)), found)
    return found
