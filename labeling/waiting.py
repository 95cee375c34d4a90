"""Functions that were saved a moment ago: shown as queued before anything is read or run."""

from collections.abc import Collection
from dataclasses import replace

from labeling.earlier_figures import with_present_as_earlier
from labeling.functions import LabelingFunction
from labeling.snapshot import FunctionState


def states_with_waiting(
    states: tuple[FunctionState, ...], waiting: Collection[LabelingFunction]
) -> tuple[FunctionState, ...]:
    """Return the states with each waiting function queued; its figures stay until it ran.

    Figures as they are now are those before the change that this is.
    """
    states = tuple(map(with_present_as_earlier, states))
    by_name = {function.name: function for function in waiting}
    known = {state.function.name for state in states}
    return (
        *(
            _queued(state, by_name[state.function.name])
            if state.function.name in by_name
            else state
            for state in states
        ),
        *(FunctionState(one, "queued") for one in waiting if one.name not in known),
    )


def _queued(state: FunctionState, function: LabelingFunction) -> FunctionState:
    return replace(
        state,
        function=function,
        status="queued",
        run=None,
        acceptance=None,
        stability=None,
        unchecked=None,
    )
