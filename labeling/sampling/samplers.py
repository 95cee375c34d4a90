"""Every way to choose rows to annotate, by name."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from labeling.sampling import by_votes
from labeling.sampling.context import RowIds, SamplingContext
from labeling.sampling.design import Design
from labeling.sampling.diverse import diverse
from labeling.sampling.informative import informative


@dataclass(frozen=True)
class Sampler:
    """A way to choose rows, and one sentence that tells the annotator why a row was chosen.

    `design` draws up to n different candidates, and knows how likely each row was to be drawn.
    """

    design: Callable[[SamplingContext, int, np.random.Generator], Design]
    reason: str

    def __call__(self, context: SamplingContext, n: int, rng: np.random.Generator) -> RowIds:
        """Return up to `n` different unlabelled rows, int64, the most useful first.

        There are fewer where fewer rows fit. The same context and generator state give the same.
        """
        return self.design(context, n, rng).rows


SAMPLERS: dict[str, Sampler] = {
    "random": Sampler(
        by_votes.at_random, "Drawn at random: these labels measure everything fairly."
    ),
    "uncovered": Sampler(
        by_votes.uncovered,
        "No function votes on this row: it may show what a new one should catch.",
    ),
    "uncertain": Sampler(
        by_votes.uncertain, "The label model is least sure here: your label settles the most."
    ),
    "conflicting": Sampler(
        by_votes.conflicting,
        "Functions vote for different classes here: your label says who is right.",
    ),
    "selected": Sampler(
        by_votes.selected,
        "Drawn by how unsure the label model is: sure rows come too, but more rarely.",
    ),
    "diverse": Sampler(
        diverse, "Many rows have words like these: together such rows show what there is."
    ),
    "informative": Sampler(
        informative, "Functions vote here of which least is known: your label measures them."
    ),
    "search": Sampler(by_votes.found, "Your search found this row: it is drawn from its hits."),
}
"""Every way to choose rows to annotate, by name."""
