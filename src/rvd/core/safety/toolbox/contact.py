"""First contact of a docking system against the limits of its standard."""

import math

from rvd.core.algebra.allowed import unit_quat
from rvd.core.algebra.elementary import acos, atan2
from rvd.core.algebra.quat import multiply, rotate
from rvd.core.kernel import Quat, Vec, kernel

DEGREE = math.pi / 180.0
#: IDSS Interface Definition Document, revision E, 2016, table 3.3.1.1-2: m/s, rad/s, m, rad.
CLOSING = (0.05, 0.10)
LATERAL_RATE = 0.04
TILT_RATE = 0.20 * DEGREE
ROLL_RATE = 0.20 * DEGREE
LATERAL = 0.10
TILT = 4.0 * DEGREE
ROLL = 4.0 * DEGREE

Seven = tuple[float, float, float, float, float, float, float]


@kernel
def idss(r: Vec, v: Vec, q: Quat, w: Vec) -> Seven:
    """Margins at first contact, positive inside: closing rate, lateral rate, pitch and yaw rate, roll rate, lateral
    misalignment, pitch and yaw misalignment, roll misalignment.

    All of the chaser's port against the target's, in the target's port axes (x outward): place, velocity, attitude
    q_target_chaser, rate. Ports that face one another without roll differ by half a turn about z.
    """
    off = multiply(unit_quat(q), (0.0, 0.0, -1.0, 0.0))
    x = rotate(off, (1.0, 0.0, 0.0))
    roll = 2.0 * abs(atan2(off[0], off[3]))
    roll = 2.0 * math.pi - roll if roll > math.pi else roll
    closing = -v[0]
    low, high = closing - CLOSING[0], CLOSING[1] - closing
    return (
        low if low < high else high,
        LATERAL_RATE - math.sqrt(v[1] * v[1] + v[2] * v[2]),
        TILT_RATE - math.sqrt(w[1] * w[1] + w[2] * w[2]),
        ROLL_RATE - abs(w[0]),
        LATERAL - math.sqrt(r[1] * r[1] + r[2] * r[2]),
        TILT - acos(x[0]),
        ROLL - roll,
    )
