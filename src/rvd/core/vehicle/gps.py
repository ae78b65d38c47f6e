"""Relative GPS: position and velocity of the chaser against the target, in the hill frame."""

from typing import NamedTuple

from rvd.core.algebra.vec import add, norm
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.vehicle.faults import SOUND, Fault
from rvd.core.vehicle.multipath import Echo, Multipath, echo_errors
from rvd.core.vehicle.noise import noisy
from rvd.core.vehicle.transit import Delivery


class Gps(NamedTuple):
    """The errors of relative GPS in one run, and where and when it is out."""

    #: White noise of the position, one sigma an axis, m.
    position: float
    #: White noise of the velocity, one sigma an axis, m/s.
    velocity: float
    #: Bias of the position, m, hill axes.
    bias: Vec
    #: When it goes out, s.
    out_since: float
    #: When it is back, s.
    out_until: float
    #: How its readings reach navigation.
    delivery: Delivery
    #: The error by signals that the station reflects.
    multipath: Multipath
    #: Nearer than this, m, the station hides too many satellites.
    blocked_within: float
    #: How it fails, if it does.
    fault: Fault = SOUND


@kernel
def measure_gps(
    gps: Gps, r_hill: Vec, v_hill: Vec, echo: Echo, t: float, z: Quat, y: Quat
) -> tuple[float, Vec, Vec]:
    """Fresh flag, position and velocity read, from unit normals z and y (four each)."""
    distance = norm(r_hill)
    out = ((t >= gps.out_since) & (t < gps.out_until)) | (distance < gps.blocked_within)
    off_r, off_v = echo_errors(gps.multipath, echo, distance)
    return (
        (0.0 if out else 1.0),
        noisy(add(add(r_hill, gps.bias), off_r), gps.position, z),
        noisy(add(v_hill, off_v), gps.velocity, y),
    )
