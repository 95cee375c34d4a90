"""What browsers are told about every response: the content security policy and its companions.

The reasons for each word of the policy are in docs/decisions/0008-content-security-policy.md.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_START_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_UNUSED_FEATURES = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")


class SecurityHeaders:
    """Adds the security headers to every HTTP response that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                added = [(k, v) for k, v in security_headers() if k not in present]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


@cache
def security_headers() -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers, names in lower case."""
    features = ", ".join(f"{feature}=()" for feature in _UNUSED_FEATURES)
    return (
        (b"content-security-policy", content_security_policy().encode()),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", features.encode()),
        (b"referrer-policy", b"same-origin"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
    )


def content_security_policy() -> str:
    """Return the policy: nothing is allowed but what Streamlit and our components need."""
    hashes = " ".join(f"'sha256-{digest}'" for digest in _inline_script_hashes())
    return "; ".join(
        [
            "default-src 'none'",
            # Streamlit turns the loader of each component into a module with a blob: address.
            f"script-src 'self' blob: {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def _inline_script_hashes() -> list[str]:
    """Name the scripts that stand inside Streamlit's own start page, and no others."""
    scripts = _INLINE_SCRIPT.findall(_START_PAGE.read_bytes())
    return [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts]
