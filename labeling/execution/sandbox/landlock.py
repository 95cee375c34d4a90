"""Landlock: files can be read in a few folders and written nowhere; no TCP, no signals outward.

https://docs.kernel.org/userspace-api/landlock.html. The rules bind the calling thread and all it
starts from then on, so there must be no other thread yet.
"""

import ctypes
import os
import stat
import sys
import sysconfig
from collections.abc import Collection
from functools import cache
from pathlib import Path

from labeling.execution.sandbox.kernel import MissingError, machine, system_call

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same number on every processor
CREATE_RULESET_VERSION = 1
RULE_PATH_BENEATH = 1

WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
FILE_RIGHTS = WRITE_FILE | READ_FILE
# All that a kernel of each ABI can refuse. 1: execute, read, write, make, remove; 2: link or rename
# across folders; 3: truncate; 5: ioctl on devices. Not one but reading is ever given back.
HANDLED_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
HANDLED_TCP = {4: 0b11}  # bind, connect
SCOPED = {6: 0b11}  # abstract unix sockets, signals: only to processes inside

SYSTEM_PATHS = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store"),
    *("/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo"),
    *("/dev/urandom", "/dev/random", "/proc/meminfo", "/proc/cpuinfo"),
    *("/sys/devices/system/cpu", "/sys/fs/cgroup"),
    # Not the whole folder: it also shows the connections and mounts of the server.
    *(f"/proc/self/{name}" for name in ("statm", "status", "stat", "maps", "cgroup", "mountinfo")),
)
WRITABLE_DEVICE = "/dev/null"


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def apply(readable: Collection[Path]) -> str:
    """Allow reading of Python, the system's libraries and `readable`, and nothing else."""
    machine()
    abi = _abi()
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - a plain listing, no paths
    if threads != 1:
        raise MissingError(f"{threads} threads were running already, it would bind one only")
    attributes = _RulesetAttributes(
        _of_abi(HANDLED_FILES, abi), _of_abi(HANDLED_TCP, abi), _of_abi(SCOPED, abi)
    )
    ruleset = system_call(CREATE_RULESET, ctypes.byref(attributes), ctypes.sizeof(attributes), 0)
    for path in {*python_paths(), *map(Path, SYSTEM_PATHS), *readable}:
        _allow(ruleset, path, READ_FILE | READ_DIR)
    _allow(ruleset, Path(WRITABLE_DEVICE), FILE_RIGHTS)
    system_call(RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
    _confirm()
    return (
        f"ABI {abi}: "
        + "files"
        + (", TCP" if abi >= 4 else "")
        + (", signals, abstract sockets" if abi >= 6 else "")
    )


@cache
def python_paths() -> frozenset[Path]:
    """Return the folders that Python and what is installed in it are imported from.

    Takes 2 ms the first time.
    """
    schemes = ("stdlib", "platstdlib", "purelib", "platlib")
    installed = {Path(sysconfig.get_path(name)) for name in schemes}
    prefixes = {Path(prefix) for prefix in (sys.prefix, sys.base_prefix)}
    libraries = {prefix / name for prefix in prefixes for name in ("lib", "lib64")}
    return frozenset(installed | libraries | {prefix / "pyvenv.cfg" for prefix in prefixes})


def _abi() -> int:
    try:
        return system_call(CREATE_RULESET, None, 0, CREATE_RULESET_VERSION)
    except OSError as error:
        raise MissingError(f"this kernel does not have it ({error.strerror})") from None


def _of_abi(by_abi: dict[int, int], abi: int) -> int:
    """Return the rights of the newest version that this kernel has reached."""
    reached = [version for version in by_abi if version <= abi]
    return by_abi[max(reached)] if reached else 0


def _allow(ruleset: int, path: Path, rights: int) -> None:
    """Allow `rights` at and below a path, where it exists.

    A file of /proc is another one for the kernel once nobody holds it, and the rule would be
    gone; so those stay open, without a right to read or write (O_PATH).
    """
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, PermissionError):  # what cannot be opened need not be allowed
        return
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        rights &= FILE_RIGHTS
    rule = _PathBeneath(rights, descriptor)
    system_call(ADD_RULE, ruleset, RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    if not str(path).startswith("/proc/"):
        os.close(descriptor)


def _confirm() -> None:
    try:
        os.close(os.open("/", os.O_RDONLY | os.O_DIRECTORY))
    except PermissionError:
        return
    raise MissingError("it was put on and does not hold")
