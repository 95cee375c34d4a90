"""The upload route: files arrive whole, from our own pages only, and nowhere else on the disk."""

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from labeling.errors import ProjectError
from tests.web.serving import Answer, Served, served
from web.uploads import Uploads, display_name


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    """Return an uploads folder that takes files of up to 1,000 bytes."""
    return Uploads(tmp_path / "uploads", max_bytes=1000)


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
