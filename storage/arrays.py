"""Columns of a result as arrays that nobody may change, so that they can be kept and shared."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

Scalar = TypeVar("Scalar", bound=np.generic)


def read_only(column: npt.ArrayLike, dtype: type[Scalar]) -> npt.NDArray[Scalar]:
    """Return a column that `fetchnumpy` found as an array of this type."""
    array = np.array(column, dtype=dtype)
    array.flags.writeable = False
    return array
