"""The nominal row of a case: the truth when nothing is dispersed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from rvd.case.paths import known_as
from rvd.case.planned import nominal
from rvd.core.flight.truth import row_names

if TYPE_CHECKING:
    from rvd.casefile import Case


def nominal_row(case: Case, nozzles: Sequence[str]) -> np.ndarray:
    """The row of the nominal run: the case's own numbers, every nozzle (by its name) as in its table."""
    names = row_names(nozzles, [leg.name for leg in case.leg])
    return np.array([nominal(case, known_as(name)) for name in names], dtype=float)
