"""The built browser code: where it lies, at which address it is served, how a component loads it.

The app is started from a clone and not installed, so Streamlit's own asset folders, which belong
to installed packages, are out of reach. Instead one of our routes serves `frontend/dist`
(`web/static_assets.py`), and each component registers a small loader that imports its file from
there. The address holds a digest of the file's content, so that a browser may keep it for ever
and still never runs an old one.
"""

import hashlib
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

BUILT_FOLDER = Path(__file__).parent / "frontend" / "dist"

_LOADER = """
export default async function (component) {{
  const built = await import(new URL({path!r}, window.location.origin));
  return built.default(component);
}}
"""


def address(route: str) -> str:
    """Return the path of one of our own routes, below Streamlit's `server.baseUrlPath`.

    Streamlit does not prefix the routes an app adds, so both sides ask here.

    >>> address("push")
    '/labelwright/push'
    """
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/labelwright/{route}" if base else f"/labelwright/{route}"


@cache
def digest(file_name: str) -> str:
    """Return the first 16 hex digits of the SHA-256 of a built file."""
    return hashlib.sha256((BUILT_FOLDER / file_name).read_bytes()).hexdigest()[:16]


def component(name: str) -> ComponentRenderer:
    """Register the component whose browser code is `frontend/dist/<name>.js`."""
    path = address(f"assets/{digest(f'{name}.js')}/{name}.js")
    return st.components.v2.component(f"labelwright_{name}", js=_LOADER.format(path=path))


def declared() -> None:
    """Declare a state of a component by a callback: without one Streamlit may leave it out."""
