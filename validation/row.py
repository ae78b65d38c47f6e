"""One comparison, and how it is written."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Row:
    """Theirs beside ours: the largest absolute difference of any component, and what is allowed, and why.

    `adjusted` says what was done to a side before the two were compared, and what the difference is without it.
    """

    quantity: str
    unit: str
    theirs: np.ndarray
    ours: np.ndarray
    allowed: float
    because: str
    adjusted: str = ""

    @property
    def difference(self) -> float:
        """Largest absolute difference; NaN if anything is not a number, or the shapes differ."""
        if self.theirs.shape != self.ours.shape:
            return float("nan")
        return float(np.max(np.abs(self.theirs - self.ours)))

    @property
    def holds(self) -> bool:
        """Whether the difference is allowed; a NaN is not."""
        return self.difference <= self.allowed


def compare(
    quantity: str, theirs, ours, allowed: float, because: str, unit: str = "", adjusted: str = ""
) -> Row:
    """A row from numbers, lists or arrays."""
    return Row(quantity, unit, np.asarray(theirs, float), np.asarray(ours, float), allowed, because, adjusted)


def below(quantity: str, bound: float, ours: float, because: str, unit: str = "") -> Row:
    """A row for a published upper bound: ours must lie between zero and it."""
    middle = np.asarray(0.5 * bound)
    return Row(f"{quantity}, at most {bound:g}", unit, middle, np.asarray(ours), 0.5 * bound, because)


def data(here: str) -> dict:
    """The data.json beside a check.py."""
    return json.loads((Path(here).parent / "data.json").read_text())


def written(values: np.ndarray) -> str:
    """Few numbers in full, many by their size."""
    if values.size > 6:
        shape = " x ".join(map(str, values.shape))
        return f"{shape} numbers, largest {np.max(np.abs(values)):.6g}"
    text = ", ".join(f"{value:.8g}" for value in np.ravel(values))
    return text if values.ndim == 0 else f"({text})"
