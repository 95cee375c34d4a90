"""Modules that authors' code may import: `labelwright`, and as much of `snorkel` as it needs.

Code written for Snorkel runs unchanged: its decorators exist under its names, whether Snorkel is
installed or not. Installed into `sys.modules` of a worker process only.
"""

import copy
import functools
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec
from typing import Any

from labeling.votes import ABSTAIN

Function = Callable[..., Any]


class LabelingFunction:
    """A decorated function; called with a row it runs the preprocessors and then the function."""

    def __init__(
        self,
        name: str,
        f: Function,
        resources: Mapping[str, Any] | None = None,
        pre: Sequence[Function] | None = None,
    ) -> None:
        functools.update_wrapper(self, f)
        self.name = name
        self._function = functools.partial(f, **resources) if resources else f
        self._preprocessors = tuple(pre or ())

    def __call__(self, x: Any) -> Any:
        """Return the function's answer for a row."""
        return self._function(_preprocessed(x, self._preprocessors))

    @property
    def vote(self) -> Function:
        """The shortest way to call it."""
        return self if self._preprocessors else self._function

    def __repr__(self) -> str:
        return f"LabelingFunction({self.name!r})"


class Preprocessor:
    """A decorated preprocessor: takes a row, returns one with more attributes."""

    def __init__(self, name: str, f: Function, pre: Sequence[Function] | None = None) -> None:
        functools.update_wrapper(self, f)
        self.name = name
        self._function = f
        self._preprocessors = tuple(pre or ())

    def __call__(self, x: Any) -> Any:
        """Return a copy of the row, preprocessed."""
        return self._function(_preprocessed(copy.copy(x), self._preprocessors))


def labeling_function(
    name: str | Function | None = None,
    resources: Mapping[str, Any] | None = None,
    pre: Sequence[Function] | None = None,
) -> Any:
    """Mark a function as a labeling function: `@labeling_function` or `@labeling_function(...)`."""
    if callable(name):
        return LabelingFunction(name.__name__, name)
    return lambda f: LabelingFunction(name or f.__name__, f, resources, pre)


def preprocessor(
    name: str | Function | None = None,
    pre: Sequence[Function] | None = None,
    memoize: bool = False,
    memoize_key: Function | None = None,
) -> Any:
    """Mark a function as a preprocessor.

    `memoize` is accepted and has no effect: a worker runs one function over each row once.
    """
    if callable(name):
        return Preprocessor(name.__name__, name)
    return lambda f: Preprocessor(name or f.__name__, f, pre)


def _preprocessed(x: Any, preprocessors: Sequence[Function]) -> Any:
    for step in preprocessors:
        x = step(x)
        if x is None:
            name = getattr(step, "name", repr(step))
            raise ValueError(f"the preprocessor {name} returned None; it must return the row")
    return x


_LABELING = {"labeling_function": labeling_function, "LabelingFunction": LabelingFunction}
_PREPROCESS = {"preprocessor": preprocessor}
MODULES: Mapping[str, Mapping[str, Any]] = {
    "labelwright": {"labeling_function": labeling_function, "ABSTAIN": ABSTAIN, **_PREPROCESS},
    "snorkel": {},
    "snorkel.labeling": _LABELING,
    "snorkel.labeling.lf": _LABELING,
    "snorkel.preprocess": _PREPROCESS,
    "snorkel.types": {"DataPoint": Any, "DataPoints": Sequence[Any]},
}
"""Every module there is, with all that can be imported from it."""

_SUPPORTED = "; ".join(
    f"from {module}: {', '.join(members)}" for module, members in MODULES.items() if members
)


class _OtherModules:
    """Finds what else would be imported from these packages, and says what there is instead."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Raise ImportError for a submodule that has no stand-in."""
        if name.partition(".")[0] in MODULES:
            raise _unsupported(name)
        return None


def install() -> None:
    """Make the stand-ins importable in this process."""
    for name, members in MODULES.items():
        module = types.ModuleType(name, "A stand-in by Labelwright.")
        module.__dict__.update(members)
        module.__dict__.update(__path__=[], __getattr__=functools.partial(_missing, name))
        sys.modules[name] = module
        package, _, child = name.rpartition(".")
        if package:
            setattr(sys.modules[package], child, module)
    sys.meta_path.insert(0, _OtherModules())


def _missing(module: str, name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    raise _unsupported(f"{module}.{name}")


def _unsupported(name: str) -> ImportError:
    return ImportError(
        f"{name} is not needed or not available here; Labelwright applies functions and fits "
        f"models itself. What can be imported {_SUPPORTED}"
    )
