"""Seccomp: the kernel refuses the calls that reach out of the process.

https://docs.kernel.org/userspace-api/seccomp_filter.html. The filter is a small program (classic
BPF) that the kernel runs before every call. A refused call fails with EPERM, so that the author
sees a PermissionError with a line. Calls of another processor's numbering, where the same numbers
mean other calls, end the process.
"""

import ctypes
import errno
import os
from collections.abc import Iterator

from labeling.execution.sandbox import system_calls as calls
from labeling.execution.sandbox.kernel import MACHINES, MissingError, machine, system_call

SET_MODE_FILTER, FILTER_ALL_THREADS = 1, 1

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
FIRST_X32_CALL = 0x40000000  # x86-64 knows most calls a second time, with this bit set

# Where the kernel puts what the filter looks at (struct seccomp_data); arguments are 64 bits wide,
# and of those checked here the kernel itself uses the lower half only.
NUMBER, ARCH, ARGUMENT = 0, 4, (16, 24, 32)

LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
KILL, ALLOW = 0x80000000, 0x7FFF0000
REFUSE, UNKNOWN = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS

CLONE_THREAD = 0x00010000
PR_SET_PDEATHSIG = 1

Instruction = tuple[int, int, int, int]
"""Code, how many to skip where true, where false, and the operand."""


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("true", ctypes.c_uint8),
        ("false", ctypes.c_uint8),
        ("operand", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("filter", ctypes.POINTER(_Instruction)))


def apply() -> str:
    """Install the filter in every thread. It needs `no_new_privs`, or an administrator."""
    kind = machine()
    program = tuple(filter_program(kind, os.getpid()))
    filters = (_Instruction * len(program))(*(_Instruction(*line) for line in program))
    number = calls.SECCOMP[MACHINES.index(kind)]
    system_call(
        number or 0,
        SET_MODE_FILTER,
        FILTER_ALL_THREADS,
        ctypes.byref(_Program(len(program), filters)),
    )
    _confirm(kind)
    return "network, programs, other processes, rights of files, kernel"


def filter_program(kind: str, pid: int) -> Iterator[Instruction]:
    """Yield the filter for a kind of processor and the process that may signal itself."""
    column = MACHINES.index(kind)
    yield LOAD, 0, 0, ARCH
    yield JUMP_EQUAL, 1, 0, AUDIT_ARCH[kind]
    yield RETURN, 0, 0, KILL
    yield LOAD, 0, 0, NUMBER
    if kind == "x86_64":
        yield JUMP_AT_LEAST, 0, 1, FIRST_X32_CALL
        yield RETURN, 0, 0, KILL
    # Its flags lie in memory, which a filter cannot read; without it libraries use clone.
    yield from _answer(calls.CLONE3[column], UNKNOWN)
    for group in calls.REFUSED:
        for numbers in group.values():
            yield from _answer(numbers[column], REFUSE)
    for numbers in calls.SELF_ONLY.values():
        yield from _only_if(numbers[column], 0, (pid,))
    yield from _only_if(calls.PRLIMIT[column], 0, (0, pid))
    yield from _threads_only(calls.CLONE[column])
    yield from _refused_if(calls.PRCTL[column], 0, (PR_SET_PDEATHSIG,))
    yield from _only_if(calls.IOCTL[column], 1, tuple(calls.IOCTL_COMMANDS.values()))
    yield from _descriptors_only(calls.FCNTL[column], column)
    yield RETURN, 0, 0, ALLOW


def _answer(number: int | None, answer: int) -> Iterator[Instruction]:
    """Give one answer to a call, whatever its arguments."""
    if number is not None:
        yield JUMP_EQUAL, 0, 1, number
        yield RETURN, 0, 0, answer


def _only_if(number: int | None, argument: int, values: tuple[int, ...]) -> Iterator[Instruction]:
    """Allow a call with one of these values in an argument only."""
    yield from _with_argument(number, argument, values, otherwise=REFUSE, match=ALLOW)


def _refused_if(
    number: int | None, argument: int, values: tuple[int, ...]
) -> Iterator[Instruction]:
    """Refuse a call with one of these values in an argument."""
    yield from _with_argument(number, argument, values, otherwise=ALLOW, match=REFUSE)


def _with_argument(
    number: int | None, argument: int, values: tuple[int, ...], *, otherwise: int, match: int
) -> Iterator[Instruction]:
    if number is None:
        return
    yield JUMP_EQUAL, 0, len(values) + 3, number
    yield LOAD, 0, 0, ARGUMENT[argument]
    for position, value in enumerate(values):
        yield JUMP_EQUAL, len(values) - position, 0, value
    yield RETURN, 0, 0, otherwise
    yield RETURN, 0, 0, match


def _threads_only(number: int | None) -> Iterator[Instruction]:
    """Allow clone for a thread of this process, and refuse it for a new one."""
    if number is None:
        return
    yield JUMP_EQUAL, 0, 4, number
    yield LOAD, 0, 0, ARGUMENT[0]
    yield JUMP_ANY_BIT, 0, 1, CLONE_THREAD
    yield RETURN, 0, 0, ALLOW
    yield RETURN, 0, 0, REFUSE


def _descriptors_only(number: int | None, column: int) -> Iterator[Instruction]:
    """Allow fcntl with the listed commands, and F_SETFL with the listed flags, only."""
    if number is None:
        return
    commands = tuple(calls.FCNTL_COMMANDS.values())
    other_flags = ~sum(flags[column] for flags in calls.SETTABLE_FLAGS.values()) & 0xFFFFFFFF
    yield JUMP_EQUAL, 0, len(commands) + 6, number
    yield LOAD, 0, 0, ARGUMENT[1]
    for position, value in enumerate(commands):
        yield JUMP_EQUAL, len(commands) - position + 3, 0, value
    yield JUMP_EQUAL, 0, 2, calls.F_SETFL
    yield LOAD, 0, 0, ARGUMENT[2]
    yield JUMP_ANY_BIT, 0, 1, other_flags
    yield RETURN, 0, 0, REFUSE
    yield RETURN, 0, 0, ALLOW


def _confirm(kind: str) -> None:
    """Try what must be refused: a socket."""
    number = calls.NETWORK["socket"][MACHINES.index(kind)] or 0
    try:
        os.close(system_call(number, 1, 1, 0))  # AF_UNIX, SOCK_STREAM
    except PermissionError:
        return
    raise MissingError("it was put on and does not hold")
