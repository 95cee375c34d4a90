"""Writes the Python function that votes as a keyword, regex or rule function does."""

import keyword
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import indent

from labeling.execution.row import Row
from labeling.functions import LabelingFunction
from labeling.kinds.keyword import longest_first_pattern
from labeling.kinds.rule import Rule, as_rule
from labeling.kinds.rule_conditions import (
    ORDERS,
    All,
    AnyOf,
    Comparison,
    Condition,
    Node,
    Not,
    Pattern,
    Words,
    conditions,
)

LINE = 80
"""A longer condition gets a line for each of its parts."""
_TAKEN = {"re", "str", "ABSTAIN", "labeling_function"}
"""Names that the source itself uses."""

_TEXT = """def _text(cell):
    return "" if cell is None else str(cell)
"""


def python_of(function: LabelingFunction) -> LabelingFunction:
    """Return the Python function that votes as a keyword, regex or rule function does."""
    source = to_python(as_rule(function), function.name)
    return LabelingFunction(function.name, "python", source)


def to_python(rule: Rule, name: str) -> str:
    """Return the source of a Python labeling function that votes as the rule does.

    >>> print(to_python(Rule(Comparison("likes", "<", (3,)), "spam"), "few likes"))
    @labeling_function(name='few likes')
    def few_likes(x):
        if x.likes is not None and x.likes < 3:
            return 'spam'
        return ABSTAIN
    <BLANKLINE>
    """
    writer = _Writer()
    condition = writer.written(rule.when).text
    variable = _identifier(name)
    given = "" if variable == name else f"name={name!r}"
    body = f"if {condition}:\n    return {rule.label!r}\nreturn ABSTAIN\n"
    function = f"@labeling_function({given})\ndef {variable}(x):\n" + indent(body, "    ")
    return "\n\n".join([*writer.before(rule), function])


@dataclass(frozen=True)
class _Expression:
    """A piece of Python, and how closely it holds together: the higher, the fewer brackets."""

    text: str
    closeness: int


_JOINED, _NEGATED, _COMPARED, _CALLED = range(4)


class _Writer:
    """Writes conditions as expressions; patterns become constants above the function."""

    def __init__(self) -> None:
        self._patterns: list[str] = []

    def before(self, rule: Rule) -> Iterator[str]:
        """Yield what must stand before the function."""
        if self._patterns:
            lines = [f"_PATTERN_{i} = {text}" for i, text in enumerate(self._patterns, 1)]
            yield "import re\n\n" + "\n".join(lines) + "\n"
        if any(_reads_text(part) for part in conditions(rule.when)):
            yield _TEXT

    def written(self, node: Node) -> _Expression:
        """Return an expression that is true where the node holds."""
        match node:
            case All(parts):
                return _joined([self.written(part) for part in parts], "and")
            case AnyOf(parts):
                return _joined([self.written(part) for part in parts], "or")
            case Not(part):
                return _Expression(f"not {_beside(self.written(part), _CALLED)}", _NEGATED)
            case Words():
                return self._words(node)
            case Pattern(column, pattern, match_case):
                return self._search(column, pattern, match_case=match_case)
            case Comparison():
                return _comparison(node)

    def _words(self, words: Words) -> _Expression:
        groups = [words.words] if words.match == "any" else [(word,) for word in words.words]
        searches = [
            self._search(
                words.column,
                longest_first_pattern(group, whole_word=words.whole_word),
                match_case=words.match_case,
            )
            for group in groups
        ]
        return _joined(searches, "and")

    def _search(self, column: str, pattern: str, *, match_case: bool) -> _Expression:
        flags = "" if match_case else ", re.IGNORECASE"
        self._patterns.append(f"re.compile({_raw(pattern)}{flags})")
        call = f"_PATTERN_{len(self._patterns)}.search(_text({_cell(column)}))"
        return _Expression(call, _CALLED)


def _joined(parts: Sequence[_Expression], word: str) -> _Expression:
    if len(parts) == 1:
        return parts[0]
    written = [_beside(part, _NEGATED) for part in parts]
    line = f" {word} ".join(written)
    if len(line) <= LINE and "\n" not in line:
        return _Expression(line, _JOINED)
    return _Expression("(\n" + indent(f"\n{word} ".join(written), "    ") + "\n)", _CALLED)


def _beside(expression: _Expression, closeness: int) -> str:
    """Return an expression in brackets, unless it holds together as closely as this."""
    return expression.text if expression.closeness >= closeness else f"({expression.text})"


def _comparison(node: Comparison) -> _Expression:
    cell = _cell(node.column)
    if node.test == "empty":
        return _Expression(f"not _text({cell}).strip()", _NEGATED)
    read = f"_text({cell})" if node.of_texts else cell
    values = [repr(value) for value in node.values]
    if node.test in ORDERS:
        text = f"{cell} is not None and {read} {node.test} {values[0]}"
        return _Expression(text, _JOINED)
    if node.test == "between":
        text = f"{cell} is not None and {values[0]} <= {read} <= {values[1]}"
        return _Expression(text, _JOINED)
    if node.test == "one of":
        return _Expression(f"{read} in {{{', '.join(values)}}}", _COMPARED)
    operator = "==" if node.test == "=" else "!="
    return _Expression(f"{read} {operator} {values[0]}", _COMPARED)


def _reads_text(part: Condition) -> bool:
    return not isinstance(part, Comparison) or part.of_texts or part.test == "empty"


def _cell(column: str) -> str:
    is_attribute = column.isidentifier() and not column.startswith("_")
    if is_attribute and not keyword.iskeyword(column) and not hasattr(Row, column):
        return f"x.{column}"
    return f"x[{column!r}]"


def _raw(pattern: str) -> str:
    r"""Return a pattern as people write it, r"\d+", where a raw text can say it."""
    can_be_raw = pattern.isprintable() and not pattern.endswith("\\")
    if can_be_raw and "\\" in pattern and '"' not in pattern:
        return f'r"{pattern}"'
    return repr(pattern)


def _identifier(name: str) -> str:
    """Return a name for the `def`: letters, digits and underscores, none at the beginning."""
    made = re.sub(r"\W+", "_", name).strip("_")
    if not made.isidentifier() or keyword.iskeyword(made) or made in _TAKEN:
        made = f"function_{made}".rstrip("_")
    return made
