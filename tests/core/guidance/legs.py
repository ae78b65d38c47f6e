"""Legs for the tests of guidance: a level hold, changed by name."""

import numpy as np

from rvd.core.guidance.frames import aim_of
from rvd.core.guidance.law import choose
from rvd.core.guidance.slew import slew_at
from rvd.core.orbit.frames import Q_HILL_LEVEL
from rvd.core.signals import Aim, Belief, GuidanceState, Leg, Memory

ZERO = (0.0, 0.0, 0.0)
NO_FRAMES = np.zeros(0)

HOLD = Leg(
    law=0.0, frame=0.0, to_leg=(-250.0, 15.0, 0.0), aim_leg=(-250.0, 15.0, 0.0), point_body=(0.3, 0.0, -2.2), time=0.0,
    midcourse=0.0, speed_begin=0.1, speed_end=0.02, dv_leg=ZERO, acceleration=0.002, braking=0.0005,
    q_leg_body=Q_HILL_LEVEL, slew_rate=0.005, at_least=60.0, at_most=600.0, arrived_r=1.0, arrived_v=0.01,
    arrived_angle=0.05, settle=10.0, needs_laser=0.0, zone=1.0, rate=1.0, gains=0.0, table=0.0, free_drift=0.0,
    target_free=0.0, gated=0.0, following=1.0, fallback=-1.0, tries=1.0,
)  # fmt: skip


def leg(**changes) -> Leg:
    """A leg: the hold with these fields changed."""
    return HOLD._replace(**{key: float(x) if isinstance(x, int) else x for key, x in changes.items()})


def memory(of: Leg, **changes) -> Memory:
    """Guidance's memory on entering a leg 10 m below its point at t = 100 s."""
    entry = (of.to_leg[0] - 10.0, of.to_leg[1], of.to_leg[2])
    start = Memory(
        1.0, of, 100.0, entry, ZERO, 0.0, 100.0, of.q_leg_body, ZERO, 0.0, -1.0, -1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
        100.0, 0.0,
    )  # fmt: skip
    return start._replace(**changes)


def belief(r=(-250.0, 15.0, 0.0), v=ZERO, q=Q_HILL_LEVEL, **changes) -> Belief:
    """A belief at rest at the hold's point, in its attitude."""
    at = Belief(
        tuple(map(float, r)), tuple(map(float, v)), q, ZERO, ZERO, Q_HILL_LEVEL, ZERO,
        0.1, 0.001, 15500.0, ZERO, 1000.0, 0.0,
    )  # fmt: skip
    return at._replace(**changes)


def state(of: Belief) -> GuidanceState:
    """A belief as a law is told it, in the hill frame."""
    return GuidanceState(of.r_hill, of.v_hill, of.q_hill_body)


def guide(m: Memory, of: Belief, n: float, s: float) -> Aim:
    """What a leg in the hill frame asks for, s seconds after its entry."""
    q, w = slew_at(m.slew_from, m.slew_rotvec, m.slew_time, s)
    return aim_of(NO_FRAMES, m, of, choose(m, state(of), n, s), q, w)
