"""How a row came to be annotated: by which sampler, and how likely it was to be drawn."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Draw:
    """The draw of one row for a queue of rows to annotate.

    Attributes:
        sampler: the name of the sampler, as in `labeling.sampling.SAMPLERS`.
        propensity: how likely this row was to be drawn, above 0 and at most 1.
        even: how likely each row would have been, had all candidates been as likely as one another.
    """

    sampler: str
    propensity: float
    even: float

    @property
    def weight(self) -> float:
        """For how many rows of an even draw this row stands."""
        return self.even / self.propensity

    @property
    def fault(self) -> str | None:
        """What is wrong with the values, None where nothing is."""
        if not isinstance(self.sampler, str) or not 0 < len(self.sampler) <= 100:
            return f"names the sampler {self.sampler!r}"
        for name, value in (("propensity", self.propensity), ("even propensity", self.even)):
            if not _is_probability(value):
                return f"was drawn with the {name} {value!r}"
        return None

    def as_text(self) -> str:
        """Return it as one line, which `from_text` reads.

        >>> Draw("uncertain", 0.5, 0.01).as_text()
        'uncertain 0.5 0.01'
        """
        return f"{self.sampler} {self.propensity!r} {self.even!r}"

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """Read what `as_text` gave, None for an empty text.

        Raises:
            ValueError: the text is something else.
        """
        if not text:
            return None
        sampler, *numbers = text.split(" ")
        if len(numbers) != 2:
            raise ValueError(f"{text!r} is no draw such as 'uncertain 0.5 0.01'")
        draw = cls(sampler, float(numbers[0]), float(numbers[1]))
        if draw.fault:
            raise ValueError(f"{text!r} is no draw: it {draw.fault}")
        return draw


def _is_probability(value: float) -> bool:
    # bool is an int to Python, but no probability; NaN is in no range.
    return type(value) in (int, float) and 0 < value <= 1
