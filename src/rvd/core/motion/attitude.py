"""Modified Rodrigues parameters, and the angle between attitudes.

Source: F. L. Markley, J. L. Crassidis, Fundamentals of Spacecraft Attitude Determination and Control, 2014,
section 3.7.
"""

import math

from rvd.core.algebra.quat import conjugate, multiply
from rvd.core.kernel import Quat, Vec, kernel


@kernel
def mrp_from_quat(q: Quat) -> Vec:
    """Modified Rodrigues parameters of the short set (|sigma| <= 1), e tan(phi / 4); Schaub & Junkins, section 3.6."""
    x, y, z, w = q
    k = (1.0 if w >= 0.0 else -1.0) / (1.0 + abs(w))
    return k * x, k * y, k * z


@kernel
def quat_from_mrp(sigma: Vec) -> Quat:
    """Quaternion (scalar last) of modified Rodrigues parameters."""
    s2 = sigma[0] * sigma[0] + sigma[1] * sigma[1] + sigma[2] * sigma[2]
    k = 2.0 / (1.0 + s2)
    return k * sigma[0], k * sigma[1], k * sigma[2], (1.0 - s2) / (1.0 + s2)


@kernel
def angle_between(p: Quat, q: Quat) -> float:
    """Angle (rad, 0 to pi) of the turn between two attitudes."""
    x, y, z, w = multiply(conjugate(p), q)
    return 2.0 * math.atan2(math.sqrt(x * x + y * y + z * z), abs(w))
