"""What a hostile function is, and what it is aimed at."""

import os
import re
import socket
import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from labeling.execution.sandbox import system_calls as calls
from labeling.execution.sandbox.kernel import MACHINES, machine

RAW = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(*arguments):
    result = libc.syscall(*arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
"""
"""Lets a function call the kernel past Python: `call(SYS_name, ...)`."""
OWN_FILE = """
import fcntl, stat, struct
def is_open_file(d):
    try: return stat.S_ISREG(os.fstat(d).st_mode) and not fcntl.fcntl(d, fcntl.F_GETFL) & 0o10000000
    except OSError: return False
FILE = next(d for d in range(3, 256) if is_open_file(d))
"""
"""Finds a file that the worker has open: `FILE`, one without a name among temporary files."""


@dataclass(frozen=True)
class Attack:
    """One hostile function: `body` raises where it is refused and else votes for class 1.

    `seen` is a pattern of what the author gets to see, `Type: message` of the first row or why
    the run failed. The line must be that with `# <-`, where there is one.
    """

    name: str
    body: str
    seen: str
    setup: str = ""

    def source(self, victim: "Victim") -> str:
        """Return the function, aimed at a victim."""
        body = "".join(f"    {line}\n" for line in self.body.splitlines())
        text = f"import os, sys\n{self.setup}\ndef f(x):\n{body}    return 1\n"
        for word, value in victim.words.items():
            text = text.replace(word, value)
        return re.sub(r"\bSYS_(\w+)", lambda found: str(_number(found[1])), text)


def marked_line(source: str) -> int | None:
    """Return the line that the author should be pointed to."""
    marked = [number for number, line in enumerate(source.splitlines(), 1) if "# <-" in line]
    return marked[0] if marked else None


def _number(name: str) -> int:
    """Return a call's number; one that this processor lacks is refused like no call at all."""
    groups = (*calls.REFUSED, calls.SELF_ONLY, {"clone": calls.CLONE, "clone3": calls.CLONE3})
    numbers = next(group[name] for group in groups if name in group)
    return numbers[MACHINES.index(machine())] or -1


class Victim:
    """A file, listening sockets and the server itself, with a way to see whether they were hit."""

    def __init__(self, folder: Path, listeners: dict[str, socket.socket]) -> None:
        self.folder = folder
        self.file = folder / "project.duckdb"
        self.file.write_bytes(b"votes")
        self.file.chmod(0o640)
        os.utime(self.file, (1e9, 1e9))
        self._listeners = listeners
        self.words = {
            "VICTIM": repr(str(self.file)),
            "FOLDER": repr(str(folder)),
            "SERVER": str(os.getpid()),
            "TCP_PORT": str(listeners["tcp"].getsockname()[1]),
            "UDP_PORT": str(listeners["udp"].getsockname()[1]),
            "UNIX_PATH": repr(listeners["unix"].getsockname()),
            "ABSTRACT": repr(listeners["abstract"].getsockname()),
        }

    def state(self) -> tuple[object, ...]:
        """Return all that an attack could have changed; equal as long as none did."""
        kept = self.file.lstat()
        return (
            sorted(path.name for path in self.folder.iterdir()),
            self.file.read_bytes(),
            (kept.st_mode, kept.st_uid, kept.st_mtime, kept.st_nlink, os.listxattr(self.file)),
            os.sched_getaffinity(0),
            os.getpriority(os.PRIO_PROCESS, 0),
            [name for name, listener in self._listeners.items() if _was_reached(listener)],
        )


@contextmanager
def victim_in(folder: Path) -> Iterator[Victim]:
    """Put a victim into an empty folder, and listen."""
    # A name of its own: a worker that is being started may hold an earlier listener for a moment.
    abstract = f"\0labelwright-victim-{uuid.uuid4()}"
    addresses: dict[str, tuple[int, int, object]] = {
        "tcp": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
        "udp": (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
        "unix": (socket.AF_UNIX, socket.SOCK_STREAM, str(folder / "socket")),
        "abstract": (socket.AF_UNIX, socket.SOCK_STREAM, abstract),
    }
    assert sys.platform == "linux"
    with ExitStack() as open_sockets:
        listeners = {}
        for name, (family, kind, address) in addresses.items():
            listener = open_sockets.enter_context(socket.socket(family, kind))
            listener.bind(address)  # type: ignore[arg-type]
            listener.setblocking(False)
            if kind == socket.SOCK_STREAM:
                listener.listen()
            listeners[name] = listener
        yield Victim(folder, listeners)


def _was_reached(listener: socket.socket) -> bool:
    try:
        if listener.type == socket.SOCK_STREAM:
            listener.accept()[0].close()
        else:
            listener.recv(100)
    except BlockingIOError:
        return False
    return True
