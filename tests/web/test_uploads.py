"""The upload route: files arrive whole, from our own pages only, and nowhere else on the disk."""

import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from labeling.errors import ProjectError
from tests.web.serving import Answer, Served, served
from web.uploads import Limits, Uploads, display_name


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    """Return an uploads folder that takes files of up to 1,000 bytes."""
    return Uploads(tmp_path / "uploads", Limits(file_bytes=1000))


Serve = Callable[..., AbstractContextManager[Served]]


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    """Return `serve(**limits)`, which serves an uploads folder with these limits."""

    def serve(**limits: float) -> AbstractContextManager[Served]:
        return served([Uploads(tmp_path / "uploads", Limits(**limits)).route()])  # type: ignore[arg-type]

    return serve


@pytest.fixture
def server(uploads: Uploads) -> Iterator[Served]:
    """Serve the upload route alone."""
    with served([uploads.route()]) as server:
        yield server


def upload(server: Served, body: bytes | Iterable[bytes], name: str = "a.csv") -> Answer:
    return server.post(f"/labelwright/upload?name={name}", body, server.origin)


def stored(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "uploads").iterdir())


def test_an_uploaded_file_is_found_by_its_id(uploads: Uploads, server: Served) -> None:
    """The answer names the file; its path has the same bytes and the same ending."""
    answer = upload(server, b"x,y\n", "a%20b.CSV")
    assert answer.status == 200
    told = answer.json()
    assert (told["file_name"], told["size"]) == ("a b.CSV", 4)
    path = uploads.path(str(told["upload_id"]))
    assert path.read_bytes() == b"x,y\n"
    assert path.suffix == ".csv"


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "http://localhost:9999", "null", None]
)
def test_a_post_of_another_origin_is_refused(
    server: Served, tmp_path: Path, origin: str | None
) -> None:
    """Another site cannot fill the disk through a visitor's browser."""
    answer = server.post("/labelwright/upload?name=a.csv", b"x", origin)
    assert answer.status == 403
    assert "own pages only" in str(answer.json()["error"])
    assert stored(tmp_path) == []


def test_a_file_over_the_limit_is_refused_with_a_sentence(server: Served, tmp_path: Path) -> None:
    """The declared size is enough to refuse."""
    answer = upload(server, bytes(1001))
    assert answer.status == 413
    assert "larger than the limit" in str(answer.json()["error"])
    assert stored(tmp_path) == []


def test_a_stream_without_a_declared_size_is_counted(server: Served, tmp_path: Path) -> None:
    """A chunked body that grows over the limit is stopped and leaves nothing behind."""
    chunks = (bytes(400) for _ in range(5))
    answer = upload(server, chunks)
    assert answer.status == 413
    assert stored(tmp_path) == []


def raw(server: Served, headers: str, body: bytes = b"") -> bytes:
    """Send exactly these bytes and return what comes back until the server closes."""
    request = (
        f"POST /labelwright/upload?name=a.csv HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n"
    )
    request += f"Origin: {server.origin}\r\nConnection: close\r\n{headers}\r\n"
    with closing(socket.create_connection((server.host, server.port), timeout=10)) as connection:
        connection.sendall(request.encode("latin-1") + body)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize("length", ["many", "-1", "1e3", "+5", "0x10", "\xb2", ""])
def test_a_length_that_is_no_number_is_a_bad_request(
    server: Served, tmp_path: Path, length: str
) -> None:
    """The request is refused as malformed; the server goes on."""
    answer = raw(server, f"Content-Length: {length}\r\n", b"12345")
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert stored(tmp_path) == []
    assert upload(server, b"x").status == 200


def test_a_file_that_ends_early_is_removed(server: Served, tmp_path: Path) -> None:
    """A browser that goes away after half of what it announced leaves nothing behind."""
    with closing(socket.create_connection((server.host, server.port))) as connection:
        head = f"POST /labelwright/upload HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n"
        head += f"Origin: {server.origin}\r\nContent-Length: 900\r\n\r\n"
        connection.sendall(head.encode() + b"x" * 100)
        wait_until(lambda: len(stored(tmp_path)) == 1)
    wait_until(lambda: stored(tmp_path) == [])
    assert stored(tmp_path) == []


def test_more_than_was_announced_is_not_stored(
    server: Served, uploads: Uploads, tmp_path: Path
) -> None:
    """What follows the announced length is no part of the file."""
    raw(server, "Content-Length: 3\r\n", b"abc" + b"d" * 2000)
    (name,) = stored(tmp_path)
    assert uploads.path(name).read_bytes() == b"abc"


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_an_upload_that_falls_silent_is_given_up(serve: Serve, tmp_path: Path) -> None:
    """A client that holds a connection and sends nothing takes no place for long."""
    with serve(silent_seconds=0.2) as server:
        answer = raw(server, "Content-Length: 900\r\n", b"x")
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert answer.endswith(
        b'{"error":"Nothing of the file arrived for 0.2 seconds. Choose the file again."}'
    )
    assert stored(tmp_path) == []


def test_too_many_at_once_have_to_wait(serve: Serve) -> None:
    """A place is free again as soon as an upload ends."""
    with serve(at_once=1) as server:
        with closing(socket.create_connection((server.host, server.port))) as connection:
            head = f"POST /labelwright/upload HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n"
            head += f"Origin: {server.origin}\r\nContent-Length: 9\r\n\r\n"
            connection.sendall(head.encode())
            wait_until(lambda: upload(server, b"y").status == 429)
            told = upload(server, b"y").json()["error"]
        assert told == "Other files are arriving. Choose the file again in a minute."
        wait_until(lambda: upload(server, b"z").status == 200)


FOLDER_FULL = (
    "The files that wait for their import leave no room for this one. Import or remove those "
    "first, or import it on the server with cli.py."
)
DISK_FULL = "The server's disk is almost full. Make room on it first."


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "chunked"])
@pytest.mark.parametrize(
    ("limits", "message"),
    [({"folder_bytes": 1000}, FOLDER_FULL), ({"kept_free_bytes": 2**63}, DISK_FULL)],
    ids=["folder", "disk"],
)
def test_what_would_fill_the_server_is_refused(
    serve: Serve, tmp_path: Path, limits: dict[str, int], message: str, chunked: bool
) -> None:
    """Whether the size was announced or not, nothing of the file stays."""
    folder = tmp_path / "uploads"
    folder.mkdir()
    (folder / ("0" * 32 + ".csv")).write_bytes(bytes(600))
    with serve(**limits) as server:
        answer = upload(server, iter([bytes(300), bytes(300)]) if chunked else bytes(600))
    assert (answer.status, answer.json()["error"]) == (507, message)
    assert stored(tmp_path) == ["0" * 32 + ".csv"]


def test_an_upload_makes_room_of_forgotten_ones(server: Served, tmp_path: Path) -> None:
    """A file that nobody imported within a day is removed, also while the server runs."""
    forgotten = tmp_path / "uploads" / ("0" * 32 + ".csv")
    forgotten.write_text("x")
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(forgotten, (two_days_ago, two_days_ago))
    told = upload(server, b"y").json()
    assert stored(tmp_path) == [told["upload_id"]]


def test_a_link_in_the_folder_is_no_upload(uploads: Uploads, tmp_path: Path) -> None:
    """Whoever can write there cannot make another file of the server readable through it."""
    (tmp_path / "secret").write_text("x")
    link = tmp_path / "uploads" / ("0" * 32 + ".csv")
    link.symlink_to(tmp_path / "secret")
    with pytest.raises(ProjectError, match="no longer there"):
        uploads.path(link.name)


@pytest.mark.parametrize(
    "name",
    [
        "..%2F..%2Fevil.csv",
        "%2Fetc%2Fcron.d%2Fevil.csv",
        "..%5Cevil.csv",
        "a%00.csv",
        "a.csv%00.sh",
    ],
)
def test_no_name_leads_out_of_the_folder(server: Served, tmp_path: Path, name: str) -> None:
    """Files are stored under an id alone; the name lends it its ending at most."""
    answer = upload(server, b"x", name)
    assert answer.status == 200
    assert stored(tmp_path) == [answer.json()["upload_id"]]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["uploads"]


def test_ids_cannot_be_guessed(server: Served) -> None:
    """128 random bits name a file; nothing lists them."""
    ids = {str(upload(server, b"x").json()["upload_id"]) for _ in range(20)}
    assert len(ids) == 20
    assert all(len(upload_id.removesuffix(".csv")) == 32 for upload_id in ids)
    assert server.get("/labelwright/upload").status == 405


@pytest.mark.parametrize(
    "upload_id", ["", "..", "../secret", "/etc/passwd", "0" * 32, "0" * 32 + "/../x", "a.csv"]
)
def test_an_id_that_was_never_given_finds_nothing(uploads: Uploads, upload_id: str) -> None:
    """Ids are checked by form before any path is built from them."""
    with pytest.raises(ProjectError, match="Upload the file again"):
        uploads.path(upload_id)


def test_a_discarded_file_is_gone(uploads: Uploads, server: Served) -> None:
    """After the import nothing is left."""
    answer = upload(server, b"x")
    upload_id = str(answer.json()["upload_id"])
    path = uploads.path(upload_id)
    uploads.discard(upload_id)
    assert not path.exists()
    with pytest.raises(ProjectError):
        uploads.discard(upload_id)


def test_old_uploads_are_removed_at_the_start_and_nothing_else(tmp_path: Path) -> None:
    """Two days old and ours: removed. Fresh, or not ours: kept."""
    folder = tmp_path / "uploads"
    folder.mkdir()
    old, partial, fresh = "0" * 32 + ".csv", "1" * 32 + ".csv.part", "2" * 32
    for name in (old, partial, fresh, "notes.txt"):
        (folder / name).write_text("x")
    two_days_ago = time.time() - 2 * 24 * 3600
    for name in (old, partial, "notes.txt"):
        os.utime(folder / name, (two_days_ago, two_days_ago))
    Uploads(folder)
    assert stored(tmp_path) == [fresh, "notes.txt"]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("messages.csv", "messages.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\a.csv", "a.csv"),
        ("a\x00\n\u202eb.csv", "ab.csv"),
        ("", "file"),
        ("x" * 200 + ".csv", "…" + "x" * 115 + ".csv"),
    ],
)
def test_a_file_name_becomes_fit_to_show(sent: str, shown: str) -> None:
    """Folders, control characters and excess length go."""
    assert display_name(sent) == shown
