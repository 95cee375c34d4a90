"""What the core needs saved of the returns that gave a run's answers."""

from typing import Protocol

import numpy as np
import numpy.typing as npt


class ReturnStore(Protocol):
    """What a store keeps of returns."""

    def return_codes(self, version: str) -> npt.NDArray[np.uint8] | None:
        """Return the number of each row's return, uint8 (rows,); None where it is not known."""
        ...
