"""What a worker process gives up for good before it sees any code of others.

`lock_down` puts on one layer after the other (`isolation.LAYERS`) and then tries what each must
stop; what it returns is what was seen to hold, never what was asked for. It runs before pyarrow is
imported, because Landlock binds only the thread that asks for it and those it starts later.
"""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from labeling.execution.isolation import LAYERS, Layer
from labeling.execution.sandbox import landlock, limits, namespaces, privileges, seccomp
from labeling.execution.sandbox.kernel import MissingError


def lock_down(
    wanted: Collection[str], readable: Collection[Path], host_namespaces: str
) -> tuple[Layer, ...]:
    """Put on the layers that are wanted and that this system has; say of each how it went.

    `readable` are folders and files that stay readable; `host_namespaces` is how the server
    names its own (see `namespaces.own`).
    """
    steps: Mapping[str, Callable[[], str]] = {
        "limits": limits.apply,
        "parent": privileges.die_with_parent,
        "privileges": privileges.drop,
        "landlock": lambda: landlock.apply(readable),
        "seccomp": seccomp.apply,
        "namespaces": lambda: namespaces.compare(host_namespaces),
    }
    return tuple(_layer(name, steps[name], name in wanted) for name in LAYERS)


def _layer(name: str, step: Callable[[], str], wanted: bool) -> Layer:
    if not wanted:
        return Layer(name, active=False, detail="switched off")
    try:
        return Layer(name, active=True, detail=step())
    except MissingError as missing:
        return Layer(name, active=False, detail=str(missing))
    except OSError as error:
        return Layer(name, active=False, detail=f"the system refused it: {error.strerror}")
