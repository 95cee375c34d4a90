"""How much memory the server takes while a large file arrives: `upload.py [MEGABYTES]`."""

import argparse
import asyncio
import multiprocessing
import socket
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from web.uploads import Uploads

_MEGABYTE = bytes(1024 * 1024)


def serve(listener: socket.socket, folder: str) -> None:
    """Serve the upload route until the process is ended."""
    app = Starlette(routes=[Uploads(Path(folder)).route()])
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    asyncio.run(server.serve(sockets=[listener]))


def memory_mb(pid: int, figure: str) -> float:
    """Return VmRSS or VmHWM (the most there was) of a process, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(figure)) / 1024


def send(port: int, megabytes: int) -> float:
    """Upload zeros, chunked as from a slow producer; return the seconds it took."""

    def chunks() -> Iterator[bytes]:
        for _ in range(megabytes):
            yield _MEGABYTE

    origin = {"Origin": f"http://127.0.0.1:{port}"}
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    started = time.perf_counter()
    connection.request("POST", "/labelwright/upload?name=big.csv", chunks(), origin)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    return time.perf_counter() - started


def main() -> None:
    """Upload files of growing size to one server and print a line for each."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("megabytes", nargs="?", type=int, default=1024)
    largest = arguments.parse_args().megabytes
    with tempfile.TemporaryDirectory() as folder, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        server = multiprocessing.get_context("spawn").Process(
            target=serve, args=(listener, folder), daemon=True
        )
        server.start()
        assert server.pid is not None
        send(port, 1)
        print(
            "| file MB | seconds | RSS before MB | RSS after MB | most MB |\n|--:|--:|--:|--:|--:|"
        )
        for megabytes in (largest // 16, largest // 4, largest):
            before = memory_mb(server.pid, "VmRSS")
            seconds = send(port, megabytes)
            after, most = memory_mb(server.pid, "VmRSS"), memory_mb(server.pid, "VmHWM")
            print(f"| {megabytes:,} | {seconds:.1f} | {before:.1f} | {after:.1f} | {most:.1f} |")
        server.terminate()
        server.join()


if __name__ == "__main__":
    main()
