"""Relative GPS: position and velocity of the chaser against the target, in the hill frame."""

from typing import NamedTuple

from rvd.core.algebra.vec import add, norm
from rvd.core.kernel import Vec, kernel
from rvd.core.vehicle.multipath import Multipath, echo_errors
from rvd.core.vehicle.noise import noisy
from rvd.core.vehicle.transit import Delivery


class Gps(NamedTuple):
    """Errors of relative GPS (m, m/s, one sigma and per-run bias) and the window in which it is out (s).

    The station hides too many satellites nearer than `blocked_within` (m).
    """

    position: float
    velocity: float
    bias: Vec
    out_since: float
    out_until: float
    delivery: Delivery
    multipath: Multipath
    blocked_within: float


@kernel
def measure_gps(gps, r_hill, v_hill, echo, t, z, y):
    """Fresh flag, position and velocity read, from unit normals z and y (four each)."""
    distance = norm(r_hill)
    out = ((t >= gps.out_since) & (t < gps.out_until)) | (distance < gps.blocked_within)
    off_r, off_v = echo_errors(gps.multipath, echo, distance)
    return (
        (0.0 if out else 1.0),
        noisy(add(add(r_hill, gps.bias), off_r), gps.position, z),
        noisy(add(v_hill, off_v), gps.velocity, y),
    )
