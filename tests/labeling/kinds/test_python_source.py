"""Which labeling functions a Python source has, decided by reading it."""

import pytest

from labeling.errors import FunctionError
from labeling.functions import LabelingFunction
from labeling.kinds import KINDS
from labeling.kinds.python import (
    python_functions,
    python_functions_left_out,
    single_python_function,
)


def names(source: str) -> list[str]:
    """Return the names of a file's labeling functions."""
    return [function.name for function in python_functions(source, "lfs.py")]


def reasons(source: str) -> dict[str, str]:
    """Return what of a file is not taken, each with its reason."""
    return {one.what: one.reason for one in python_functions_left_out(source)}


def error_in(source: str) -> FunctionError:
    """Return the error that a file is refused with."""
    with pytest.raises(FunctionError) as caught:
        python_functions(source, "lfs.py")
    return caught.value


@pytest.mark.parametrize(
    "decorator",
    [
        "@labeling_function",
        "@labeling_function()",
        "@labeling_function(resources=dict(k=1))",
        "@lw.labeling_function()",
    ],
)
def test_decorated_functions_are_found(decorator: str) -> None:
    """Every way to write the decorator counts, and an undecorated function then does not."""
    assert names(f"{decorator}\ndef first(x):\n    return 1\n\ndef other(x):\n    return 2\n") == [
        "first"
    ]


def test_decorator_is_found_under_another_name() -> None:
    """`import ... as` gives the decorator another name."""
    source = (
        "from snorkel.labeling import labeling_function as lf\n@lf()\ndef a(x):\n    return 1\n"
    )
    assert names(source) == ["a"]


def test_literal_name_of_the_decorator_counts() -> None:
    """The decorator's name= is the function's name; one that is computed is not."""
    source = (
        '@labeling_function(name="Has link")\ndef a(x):\n    return 1\n'
        "@labeling_function(name=str(2))\ndef b(x):\n    return 1\n"
    )
    assert names(source) == ["Has link", "b"]


def test_without_decorator_functions_of_one_parameter_count() -> None:
    """Helpers with an underscore or with other parameters are left out."""
    source = (
        "def _helper(x):\n    return 1\n"
        "def two(x, y):\n    return 1\n"
        "def rest(x, *more):\n    return 1\n"
        "def words(text):\n    yield text\n"
        "def vote(x):\n    return next(words(x.text))\n"
    )
    assert names(source) == ["vote"]


def test_parameters_with_defaults_are_no_hindrance() -> None:
    """A function is called with the row alone, so the others must have defaults."""
    source = (
        "def by_place(x, k=1):\n    return k\n"
        "def by_name(x, *, k=1):\n    return k\n"
        "def needs_one(x, *, k):\n    return k\n"
        "def no_row(*, x):\n    return 1\n"
    )
    assert names(source) == ["by_place", "by_name"]


def test_a_helper_with_defaults_is_none() -> None:
    """One that others of the file use may be what its defaults are for."""
    source = (
        "def has(text, words=('free',)):\n    return any(word in text for word in words)\n"
        "def vote(x):\n    return 1 if has(x.text) else None\n"
    )
    assert names(source) == ["vote"]
    assert "others here use it" in reasons(source)["has"]
    assert single_python_function(source).name == "vote"


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("a = LabelingFunction(name='Has link', f=look)", "Has link"),
        ("a = LabelingFunction('b', look, dict(k=1))", "b"),
        ("a: LabelingFunction = snorkel.labeling.LabelingFunction(name='b', f=look)", "b"),
        ("a = LabelingFunction(name=NAME, f=look)", "a"),
        ("a = LF('b', lambda x: 1, pre=[look])", "b"),
        ("a = labeling_function(name='b')(look)", "b"),
        ("def make(b):\n    return LF(b, look)\na = make('b')", "a"),
        ("def make(b):\n    made = LF(b, look)\n    return made\na = make('b')", "a"),
        (
            "def make(b):\n    @labeling_function()\n    def inner(x):\n        return b\n"
            "    return inner\ndef again(b):\n    return make(b)\na = again(b=1)",
            "a",
        ),
    ],
)
def test_objects_with_a_name_of_their_own_are_found(statement: str, name: str) -> None:
    """A literal name counts, else that of the variable; the functions they call are helpers."""
    source = (
        "from snorkel.labeling import LabelingFunction as LF\n"
        f"def look(x, k=1):\n    return k\n{statement}\n"
    )
    assert names(source) == [name]


def test_each_function_that_is_not_taken_has_its_reason() -> None:
    """Nothing of a file is passed over without a word."""
    source = (
        "def _helper(x):\n    return 1\n"
        "def none():\n    return 1\n"
        "def two(x, y):\n    return 1\n"
        "def rest(x, *more):\n    return 1\n"
        "def words(text):\n    yield text\n"
        "short = lambda x: 1\n"
        "def vote(x):\n    return next(words(x.text))\n"
    )
    found = reasons(source)
    assert list(found) == ["_helper", "none", "two", "rest", "words", "short"]
    expected = ["underscore", "requires 0", "requires 2", "any number", "yield", "lambda"]
    for reason, word in zip(found.values(), expected, strict=True):
        assert word in reason


def test_beside_decorated_functions_the_others_are_none() -> None:
    """The reason says what they lack."""
    source = "@labeling_function()\ndef a(x):\n    return 1\ndef b(x):\n    return 1\n"
    assert reasons(source) == {
        "b": "others here are marked by @labeling_function or LabelingFunction(...), and it is not"
    }


@pytest.mark.parametrize(
    "statement",
    [
        "lfs = [LabelingFunction(w, look) for w in 'ab']",
        "for w in 'ab':\n    lfs.append(LabelingFunction(w, look))",
        "a, b = LabelingFunction('a', look), LabelingFunction('b', look)",
        "for w in 'ab':\n    @labeling_function(name=w)\n    def f(x):\n        return 1",
    ],
)
def test_objects_without_a_name_are_refused_on_their_line(statement: str) -> None:
    """They show only where a file runs; the functions they call are no substitute for them."""
    error = error_in(f"def look(x):\n    return 1\n{statement}\n")
    assert error.line == 3
    assert "the file is read, not run; assign each to a name of its own" in str(error)


def test_objects_of_the_main_guard_are_passed_over() -> None:
    """What runs only as a script never runs here."""
    source = (
        "def a(x):\n    return 1\nif __name__ == '__main__':\n    l = LabelingFunction('l', a)\n"
    )
    assert names(source) == ["a"]


def test_a_variable_that_is_bound_twice_is_refused() -> None:
    """The earlier function would be there under the later one's votes."""
    source = "a = LabelingFunction('b', look)\na = LabelingFunction('c', look)\n"
    assert "named 'a': on line 1 and on line 2" in str(error_in(source))


def test_duplicate_names_are_refused_with_both_lines() -> None:
    """Two functions of the same name cannot be told apart."""
    error = error_in("def a(x):\n    return 1\n\ndef a(x):\n    return 2\n")
    assert "line 1 and on line 4" in str(error)
    assert error.line == 4


def test_syntax_error_names_file_and_line() -> None:
    """The message says where the source stops being Python."""
    error = error_in("def a(x):\n    return (\n")
    assert error.line == 2
    assert str(error).startswith("lfs.py, line 2: Not valid Python: ")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("async def a(x):\n    return 1\n", "is async"),
        ("def a(x):\n    yield 1\n", "is a generator"),
        ("a = lambda x: 1\n", "is a lambda"),
        ("@labeling_function()\nasync def a(x):\n    return 1\n", "is async"),
        ("@labeling_function()\ndef a():\n    return 1\n", "takes no row"),
        ("WORDS = 1\n", "no labeling function"),
        ("\x00", "Not valid Python"),
        ("(" * 5000, "Not valid Python"),
    ],
)
def test_what_cannot_label_is_refused(source: str, reason: str) -> None:
    """Each message says why, on the line."""
    assert reason in str(error_in(source))


def test_a_yield_inside_an_inner_function_is_fine() -> None:
    """Only a yield of its own makes a function a generator."""
    source = "def a(x):\n    def inner():\n        yield 1\n    return next(inner())\n"
    assert names(source) == ["a"]


def test_editor_takes_exactly_one_function() -> None:
    """The text of the editor stays as it is."""
    source = "# why\nLIMIT = 3\n\ndef short(x):\n    return 1 if len(x.text) < LIMIT else None\n"
    assert single_python_function(source) == LabelingFunction("short", "python", source)


def test_editor_names_the_functions_where_there_are_several() -> None:
    """Several functions in the editor cannot be one."""
    with pytest.raises(FunctionError, match="2 labeling functions here: a, b"):
        single_python_function("def a(x):\n    return 1\ndef b(x):\n    return 1\n")


def test_editor_says_what_to_write() -> None:
    """An empty editor is answered with a beginning."""
    with pytest.raises(FunctionError, match="def name"):
        single_python_function("\n")


def test_editor_takes_a_function_that_calls_others() -> None:
    """The function that the others serve is the one meant."""
    source = (
        "def has(x):\n    return 'a' in x.text\ndef vote(x):\n    return 1 if has(x) else None\n"
    )
    assert single_python_function(source).name == "vote"


def test_check_runs_nothing(tmp_path: object) -> None:
    """Checking a source must not run it, whatever it holds."""
    target = f"{tmp_path}/touched"
    source = f"open({target!r}, 'w')\ndef a(x):\n    return 1\n"
    KINDS["python"].check(LabelingFunction("a", "python", source), ["text"], ["ham"])
    python_functions(source, "lfs.py")
    with pytest.raises(FileNotFoundError):
        open(target)  # noqa: PTH123, SIM115


def test_check_wants_the_function_it_is_named_after() -> None:
    """A source that defines another function is not this one's."""
    with pytest.raises(FunctionError, match="Valid choices: a"):
        KINDS["python"].check(
            LabelingFunction("b", "python", "def a(x):\n    return 1\n"), ["text"], ["ham"]
        )
