"""Resource limits: how much of the machine one worker may use."""

import os
import resource
from pathlib import Path

from labeling.execution.sandbox.kernel import MissingError

LIMITS = {
    "RLIMIT_CORE": 0,  # a crash leaves no copy of the rows on the disk
    "RLIMIT_NOFILE": 256,
    "RLIMIT_FSIZE": 1 << 20,  # enough for faulthandler's trace, the only file that is written
    # Counted over all processes and threads of the user, so it only stops a flood of them, and
    # only where seccomp does not; never one of root, whom the kernel does not hold to it.
    "RLIMIT_NPROC": 4096,
}
CPU_GRACE_SECONDS = 60
"""The server ends a run by the clock; the processor time is for when there is no server."""


def apply() -> str:
    """Set the limits that are the same for every run."""
    for name, value in LIMITS.items():
        _limit(name, value)
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] > LIMITS["RLIMIT_NOFILE"]:
        raise MissingError("the limits were not taken")
    if not _address_space_bytes():
        return "all but memory, which this system does not limit"
    return "memory, processor time, processes, open files, file size, core dumps"


def limit_run(memory_mb: int, run_seconds: float) -> None:
    """Set the limits of one run.

    The address space may grow by `memory_mb` beyond what is in use now, rows file included.
    """
    seconds = int(run_seconds) * (os.cpu_count() or 1) + CPU_GRACE_SECONDS
    _limit("RLIMIT_CPU", seconds)
    in_use = _address_space_bytes()
    if in_use:
        _limit("RLIMIT_AS", in_use + memory_mb * 1024 * 1024)


def _limit(name: str, value: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(kind, (value, value))
    except (ValueError, OSError):  # macOS refuses to lower its address-space limit
        return


def _address_space_bytes() -> int:
    """Return the size of this process's address space, 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0
    return int(statm.read_text().split()[0]) * resource.getpagesize()
