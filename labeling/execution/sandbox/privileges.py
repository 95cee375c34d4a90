"""No powers of an administrator, none to be gained, and no life after the server.

See capabilities(7) and prctl(2).
"""

import ctypes
import errno
import signal

from labeling.execution.sandbox.kernel import MissingError, machine, prctl, system_call

PR_SET_PDEATHSIG, PR_GET_PDEATHSIG = 1, 2
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS = 38, 39
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4

CAPSET = {"x86_64": 126, "aarch64": 91}
CAPGET = {"x86_64": 125, "aarch64": 90}
CAPABILITY_VERSION = 0x20080522  # version 3: two words for each of the three sets


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


_Sets = ctypes.c_uint32 * 6  # effective, permitted, inheritable; twice


def die_with_parent() -> str:
    """Ask to be killed when the thread that started this process ends."""
    machine()
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    confirmed = ctypes.c_int()
    prctl(PR_GET_PDEATHSIG, ctypes.addressof(confirmed))
    if confirmed.value != signal.SIGKILL:
        raise MissingError("the system did not keep it")
    return "killed when what started it ends, with the server at the latest"


def drop() -> str:
    """Give up every capability, and the ways to get one: set-user-id programs among them."""
    kind = machine()
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    _drop_bounding_set()
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header, sets = _Header(CAPABILITY_VERSION, 0), _Sets()
    system_call(CAPSET[kind], ctypes.byref(header), ctypes.byref(sets))
    system_call(CAPGET[kind], ctypes.byref(header), ctypes.byref(sets))
    if any(sets) or prctl(PR_GET_NO_NEW_PRIVS) != 1:
        raise MissingError("some privileges are left")
    return "no capabilities, no new privileges"


def _drop_bounding_set() -> None:
    """Empty the set that a process can get capabilities from; only an administrator has one."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError as error:
            if error.errno == errno.EINVAL:  # past the last that this kernel knows
                return
            if error.errno == errno.EPERM:  # no administrator: there is nothing to drop
                return
            raise
