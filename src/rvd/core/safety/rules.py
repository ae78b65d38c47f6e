"""The rules: what the truth must keep, watched between samples too, and how the flight ends when it does not."""

import math
from typing import NamedTuple

from rvd.core.algebra.quat import conjugate, multiply, rotate, unrotate
from rvd.core.algebra.vec import add, axpy, dot, norm, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.orbit.frames import hill_from_eci, hill_rate, q_eci_hill
from rvd.core.safety.box import Box, box_overrun, fixture_at
from rvd.core.safety.corridor import cone_margin
from rvd.core.signals import Outcome, Tally


class SpeedLimits(NamedTuple):
    """Greatest speeds near the station, in four steps."""

    #: Distances from the station's centre of mass, m; 0: unused.
    within: tuple[float, float, float, float]
    #: The greatest speed within each, m/s.
    speed: tuple[float, float, float, float]


class Rules(NamedTuple):
    """The rules of a case."""

    #: Semi-axes of the approach ellipsoid, m, hill axes.
    ellipsoid: Vec
    #: Radius of the keep-out sphere, m.
    keep_out: float
    #: Half angle of the corridor, rad.
    corridor: float
    #: Distance of the centres of mass within which the corridor is armed, m.
    corridor_from: float
    #: Axis of the corridor, away from the berthing point, a unit vector, hill axes.
    corridor_axis: Vec
    #: Distance of the chaser's centre of mass from the berthing point below which it is a collision, m.
    contact: float
    #: Greatest speeds near the station.
    speeds: SpeedLimits
    #: What the arm can take.
    box: Box


FAR = 1.0e30
"""A limit that does not hold, and a margin that was never at stake: only inside a flight (`result_of`)."""


@kernel
def blank_tally():
    """A tally before anything was seen: no margin, and no free drift yet."""
    return Tally(
        outcome=0.0, t_end=0.0, leg=0.0, alarm=0.0, used=0.0, closest=FAR, corridor_margin=FAR, speed_margin=FAR,
        keep_out_margin=FAR, ellipsoid_margin=FAR, delta_v=0.0, since=-1.0, release_distance=math.nan,
        release_speed=math.nan, box_distance=math.nan, box_speed=math.nan, box_angle=math.nan, box_rate=math.nan,
        error_r=0.0, error_v=0.0, nees=0.0, nis=math.nan,
    )  # fmt: skip


@kernel
def nearest(a, b):
    """The point of the segment from a to b nearest to the origin: closest approach inside a step.

    Over a step of at most 1 s the relative path bends by less than 0.2 mm (n v h2 / 8), so a segment serves.
    """
    d = sub(b, a)
    d2 = dot(d, d)
    share = min(max(-dot(a, d) / (d2 if d2 > 0.0 else 1.0), 0.0), 1.0)
    return axpy(share, d, a)


@kernel
def speed_limit(speeds, away):
    """The smallest limit (m/s) that holds at this distance."""
    w, s = speeds.within, speeds.speed
    a, b = (s[0] if away < w[0] else FAR), (s[1] if away < w[1] else FAR)
    c, d = (s[2] if away < w[2] else FAR), (s[3] if away < w[3] else FAR)
    return min(min(a, b), min(c, d))


class Sight(NamedTuple):
    """The truth as the rules see it at one instant: centre of mass and grapple fixture."""

    #: The chaser's centre of mass from the target's, m, hill axes.
    r_hill: Vec
    #: Its velocity, m/s, hill axes.
    v_hill: Vec
    #: The berthing point from the target's centre of mass, m, hill axes.
    apex_hill: Vec
    #: The grapple fixture from the target's centre of mass, m, hill axes.
    fixture_hill: Vec
    #: The fixture from the centre of the box, m, station axes.
    offset: Vec
    #: Speed of the fixture against the station's own material point there, m/s.
    speed: float
    #: Angle of the body from the attitude that the arm takes, rad.
    angle: float
    #: Angular rate of the body against the station, rad/s.
    rate: float


@kernel
def sight(points, box, state, com_body):
    """What the rules need of a state; the fixture's place is against the berthing point."""
    r, v = hill_from_eci(state.rt_eci, state.vt_eci, state.dr_eci, state.dv_eci)
    q_hill_eci = conjugate(q_eci_hill(state.rt_eci, state.vt_eci))
    q_body, q_station = multiply(q_hill_eci, state.q_eci_body), multiply(q_hill_eci, state.q_eci_station)
    turn = (0.0, 0.0, hill_rate(state.rt_eci, state.vt_eci))
    w_body, w_station = (
        sub(state.w_body, unrotate(q_body, turn)),
        sub(state.w_station, unrotate(q_station, turn)),
    )
    fixture = fixture_at(points, box, com_body, r, v, q_body, q_station, w_body, w_station)
    apex = rotate(q_station, points.berthing)
    grapple = add(r, rotate(q_body, sub(points.grapple, com_body)))
    return Sight(r, v, apex, grapple, fixture.offset, fixture.speed, fixture.angle, fixture.rate)


@kernel
def watch(rules, tally, before, after, memory, belief, trust, used, loaded, arm, dv, t, h):
    """The tally after one step of truth: margins at their worst, the capture, and the outcome once there is one.

    before, after: `Sight` at both ends of the step from t to t + h, in which dv (m/s) was spent; `trust` is that in
    the filter at t; `used` of `loaded` kg of propellant are gone; the arm needs `arm` s of free drift.
    """
    near = nearest(before.r_hill, after.r_hill)
    closest = norm(near)
    hull = norm(nearest(sub(before.r_hill, before.apex_hill), sub(after.r_hill, after.apex_hill)))
    onward, zone = memory.alarm == 0.0, memory.leg.zone  # an abort may cross any line on its way out
    corridor = corridor_margin(rules, before, after)
    armed = (norm(after.r_hill) < rules.corridor_from) & onward
    slower = speed_limit(rules.speeds, closest) - max(norm(before.v_hill), norm(after.v_hill))
    speed = slower if onward else FAR
    outside_sphere = closest - rules.keep_out if (zone < 1.5) & onward else FAR
    clear = ellipsoid_margin(rules.ellipsoid, before.r_hill, after.r_hill)
    outside_ellipsoid = clear if (zone < 0.5) & onward else FAR
    free = memory.leg.free_drift > 0.0
    begins = free & (tally.since < 0.0)
    since = t if begins else (tally.since if free else -1.0)
    drifted = t + h - since if free else 0.0
    overrun = max(box_overrun(rules.box, after.offset), box_overrun(rules.box, before.offset))
    box = Tally(
        0.0, t + h, memory.at, memory.alarm, used, min(tally.closest, closest),
        min(tally.corridor_margin, corridor if armed else FAR), min(tally.speed_margin, speed),
        min(tally.keep_out_margin, outside_sphere), min(tally.ellipsoid_margin, outside_ellipsoid),
        tally.delta_v + dv, since,
        norm(before.offset) if begins else tally.release_distance, before.speed if begins else tally.release_speed,
        max(0.0 if begins else tally.box_distance, norm(after.offset)) if free else tally.box_distance,
        max(0.0 if begins else tally.box_speed, after.speed) if free else tally.box_speed,
        max(0.0 if begins else tally.box_angle, after.angle) if free else tally.box_angle,
        max(0.0 if begins else tally.box_rate, after.rate) if free else tally.box_rate,
        norm(sub(belief.r_hill, before.r_hill)), norm(sub(belief.v_hill, before.v_hill)),
        (tally.nees * t + trust.nees * h) / (t + h), trust.nis_all,
    )  # fmt: skip
    left = free & (overrun > 1.0)
    fast = (free & (box.box_speed > rules.box.speed)) | (box.release_speed > rules.box.release_speed)
    turned = (box.box_angle > rules.box.angle) | (box.box_rate > rules.box.rate)
    ended = ladder(rules, box, memory, used / loaded, left | fast | turned, drifted, arm, corridor, armed, speed,
                   outside_sphere, outside_ellipsoid, hull, after)  # fmt: skip
    return concluded(box, ended)


@kernel
def ladder(
    rules, tally, memory, used, missed, drifted, arm, corridor, armed, speed, sphere, ellipsoid, hull, after
):
    """The outcome at this step: the gravest that holds, from the bottom of the list up."""
    end = Outcome.FLYING.value
    end = Outcome.CAPTURED.value if drifted >= arm else end
    end = Outcome.UNFINISHED.value if (memory.over > 0.0) & (drifted < arm) else end
    end = Outcome.ABORTED.value if (memory.over > 0.0) & (memory.alarm > 0.0) else end
    end = Outcome.EMPTY.value if used >= 1.0 else end
    end = Outcome.LEFT_BOX.value if missed else end
    end = Outcome.SPEED.value if speed < 0.0 else end
    end = Outcome.CORRIDOR.value if armed & (corridor < 0.0) else end
    end = Outcome.ELLIPSOID.value if ellipsoid < 0.0 else end
    end = Outcome.KEEP_OUT.value if sphere < 0.0 else end
    end = Outcome.CONTACT.value if hull < rules.contact else end
    finite = dot(after.r_hill, after.r_hill) + dot(after.v_hill, after.v_hill) + after.rate < FAR
    return end if finite else Outcome.DIVERGED.value


@kernel
def concluded(tally, outcome):
    """The tally with its outcome."""
    return tally._replace(outcome=float(outcome))


@kernel
def result_of(tally):
    """The tally of a flight that is over: NaN is a margin whose rule never applied, and a drift it did not end in."""
    return tally._replace(
        closest=at_stake(tally.closest),
        corridor_margin=at_stake(tally.corridor_margin),
        speed_margin=at_stake(tally.speed_margin),
        keep_out_margin=at_stake(tally.keep_out_margin),
        ellipsoid_margin=at_stake(tally.ellipsoid_margin),
        since=tally.since if tally.since >= 0.0 else math.nan,
    )


@kernel
def at_stake(margin):
    """The margin, or NaN where nothing was ever measured against its limit."""
    return margin if margin < 0.5 * FAR else math.nan


@kernel
def corridor_margin(rules, before, after):
    """The smaller corridor margin (rad) of the fixture at both ends of the step; the cone is convex."""
    a = cone_margin(sub(before.fixture_hill, before.apex_hill), rules.corridor_axis, rules.corridor)
    b = cone_margin(sub(after.fixture_hill, after.apex_hill), rules.corridor_axis, rules.corridor)
    return min(a, b)


@kernel
def ellipsoid_margin(semi_axes, a, b):
    """Distance-like margin (m) to the ellipsoid inside a step: (scaled distance - 1) times the smallest semi-axis."""
    i, j, k = 1.0 / semi_axes[0], 1.0 / semi_axes[1], 1.0 / semi_axes[2]
    near = nearest((i * a[0], j * a[1], k * a[2]), (i * b[0], j * b[1], k * b[2]))
    return (norm(near) - 1.0) * min(semi_axes[0], min(semi_axes[1], semi_axes[2]))
