"""What stands beside a function's figures: those before the last change that somebody made.

A change is another text of a function, a function more or less, or other gold. The runs that follow
it are no changes of their own, however many there are: when a project is opened for the first time,
its functions run one after the other, and nobody has edited anything.
"""

from dataclasses import replace

import numpy as np

from labeling.inputs import Inputs
from labeling.snapshot import FunctionState, Snapshot


def earlier_figures(inputs: Inputs, before: Snapshot) -> dict[str, FunctionState]:
    """Return by name the functions with their figures before the last change as earlier ones.

    `before` is the snapshot published last, in which functions that were saved since may wait.
    Nothing is returned where rows are other ones.
    """
    if before.n_rows != inputs.n_rows:
        return {}
    changed = _differs(inputs, before)
    states = map(with_present_as_earlier, before.functions) if changed else before.functions
    return {state.function.name: state for state in states}


def with_present_as_earlier(state: FunctionState) -> FunctionState:
    """Return the state at the beginning of a change: as it is now it was earlier."""
    return replace(state, earlier=state.statistics, earlier_estimate=state.estimated_accuracy)


def _differs(inputs: Inputs, before: Snapshot) -> bool:
    functions = tuple(state.function for state in before.functions)
    return functions != inputs.functions or not np.array_equal(before.dev_gold, inputs.gold.dev)
