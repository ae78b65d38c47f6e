"""What a flight logs: one line of history every so often, and one line a leg."""

import math
from typing import NamedTuple

from rvd.core.algebra import triangular6
from rvd.core.algebra.vec import scale
from rvd.core.flight.judge import Sides
from rvd.core.flight.work import Work
from rvd.core.kernel import Quat, Sheet, Vec, kernel, store, sweep
from rvd.core.navigation.track import UNREAD, Track
from rvd.core.signals import Aim, Wrench

BASIC = (
    "t",
    "vbar", "rbar", "hbar", "vbar_rate", "rbar_rate", "hbar_rate",
    "fixture_vbar", "fixture_rbar", "fixture_hbar",
    "offset_forward", "offset_starboard", "offset_down",
    "believed_vbar", "believed_rbar", "believed_hbar",
    "believed_vbar_rate", "believed_rbar_rate", "believed_hbar_rate",
    "sigma_r", "sigma_v",
    "q_x", "q_y", "q_z", "q_w", "station_q_x", "station_q_y", "station_q_z", "station_q_w",
    "rate", "angle", "leg", "stage", "alarm", "propellant_used", "delta_v", "laser_age", "nees", "nis", "numbers",
)  # fmt: skip
"""The first columns of a history (SI). Places are along the words' axes: of the centre of mass from the station's;
`fixture_` of the grapple fixture from the berthing point; `offset_` of the fixture from the box's centre, station axes.
NaN is the age of a laser reading before the first, and the NIS of a fix before the first."""

DETAIL = (
    "aim_kind", "aim_vbar", "aim_rbar", "aim_hbar", "aim_vbar_rate", "aim_rbar_rate", "aim_hbar_rate",
    "aim_vbar_gain", "aim_rbar_gain", "aim_hbar_gain",
    "aim_turns", "aim_q_x", "aim_q_y", "aim_q_z", "aim_q_w",
    "asked_force_forward", "asked_force_starboard", "asked_force_down",
    "asked_torque_forward", "asked_torque_starboard", "asked_torque_down",
    "given_force_forward", "given_force_starboard", "given_force_down",
    "given_torque_forward", "given_torque_starboard", "given_torque_down",
    "body_rate_forward", "body_rate_starboard", "body_rate_down",
    "believed_body_rate_forward", "believed_body_rate_starboard", "believed_body_rate_down",
    "believed_q_x", "believed_q_y", "believed_q_z", "believed_q_w",
    "sigma_vbar", "sigma_rbar", "sigma_hbar", "sigma_vbar_rate", "sigma_rbar_rate", "sigma_hbar_rate",
    "sigma_angle_forward", "sigma_angle_starboard", "sigma_angle_down",
    "innovation_1", "innovation_2", "innovation_3", "innovation_4", "innovation_5", "innovation_6",
    "target_eci_x", "target_eci_y", "target_eci_z", "target_eci_x_rate", "target_eci_y_rate", "target_eci_z_rate",
)  # fmt: skip
"""The columns after those (SI), in the order of `Detail`."""

HISTORY = BASIC + DETAIL
"""Columns of a history; the on-times of the nozzles follow them where the sheet is as wide."""

LEGS = (
    "t", "propellant_used", "delta_v", "vbar", "rbar", "hbar", "nees", "nis", "numbers",
    "error_0", "error_1", "error_2", "error_3", "error_4", "error_5", "fixture_vbar", "fixture_rbar", "fixture_hbar",
)  # fmt: skip
"""Columns of the leg log: the moment each leg was entered, and what had been spent, and how far the filter was
to be trusted (`Trust`, its errors in sigmas), and where the grapple fixture was; NaN where it never was."""


class Inside(NamedTuple):
    """What the flight software has in mind at a tick, beside its belief."""

    #: Everything navigation remembers.
    track: Track
    #: What guidance asks for.
    aim: Aim
    #: What is asked of the nozzles.
    wrench: Wrench


Axes = tuple[float, float, float]
"""Three numbers along V-bar, R-bar and H-bar."""


class Detail(NamedTuple):
    """The columns `DETAIL` of a line of history."""

    #: 0 nothing, 1 track a point, 2 gain a velocity.
    aim_kind: float
    #: Position to track, m.
    aim_r: Axes
    #: Velocity to track, m/s.
    aim_v: Axes
    #: Velocity to gain, m/s.
    aim_dv: Axes
    #: 0 nothing, 1 an attitude.
    aim_turns: float
    #: Attitude to turn to, against the hill frame.
    aim_q_hill_body: Quat
    #: Force asked of the nozzles, N, body axes.
    asked_force_body: Vec
    #: Torque asked of them about the centre of mass, N m, body axes.
    asked_torque_body: Vec
    #: Mean force that they gave over the tick, N, body axes.
    given_force_body: Vec
    #: Mean torque that they gave about the centre of mass, N m, body axes.
    given_torque_body: Vec
    #: Inertial rate, rad/s, body axes.
    w_body: Vec
    #: The same as believed, rad/s.
    believed_w_body: Vec
    #: The believed attitude, against the hill frame.
    believed_q_hill_body: Quat
    #: One sigma of the believed position, m.
    sigma_r: Axes
    #: One sigma of the believed velocity, m/s.
    sigma_v: Axes
    #: One sigma of the believed attitude, rad, body axes.
    sigma_angle: Vec
    #: What the latest fix measured less what was expected, in sigmas of that; NaN in front where it has fewer than six.
    innovations: tuple[float, float, float, float, float, float]
    #: Position of the target, m, inertial axes.
    rt_eci: Vec
    #: Velocity of the target, m/s, inertial axes.
    vt_eci: Vec


@kernel
def along_words(a_hill: Vec) -> Axes:
    """A vector along V-bar, R-bar and H-bar."""
    return (a_hill[1], -a_hill[0], -a_hill[2])


@kernel
def detail(sides: Sides, inside: Inside, p: Sheet) -> Detail:
    """The columns `DETAIL` at this tick; p is the covariance of the relative filter."""
    state, fired, belief = sides.world.state, sides.world.fired, sides.aboard.belief
    track, aim, wrench = inside
    e = triangular6.diag_of(track.attitude.covariance)
    each = 1.0 / fired.period
    return Detail(
        aim_kind=aim.translate,
        aim_r=along_words(aim.r_hill),
        aim_v=along_words(aim.v_hill),
        aim_dv=along_words(aim.dv_hill),
        aim_turns=aim.point,
        aim_q_hill_body=aim.q_hill_body,
        asked_force_body=wrench.force_body,
        asked_torque_body=wrench.torque_body,
        given_force_body=scale(each, fired.impulse_body),
        given_torque_body=scale(each, fired.turn_body),
        w_body=state.w_body,
        believed_w_body=belief.w_body,
        believed_q_hill_body=belief.q_hill_body,
        sigma_r=(math.sqrt(p[1, 1]), math.sqrt(p[0, 0]), math.sqrt(p[2, 2])),
        sigma_v=(math.sqrt(p[4, 4]), math.sqrt(p[3, 3]), math.sqrt(p[5, 5])),
        sigma_angle=(math.sqrt(e[0]), math.sqrt(e[1]), math.sqrt(e[2])),
        innovations=track.tested.innovations,
        rt_eci=state.rt_eci,
        vt_eci=state.vt_eci,
    )


@sweep
def log(work: Work, line: int, sides: Sides, inside: Inside, t: float) -> int:
    """Writes the line of history (`HISTORY`, on-times) at t, unless it is full; gives the number of the next line."""
    history = work.history
    if line >= history.shape[0]:
        return line
    world, belief, memory, trust = sides.world, sides.aboard.belief, sides.aboard.memory, sides.trust
    seen, q, p = world.seen, world.geometry.q_hill_body, world.geometry.q_hill_station
    r, v, f, a, b, c, d = (
        seen.r_hill, seen.v_hill, seen.fixture_hill, seen.apex_hill, seen.stand.offset, belief.r_hill, belief.v_hill
    )  # fmt: skip
    laser_age = belief.laser_age if belief.laser_age < UNREAD else math.nan
    values = (
        (t, r[1], -r[0], -r[2], v[1], -v[0], -v[2], f[1] - a[1], a[0] - f[0], a[2] - f[2], b[0], b[1], b[2])
        + (c[1], -c[0], -c[2], d[1], -d[0], -d[2], belief.sigma_r, belief.sigma_v)
        + (q[0], q[1], q[2], q[3], p[0], p[1], p[2], p[3], seen.stand.rate, seen.stand.angle)
        + (memory.at, memory.stage, memory.alarm, world.state.used, world.tally.delta_v, laser_age)
        + (trust.nees, trust.nis, trust.numbers)
    )
    for k in range(len(values)):
        history[line, k] = values[k]
    store(Detail, history[line], len(BASIC), 0, 1, value=detail(sides, inside, work.covariance.matrix))
    for k in range(history.shape[1] - len(HISTORY)):
        history[line, len(HISTORY) + k] = work.on[k]
    return line + 1


@sweep
def log_leg(legs: Sheet, at: int, sides: Sides) -> None:
    """Writes the line of leg `at`, which is entered (`LEGS`)."""
    world, trust, seen = sides.world, sides.trust, sides.world.seen
    r, f, a = seen.r_hill, seen.fixture_hill, seen.apex_hill
    legs[at, 0], legs[at, 1], legs[at, 2] = world.tick.t, world.state.used, world.tally.delta_v
    legs[at, 3], legs[at, 4], legs[at, 5] = r[1], -r[0], -r[2]
    legs[at, 6], legs[at, 7], legs[at, 8] = trust.nees, trust.nis, trust.numbers
    for k in range(6):
        legs[at, 9 + k] = trust.errors[k]
    legs[at, 15], legs[at, 16], legs[at, 17] = f[1] - a[1], a[0] - f[0], a[2] - f[2]
