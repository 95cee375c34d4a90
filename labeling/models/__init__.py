"""Label models: from the votes of many functions to class probabilities per row.

`MODELS` names them all. A model is any class that keeps the `LabelModel` contract; a new one is
one file here and one line below, and the conformance tests then cover it. Why
`DEFAULT_MODEL` is what it is: docs/decisions/0002-default-label-model.md.
"""

from labeling.models.auto import Auto
from labeling.models.contract import LabelModel, ModelFactory
from labeling.models.dawid_skene import DawidSkene
from labeling.models.dawid_skene_abstains import DawidSkeneAbstains
from labeling.models.evidence import SpecificityEvidence
from labeling.models.majority import MajorityVote
from labeling.models.triplet import Triplet
from labeling.models.weighted_majority import WeightedMajority

MODELS: dict[str, ModelFactory] = {
    "auto": Auto,
    "majority": MajorityVote,
    "weighted-majority": WeightedMajority,
    "triplet": Triplet,
    "dawid-skene": DawidSkene,
    "dawid-skene-abstains": DawidSkeneAbstains,
    "evidence": SpecificityEvidence,
}

DEFAULT_MODEL = "auto"

__all__ = ["DEFAULT_MODEL", "MODELS", "LabelModel", "ModelFactory"]
