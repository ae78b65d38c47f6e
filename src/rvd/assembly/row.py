"""The nominal row of a case: the truth when nothing is dispersed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from rvd.case.paths import known_as
from rvd.case.planned import nominal

if TYPE_CHECKING:
    from rvd.casefile import Case


def nominal_row(case: Case, names: Sequence[str]) -> np.ndarray:
    """The row of the nominal run, slots by their names: the case's own numbers, every nozzle as in its table."""
    return np.array([nominal(case, known_as(name)) for name in names], dtype=float)
