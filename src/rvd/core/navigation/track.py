"""The two filters together: estimate from what was fired and what was seen, and the belief the others may read."""

import math
from typing import NamedTuple

from rvd.core.algebra import triangular6
from rvd.core.algebra.covariance import Covariance
from rvd.core.algebra.quat import conjugate, from_rotvec, multiply, rotate, unrotate
from rvd.core.algebra.vec import add, axpy, cross, dot, norm, scale, select, sub
from rvd.core.kernel import Sheet, Vec, kernel
from rvd.core.motion.nonlinear import Environment
from rvd.core.navigation.attitude import Attitude, AttitudeFilter, correct_attitude, predict_attitude
from rvd.core.navigation.delay import Since, Taken, as_taken, attitude_now, lengthened, restarted
from rvd.core.navigation.fixes import Mounted, Tested, correct_gps, correct_laser, sight_of
from rvd.core.navigation.pushes import Thrust, spread_along
from rvd.core.navigation.relative import Orbit, Relative, RelativeFilter, predict_relative
from rvd.core.orbit.frames import Q_HILL_LEVEL, hill_rate, q_eci_hill
from rvd.core.signals import Belief, Firing, Reading

SETTLED = 30.0
"""Quiet time (s) that tells the accelerometer's bias well enough to take a burn as it measures it (assumed)."""

UNREAD = 1.0e9
"""The age (s) of a laser reading before the first: at no time too young, and not a number that a user is shown."""


class Filters(NamedTuple):
    """What both filters are told of the sensors, of the orbit, and of the accelerometer."""

    #: What the relative filter is told.
    relative: RelativeFilter
    #: What the attitude filter is told.
    attitude: AttitudeFilter
    #: Mean motion of the target, rad/s.
    orbit_rate: float
    #: The central body, without air.
    environment: Environment
    #: A burn stronger than this, m/s2, is taken as measured once the bias is known; a weaker one as commanded.
    accelerometer_above: float
    #: What is weaker than this, m/s2, is averaged for the bias.
    accelerometer_quiet: float
    #: Velocity random walk of the accelerometer, m/s per s^0.5.
    accelerometer_walk: float
    #: One sigma of its scale factor, a share of the burn.
    accelerometer_scale: float
    #: The longest time over which the bias is averaged, s.
    accelerometer_memory: float
    #: Within this distance of the first reflector, m, the laser takes over from GPS.
    hand_over: float


class Known(NamedTuple):
    """What navigation knows of the vehicles, beside what the filters are told."""

    #: Mass of the chaser, kg.
    mass: float
    #: Centre of mass of the chaser, m, body axes from the body's origin.
    com_body: Vec
    #: How the laser is mounted.
    laser: Mounted
    #: The target's two reflectors, m, hill axes from its centre of mass, in its nominal attitude.
    reflectors_hill: tuple[Vec, Vec]


class Meter(NamedTuple):
    """What is believed of the accelerometer."""

    #: Its bias, m/s2, body axes.
    bias: Vec
    #: The variance of that, an axis, m2/s4.
    variance: float
    #: The time that went into it, s.
    quiet: float
    #: How long the burn under way has been measured, s.
    burning: float


class Gain(NamedTuple):
    """The velocity gained over a tick."""

    #: That velocity, m/s, body axes.
    dv_body: Vec
    #: 1.0 where it is as commanded, 0.0 where it was measured.
    commanded: float
    #: The variance of what was measured, an axis, m2/s2; 0 where it is as commanded.
    spread: float


class Track(NamedTuple):
    """Everything navigation remembers."""

    #: The relative filter.
    relative: Relative
    #: The attitude filter.
    attitude: Attitude
    #: What is believed of the accelerometer.
    meter: Meter
    #: Position of the target as last broadcast, m, inertial axes.
    rt_eci: Vec
    #: Velocity of the target as last broadcast, m/s, inertial axes.
    vt_eci: Vec
    #: Propellant used by what was commanded, kg.
    used: float
    #: Age of the latest laser reading, s; `UNREAD` and more before the first.
    laser_age: float
    #: What happened since each sensor looked.
    since: Since
    #: How well the latest fix agreed with the filter.
    tested: Tested
    #: How well all fixes together did.
    tested_all: Tested


@kernel
def estimate(
    filters: Filters, known: Known, track: Track, covariance: Covariance, reading: Reading, firing: Firing
) -> Track:
    """The track at this reading: coast under what was fired, then the GPS, laser and star tracker fixes."""
    h = firing.period
    q_hill_eci = conjugate(q_eci_hill(reading.rt_eci, reading.vt_eci))
    attitude = predict_attitude(filters.attitude, track.attitude, reading.gyro_body, h)
    turn_body = scale(h, attitude.w_body)
    q_read = attitude_now(
        reading.tracker_q_eci_body, add(track.since.tracker_turn, turn_body), reading.tracker_age > 0.5 * h
    )
    attitude = correct_attitude(filters.attitude, attitude, q_read, reading.has_tracker)
    q_hill_body = multiply(q_hill_eci, attitude.q_eci_body)
    # Pulses stand at the beginning of a tick, and the body turns on until its end.
    q_hill_fired = multiply(q_hill_eci, track.attitude.q_eci_body)
    mass = known.mass
    gain, meter = gained(filters, track.meter, reading.dv_body, firing, mass)
    reach = scale(1.0 / mass, firing.reach_body)
    thrust = Thrust(
        dv_hill=rotate(q_hill_fired, gain.dv_body),
        reach_hill=rotate(q_hill_fired, reach),
        push_body=scale(gain.commanded, gain.dv_body),
        reach_body=scale(gain.commanded, reach),
        spread=gain.spread,
        total=gain.commanded * firing.total / mass,
        valves_hill=spread_along(scale(gain.commanded / (mass * mass), firing.valves_body), q_hill_fired),
        q_hill_body=q_hill_fired,
    )
    relative = predict_relative(
        filters.relative,
        environment=filters.environment,
        n=filters.orbit_rate,
        orbit=Orbit(track.rt_eci, track.vt_eci, reading.rt_eci, reading.vt_eci),
        track=track.relative,
        covariance=covariance,
        thrust=thrust,
        h=h,
    )
    since = lengthened(track.since, thrust.dv_hill, thrust.reach_hill, turn_body, h)
    then = as_taken(
        n=filters.orbit_rate,
        w_radial=plane_turn(filters.environment, reading.rt_eci, reading.vt_eci),
        q_hill_body=q_hill_body,
        relative=relative,
        since=since,
        reading=reading,
        h=h,
    )
    coasted = track._replace(
        relative=relative,
        attitude=attitude,
        meter=meter,
        rt_eci=reading.rt_eci,
        vt_eci=reading.vt_eci,
        used=track.used + firing.used,
        laser_age=track.laser_age + h,
        since=restarted(since, reading.looked),
    )
    return see(filters, known, track=coasted, covariance=covariance, reading=reading, then=then)


@kernel
def kept(before: Tested, tested: Tested) -> Tested:
    """The test of the latest fix: this tick's where it brought one."""
    return tested if tested.numbers > 0.0 else before


@kernel
def added(a: Tested, b: Tested) -> Tested:
    """Two tests together; the innovations are those of the second where it has some."""
    latest = b.innovations if b.numbers > 0.0 else a.innovations
    return Tested(a.nis + b.nis, a.numbers + b.numbers, latest)


@kernel
def plane_turn(environment: Environment, rt_eci: Vec, vt_eci: Vec) -> float:
    """Rate (rad/s) at which the orbit plane, and the hill frame, turns about the radius under J2.

    Radius times normal acceleration over angular momentum (Gauss; Vallado 2013, eq. 9-24).
    """
    h = cross(rt_eci, vt_eci)
    r2 = dot(rt_eci, rt_eci)
    oblateness = environment.mu * environment.j2 * environment.radius * environment.radius
    return -3.0 * oblateness * rt_eci[2] * h[2] / (dot(h, h) * r2 * r2)


@kernel
def see(
    filters: Filters, known: Known, track: Track, covariance: Covariance, reading: Reading, then: Taken
) -> Track:
    """The track after this reading's fixes: the laser where it speaks inside the hand-over, else GPS.

    Late readings are brought to the present along the predicted motion (`then`).
    """
    relative, points = track.relative, known.reflectors_hill
    inside = norm(sub(relative.r_hill, points[0])) < filters.hand_over
    laser = reading.has_laser if inside else 0.0
    gps = reading.has_gps if (track.laser_age > 10.0) & (laser == 0.0) else 0.0
    r_read, v_read = add(reading.gps_r_hill, then.gps_r_hill), add(reading.gps_v_hill, then.gps_v_hill)
    relative, by_gps = correct_gps(
        filters.relative, track=relative, covariance=covariance, r_read=r_read, v_read=v_read, fresh=gps
    )
    second = reading.reflector > 0.5
    point = add(select(second, points[1], points[0]), then.laser_r_hill)
    relative, by_laser = correct_laser(
        filters.relative,
        track=relative,
        covariance=covariance,
        sight=sight_of(known.laser, known.com_body, then.laser_q_hill_body, point),
        read=reading.laser,
        sigma_attitude=math.sqrt(triangular6.diag_of(track.attitude.covariance)[0]),
        fresh=laser,
    )
    tested = added(by_gps, by_laser)
    return track._replace(
        relative=relative,
        laser_age=reading.laser_age if laser > 0.0 else track.laser_age,
        tested=kept(track.tested, tested),
        tested_all=added(track.tested_all, tested),
    )


@kernel
def gained(filters: Filters, meter: Meter, dv_read: Vec, firing: Firing, mass: float) -> tuple[Gain, Meter]:
    """The velocity gain over the tick (`Gain`), and what is believed of the accelerometer then.

    The bias is the mean over what is quiet, then fades into it; only a weak thrust's small error enters, so that a hold
    calibrates too. Before `SETTLED` a burn is taken as commanded: the bias may be anything, and a chaser that pushes
    all the time would never learn it. What bias and scale are off by lasts through a burn, so its variance grows with
    the square of time.
    """
    h = firing.period
    commanded = scale(1.0 / mass, firing.impulse_body)
    measured = axpy(-h, meter.bias, dv_read)
    push = dot(commanded, commanded)
    above = filters.accelerometer_above * h
    strong = (push > above * above) & (meter.quiet >= SETTLED)
    still = push <= filters.accelerometer_quiet * filters.accelerometer_quiet * h * h
    counted = min(meter.quiet + h, filters.accelerometer_memory)
    k = 1.0 / max(counted, 1.0) if still else 0.0  # the first reading covers an instant, and says nothing
    bias = axpy(k, sub(measured, commanded), meter.bias)
    walk = filters.accelerometer_walk * filters.accelerometer_walk
    left = 1.0 - k * h
    variance = left * left * meter.variance + k * k * walk * h
    quiet, burning = (counted if still else meter.quiet), (meter.burning + h if strong else 0.0)
    lasting = meter.variance + filters.accelerometer_scale * filters.accelerometer_scale * push / (h * h)
    spread = walk * h + 2.0 * lasting * burning * h if strong else 0.0
    gain = Gain(select(strong, measured, commanded), (0.0 if strong else 1.0), spread)
    return gain, Meter(bias, variance, quiet, burning)


@kernel
def believe(track: Track, covariance: Covariance, mass: float, com_body: Vec, propellant: float) -> Belief:
    """The belief that guidance, control and the monitors read."""
    q_eci_hill_ = q_eci_hill(track.rt_eci, track.vt_eci)
    q_hill_body = multiply(conjugate(q_eci_hill_), track.attitude.q_eci_body)
    w = track.attitude.w_body
    turn = unrotate(q_hill_body, (0.0, 0.0, hill_rate(track.rt_eci, track.vt_eci)))
    p, relative = covariance.matrix, track.relative
    return Belief(
        r_hill=relative.r_hill,
        v_hill=relative.v_hill,
        q_hill_body=q_hill_body,
        w_body=w,
        w_rel_body=sub(w, turn),
        q_hill_target=multiply(from_rotvec(add(relative.held, relative.swing)), Q_HILL_LEVEL),
        w_target_hill=relative.swing_speed,
        sigma_r=math.sqrt(p[0, 0] + p[1, 1] + p[2, 2]),
        sigma_v=math.sqrt(p[3, 3] + p[4, 4] + p[5, 5]),
        mass=mass,
        com_body=com_body,
        propellant=propellant,
        laser_age=track.laser_age,
    )


@kernel
def errors_in_sigmas(track: Track, covariance: Covariance, r_hill: Vec, v_hill: Vec) -> triangular6.Column:
    """The believed position and velocity's error, of unit covariance if the filter knows itself; its square is NEES.

    Source: Bar-Shalom, Li, Kirubarajan 2001, eq. 5.4.2-1.
    """
    relative = track.relative
    x, y = sub(relative.r_hill, r_hill), sub(relative.v_hill, v_hill)
    return triangular6.whitened((x[0], x[1], x[2], y[0], y[1], y[2]), leading(covariance.matrix))


@kernel
def leading(p: Sheet) -> triangular6.Triangle:
    """The covariance of position and velocity alone: the first six rows and columns, from the diagonal on."""
    return (
        (p[0, 0], p[0, 1], p[0, 2], p[0, 3], p[0, 4], p[0, 5]), (p[1, 1], p[1, 2], p[1, 3], p[1, 4], p[1, 5]),
        (p[2, 2], p[2, 3], p[2, 4], p[2, 5]), (p[3, 3], p[3, 4], p[3, 5]), (p[4, 4], p[4, 5]), (p[5, 5],),
    )  # fmt: skip
