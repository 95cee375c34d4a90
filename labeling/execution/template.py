"""The main program of a template: a process with all that a worker imports, to be copied.

A worker that starts by itself takes 0.2 s of processor time, most of it to import numpy and
pyarrow; a copy (fork) of a process that has them takes 0.006 s. The template never sees code of
others, since a copy locks itself up before it is asked for anything. It ends with the server.
"""

import gc
import os
import socket
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from labeling.execution import worker
from labeling.execution.copying import ANSWER, COPY, DESCRIPTORS, LONGEST_REQUEST
from labeling.execution.sandbox import lock_down
from labeling.execution.sandbox.landlock import python_paths

Sandbox = tuple[Sequence[str], Sequence[str], str]
"""Wanted layers, readable paths, and the server's namespaces, for `lock_down`."""


def main(sandbox: Sandbox) -> None:
    """Make a copy or say how one ended, each time the server asks."""
    server = socket.socket(fileno=int(sys.argv[-1]))
    python_paths()  # known to every copy from now on
    gc.collect()
    gc.freeze()  # what no collection touches stays shared with the copies
    while True:
        request, descriptors, _, _ = socket.recv_fds(server, LONGEST_REQUEST, DESCRIPTORS)
        if not request:
            os._exit(0)
        content = request[len(COPY) :]
        if request.startswith(COPY):
            answer = _copied(server, content, descriptors, sandbox)
        else:
            answer = _exit_code(*ANSWER.unpack(content))
        server.send(ANSWER.pack(answer))


def _copied(
    server: socket.socket, folder: bytes, descriptors: Sequence[int], sandbox: Sandbox
) -> int:
    """Make a copy and return its id; in the copy, become a worker and never return."""
    try:
        pid = os.fork()
    except OSError as error:
        pid = -(error.errno or 1)
    if pid == 0:
        server.close()
        _become_worker(folder, descriptors, sandbox)
    for descriptor in descriptors:
        os.close(descriptor)
    return pid


def _exit_code(pid: int) -> int:
    """Return what an ended copy returned, or the number of the signal that ended it, negative."""
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _become_worker(folder: bytes, descriptors: Sequence[int], sandbox: Sandbox) -> None:
    """Do what a worker does that starts by itself, but for the imports."""
    try:
        # What it starts can be killed with it, and a busy machine gives it a share of its own.
        os.setsid()
        *own, output = descriptors
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        os.chdir(folder)
        os.environ["HOME"] = os.environ["TMPDIR"] = os.fsdecode(folder)
        wanted, readable, host_namespaces = sandbox
        layers = lock_down(wanted, [Path(path) for path in readable], host_namespaces)
        worker.main(layers, own)
    except BaseException:  # noqa: BLE001 - the server shows its last line
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(1)
