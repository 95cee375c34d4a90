"""What is kept of a password, at its real cost."""

import hashlib

from labeling.people.passwords import NOBODYS, keep, matches


def test_a_password_matches_what_was_kept_of_it_and_no_other() -> None:
    """Two keeps of one password have nothing in common."""
    kept, again = keep("correct horse battery"), keep("correct horse battery")
    assert matches("correct horse battery", kept)
    assert not matches("correct horse batterz", kept)
    assert not matches("", NOBODYS)
    assert not matches("x" * 2_000, kept)
    assert kept.salt != again.salt
    assert kept.digest != again.digest


def test_it_is_scrypt_as_hashlib_has_it() -> None:
    """With a cost of 32 MB for each guess."""
    kept = keep("correct horse battery")
    expected = hashlib.scrypt(
        b"correct horse battery", salt=kept.salt, n=32_768, r=8, p=1, maxmem=2**26, dklen=32
    )
    assert kept.digest == expected
