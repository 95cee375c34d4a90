"""Each labeling function of a file stands alone, with what it needs and nothing of the others."""

from labeling.kinds.python import python_functions

FILE = '''"""Rules for spam."""
from __future__ import annotations

import json
import re
from snorkel.labeling import labeling_function

ABSTAIN = -1
HAM, SPAM = 0, 1
LINK = re.compile(r"https?://")  # anything that looks like one
WORDS = ["free"]
WORDS.append("win")


def contains(text, words):
    return any(word in text for word in words)


def unused(text):
    return json.loads(text)


# People who sell something.
@labeling_function()
def sells(x):
    return SPAM if contains(x.text, WORDS) else ABSTAIN


@labeling_function(name="has link")
def link(x):
    return SPAM if LINK.search(x.text) else ABSTAIN


@labeling_function()
def short(x):
    return ABSTAIN if sells(x) == SPAM or contains(x.text, ["!"]) else HAM


lfs = [sells, link, short]

if __name__ == "__main__":
    print(lfs)
'''


def slices(source: str) -> dict[str, str]:
    """Return the source of each function of a file."""
    return {function.name: function.source for function in python_functions(source, "lfs.py")}


def test_a_function_keeps_its_comment_helpers_and_constants() -> None:
    """What `sells` needs is there, in the file's order, and what it does not is gone."""
    assert slices(FILE)["sells"] == (
        "from __future__ import annotations\n"
        "from snorkel.labeling import labeling_function\n"
        "\n"
        "ABSTAIN = -1\n"
        "HAM, SPAM = 0, 1\n"
        'WORDS = ["free"]\n'
        'WORDS.append("win")\n'
        "\n"
        "\n"
        "def contains(text, words):\n"
        "    return any(word in text for word in words)\n"
        "\n"
        "\n"
        "# People who sell something.\n"
        "@labeling_function()\n"
        "def sells(x):\n"
        "    return SPAM if contains(x.text, WORDS) else ABSTAIN\n"
    )


def test_a_function_that_calls_another_keeps_it() -> None:
    """A labeling function that is referred to stays; the others go."""
    source = slices(FILE)["short"]
    assert "def sells" in source
    assert "def link" not in source
    assert "lfs =" not in source


def test_editing_one_function_leaves_the_others_versions() -> None:
    """Only the edited function, and one that calls it, get a new version."""
    edited = FILE.replace("LINK.search(x.text)", "LINK.match(x.text)")
    before = {f.name: f.version for f in python_functions(FILE, "lfs.py")}
    after = {f.name: f.version for f in python_functions(edited, "lfs.py")}
    assert {name for name in before if before[name] != after[name]} == {"has link"}


def test_editing_a_shared_helper_changes_who_uses_it() -> None:
    """Two functions share `contains`; the third does not."""
    edited = FILE.replace("word in text", "word in text.lower()")
    before = {f.name: f.version for f in python_functions(FILE, "lfs.py")}
    after = {f.name: f.version for f in python_functions(edited, "lfs.py")}
    assert {name for name in before if before[name] != after[name]} == {"sells", "short"}


def test_slices_find_themselves_again() -> None:
    """A slice is a valid source of its own function."""
    for name, source in slices(FILE).items():
        assert slices(source)[name] == source


def test_statements_with_effects_stay() -> None:
    """Nothing that could matter is dropped because its name is not mentioned."""
    source = (
        "import random\nrandom.seed(0)\nimport plugin\nprint('hello')\ndef a(x):\n    return 1\n"
    )
    assert slices(source)["a"] == source


def test_a_source_that_looks_names_up_keeps_everything_but_other_functions() -> None:
    """With `globals()` no name is certainly unused."""
    source = (
        "WORDS = 3\n\n\ndef a(x):\n    return globals()['WORDS']\n\n\ndef b(x):\n    return 1\n"
    )
    assert slices(source)["a"] == "WORDS = 3\n\n\ndef a(x):\n    return globals()['WORDS']\n"


def test_statements_that_share_a_line_stay_together() -> None:
    """A slice is cut between lines."""
    source = "A = 1; B = 2\ndef a(x):\n    return A\n"
    assert slices(source)["a"] == source


def test_windows_line_ends_and_byte_order_mark_do_not_change_a_version() -> None:
    """The same file saved by another editor is the same function."""
    windows = "\ufeff" + FILE.replace("\n", "\r\n")
    assert python_functions(windows, "lfs.py") == python_functions(FILE, "lfs.py")


def test_a_text_with_odd_line_breaks_is_cut_whole() -> None:
    """Characters that only Python's `splitlines` takes for a line's end do not end one."""
    source = (
        'TEXT = """a\n\x0cb\u2028c"""\n\ndef a(x):\n    return TEXT\n\ndef b(x):\n    return 2\n'
    )
    assert slices(source) == {
        "a": 'TEXT = """a\n\x0cb\u2028c"""\n\ndef a(x):\n    return TEXT\n',
        "b": "def b(x):\n    return 2\n",
    }


BUILT = """from snorkel.labeling import LabelingFunction


def lookup(x, words):
    return 1 if any(word in x.text for word in words) else -1


def make(words):
    return LabelingFunction(f"has_{words[0]}", lookup, dict(words=words))


free = make(["free"])
win = make(["win"])
lfs = [free, win, *(make([word]) for word in ("click", "buy"))]
"""


def test_an_object_keeps_its_factory_and_nothing_of_the_others() -> None:
    """What builds other labeling functions is left out like those themselves."""
    head, _, _ = BUILT.partition('free = make(["free"])\n')
    assert slices(BUILT) == {
        "free": f'{head}free = make(["free"])\n',
        "win": f'{head.rstrip()}\nwin = make(["win"])\n',
    }
