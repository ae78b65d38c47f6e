"""The nominal orbit of a case, as its checks and its set-up share it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rvd.core.constants import MU_EARTH, RADIUS_EARTH

if TYPE_CHECKING:
    from rvd.casefile.case import Case


def orbit_rate(case: Case) -> float:
    """Mean motion (rad/s) of the nominal target orbit."""
    radius = RADIUS_EARTH + case.target.altitude
    return math.sqrt(MU_EARTH / (radius * radius * radius))
