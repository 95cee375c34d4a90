"""The filter's answers, on both kinds of processor, as the kernel would compute them."""

import errno

import pytest

from labeling.execution.sandbox import seccomp
from labeling.execution.sandbox import system_calls as calls
from labeling.execution.sandbox.kernel import MACHINES

PID = 4321
GETPID = {"x86_64": 39, "aarch64": 172}
READ = {"x86_64": 0, "aarch64": 63}


def answer(machine: str, number: int, *arguments: int, arch: int | None = None) -> int:
    """Run the filter on one call, by the rules of classic BPF."""
    program = list(seccomp.filter_program(machine, PID))
    arguments = (*arguments, 0, 0)
    seen = {
        seccomp.NUMBER: number,
        seccomp.ARCH: seccomp.AUDIT_ARCH[machine] if arch is None else arch,
        seccomp.ARGUMENT[0]: arguments[0] & 0xFFFFFFFF,
        seccomp.ARGUMENT[1]: arguments[1] & 0xFFFFFFFF,
    }
    at, loaded = 0, 0
    while True:
        code, true, false, operand = program[at]
        holds = {
            seccomp.JUMP_EQUAL: loaded == operand,
            seccomp.JUMP_AT_LEAST: loaded >= operand,
            seccomp.JUMP_ANY_BIT: bool(loaded & operand),
        }
        if code == seccomp.RETURN:
            return operand
        if code == seccomp.LOAD:
            loaded = seen[operand]
        else:
            at += true if holds[code] else false
        at += 1


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
    """Limits of others, outliving the server, and signals sent by a pipe."""
    limit, trait, control = (
        number_of(numbers, machine) for numbers in (calls.PRLIMIT, calls.PRCTL, calls.FCNTL)
    )
    assert [answer(machine, limit, pid) for pid in (0, PID)] == [seccomp.ALLOW] * 2
    assert answer(machine, limit, 1) == seccomp.REFUSE
    assert answer(machine, trait, 1) == seccomp.REFUSE
    assert answer(machine, trait, 15) == seccomp.ALLOW  # a thread names itself
    assert [answer(machine, control, 3, command) for command in (8, 10, 15)] == [seccomp.REFUSE] * 3
    assert answer(machine, control, 3, 3) == seccomp.ALLOW


def test_calls_of_another_numbering_end_the_process() -> None:
    """32-bit calls and x32 calls, which would pass under other numbers."""
    assert answer("x86_64", READ["x86_64"], arch=0x40000003) == seccomp.KILL
    assert answer("x86_64", 0x40000000 + GETPID["x86_64"]) == seccomp.KILL
    assert answer("aarch64", READ["aarch64"], arch=0x40000028) == seccomp.KILL
