"""How chaser and station truly stand to one another: formed once a tick, for all that look at it."""

from typing import NamedTuple

from rvd.core.algebra.quat import conjugate, multiply
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.orbit.frames import hill_from_eci, hill_rate, q_eci_hill
from rvd.core.signals import State


class Geometry(NamedTuple):
    """Both bodies on the axes of the hill frame."""

    #: Position of the chaser's centre of mass from the target's, m, hill axes.
    r_hill: Vec
    #: Its velocity, m/s, hill axes.
    v_hill: Vec
    #: Attitude of the chaser.
    q_hill_body: Quat
    #: Attitude of the station.
    q_hill_station: Quat
    #: Rate of the hill frame, rad/s, hill axes.
    w_hill: Vec


@kernel
def geometry_of(state: State) -> Geometry:
    """The geometry of a state."""
    r_hill, v_hill = hill_from_eci(state.rt_eci, state.vt_eci, state.dr_eci, state.dv_eci)
    q_hill_eci = conjugate(q_eci_hill(state.rt_eci, state.vt_eci))
    return Geometry(
        r_hill=r_hill,
        v_hill=v_hill,
        q_hill_body=multiply(q_hill_eci, state.q_eci_body),
        q_hill_station=multiply(q_hill_eci, state.q_eci_station),
        w_hill=(0.0, 0.0, hill_rate(state.rt_eci, state.vt_eci)),
    )
