"""The download route: exports whole or in ranges, and nothing that a link leads to."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from labeling.errors import ProjectError
from labeling.export_target import manifest_of
from tests.web.serving import Answer, Served, served
from web.downloads import download_route

CONTENT = b"row_id,label\n0,ham\n1,spam\n"
NAME = "labels-20240501.csv"
MANIFEST = "labels-20240501.manifest.json"


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """Return the exports of the project p: one CSV and its manifest, and a secret elsewhere."""
    folder = tmp_path / "p" / "exports"
    folder.mkdir(parents=True)
    (folder / NAME).write_bytes(CONTENT)
    manifest_of(folder / NAME).write_bytes(b"{}")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / NAME).write_bytes(b"secret")
    return folder


@pytest.fixture
def server(exports: Path) -> Iterator[Served]:
    """Serve the exports of the project p alone."""

    def of(project: str) -> list[Path]:
        if project != "p":
            raise ProjectError(f"There is no project {project!r}.")
        return list(exports.glob("labels-*.csv"))

    with served([download_route(of)]) as running:
        yield running


def ask(server: Served, name: str = NAME, method: str = "GET", **headers: str) -> Answer:
    return server.ask(method, f"/labelwright/export/p/{name}", headers=headers)


def test_an_export_and_its_manifest_are_sent_to_be_kept(server: Served) -> None:
    """Both come whole, under their own names and with their types."""
    for name, content, kind in [
        (NAME, CONTENT, "text/csv; charset=utf-8"),
        (MANIFEST, b"{}", "application/json"),
    ]:
        answer = ask(server, name)
        assert (answer.status, answer.body) == (200, content)
        assert answer.headers["content-type"] == kind
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_head_tells_what_get_would_send(server: Served) -> None:
    """The same headers, and no body."""
    head, get = ask(server, method="HEAD"), ask(server)
    assert (head.status, head.body) == (200, b"")
    for name in ("content-length", "content-type", "content-disposition", "etag", "accept-ranges"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-3", 0, 4), ("bytes=13-", 13, 26), ("bytes=-7", 19, 26), ("bytes=20-9999", 20, 26)],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_range_is_sent_alone(
    server: Served, method: str, asked: str, start: int, stop: int
) -> None:
    """A download that was interrupted goes on where it ended."""
    answer = ask(server, method=method, Range=asked)
    assert answer.status == 206
    assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(CONTENT)}"
    assert answer.headers["content-length"] == str(stop - start)
    assert answer.body == (CONTENT[start:stop] if method == "GET" else b"")


def test_several_ranges_are_sent_as_parts(server: Served) -> None:
    """Ranges that overlap are merged, so that none is sent twice."""
    answer = ask(server, Range="bytes=0-3,2-5,20-22")
    assert answer.status == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert b"Content-Range: bytes 0-5/26\r\n\r\n" + CONTENT[:6] in answer.body
    assert b"Content-Range: bytes 20-22/26\r\n\r\n" + CONTENT[20:23] in answer.body
    assert int(answer.headers["content-length"]) == len(answer.body)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("bytes=26-", 416),
        ("bytes=9999-10000", 416),
        ("bytes=9-3", 400),
        ("bytes=", 400),
        ("bytes=x-y", 400),
        ("rows=0-3", 400),
        ("nonsense", 400),
        ("bytes=" + ",".join(["0-0"] * 1_000), 200),
    ],
)
def test_a_range_that_makes_no_sense_is_refused_cleanly(
    server: Served, asked: str, status: int
) -> None:
    """It is the client's fault; more ranges than anybody needs are answered with the whole."""
    assert ask(server, Range=asked).status == status


def test_a_range_of_an_older_version_gets_the_new_one_whole(server: Served) -> None:
    """Parts of two versions never make one file."""
    assert ask(server, Range="bytes=5-", **{"If-Range": '"older"'}).body == CONTENT


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("name", [NAME, MANIFEST])
@pytest.mark.parametrize("target", ["file", "relative", "nothing", "folder", "itself"])
def test_a_link_in_place_of_an_export_is_not_followed(
    server: Served, exports: Path, tmp_path: Path, method: str, name: str, target: str
) -> None:
    """Whoever can write to the exports makes no other file of the server readable."""
    (exports / name).unlink()
    leads_to = {
        "file": str(tmp_path / "elsewhere" / NAME),
        "relative": f"../../elsewhere/{NAME}",
        "nothing": "nothing",
        "folder": str(tmp_path),
        "itself": name,
    }
    (exports / name).symlink_to(leads_to[target])
    answer = ask(server, name, method)
    assert answer.status == 404
    if method == "GET":
        assert answer.json() == {"error": f"There is no file '{name}' in the project's exports."}


def test_a_link_in_place_of_the_folder_is_not_followed(
    server: Served, exports: Path, tmp_path: Path
) -> None:
    """It would let the files of another folder pass for exports."""
    exports.rename(tmp_path / "moved")
    exports.symlink_to(tmp_path / "elsewhere")
    assert ask(server).status == 404


def test_what_is_no_file_is_not_sent(server: Served, exports: Path) -> None:
    """A folder is refused, and a pipe without making the server wait for its other end."""
    (exports / NAME).unlink()
    (exports / NAME).mkdir()
    os.mkfifo(exports / "labels-pipe.csv")
    for name in (NAME, "labels-pipe.csv"):
        assert ask(server, name).status == 404


@pytest.mark.parametrize("name", ["labels-1.csv", "..%2Fproject.duckdb", "%2Fetc%2Fpasswd", "x"])
def test_what_was_not_exported_is_not_found(server: Served, name: str) -> None:
    """Neither another file of the project nor one outside it has an address."""
    assert ask(server, name).status == 404
    assert server.get(f"/labelwright/export/q/{NAME}").json() == {
        "error": "There is no project 'q'."
    }


def open_descriptors(path: Path) -> int:
    """Return how often this process has a file open."""
    inode, found = path.stat().st_ino, 0
    for descriptor in range(1024):
        with suppress(OSError):  # most numbers are no descriptor
            found += os.fstat(descriptor).st_ino == inode
    return found


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {}),
        ("HEAD", {}),
        ("GET", {"Range": "bytes=2-4"}),
        ("GET", {"Range": "bytes=0-1,5-6"}),
        ("GET", {"Range": "bytes=99-"}),
    ],
)
def test_no_download_leaves_a_file_open(
    server: Served, exports: Path, method: str, headers: dict[str, str]
) -> None:
    """Whole, in part, the headers alone, and refused."""
    ask(server, NAME, method, **headers)
    wait_until_closed(exports / NAME)
    assert open_descriptors(exports / NAME) == 0


def test_a_download_that_is_cut_off_leaves_no_file_open(server: Served, exports: Path) -> None:
    """A browser that goes away in the middle holds no descriptor of the server."""
    (exports / NAME).write_bytes(bytes(20_000_000))
    with closing(socket.create_connection((server.host, server.port), timeout=10)) as connection:
        connection.sendall(f"GET /labelwright/export/p/{NAME} HTTP/1.0\r\n\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 200 OK")
        assert open_descriptors(exports / NAME) > 0
    wait_until_closed(exports / NAME)


def wait_until_closed(path: Path) -> None:
    deadline = time.monotonic() + 10
    while open_descriptors(path):
        assert time.monotonic() < deadline
        time.sleep(0.01)
