"""Streamlit's caches are shared by all sessions, so nothing of a user's may lie in them."""

import re

from tests.browser.serving import REPOSITORY


def test_no_page_caches_for_all_sessions() -> None:
    """What one user reads is never kept where another's session could be handed it."""
    sources = [
        path
        for folder in ("pages", "components", "web", "labeling")
        for path in (REPOSITORY / folder).rglob("*.py")
    ]
    assert sources
    found = [path.name for path in sources if re.search(r"cache_(data|resource)", path.read_text())]
    assert found == []
