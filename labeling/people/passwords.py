"""Passwords, kept so that nobody can read them: scrypt (RFC 7914) with a salt for each."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from labeling.errors import AccountError

LEAST_CHARACTERS, MOST_BYTES = 10, 1024
_N, _R, _P = 2**15, 8, 1
"""Cost, block size, parallelism: 32 MB and about 0.1 s on one core for each guess."""
_MEMORY = 64 * 1024**2


@dataclass(frozen=True)
class KeptPassword:
    """What is kept of a password: 16 random bytes, and the 32 bytes that scrypt makes of both."""

    salt: bytes
    digest: bytes


NOBODYS = KeptPassword(bytes(16), bytes(32))
"""No password matches it: with it an unknown name takes as long to refuse as a known one."""


def keep(password: str) -> KeptPassword:
    """Return what to keep of a new password.

    Raises:
        AccountError: it is too short or too long.
    """
    if len(password) < LEAST_CHARACTERS:
        raise AccountError(
            f"The password has {len(password)} characters.",
            remedy=f"Take at least {LEAST_CHARACTERS}: a few words are easy to remember.",
        )
    if len(password.encode()) > MOST_BYTES:
        raise AccountError(f"The password is longer than {MOST_BYTES:,} bytes.")
    salt = secrets.token_bytes(16)
    return KeptPassword(salt, _digest(password, salt))


def matches(password: str, kept: KeptPassword) -> bool:
    """Tell whether a password is the one that was kept, in a time that says nothing about it."""
    if len(password) > MOST_BYTES:
        return False
    return hmac.compare_digest(_digest(password, kept.salt), kept.digest)


def _digest(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=_N,
        r=_R,
        p=_P,
        maxmem=_MEMORY,
        dklen=32,
    )
