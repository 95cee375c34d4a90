"""What a worker process gives up before it compiles code of others.

`lock_down` is the one place for it: it runs after the rows file and the votes file are open and
before the function is compiled, so that neither has to be reachable afterwards.
"""

import resource
from pathlib import Path

OPEN_FILES = 256


def lock_down(memory_mb: int, mapped_bytes: int) -> None:
    """Limit this process for good; limits the system does not know are left out.

    The address space may grow by `memory_mb` beyond what is in use now and the rows file, of
    which `mapped_bytes` are mapped but live in the page cache.
    """
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_NOFILE", OPEN_FILES)
    in_use = _address_space_bytes()
    if in_use:
        _limit("RLIMIT_AS", in_use + mapped_bytes + memory_mb * 1024 * 1024)


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
