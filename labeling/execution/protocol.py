"""The messages between server and worker: length-prefixed JSON, checked field by field.

A worker runs code of others, which can write to the same pipe. So nothing is unpickled, every
field is checked against the dataclass it claims to be, and whatever does not fit is a
`ProtocolError`. Votes do not travel here: they lie in a file that both sides have open.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from labeling.execution.isolation import Layer
from labeling.runs import RowError, RowTimes, SlowRow

HEADER_BYTES = 4
MAX_MESSAGE_BYTES = 4 * 1024 * 1024
ERRORS_PER_MESSAGE = 200
MAX_TEXT = 500
"""Longest message of one row's error, in characters."""


class ProtocolError(Exception):
    """What arrived is no message of this protocol."""


@dataclass(frozen=True)
class RunRequest:
    """Server to worker: the one run this worker is for; the rows file comes before it, open."""

    name: str
    kind: str
    source: str
    classes: tuple[str, ...]
    start: int
    stop: int
    row_seconds: float
    run_seconds: float
    memory_mb: int
    error_details: int
    row_timeouts: int


@dataclass(frozen=True)
class Ready:
    """Worker to server: locked up, imports are done, send the request."""

    layers: tuple[Layer, ...]


@dataclass(frozen=True)
class Compiled:
    """Worker to server: the function is compiled, the first row begins."""


@dataclass(frozen=True)
class RowErrors:
    """Worker to server: rows on which the function failed, in row order."""

    errors: tuple[RowError, ...]


@dataclass(frozen=True)
class Timed:
    """Worker to server, once, before the end: how long rows took."""

    times: RowTimes


@dataclass(frozen=True)
class Finished:
    """Worker to server: every row was run."""


@dataclass(frozen=True)
class Failed:
    """Worker to server: the run ended early; `what` is one sentence."""

    what: str
    line: int | None
    row_id: int | None


Message = RunRequest | Ready | Compiled | RowErrors | Timed | Finished | Failed
M = TypeVar("M", bound=Message)

_MESSAGES: Mapping[str, type[Message]] = {
    kind.__name__: kind
    for kind in (RunRequest, Ready, Compiled, RowErrors, Timed, Finished, Failed)
}


def encode(message: Message) -> bytes:
    """Return a message as it goes over the pipe."""
    content = {"message": type(message).__name__, **asdict(message)}
    payload = json.dumps(content).encode("ascii")
    return len(payload).to_bytes(HEADER_BYTES, "big") + payload


def decode(payload: bytes) -> Message:
    """Return the message in `payload`; raise ProtocolError unless every field is as declared."""
    try:
        content = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"not JSON: {str(error)[:100]}") from None
    if not isinstance(content, dict):
        raise ProtocolError("not a JSON object")
    kind = _MESSAGES.get(str(content.pop("message", None)))
    if kind is None:
        raise ProtocolError("no known message")
    message: Message = _checked(content, kind)
    return message


def _checked(value: Any, hint: Any) -> Any:
    """Return `value` as the type `hint` says, or raise ProtocolError."""
    if isinstance(hint, UnionType):
        if value is None:
            return None
        return _checked(value, next(part for part in get_args(hint) if part is not type(None)))
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_checked(item, get_args(hint)[0]) for item in value)
    if hint in _FIELDS and isinstance(value, dict):
        if value.keys() != _FIELDS[hint].keys():
            raise ProtocolError(f"{hint.__name__} has other fields than these")
        return hint(**{name: _checked(value[name], part) for name, part in _FIELDS[hint].items()})
    if type(value) is hint:
        return value
    raise ProtocolError(f"expected {hint}, got {type(value).__name__}")


_FIELDS: Mapping[type, Mapping[str, Any]] = {
    kind: {field.name: get_type_hints(kind)[field.name] for field in fields(kind)}
    for kind in (*_MESSAGES.values(), RowError, RowTimes, SlowRow, Layer)
}


class MessageReader:
    """Cuts a stream of bytes into messages, however the bytes arrive."""

    def __init__(self) -> None:
        self._received = bytearray()

    def feed(self, received: bytes) -> list[Message]:
        """Take more bytes and return the messages that are now complete."""
        self._received += received
        messages = []
        while len(self._received) >= HEADER_BYTES:
            size = int.from_bytes(self._received[:HEADER_BYTES], "big")
            if size > MAX_MESSAGE_BYTES:
                raise ProtocolError(f"a message of {size} bytes was announced")
            end = HEADER_BYTES + size
            if len(self._received) < end:
                break
            messages.append(decode(bytes(self._received[HEADER_BYTES:end])))
            del self._received[:end]
        return messages


def write_message(descriptor: int, message: Message) -> None:
    """Write a whole message to a blocking descriptor."""
    remaining = memoryview(encode(message))
    while remaining:
        remaining = remaining[os.write(descriptor, remaining) :]


def read_message(descriptor: int, kind: type[M]) -> M | None:
    """Read one message from a blocking descriptor; None where the other side is gone."""
    reader = MessageReader()
    while received := os.read(descriptor, 65_536):
        for message in reader.feed(received):
            if not isinstance(message, kind):
                raise ProtocolError(f"expected {kind.__name__}, got {type(message).__name__}")
            return message
    return None
