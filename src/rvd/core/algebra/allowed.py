"""Arguments within their limits, or NaN: what the array faces refuse with a sentence."""

import math

from rvd.core.algebra.elementary import MOST_TURNED as MOST_TURNED
from rvd.core.kernel import Quat, kernel

#: Largest eccentricity at which models that divide by powers of 1 - e2 keep their digits.
MOST_ECCENTRIC = 0.999


@kernel
def above_zero(x: float) -> float:
    """x above zero, else NaN."""
    return x if x > 0.0 else math.nan


@kernel
def not_negative(x: float) -> float:
    """x from zero on, else NaN."""
    return x if x >= 0.0 else math.nan


@kernel
def ellipse(e: float) -> float:
    """An eccentricity from 0 to 0.999, else NaN."""
    return e if (e >= 0.0) & (e <= MOST_ECCENTRIC) else math.nan


@kernel
def angle(x: float) -> float:
    """An angle within `MOST_TURNED`, else NaN."""
    return x if abs(x) <= MOST_TURNED else math.nan


@kernel
def turned(n: float, t: float) -> float:
    """n t, or NaN where n is not above zero or the angle is beyond `MOST_TURNED`."""
    tau = above_zero(n) * t
    return tau if abs(tau) <= MOST_TURNED else math.nan


@kernel
def unit_quat(q: Quat) -> Quat:
    """q over its length; NaN where that is not within 1e-3 of one."""
    length = math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3])
    k = 1.0 / length if abs(length - 1.0) < 1e-3 else math.nan
    return (k * q[0], k * q[1], k * q[2], k * q[3])
