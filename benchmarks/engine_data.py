"""The rows and functions that `benchmarks/engine.py` measures with, made anew from one seed.

Short comments of 14 words, of which two in three are from the list of their class; one row in fifty
has a letter that is not ASCII. Of the pattern functions every second is made of two keywords, the
others of a pattern; the Python functions look for two words in the lower-cased text.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa

from labeling.functions import LabelingFunction
from labeling.kinds.keyword import KeywordParameters, longest_first_pattern
from labeling.kinds.regex import RegexParameters
from labeling.models.contract import Ints

CLASSES = ("ham", "spam")
WORDS = tuple(f"word{number}" for number in range(400))
WORDS_A_ROW = 14
LEANING = 2 / 3


def write_rows(path: Path, n_rows: int) -> tuple[list[str], Ints]:
    """Write the Arrow file that workers map; return the texts and the true classes (n,)."""
    rng = np.random.default_rng(5)
    truth = rng.integers(0, 2, n_rows)
    own = rng.random((n_rows, WORDS_A_ROW)) < LEANING
    half = len(WORDS) // 2
    drawn = rng.integers(0, half, (n_rows, WORDS_A_ROW))
    drawn += half * np.where(own, truth[:, None], 1 - truth[:, None])
    texts = [" ".join([WORDS[word] for word in row]) for row in drawn.tolist()]
    for row in range(0, n_rows, 50):
        texts[row] += " café"
    table = pa.table({"row_id": pa.array(range(n_rows), pa.int64()), "text": texts})
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table, max_chunksize=50_000)
    return texts, truth


def words_of(number: int) -> tuple[str, str, int]:
    """Return two words that no other function looks for, and the class they speak for."""
    label, place = number % 2, number // 2
    base = label * len(WORDS) // 2 + 4 * place
    return WORDS[base], WORDS[base + 1], label


def pattern_text(number: int) -> str:
    """Return the pattern of `re`, in any case, that a function looks for."""
    one, other, _ = words_of(number)
    if number % 4 < 2:
        return longest_first_pattern((one, other), whole_word=True)
    return rf"\b{one}\b|{other}\s+w\w+"


def pattern_function(number: int) -> LabelingFunction:
    """Return a keyword or regex function."""
    one, other, label = words_of(number)
    name, column = f"pattern {number}", "text"
    if number % 4 < 2:
        source = KeywordParameters(column, (one, other), CLASSES[label]).to_source()
        return LabelingFunction(name, "keyword", source)
    source = RegexParameters(column, pattern_text(number), CLASSES[label]).to_source()
    return LabelingFunction(name, "regex", source)


def python_source(number: int) -> str:
    """Return a function in Python that Snorkel runs as it is."""
    one, other, label = words_of(number)
    return (
        f"def python_{number}(x):\n"
        "    text = x.text.lower()\n"
        f"    return {label} if '{one} ' in text or '{other} ' in text else -1\n"
    )


def python_function(number: int) -> LabelingFunction:
    """Return a Python function."""
    return LabelingFunction(f"python_{number}", "python", python_source(number))
