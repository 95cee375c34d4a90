"""The sample project's data are what its README says."""

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from labeling.functions import LabelingFunction
from labeling.kinds import KINDS, stand_ins
from labeling.kinds.python import python_functions

SAMPLE = Path(__file__).parents[2] / "sample_data"
CLASS_ROWS = {"delivery": 680, "billing": 520, "returns": 360, "product": 260, "account": 180}
FUNCTIONS = {
    "login_trouble",
    "goes_back",
    "faulty_goods",
    "asks_about_goods",
    "subscriber_hunch",
    "parcel_words",
    "money_words",
    "account_words",
    "refund_or_swap",
    "day_after_day",
}


class SampleRow(dict[str, Any]):
    """A row as labeling functions see it: `x["text"]` and `x.text`, empty values as None."""

    __getattr__ = dict.__getitem__


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the records of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def generate(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the generator as a user does."""
    command = [sys.executable, str(SAMPLE / "generate.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def messages() -> list[dict[str, str]]:
    """The committed messages."""
    return read_csv(SAMPLE / "support_messages.csv")


@pytest.fixture(scope="module")
def truth() -> dict[str, str]:
    """The committed true classes by id."""
    return {record["id"]: record["category"] for record in read_csv(SAMPLE / "truth.csv")}


@pytest.fixture(scope="module")
def rows(messages: list[dict[str, str]]) -> list[SampleRow]:
    """The messages with typed values."""
    numbers = [float(m["order_value"]) if m["order_value"] else None for m in messages]
    return [
        SampleRow({**{name: value or None for name, value in m.items()}, "order_value": number})
        for m, number in zip(messages, numbers, strict=True)
    ]


@pytest.fixture(scope="module")
def functions() -> list[LabelingFunction]:
    """The ten functions, as a project holds them."""
    source = (SAMPLE / "functions" / "support_functions.py").read_text(encoding="utf-8")
    written = json.loads((SAMPLE / "functions" / "functions.json").read_text(encoding="utf-8"))
    return python_functions(source, "support_functions.py") + [
        LabelingFunction(one["name"], one["kind"], json.dumps(one["source"])) for one in written
    ]


@pytest.fixture
def worker_imports(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take back what compiling a Python function changes in a worker's imports."""
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    yield
    for name in stand_ins.MODULES:
        sys.modules.pop(name, None)


def compiled(function: LabelingFunction) -> Callable[[Any], object]:
    """Return the function as the worker calls it, checked against the sample's columns."""
    columns = ["id", "channel", "product", "order_value", "created", "text"]
    return KINDS[function.kind].compile(function, columns, list(CLASS_ROWS))


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample made again, and 500 rows of the next block."""
    folder = tmp_path_factory.mktemp("regenerated")
    made = generate("--rows", "2500", "--to", str(folder))
    assert made.returncode == 0, made.stderr
    return folder


@pytest.mark.parametrize("name", ["support_messages.csv", "truth.csv"])
def test_generator_reproduces_the_committed_file(name: str, tmp_path: Path) -> None:
    """Making the sample again gives the committed file byte for byte."""
    made = generate("--to", str(tmp_path))
    assert made.returncode == 0, made.stderr
    assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes()


def test_larger_file_begins_with_the_sample_and_has_unique_ids(
    regenerated: Path, messages: list[dict[str, str]]
) -> None:
    """A larger file continues the sample under new ids."""
    larger = read_csv(regenerated / "support_messages.csv")
    assert larger[:2000] == messages
    assert len({record["id"] for record in larger}) == 2500


def test_generator_refuses_to_replace_the_sample_by_another_size() -> None:
    """Another number of rows needs a folder of its own."""
    refused = generate("--rows", "5")
    assert refused.returncode == 2
    assert "--to" in refused.stderr


def test_ids_are_m0001_to_m2000(messages: list[dict[str, str]]) -> None:
    """Ids are unique and in order."""
    assert [m["id"] for m in messages] == [f"M{n:04d}" for n in range(1, 2001)]


def test_no_text_comes_twice(messages: list[dict[str, str]]) -> None:
    """Texts differ in their letters, not only in numbers or punctuation."""
    assert len({re.sub("[^a-z]", "", m["text"].lower()) for m in messages}) == 2000


def test_texts_have_3_to_60_words(messages: list[dict[str, str]]) -> None:
    """Messages are as short and as long as the README says."""
    lengths = [len(m["text"].split()) for m in messages]
    assert (min(lengths), max(lengths)) >= (3, 50)
    assert max(lengths) <= 60


def test_class_shares_are_those_of_the_readme(truth: dict[str, str]) -> None:
    """The imbalance is 34/26/18/13/9 percent, and the README's table says so."""
    assert Counter(truth.values()) == CLASS_ROWS
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    for name, rows in CLASS_ROWS.items():
        assert f"| `{name}` | {rows} | {rows * 100 // 2000} % |" in readme


def test_gold_is_250_dev_and_150_test_rows(messages: list[dict[str, str]]) -> None:
    """Exactly the rows with a split have gold."""
    assert Counter(m["split"] for m in messages) == {"": 1600, "dev": 250, "test": 150}
    assert all(bool(m["category"]) == bool(m["split"]) for m in messages)


def test_gold_agrees_with_the_truth_and_has_every_class_in_both_splits(
    messages: list[dict[str, str]], truth: dict[str, str]
) -> None:
    """Gold is the truth of a random part, large enough to show each class."""
    gold = [m for m in messages if m["split"]]
    assert all(m["category"] == truth[m["id"]] for m in gold)
    assert len({(m["split"], m["category"]) for m in gold}) == 2 * len(CLASS_ROWS)


def test_every_handwritten_message_is_in_the_sample_with_its_class(
    messages: list[dict[str, str]], truth: dict[str, str]
) -> None:
    """The 347 handwritten messages keep their wording and class."""
    lines = (SAMPLE / "handwritten.tsv").read_text(encoding="utf-8").splitlines()[1:]
    written = {line.split("\t")[2]: line.split("\t")[0] for line in lines}
    classes = {m["text"]: truth[m["id"]] for m in messages}
    assert len(written) == 347
    assert {text: classes.get(text) for text in written} == written


def test_columns_have_the_values_the_readme_names(messages: list[dict[str, str]]) -> None:
    """Channels, dates and order values are clean."""
    assert {m["channel"] for m in messages} == {"email", "chat", "web form"}
    assert all("2026-03-01" <= m["created"] <= "2026-08-31" for m in messages)
    assert all(re.fullmatch(r"\d+\.\d\d|", m["order_value"]) for m in messages)
    assert 0 < sum(m["order_value"] == "" for m in messages) < 1000


def test_no_fragment_leaks_its_notation(messages: list[dict[str, str]]) -> None:
    """No slot or alternative is left unfilled."""
    assert not [m["text"] for m in messages if re.search(r"[\[\]{}|]", m["text"])]


def test_no_cell_is_a_formula(messages: list[dict[str, str]]) -> None:
    """No cell begins with a character that makes a spreadsheet run it."""
    cells = (cell for message in messages for cell in message.values())
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_texts_hold_no_personal_data(messages: list[dict[str, str]]) -> None:
    """No mail address, web address or phone number is in a text."""
    personal = re.compile(r"\S@\S|https?:|www\.|\+?\d(?:[ -]?\d){6,}")
    assert not [m["text"] for m in messages if personal.search(m["text"])]


def test_ten_functions_of_three_kinds_are_there(functions: list[LabelingFunction]) -> None:
    """The files hold ten functions under the names of the README."""
    assert {function.name for function in functions} == FUNCTIONS
    assert Counter(f.kind for f in functions) == {"python": 5, "keyword": 3, "regex": 2}


@pytest.mark.usefixtures("worker_imports")
def test_readme_states_coverage_and_accuracy_of_each_function(
    functions: list[LabelingFunction], rows: list[SampleRow], truth: dict[str, str]
) -> None:
    """The README's figures are those counted over all rows against the truth."""
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    covered: set[str] = set()
    for function in functions:
        vote = compiled(function)
        votes = {row["id"]: vote(row) for row in rows}
        cast = {key: label for key, label in votes.items() if label in CLASS_ROWS}
        covered |= cast.keys()
        right = sum(truth[key] == label for key, label in cast.items())
        labels = ", ".join(f"`{label}`" for label in sorted(set(map(str, cast.values()))))
        figures = f"{len(cast) / 20:.1f} % | {right / len(cast) * 100:.1f} %"
        assert f"| `{function.name}` | {function.kind} | {labels} | {figures} |" in readme
    assert f"Together they vote on {len(covered) / 20:.1f} % of the rows" in readme


@pytest.mark.usefixtures("worker_imports")
def test_two_functions_conflict_visibly(
    functions: list[LabelingFunction], rows: list[SampleRow]
) -> None:
    """`money_words` and `refund_or_swap` disagree wherever both vote, on 2 % of rows and more."""
    by_name = {function.name: compiled(function) for function in functions}
    both = [r for r in rows if by_name["money_words"](r) and by_name["refund_or_swap"](r)]
    assert len(both) > 0.02 * len(rows)


def test_keyword_and_regex_functions_name_every_parameter() -> None:
    """No parameter is left to a default that could change."""
    parameters = {
        "keyword": {"column", "words", "label", "match", "whole_word", "match_case"},
        "regex": {"column", "pattern", "label", "match_case"},
    }
    written = json.loads((SAMPLE / "functions" / "functions.json").read_text(encoding="utf-8"))
    for function in written:
        assert set(function["source"]) == parameters[function["kind"]]
