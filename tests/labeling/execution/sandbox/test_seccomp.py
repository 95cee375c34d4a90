"""The filter's answers, on both kinds of processor, as the kernel would compute them."""

import errno
from functools import cache

import pytest

from labeling.execution.sandbox import seccomp
from labeling.execution.sandbox import system_calls as calls
from labeling.execution.sandbox.kernel import MACHINES

PID = 4321
GETPID = {"x86_64": 39, "aarch64": 172}
READ = {"x86_64": 0, "aarch64": 63}
HOLDS = {
    seccomp.JUMP_EQUAL: int.__eq__,
    seccomp.JUMP_AT_LEAST: int.__ge__,
    seccomp.JUMP_ANY_BIT: int.__and__,
}


@cache
def program_of(machine: str) -> tuple[seccomp.Instruction, ...]:
    """Write a processor's filter once: it is asked for 65,536 answers."""
    return tuple(seccomp.filter_program(machine, PID))


def answer(machine: str, number: int, *arguments: int, arch: int | None = None) -> int:
    """Run the filter on one call, by the rules of classic BPF."""
    program = program_of(machine)
    arguments = (*arguments, 0, 0, 0)
    seen = {
        seccomp.NUMBER: number,
        seccomp.ARCH: seccomp.AUDIT_ARCH[machine] if arch is None else arch,
        **{at: arguments[place] & 0xFFFFFFFF for place, at in enumerate(seccomp.ARGUMENT)},
    }
    at, loaded = 0, 0
    while True:
        code, true, false, operand = program[at]
        at += 1
        if code == seccomp.RETURN:
            return operand
        if code == seccomp.LOAD:
            loaded = seen[operand]
        else:
            at += true if HOLDS[code](loaded, operand) else false


def number_of(numbers: calls.Numbers, machine: str) -> int:
    """Return a call's number on a processor that has it."""
    number = numbers[MACHINES.index(machine)]
    assert number is not None
    return number


@pytest.mark.parametrize("machine", MACHINES)
def test_every_listed_call_is_refused(machine: str) -> None:
    """Whatever its arguments; the call fails, the process lives."""
    for group in calls.REFUSED:
        for name, numbers in group.items():
            if (number := numbers[MACHINES.index(machine)]) is not None:
                assert answer(machine, number, PID) == seccomp.REFUSE, name


@pytest.mark.parametrize("machine", MACHINES)
def test_ordinary_calls_pass(machine: str) -> None:
    """Reading, and asking for one's own id."""
    for number in (READ[machine], GETPID[machine]):
        assert answer(machine, number) == seccomp.ALLOW


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", list(calls.SELF_ONLY))
def test_a_process_signals_itself_only(machine: str, name: str) -> None:
    """Not its parent, not its group (0), not everybody (-1)."""
    number = number_of(calls.SELF_ONLY[name], machine)
    assert answer(machine, number, PID) == seccomp.ALLOW
    for other in (1, 0, -1, -PID, PID + 1):
        assert answer(machine, number, other) == seccomp.REFUSE


@pytest.mark.parametrize("machine", MACHINES)
def test_threads_may_be_started_and_processes_not(machine: str) -> None:
    """clone3 hides its flags, so it is said not to exist."""
    clone = number_of(calls.CLONE, machine)
    assert answer(machine, clone, 0x3D0F00) == seccomp.ALLOW  # the flags of pthread_create
    assert answer(machine, clone, 17) == seccomp.REFUSE  # SIGCHLD: fork
    assert answer(machine, clone, 0x4000 | 0x100) == seccomp.REFUSE  # vfork
    assert answer(machine, number_of(calls.CLONE3, machine)) == 0x50000 | errno.ENOSYS


@pytest.mark.parametrize("machine", MACHINES)
def test_single_arguments_are_refused(machine: str) -> None:
    """Limits of others, and outliving the server."""
    limit, trait = (number_of(numbers, machine) for numbers in (calls.PRLIMIT, calls.PRCTL))
    assert [answer(machine, limit, pid) for pid in (0, PID)] == [seccomp.ALLOW] * 2
    assert answer(machine, limit, 1) == seccomp.REFUSE
    assert answer(machine, trait, 1) == seccomp.REFUSE
    assert answer(machine, trait, 15) == seccomp.ALLOW  # a thread names itself


@pytest.mark.parametrize("machine", MACHINES)
def test_descriptors_may_be_copied_and_asked_about(machine: str) -> None:
    """By these commands of fcntl; locks, signals, leases, watching and seals are refused."""
    control = number_of(calls.FCNTL, machine)
    passed = [c for c in range(2048) if answer(machine, control, 3, c) == seccomp.ALLOW]
    assert passed == [0, 1, 2, 3, 4, 5, 1030, 1032]  # 4: F_SETFL, here without a flag
    refused = {c: answer(machine, control, 3, c) for c in range(2048) if c not in passed}
    assert set(refused.values()) == {seccomp.REFUSE}


@pytest.mark.parametrize(
    ("machine", "passing"),
    [
        ("x86_64", 0x1 | 0x2 | 0x400 | 0x800 | 0x8000),
        ("aarch64", 0x1 | 0x2 | 0x400 | 0x800 | 0x20000),
    ],
)
def test_only_harmless_flags_of_a_descriptor_can_be_set(machine: str, passing: int) -> None:
    """Every other bit is refused, O_DIRECT and O_ASYNC among them, also beside one that passes."""
    control = number_of(calls.FCNTL, machine)
    assert answer(machine, control, 3, 4, passing) == seccomp.ALLOW
    for bit in (1 << place for place in range(32)):
        expected = seccomp.ALLOW if bit & passing else seccomp.REFUSE
        assert answer(machine, control, 3, 4, bit) == expected, hex(bit)
        assert answer(machine, control, 3, 4, bit | 0x800) == expected, hex(bit)


@pytest.mark.parametrize("machine", MACHINES)
def test_devices_and_files_may_be_asked_what_they_are(machine: str) -> None:
    """By these commands of ioctl; the attributes, version and seal of a file are refused."""
    control = number_of(calls.IOCTL, machine)
    passed = [c for c in range(0x10000) if answer(machine, control, 3, c) == seccomp.ALLOW]
    assert passed == [0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451]
    for command in (
        0x40086602,
        0x40087602,
        0x40806685,
    ):  # FS_IOC_SETFLAGS, _SETVERSION, _ENABLE_VERITY
        assert answer(machine, control, 3, command) == seccomp.REFUSE


def test_calls_of_another_numbering_end_the_process() -> None:
    """32-bit calls and x32 calls, which would pass under other numbers."""
    assert answer("x86_64", READ["x86_64"], arch=0x40000003) == seccomp.KILL
    assert answer("x86_64", 0x40000000 + GETPID["x86_64"]) == seccomp.KILL
    assert answer("aarch64", READ["aarch64"], arch=0x40000028) == seccomp.KILL
