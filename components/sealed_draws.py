"""How a row was drawn, as a text that a browser keeps for a while and cannot change.

An answer may come back in another session than the one that drew its row, so the browser carries
the draw. It decides how much the answer counts in reweighted figures: with a made-up propensity,
one label would outweigh those of all other people. The seal shows which draws this server made.
"""

import hashlib
import hmac
import secrets

from labeling.draws import Draw

_SECRET = secrets.token_bytes(32)
"""Of this process alone: after a restart, draws of before it are not known any more."""


def sealed_draw(draw: Draw, project: str, row_id: int) -> str:
    """Return the draw of a project's row as a text that `unsealed_draw` reads."""
    text = draw.as_text()
    return f"{_seal(text, project, row_id)} {text}"


def unsealed_draw(sealed: str, project: str, row_id: int) -> Draw | None:
    """Return the draw of a project's row; None where this server did not make it for that row.

    >>> sealed = sealed_draw(Draw("uncertain", 0.5, 0.01), "messages", 3)
    >>> unsealed_draw(sealed, "messages", 3)
    Draw(sampler='uncertain', propensity=0.5, even=0.01)
    >>> unsealed_draw(sealed, "messages", 4)
    """
    seal, _, text = sealed.partition(" ")
    # A browser may send half a character, which is in no seal and cannot be encoded.
    expected = _seal(text, project, row_id)
    if not hmac.compare_digest(seal.encode("utf-8", "replace"), expected.encode()):
        return None
    return Draw.from_text(text)


def _seal(text: str, project: str, row_id: int) -> str:
    sealed = repr((project, row_id, text)).encode("utf-8", "backslashreplace")
    return hmac.new(_SECRET, sealed, hashlib.sha256).hexdigest()
