"""Steering: from an aim and a belief to the wrench asked of the nozzles."""

from typing import NamedTuple

from rvd.core.algebra.mat import Sym, sym_apply
from rvd.core.algebra.quat import conjugate, multiply, to_rotvec, unrotate
from rvd.core.algebra.vec import add, axpy, norm, scale, select, sub
from rvd.core.control.allocation import Allotted
from rvd.core.kernel import Row, Vec, kernel, load, size
from rvd.core.signals import Aim, Belief, Wrench

ZERO = (0.0, 0.0, 0.0)


class Gains(NamedTuple):
    """One set of gains: a loop of the translation, and with `turn_` one of the attitude.

    Each is driven by s = error + lead * rate error, ignored within its dead zone.
    """

    #: Acceleration over what lies beyond the dead zone, 1/s2.
    pull: float
    #: Time by which the error of the velocity counts, s.
    lead: float
    #: Radius of the dead zone, m.
    dead: float
    #: The largest acceleration asked for, m/s2.
    most: float
    #: Angular acceleration over what lies beyond the dead zone, 1/s2.
    turn_pull: float
    #: Time by which the error of the rate counts, s.
    turn_lead: float
    #: Radius of the dead zone, rad.
    turn_dead: float
    #: The largest angular acceleration asked for, rad/s2.
    turn_most: float


GAINS = size(Gains)


@kernel
def gains_of(table: Row, number: float) -> Gains:
    """Set `number` of a flat table of gains."""
    return load(Gains, table, int(number) * GAINS, 0, 1)


@kernel
def outside(s: Vec, dead: float) -> Vec:
    """The part of a vector s beyond a dead zone of radius `dead`, so that nothing fires for less."""
    size_ = norm(s)
    share = (size_ - dead) / size_ if size_ > dead else 0.0
    return scale(share, s)


@kernel
def within_most(a: Vec, most: float) -> Vec:
    """The vector a, shortened to the length `most` where it is longer."""
    size_ = norm(a)
    return scale(most / size_ if size_ > most else 1.0, a)


@kernel
def held_back(n: float, r_hill: Vec, v_hill: Vec) -> Vec:
    """Acceleration (hill) that cancels the relative motion's own, Clohessy and Wiltshire 1960, eq. 8."""
    return (-3.0 * n * n * r_hill[0] - 2.0 * n * v_hill[1], 2.0 * n * v_hill[0], n * n * r_hill[2])


@kernel
def pull_to(gains: Gains, n: float, belief: Belief, aim: Aim) -> Vec:
    """Acceleration (hill) that tracks the aim's point: the natural one, and a pull on errors beyond the dead zone."""
    miss = axpy(gains.lead, sub(aim.v_hill, belief.v_hill), sub(aim.r_hill, belief.r_hill))
    return within_most(
        add(held_back(n, aim.r_hill, aim.v_hill), scale(gains.pull, outside(miss, gains.dead))), gains.most
    )


@kernel
def turn_to(gains: Gains, inertia: Sym, miss: Vec, rate: Vec) -> Vec:
    """The torque (N m, body axes) that takes out errors of attitude (rad) and rate (rad/s) beyond the dead zone."""
    turn = within_most(
        scale(gains.turn_pull, outside(axpy(gains.turn_lead, rate, miss), gains.turn_dead)), gains.turn_most
    )
    return sym_apply(inertia, turn)


@kernel
def steer(
    gains: Gains, n: float, inertia: Sym, belief: Belief, aim: Aim, acceleration: float, period: float
) -> Wrench:
    """The wrench (body axes) for an aim: track a point, gain a velocity, or nothing; and turn to the attitude.

    `acceleration` (m/s2) is the most that a burn may ask of the nozzles.
    """
    burn = within_most(scale(1.0 / period, aim.dv_hill), acceleration)
    track = pull_to(gains, n, belief, aim)
    a_hill = ZERO
    if aim.translate > 1.5:
        a_hill = burn
    elif aim.translate > 0.5:
        a_hill = track
    miss = to_rotvec(multiply(conjugate(belief.q_hill_body), aim.q_hill_body))
    rate = sub(aim.w_rel_body, belief.w_rel_body)
    torque = select(aim.point > 0.5, turn_to(gains, inertia, miss, rate), ZERO)
    return Wrench(scale(belief.mass, unrotate(belief.q_hill_body, a_hill)), torque)


@kernel
def with_owed(wrench: Wrench, owed: Allotted) -> Wrench:
    """The wrench with what rounding to whole pulses still owes from the tick before (`Allotted`)."""
    return Wrench(
        add(wrench.force_body, owed.owed_force_body), add(wrench.torque_body, owed.owed_torque_body)
    )
