"""The built browser code is there, current and served."""

import hashlib
from collections.abc import Iterator

import pytest

from components.assets import BUILT_FOLDER, address, digest
from tests.web.serving import Served, served
from web.static_assets import asset_route

COMPONENTS = ("card", "editor", "listener", "rows", "uploader")


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """Serve the asset route alone."""
    with served([asset_route()]) as server:
        yield server


def test_the_built_files_were_made_from_these_sources() -> None:
    """A change of a source without `make frontend` shows here."""
    frontend = BUILT_FOLDER.parent
    sources = [path for path in (frontend / "src").rglob("*") if path.is_file()]
    names = sorted([str(path.relative_to(frontend).as_posix()) for path in sources])
    hashed = hashlib.sha256()
    for name in sorted([*names, "build.mjs", "package-lock.json"]):
        hashed.update(f"{name}\n".encode() + (frontend / name).read_bytes())
    assert (BUILT_FOLDER / "SOURCES.sha256").read_text().strip() == hashed.hexdigest()


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_built_file_is_served_for_ever(server: Served, name: str) -> None:
    """The address that names the content's digest may be cached without end."""
    file_name = f"{name}.js"
    answer = server.get(address(f"assets/{digest(file_name)}/{file_name}"))
    assert answer.body == (BUILT_FOLDER / file_name).read_bytes()
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")


def test_an_address_of_another_version_is_not_kept(server: Served) -> None:
    """A page left open over an update still works, and nothing wrong is cached."""
    answer = server.get(address("assets/0000000000000000/card.js"))
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["SOURCES.sha256", "../package.json", "..%2fpackage.json", "x.js"])
def test_nothing_else_is_served(server: Served, name: str) -> None:
    """Only the built scripts have an address."""
    assert server.get(f"{address('assets/0')}/{name}").status == 404


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_built_file_names_no_outside_address(name: str) -> None:
    """No script, font or image comes from elsewhere."""
    built = (BUILT_FOLDER / f"{name}.js").read_text()
    addresses = {part.split('"')[0].split("`")[0] for part in built.split("https://")[1:]}
    assert not {address for address in addresses if not address.startswith("codemirror.net")}


def test_the_licences_of_bundled_packages_are_kept() -> None:
    """The editor contains other people's code; their notices go with it."""
    assert "@codemirror/view" in (BUILT_FOLDER / "THIRD_PARTY_LICENSES.txt").read_text()
