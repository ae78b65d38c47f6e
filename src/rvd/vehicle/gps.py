"""Relative GPS: position and velocity of the chaser against the target, in the hill frame."""

from typing import NamedTuple

from rvd.algebra.vec import add
from rvd.kernel import Vec, kernel
from rvd.vehicle.noise import noisy
from rvd.vehicle.transit import Delivery


class Gps(NamedTuple):
    """Errors of relative GPS (m, m/s, one sigma and per-run bias) and the window in which it is out (s)."""

    position: float
    velocity: float
    bias: Vec
    out_since: float
    out_until: float
    delivery: Delivery


@kernel
def measure_gps(gps, r_hill, v_hill, t, z, y):
    """Fresh flag, position and velocity read, from unit normals z and y (four each)."""
    out = (t >= gps.out_since) & (t < gps.out_until)
    return (
        (0.0 if out else 1.0),
        noisy(add(r_hill, gps.bias), gps.position, z),
        noisy(v_hill, gps.velocity, y),
    )
