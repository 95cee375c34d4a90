"""What stands beside today's figures: those before the last change that somebody made.

A change is another text of a function, a function more or less, or other gold. The runs that follow
it are no changes of their own, however many there are: when a project is opened for the first time,
its functions run one after the other, and nobody has edited anything.
"""

import numpy as np

from labeling.analysis import FunctionStatistics
from labeling.inputs import Inputs
from labeling.snapshot import Snapshot


def earlier_figures(inputs: Inputs, before: Snapshot) -> dict[str, FunctionStatistics]:
    """Return by name the statistics before the last change; nothing where rows are other ones.

    `before` is the snapshot published last, in which functions that were saved since may wait.
    """
    if before.n_rows != inputs.n_rows:
        return {}
    changed = _differs(inputs, before)
    found = {
        state.function.name: state.statistics if changed else state.earlier
        for state in before.functions
    }
    return {name: figures for name, figures in found.items() if figures is not None}


def _differs(inputs: Inputs, before: Snapshot) -> bool:
    functions = tuple(state.function for state in before.functions)
    return functions != inputs.functions or not np.array_equal(before.dev_gold, inputs.dev_gold)
