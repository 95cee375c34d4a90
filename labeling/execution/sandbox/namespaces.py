"""Whether this process sees other files, processes and networks than the server does.

A process cannot leave its surroundings for its own ones without a launcher such as bubblewrap; it
can only look whether somebody did it.
"""

import os
import sys

from labeling.execution.sandbox.kernel import MissingError

KINDS = ("mnt", "pid", "net")


def own() -> str:
    """Return names of this process's namespaces; empty where the system has none."""
    if sys.platform != "linux":
        return ""
    return " ".join(f"{kind}:{os.stat(f'/proc/self/ns/{kind}').st_ino}" for kind in KINDS)  # noqa: PTH116


def compare(host: str) -> str:
    """Return which namespaces are not the server's."""
    shared = set(own().split()) & set(host.split())
    if not host or shared:
        names = ", ".join(sorted(name.partition(":")[0] for name in shared)) or "all"
        raise MissingError(f"shared with the server: {names}")
    return "own files, processes and network"
