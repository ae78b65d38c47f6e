"""The relative filter: position, velocity and what is off in sensors and thrust, an extended Kalman filter.

States: r_hill 0-2, v_hill 3-5, GPS position bias 6-8, laser biases 9-11 (range, azimuth, elevation), the angles by
which the target's mean attitude is off 12-14 (about hill axes), those by which it swings about that 15-17 with their
rates 18-20, what a push along each body axis is off by, as a share of it 21-29 (three vectors, body axes: nozzles are
fixed to the body and each has errors of its own), the acceleration that nothing of this explains, in sigmas of what is
in doubt at the time 30-32 (hill axes), how far the chaser's centre of mass is from where it is believed 33-35 (body
axes), and what drag is off by, as a share of it 36. Angles move a reflector by its lever: what they are seen to do
along one axis tells what they do along another.
The prediction is the exact relative motion about the broadcast orbit; its covariance goes by Clohessy and Wiltshire.
"""

from typing import NamedTuple

from rvd.core.algebra.covariance import Covariance, predict, put, restart
from rvd.core.algebra.elementary import exp, sincos
from rvd.core.algebra.quat import rotate
from rvd.core.algebra.vec import add, axpy, norm, scale, sub, times
from rvd.core.kernel import Vec, kernel
from rvd.core.motion.cw import transition
from rvd.core.motion.nonlinear import Environment, fall
from rvd.core.navigation.pushes import (
    Pushes,
    Pushing,
    Thrust,
    body_axes,
    doubt_of,
    no_pushing,
    off_by,
    pushed_on,
    shares,
)
from rvd.core.orbit.frames import eci_from_hill, hill_from_eci, hill_rate

ZERO3 = (0.0, 0.0, 0.0)
ONES = (1.0, 1.0, 1.0)


class RelativeFilter(NamedTuple):
    """What the relative filter is told: noise, biases and how long they last, and process noise; errors are one sigma.

    Beside drag an acceleration is unexplained; to it pushes add a part of themselves, and impulses that cancel, beyond
    the lean of plain pushes, a part of what they cancel.
    """

    #: White noise of a GPS position, an axis, m.
    gps_position: float
    #: White noise of a GPS velocity, an axis, m/s.
    gps_velocity: float
    #: Bias of the GPS position, an axis, m.
    gps_bias: float
    #: How long that lasts, s.
    gps_memory: float
    #: How fast multipath moves the GPS bias within `gps_near`, m per s^0.5; it falls with the square of the distance.
    gps_echo: float
    #: The distance within which multipath is steady, m.
    gps_near: float
    #: White noise of a range, m, beside what grows with range.
    laser_range: float
    #: White noise of a range that grows with it, a share of it.
    laser_scale: float
    #: White noise of azimuth and of elevation, rad.
    laser_angle: float
    #: Bias of the range, m.
    laser_range_bias: float
    #: Bias of azimuth and of elevation, rad.
    laser_angle_bias: float
    #: How long the laser's biases last, s.
    laser_memory: float
    #: What the target's mean attitude is off by for good about each axis, rad.
    station_angle: float
    #: What the chaser's centre of mass is off by for good along each axis, m.
    centre_of_mass: float
    #: What the target swings by about the hill axes, rad.
    swing: Vec
    #: The angular rate of that swing about the hill axes, rad/s.
    swing_rate: Vec
    #: How long it swings in step, s.
    swing_memory: float
    #: What a push along each body axis is off by along itself, a share of it.
    thrust: Vec
    #: What a push along each body axis is off by across itself, a share of it.
    thrust_across: Vec
    #: How long that lasts, s, where the same nozzles push.
    thrust_memory: float
    #: What pushes add to the unexplained acceleration, a share of them.
    thrust_wander: float
    #: What a pulse varies by, a share of its nozzle's least impulse.
    repeatability: float
    #: Acceleration by drag of the chaser against the target, along the orbit, m/s2.
    drag: float
    #: What it is off by for good, a share of it.
    drag_doubt: float
    #: Acceleration that nothing else explains, m/s2, hill axes.
    unexplained: Vec
    #: How long it lasts, s.
    unexplained_memory: float
    #: What impulses that cancel add to it, shares of what they cancel, body axes.
    cancelled: Vec
    #: What a plain push along each body axis takes of all impulses, over the push, a number.
    lean: Vec
    #: White acceleration, m/s per s^0.5.
    acceleration: float
    #: Beyond so many sigmas an innovation is edited out.
    gate: float


PUSHED = (21, 22, 23, 24, 25, 26, 27, 28, 29)

# Clohessy-Wiltshire on r_hill, v_hill, with what pushes are off by, the unexplained acceleration and drag; the target
# swings, angle and rate together; all else fades or stays.
PATTERN = (
    (0, 3, 4, *PUSHED, 30), (0, 1, 3, 4, *PUSHED, 31, 36), (2, 5, *PUSHED, 32),
    (0, 3, 4, *PUSHED, 30), (0, 3, 4, *PUSHED, 31, 36), (2, 5, *PUSHED, 32),
    *((i,) for i in range(6, 15)),
    (15, 18), (16, 19), (17, 20), (15, 18), (16, 19), (17, 20),
    *((i,) for i in range(21, 37)),
)  # fmt: skip
"""Columns of the elements of the transition matrix that are not zero, row by row."""


class Relative(NamedTuple):
    """The relative filter's state; its covariance is an array, of the states 0 to 36 as this module's head has them."""

    #: Position of the chaser's centre of mass from the target's, m, hill axes.
    r_hill: Vec
    #: Its velocity, m/s, hill axes.
    v_hill: Vec
    #: Bias of the GPS position, m, hill axes.
    gps_bias: Vec
    #: Biases of range (m), azimuth and elevation (rad).
    laser_bias: Vec
    #: Angles by which the target's mean attitude is off, rad, hill axes.
    held: Vec
    #: Angles by which the target swings about that, rad, hill axes.
    swing: Vec
    #: Their rates, rad/s, hill axes.
    swing_speed: Vec
    #: What pushes are off by, shares of them, body axes.
    thrust: Pushes
    #: Acceleration that nothing else explains, in sigmas of what is in doubt now, hill axes.
    unexplained: Vec
    #: How far the chaser's centre of mass is from where it is believed, m, body axes.
    centre_of_mass: Vec
    #: What drag is off by, a share of it.
    drag: float
    #: How the chaser has been pushed of late.
    pushing: Pushing


@kernel
def start_relative(
    filt: RelativeFilter, covariance: Covariance, r_hill: Vec, v_hill: Vec, sigma_r: float, sigma_v: float
) -> Relative:
    """The filter before its first measurement, from the start knowledge and its sigmas; writes the covariance."""
    r2, v2, g2 = sigma_r * sigma_r, sigma_v * sigma_v, filt.gps_bias * filt.gps_bias
    d2, a2 = filt.laser_range_bias * filt.laser_range_bias, filt.laser_angle_bias * filt.laser_angle_bias
    t2, m2 = filt.station_angle * filt.station_angle, filt.centre_of_mass * filt.centre_of_mass
    s2 = squared(filt.swing)
    b, c = squared(filt.thrust), squared(filt.thrust_across)
    sensed = (r2, r2, r2, v2, v2, v2, g2, g2, g2, d2, a2, a2, t2, t2, t2)
    pushed = (b[0], c[0], c[0], c[1], b[1], c[1], c[2], c[2], b[2], 1.0, 1.0, 1.0)
    lasting = (m2, m2, m2, filt.drag_doubt * filt.drag_doubt)
    values = covariance.noise
    at = put(values, put(values, put(values, 0, sensed), s2), times(squared(filt.swing_rate), s2))
    put(values, put(values, at, pushed), lasting)
    restart(covariance)
    return Relative(
        r_hill, v_hill, ZERO3, ZERO3, ZERO3, ZERO3, ZERO3, (ZERO3, ZERO3, ZERO3), ZERO3, ZERO3, 0.0,
        no_pushing(),
    )  # fmt: skip


class Orbit(NamedTuple):
    """The target's broadcast orbit at the beginning of a tick and at its end."""

    #: Position at the beginning, m, inertial axes.
    r_before: Vec
    #: Velocity at the beginning, m/s, inertial axes.
    v_before: Vec
    #: Position at the end, m, inertial axes.
    r_after: Vec
    #: Velocity at the end, m/s, inertial axes.
    v_after: Vec


#: From (angle, rate) to (angle, rate), a 2x2 matrix row by row: see `swing_of`.
Swung = tuple[float, float, float, float]


class Kept(NamedTuple):
    """What the states that fade keep over a tick: shares of themselves."""

    #: Of the GPS bias.
    gps: float
    #: Of the laser's biases.
    laser: float
    #: Of the target's swing.
    swing: float
    #: How angle and rate of the swing move, by hill axis.
    swung: tuple[Swung, Swung, Swung]
    #: Of what a push along each body axis is off by.
    thrust: Vec
    #: Of the unexplained acceleration.
    unexplained: float


@kernel
def predict_relative(
    filt: RelativeFilter,
    environment: Environment,
    n: float,
    orbit: Orbit,
    track: Relative,
    covariance: Covariance,
    thrust: Thrust,
    h: float,
) -> Relative:
    """The filter h seconds later: it falls exactly, gains what was fired, and forgets biases slowly."""
    pushing, same = pushed_on(track.pushing, filt.lean, thrust, h)
    size = doubt_of(filt.unexplained, filt.cancelled, filt.thrust_wander, pushing, thrust.q_hill_body)
    r, v = moved_on(filt, environment, orbit, track, thrust, size, h)
    kept = kept_over(filt, same, h)
    write_transition(filt, covariance, n, h, kept, size, thrust)
    write_noise(filt, covariance, track, thrust, kept, h)
    predict(covariance)
    s, e, p, u = kept.thrust, track.thrust, track.swing, track.swing_speed
    x, y, z = kept.swung
    return Relative(
        r, v, scale(kept.gps, track.gps_bias), scale(kept.laser, track.laser_bias), track.held,
        (x[0] * p[0] + x[1] * u[0], y[0] * p[1] + y[1] * u[1], z[0] * p[2] + z[1] * u[2]),
        (x[2] * p[0] + x[3] * u[0], y[2] * p[1] + y[3] * u[1], z[2] * p[2] + z[3] * u[2]),
        (scale(s[0], e[0]), scale(s[1], e[1]), scale(s[2], e[2])), scale(kept.unexplained, track.unexplained),
        track.centre_of_mass, track.drag, pushing,
    )  # fmt: skip


@kernel
def moved_on(
    filt: RelativeFilter,
    environment: Environment,
    orbit: Orbit,
    track: Relative,
    thrust: Thrust,
    size: Vec,
    h: float,
) -> tuple[Vec, Vec]:
    """Position and velocity h s later: an exact fall, what was fired and is off, and the unexplained acceleration."""
    dr, dv = eci_from_hill(orbit.r_before, orbit.v_before, track.r_hill, track.v_hill)
    _, _, dr, dv = fall(environment, orbit.r_before, orbit.v_before, dr, dv, h)
    r, v = hill_from_eci(orbit.r_after, orbit.v_after, dr, dv)
    off = rotate(thrust.q_hill_body, off_by(track.thrust, thrust.push_body))
    reach = add(thrust.reach_hill, rotate(thrust.q_hill_body, off_by(track.thrust, thrust.reach_body)))
    # What has moved on inertial axes is slower by that much of the frame's own turn.
    w = hill_rate(orbit.r_after, orbit.v_after)
    gain = add(add(thrust.dv_hill, off), (w * reach[1], -w * reach[0], 0.0))
    a = add((0.0, filt.drag * (1.0 + track.drag), 0.0), times(size, track.unexplained))
    return axpy(0.5 * h * h, a, add(r, reach)), axpy(h, a, add(v, gain))


@kernel
def kept_over(filt: RelativeFilter, same: Vec, h: float) -> Kept:
    """What fades over h s, where `same` nozzles push."""
    swing, w = exp(-h / filt.swing_memory), filt.swing_rate
    swung = (swing_of(swing, w[0], h), swing_of(swing, w[1], h), swing_of(swing, w[2], h))
    return Kept(
        exp(-h / filt.gps_memory), exp(-h / filt.laser_memory), swing, swung,
        scale(exp(-h / filt.thrust_memory), same), exp(-h / filt.unexplained_memory),
    )  # fmt: skip


@kernel
def write_noise(
    filt: RelativeFilter, covariance: Covariance, track: Relative, thrust: Thrust, kept: Kept, h: float
) -> None:
    """Writes the variances that a tick adds: what fades is drawn anew, so that each stays as it was told."""
    white, pulses = (
        filt.acceleration * filt.acceleration * h + thrust.spread,
        filt.repeatability * filt.repeatability,
    )
    qv = axpy(pulses, thrust.valves_hill, (white, white, white))
    qr = scale(h * h / 3.0, qv)
    distance = norm(track.r_hill)
    near = filt.gps_near / distance if distance > filt.gps_near else 1.0
    echo = near * near * filt.gps_echo
    qg = (1.0 - kept.gps * kept.gps) * filt.gps_bias * filt.gps_bias + echo * echo * h
    m = 1.0 - kept.laser * kept.laser
    qd, qa = (
        m * filt.laser_range_bias * filt.laser_range_bias,
        m * filt.laser_angle_bias * filt.laser_angle_bias,
    )
    qp = scale(1.0 - kept.swing * kept.swing, squared(filt.swing))
    qs = times(squared(filt.swing_rate), qp)
    b, d, s = squared(filt.thrust), squared(filt.thrust_across), sub(ONES, squared(kept.thrust))
    x, y, z = times(s, b), times(s, d), 1.0 - kept.unexplained * kept.unexplained
    noise = covariance.noise
    at = put(noise, put(noise, put(noise, 0, qr), qv), (qg, qg, qg, qd, qa, qa))
    at = put(noise, put(noise, put(noise, at, ZERO3), qp), qs)
    at = put(noise, at, (x[0], y[0], y[0], y[1], x[1], y[1], y[2], y[2], x[2], z, z, z))
    put(noise, at, (0.0, 0.0, 0.0, 0.0))


@kernel
def swing_of(kept: float, w: float, h: float) -> Swung:
    """How a swing of rate w (rad/s), of which `kept` stays, moves over h s: angle by angle and rate, rate by both.

    A damped oscillator whose covariance, of the angle and of its rate over w alike, is steady (Gelb 1974, table 2.2-1).
    """
    s, c = sincos(w * h)
    return (kept * c, kept * s / w, -kept * s * w, kept * c)


@kernel
def squared(a: Vec) -> Vec:
    """Each component squared."""
    return times(a, a)


@kernel
def write_transition(
    filt: RelativeFilter, covariance: Covariance, n: float, h: float, kept: Kept, size: Vec, thrust: Thrust
) -> None:
    """Writes the elements of the transition matrix (`PATTERN`): CW, pushes and acceleration on r and v, then fading.

    Of both only the powers of h: what CW adds to them within one tick is n h of it, a thousandth.
    """
    g, m, s, q = kept.gps, kept.laser, kept.thrust, kept.unexplained
    o, i, j = kept.swung
    u, k = scale(h, size), scale(0.5 * h * h, size)
    fall_r, fall_v = 0.5 * h * h * filt.drag, h * filt.drag
    a, b, c, d, e, f = transition(n, h)
    x, y, z = body_axes(thrust.q_hill_body)
    rx, ry, rz = shares(thrust.reach_body, x, y, z)
    vx, vy, vz = shares(thrust.push_body, x, y, z)
    t = covariance.transition
    at = put(t, 0, (a[0], a[3], a[4]) + rx + (k[0],))
    at = put(t, at, (b[0], b[1], b[3], b[4]) + ry + (k[1], fall_r))
    at = put(t, at, (c[2], c[5]) + rz + (k[2],))
    at = put(t, at, (d[0], d[3], d[4]) + vx + (u[0],))
    at = put(t, at, (e[0], e[3], e[4]) + vy + (u[1], fall_v))
    at = put(t, at, (f[2], f[5]) + vz + (u[2],))
    # GPS bias, laser biases, mean attitude of the target.
    at = put(t, at, (g, g, g, m, m, m, 1.0, 1.0, 1.0))
    # Angle and rate of the swing.
    at = put(t, at, (o[0], o[1], i[0], i[1], j[0], j[1], o[2], o[3], i[2], i[3], j[2], j[3]))
    # What pushes are off by; unexplained acceleration, centre of mass, drag.
    at = put(t, at, (s[0], s[0], s[0], s[1], s[1], s[1], s[2], s[2], s[2]))
    put(t, at, (q, q, q, 1.0, 1.0, 1.0, 1.0))
