"""What a campaign needs of the thing it flies."""

from __future__ import annotations

from typing import Protocol

import numpy as np


class Flyer(Protocol):
    """Flies rows: a pure function of (row, seed, run number), safe to call from several threads at once.

    `row_names`: the names of the m slots of a row, dotted paths ("chaser.mass", "sensors.gps.bias.0").
    `columns`: name and NumPy dtype of each result of a run, in order; one is "outcome".
    """

    row_names: tuple[str, ...]
    columns: tuple[tuple[str, np.dtype], ...]

    def prepare(self) -> None:
        """Compiles what a flight runs, or reads it from the cache; of no effect a second time."""
        ...

    def is_ready(self) -> bool:
        """Whether `prepare` would compile nothing."""
        ...

    def fly(self, rows: np.ndarray, seed: int, runs: np.ndarray) -> np.ndarray:
        """Results float64[k, c] of rows float64[k, m] with run numbers int64[k]; releases the GIL while it flies."""
        ...
