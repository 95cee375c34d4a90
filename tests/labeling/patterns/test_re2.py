"""Columns are searched with exactly the answers of `re`, or not at all."""

import re
import string
import subprocess
import sys
import warnings

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeling.patterns.characters import ASCII
from labeling.patterns.re2 import re2_pattern
from labeling.patterns.search import column_search, is_ascii

LETTERS = "abkKsSiI_19 .-\n\r\x0b\x1c\x1f\0é\u0301\u212a\u017f\u0130\u0131ßß中😀"
"""With letters whose case is not what it seems, controls that only Python calls space, a combining
mark, and characters of two, three and four bytes."""
SETS = [
    r"\w",
    r"\W",
    r"\d",
    r"\D",
    r"\s",
    r"\S",
    r".",
    r"[a-k]",
    r"[^a-k]",
    r"[ſ]",
    r"[K-ſ]",
    r"[^\s]",
    r"[\W_]",
    r"[\d.-]",
    r"[^\n]",
    r"[]]",
    r"[^^]",
    r"[\]\\-]",
    r"[İı]",
    r"[ß-é]",
]
PLACES = [
    r"^",
    r"$",
    r"\A",
    r"\Z",
    r"\b",
    r"\B",
    r"(?<!\w)",
    r"(?!\w)",
    r"(?<=a)",
    r"(?=[^s])",
    r"(?!b)",
]
REPEATS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,3}", "{2,}", "{,2}", "{0}", "*+"]

items = st.one_of(
    st.sampled_from(LETTERS).map(re.escape), st.sampled_from(SETS), st.sampled_from(PLACES)
)


def longer(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return patterns made of patterns."""
    return st.one_of(
        st.lists(parts, min_size=2, max_size=4).map("".join),
        st.lists(parts, min_size=2, max_size=3).map("|".join).map("(?:{})".format),
        st.tuples(parts, st.sampled_from(REPEATS)).map(lambda p: f"(?:{p[0]}){p[1]}"),
        parts.map("({})".format),
        st.tuples(st.sampled_from(("i", "s", "m", "a", "-i", "i-s")), parts).map(
            lambda p: f"(?{p[0]}:{p[1]})"
        ),
        parts.map("(?i){}".format),
        parts.map(r"{}\1".format),
    )


patterns = st.recursive(items, longer, max_leaves=8)
texts = st.lists(st.text(LETTERS, max_size=8) | st.none(), min_size=1, max_size=20)


@settings(deadline=None, max_examples=400)
@given(pattern=patterns, column=texts, flags=st.sampled_from([0, re.IGNORECASE]))
def test_random_patterns_hit_what_re_hits(
    pattern: str, column: list[str | None], flags: int
) -> None:
    """On every ASCII text, the empty cell among them; which texts these are is told as well."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(pattern, flags)
    except re.error:
        return
    search = column_search(pattern, flags)
    cells = pa.array(["not looked at", *column], pa.string())[1:]
    ascii_cells = [(cell or "").isascii() for cell in column]
    assert is_ascii(cells).tolist() == ascii_cells
    if search is not None:
        expected = [compiled.search(cell or "") is not None for cell in column]
        found = search.hits(cells)
        assert found[ascii_cells].tolist() == np.array(expected)[ascii_cells].tolist()


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.ASCII, re.IGNORECASE | re.DOTALL])
@pytest.mark.parametrize("item", [*SETS, *map(re.escape, LETTERS), *string.ascii_letters])
def test_one_character_is_what_re_takes_it_for(item: str, flags: int) -> None:
    """All 128 of them, for every class, set and letter."""
    search = column_search(item, flags)
    assert search is not None
    found = search.hits(pa.array(list(ASCII)))
    assert found.tolist() == [bool(re.search(item, one, flags)) for one in ASCII]


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bfree\b",
        r"(?<!\w)(?:free|c\+\+)(?!\w)",
        "win(ner|ning)?s?$",
        r"^\s*(re|fwd):",
        r"https?://\S+",
        "[0-9]{3}-[0-9]{4}",
        "größe|size",
        "(?i:free) [A-Z]+",
        r"(?m)^> .*$",
        r"a.{0,40}b",
    ],
)
def test_patterns_that_people_write_are_searched_in_columns(pattern: str) -> None:
    """A list that is too cautious would be as slow as none."""
    assert column_search(pattern) is not None


LEFT = [
    r"(a)\1",
    r"\B",
    r"(a|b*)+",
    r"a$b",
    r"(?:a$)+",
    r"b(?<!a)c",
    r"(?=a)b",
    r"a{1001}",
    r"(?>a)",
    r"a++",
    r"(a)?(?(1)b|c)",
    r"(?!ab)",
    r"(?<!^)a",
    r"(?!)",
]


@pytest.mark.parametrize("pattern", LEFT)
def test_the_rest_is_left_to_re(pattern: str) -> None:
    """Where RE2 cannot say it, or where the two could differ."""
    re.compile(pattern)
    assert re2_pattern(pattern) is None


def test_a_search_imports_no_pandas() -> None:
    """Pyarrow does so for many a call, and a worker would wait longer for it than for its rows."""
    program = (
        "import sys, mmap, numpy as np, pyarrow as pa\n"
        "from labeling.patterns.search import column_search, is_ascii, selected\n"
        "from labeling.execution.row import Chunk\n"
        "ends = pa.py_buffer(np.array([0, 1, 3, 3], dtype=np.int32))\n"
        "valid = pa.py_buffer(np.array([3], dtype=np.uint8))\n"
        "content = pa.py_buffer('aö'.encode())\n"
        "cells = pa.Array.from_buffers(pa.string(), 3, [valid, ends, content])\n"
        "assert column_search('a|^$').hits(cells).tolist() == [True, False, True]\n"
        "assert is_ascii(cells).tolist() == [True, False, True]\n"
        "assert selected(cells, ~is_ascii(cells)).to_pylist() == ['ö']\n"
        "assert not {'pandas', 'pyarrow.compute'} & set(sys.modules), 'imported'\n"
    )
    asked = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert asked.returncode == 0, asked.stderr.decode()


def test_a_pattern_too_large_for_re2_is_left_to_re() -> None:
    """RE2 says so itself."""
    pattern = "(?:(?:a[b-z]{1,900}c){1,900}d)"
    assert re2_pattern(pattern) is not None
    assert column_search(pattern) is None
