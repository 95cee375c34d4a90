"""Requests that change something must come from our own pages."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers


def is_same_origin(headers: Headers) -> bool:
    """Tell whether a request was sent by a page of this very host and port.

    Browsers send `Origin` with every WebSocket and every POST; a request without one is refused.

    >>> is_same_origin(Headers({"host": "localhost:8501", "origin": "http://localhost:8501"}))
    True
    >>> is_same_origin(Headers({"host": "localhost:8501", "origin": "https://elsewhere.example"}))
    False
    >>> is_same_origin(Headers({"host": "localhost:8501", "origin": "http://[localhost:8501"}))
    False
    """
    try:
        origin = urlsplit(headers.get("origin", "")).netloc
    except ValueError:
        # Such as "http://[": no browser sends it, so it is not from a page of ours.
        return False
    return bool(origin) and origin.lower() == headers.get("host", "").lower()
