"""The messages between server and worker: length-prefixed JSON, checked field by field.

A worker runs code of others, which can write to the same pipe. So nothing is unpickled, every
field is checked against the dataclass it claims to be, and whatever does not fit is a
`ProtocolError`. Votes do not travel here: they lie in a file that both sides have open.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from labeling.execution.isolation import Layer
from labeling.runs import RowError, RowTimes, SlowRow

HEADER_BYTES = 4
MAX_MESSAGE_BYTES = 1024 * 1024
"""Longest message that a worker may send. A request, which carries a source, may be longer."""
ERRORS_PER_MESSAGE = 100
"""So many errors fit one message, each character of theirs in twelve bytes."""
MAX_TEXT = 500
"""Longest message of one row's error, in characters."""
MAX_NAME = 200
"""Longest name of an error, in characters."""
MAX_FAILURE = 2_000
"""Longest sentence about why a run failed, in characters."""
ROW_NUMBERS = frozenset({"row_id", "start", "stop"})
"""Fields that count rows: their numbers have 64 bits, all others 32."""


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
    note_returns: bool


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


def _checked(value: Any, hint: Any, field: str = "") -> Any:
    """Return `value` as the type `hint` says, or raise ProtocolError."""
    if isinstance(hint, UnionType):
        if value is None:
            return None
        required = next(part for part in get_args(hint) if part is not type(None))
        return _checked(value, required, field)
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_checked(item, get_args(hint)[0]) for item in value)
    if hint in _FIELDS and isinstance(value, dict):
        if value.keys() != _FIELDS[hint].keys():
            raise ProtocolError(f"{hint.__name__} has other fields than these")
        parts = _FIELDS[hint].items()
        return hint(**{name: _checked(value[name], part, name) for name, part in parts})
    if type(value) is not hint:
        raise ProtocolError(f"expected {hint}, got {type(value).__name__}")
    if hint is int:
        _check_number(value, field)
    if hint is str:
        _check_text(value)
    return value


def _check_number(number: int, field: str) -> None:
    end = 2 ** (63 if field in ROW_NUMBERS else 31)
    if not -end <= number < end:
        raise ProtocolError(f"{field} is a number that it cannot be")


def _check_text(text: str) -> None:
    """Raise ProtocolError for half a character (a lone surrogate), which nothing can store."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ProtocolError("a text holds half a character") from None


_FIELDS: Mapping[type, Mapping[str, Any]] = {
    kind: {field.name: get_type_hints(kind)[field.name] for field in fields(kind)}
    for kind in (*_MESSAGES.values(), RowError, RowTimes, SlowRow, Layer)
}


class MessageReader:
    """Cuts a stream of bytes into messages of up to `longest` bytes, however they arrive."""

    def __init__(self, longest: int = MAX_MESSAGE_BYTES) -> None:
        self._longest = longest
        self._received = bytearray()

    def feed(self, received: bytes) -> Iterator[Message]:
        """Take more bytes and yield the messages that are now complete.

        Raises ProtocolError at what is none, once all before it were yielded.
        """
        self._received += received
        while len(self._received) >= HEADER_BYTES:
            size = int.from_bytes(self._received[:HEADER_BYTES], "big")
            if size > self._longest:
                raise ProtocolError(f"a message of {size} bytes was announced")
            end = HEADER_BYTES + size
            if len(self._received) < end:
                break
            payload = bytes(self._received[HEADER_BYTES:end])
            del self._received[:end]
            yield decode(payload)


def write_message(descriptor: int, message: Message) -> None:
    """Write a whole message to a blocking descriptor."""
    remaining = memoryview(encode(message))
    while remaining:
        remaining = remaining[os.write(descriptor, remaining) :]


def read_message(descriptor: int, kind: type[M]) -> M | None:
    """Read one message of the server's, of any length; None where the server is gone."""
    reader = MessageReader(longest=2 ** (8 * HEADER_BYTES))
    while received := os.read(descriptor, 65_536):
        for message in reader.feed(received):
            if not isinstance(message, kind):
                raise ProtocolError(f"expected {kind.__name__}, got {type(message).__name__}")
            return message
    return None
