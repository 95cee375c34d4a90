"""The two doors into the Linux kernel for which Python has no function of its own."""

import ctypes
import os
import platform
import sys
from functools import cache

MACHINES = ("x86_64", "aarch64")


class MissingError(Exception):
    """This system has no such layer, or it does not hold; the message says why."""


def machine() -> str:
    """Return the kind of processor; raise MissingError where the kernel calls are not known."""
    if sys.platform != "linux":
        raise MissingError(f"{platform.system() or 'this system'} does not have it, Linux does")
    name = platform.machine()
    if name not in MACHINES or sys.maxsize < 2**32:
        raise MissingError(f"it is not written for {name} processors")
    return name


def prctl(option: int, *arguments: int) -> int:
    """Change or read a trait of this process. Raises OSError."""
    padded = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]]
    return _checked(_libc().prctl(ctypes.c_int(option), *padded))


def system_call(number: int, *arguments: "int | ctypes._CArgObject | None") -> int:
    """Call the kernel by number. Raises OSError."""
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    return _checked(_libc().syscall(ctypes.c_long(number), *words))


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result
