"""One colour per class, the same in every chart, chip and highlight.

The first eight follow the idea of Okabe and Ito, *Color Universal Design* (2008,
https://jfly.uni-koeln.de/color/): hues and lightnesses that people with any common colour blindness
tell apart. They are tuned so that each keeps a contrast of at least 3:1 (WCAG 2, graphical objects)
on the white and on the dark background. Colour never says anything alone: the class name stands
beside it.
"""

from collections.abc import Sequence
from itertools import cycle

CLASS_COLORS = (
    "#0a7fc2",  # blue
    "#d55e00",  # vermilion
    "#009e73",  # bluish green
    "#c663a0",  # reddish purple
    "#b8860b",  # dark yellow
    "#7a6cf0",  # violet
    "#3397ce",  # sky blue
    "#a8623a",  # brown
    "#5f9e1f",  # leaf green
    "#e0527a",  # rose
    "#0f9aa0",  # teal
    "#a05ad0",  # purple
    "#c9731a",  # orange
    "#5c86b8",  # steel blue
)

ABSTAIN_COLOR = "#8a9399"
"""Grey: the function ran and stayed silent."""


def class_colors(classes: Sequence[str]) -> dict[str, str]:
    """Return a colour for each class, in the order of the classes.

    Beyond the length of the palette colours repeat; names and order still tell classes apart.

    >>> class_colors(["ham", "spam"])
    {'ham': '#0a7fc2', 'spam': '#d55e00'}
    """
    return dict(zip(classes, cycle(CLASS_COLORS), strict=False))
