"""How workers are locked up: what is asked for, and what a worker says it has.

The settings come from the surroundings of the server, so that the person who runs it decides and
no one who uses it in the browser can.
"""

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from labeling.errors import WorkerError

LAYERS: Mapping[str, str] = {
    "limits": "It cannot use memory, processor time, files or disk space without end.",
    "parent": "It ends with the server, however the server ends.",
    "privileges": "It cannot use or gain the powers of an administrator.",
    "landlock": "It cannot read your files or database, and cannot write anything.",
    "seccomp": "It cannot use the network, start programs, touch other processes or change "
    "the rights and times of files.",
    "namespaces": "It cannot see that other files, processes or networks exist (bubblewrap).",
}
"""The layers, in the order a worker puts them on, and what each is there for."""

BARE_LAYERS = ("limits", "parent")
TRUST_LAYERS = ("landlock", "seccomp")
"""Without both of these, labeling functions can do whatever the server can."""

REQUIRED_BY_MODE: Mapping[str, tuple[str, ...]] = {
    "auto": (),
    "landlock": TRUST_LAYERS,
    "bwrap": (*TRUST_LAYERS, "namespaces"),
    "off": (),
}

MODE_VARIABLE = "LABELWRIGHT_LF_ISOLATION"
LAUNCHER_VARIABLE = "LABELWRIGHT_LF_LAUNCHER"
REQUIRE_VARIABLE = "LABELWRIGHT_LF_REQUIRE"
READABLE_VARIABLE = "LABELWRIGHT_LF_READABLE"


@dataclass(frozen=True)
class Layer:
    """One layer as a worker reports it; `detail` says what it found, or why it is missing."""

    name: str
    active: bool
    detail: str


@dataclass(frozen=True)
class IsolationSettings:
    """What workers are asked to put on.

    `launcher` is a command that starts the worker's Python, `readable` are folders that functions
    may read besides Python's own, `require` names layers without which no function is run.
    """

    mode: str = "auto"
    launcher: tuple[str, ...] = ()
    readable: tuple[Path, ...] = ()
    require: tuple[str, ...] = ()
    layers: tuple[str, ...] = tuple(LAYERS)

    def check(self, layers: tuple[Layer, ...]) -> None:
        """Raise WorkerError where a required layer is not among the active ones."""
        missing = [layer for layer in layers if layer.name in self.require and not layer.active]
        if missing:
            reasons = "; ".join(f"{layer.name} ({layer.detail})" for layer in missing)
            raise WorkerError(
                f"Labeling functions are not run without these layers: {reasons}.",
                where="worker isolation",
                remedy=f"Use a system that has them, or change {MODE_VARIABLE} and "
                f"{REQUIRE_VARIABLE}.",
            )


@dataclass(frozen=True)
class IsolationReport:
    """The settings, and what the last worker said of itself before it ran any code of others."""

    settings: IsolationSettings
    layers: tuple[Layer, ...]

    @property
    def trusted_authors_only(self) -> bool:
        """Whether a layer is missing that keeps functions off files, network and processes."""
        active = {layer.name for layer in self.layers if layer.active}
        return not active.issuperset(TRUST_LAYERS)


def isolation_settings(environment: Mapping[str, str]) -> IsolationSettings:
    """Return the settings that environment variables ask for.

    >>> isolation_settings({"LABELWRIGHT_LF_ISOLATION": "landlock"}).require
    ('landlock', 'seccomp')
    """
    mode = environment.get(MODE_VARIABLE) or "auto"
    _known([mode], REQUIRED_BY_MODE, MODE_VARIABLE)
    required = environment.get(REQUIRE_VARIABLE, "").replace(",", " ").split()
    _known(required, LAYERS, REQUIRE_VARIABLE)
    readable = environment.get(READABLE_VARIABLE, "").split(os.pathsep)
    return IsolationSettings(
        mode=mode,
        launcher=_words(environment.get(LAUNCHER_VARIABLE, "")),
        readable=tuple(Path(folder).resolve() for folder in readable if folder),
        require=tuple(dict.fromkeys((*REQUIRED_BY_MODE[mode], *required))),
        layers=BARE_LAYERS if mode == "off" else tuple(LAYERS),
    )


def _words(command: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(command))
    except ValueError as error:
        raise WorkerError(
            f"The command cannot be read: {error}.",
            where=LAUNCHER_VARIABLE,
            remedy="Close every quotation mark.",
        ) from error


def _known(names: list[str], choices: Mapping[str, object], variable: str) -> None:
    for name in names:
        if name not in choices:
            raise WorkerError(
                f"There is no {name!r}.",
                where=variable,
                choices=list(choices),
                remedy="Correct the environment variable.",
            )
