"""What is suggested: a whole function, and how far it can be believed."""

from dataclasses import dataclass
from typing import Literal

from labeling.functions import LabelingFunction

Target = Literal["uncovered", "wrong", "conflicts"]
"""Rows on which no function votes, those that a function or the labels get wrong on dev gold, or
those on which a function, or any, votes against another one."""

Evidence = Literal["dev gold", "posterior"]


@dataclass(frozen=True)
class Asked:
    """What suggestions are wanted for; `function` narrows "wrong" and "conflicts" to one."""

    target: Target
    function: str | None = None


@dataclass(frozen=True)
class Belief:
    """How often votes are right, its 95 % interval, and who says so: `right` of `n` rows are.

    `precision` is less far from the others than right / n: what looks best of many candidates owes
    a part of that to luck (`shrinkage`). The posterior's `n` counts rows whose labels come from the
    same votes less than once each, as they are right or wrong together.
    """

    evidence: Evidence
    precision: float
    low: float
    high: float
    n: int
    right: int


@dataclass(frozen=True)
class Proposal:
    """A function to accept, or, where `replaces` names one, an edit of that function.

    `title` says in words what it looks at. It votes on `rows` rows, of which `new_rows` need a vote
    (for an edit: as many votes are taken back). `belief` is about its votes; that of an edit is
    about the votes taken back: how often they are wrong. `in_conflict` counts, of an edit that is
    proposed for conflicts, the votes taken back against which another function votes.
    """

    function: LabelingFunction
    title: str
    label: str
    belief: Belief
    rows: int
    new_rows: int
    replaces: str | None = None
    in_conflict: int | None = None
