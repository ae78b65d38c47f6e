"""Attitude profile: a smooth eigenaxis turn from one attitude (against the hill frame) to another."""

from rvd.core.algebra.elementary import sincos
from rvd.core.algebra.quat import conjugate, from_rotvec, multiply, to_rotvec
from rvd.core.algebra.vec import norm, scale
from rvd.core.kernel import Quat, Vec, kernel

TURN = 6.283185307179586


@kernel
def plan_slew(q_from: Quat, q_to: Quat, peak_rate: float) -> tuple[Vec, float]:
    """Rotation vector (body axes) and duration (s) of a turn whose largest rate is peak_rate (rad/s)."""
    rotvec = to_rotvec(multiply(conjugate(q_from), q_to))
    angle = norm(rotvec)
    return rotvec, (2.0 * angle / peak_rate if peak_rate > 0.0 else 0.0)


@kernel
def slew_at(q_from: Quat, rotvec: Vec, duration: float, s: float) -> tuple[Quat, Vec]:
    """Attitude and rate against the hill frame s seconds into the turn: cycloidal, at rest at both ends.

    Share turned f = u - sin(2 pi u) / (2 pi), u = s / duration.
    """
    span = duration if duration > 0.0 else 1.0
    u = min(max(s / span, 0.0), 1.0) if duration > 0.0 else 1.0
    sine, cosine = sincos(TURN * u)
    share = u - sine / TURN
    rate = (1.0 - cosine) / span if duration > 0.0 else 0.0
    return multiply(q_from, from_rotvec(scale(share, rotvec))), scale(rate, rotvec)
