"""Waits until a new worker process has locked itself up and says how."""

import os
import threading
import time
from contextlib import suppress

from labeling.errors import Cancelled, WorkerError
from labeling.execution.isolation import Layer
from labeling.execution.process import WorkerProcess
from labeling.execution.protocol import Message, MessageReader, ProtocolError, Ready
from labeling.execution.readable import readable

START_SECONDS = 60.0
"""How long a process may take to import what every worker needs."""
POLL_SECONDS = 0.02
READ_BYTES = 65_536


def reported_layers(
    worker: WorkerProcess, cancelled: threading.Event | None = None
) -> tuple[Layer, ...]:
    """Return the layers of a worker that has not been asked for anything yet.

    Raises WorkerError where the process does not come up, and Cancelled.
    """
    reader = MessageReader()
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if cancelled is not None and cancelled.is_set():
            raise Cancelled("The run was cancelled.")
        if not readable([worker.reports], POLL_SECONDS):
            continue
        received = os.read(worker.reports, READ_BYTES)
        if not received:
            break
        try:
            messages = list(reader.feed(received))
        except ProtocolError as error:
            raise _not_started(worker) from error
        if messages:
            return _layers(worker, messages)
    raise _not_started(worker)


def _layers(worker: WorkerProcess, messages: list[Message]) -> tuple[Layer, ...]:
    match messages:
        case [Ready(layers)]:
            return layers
        case _:
            raise _not_started(worker)


def _not_started(worker: WorkerProcess) -> WorkerError:
    printed = b""
    with suppress(BlockingIOError):
        printed = os.read(worker.output, READ_BYTES)
    said = printed.decode("utf-8", errors="replace").strip().rpartition("\n")[2]
    return WorkerError(
        f"The worker process did not start: {said or 'it said nothing'}.",
        remedy="Run `python cli.py doctor`, or install Labelwright again.",
    )
