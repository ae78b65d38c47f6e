"""What a flight logs: one line of history every so often, and one line a leg."""

import math

from rvd.core.flight.judge import Sides
from rvd.core.kernel import Sheet, kernel
from rvd.core.navigation.track import UNREAD

HISTORY = (
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
"""Columns of a history (SI). Places are along the words' axes: of the centre of mass from the station's; `fixture_`
of the grapple fixture from the berthing point; `offset_` of the fixture from the box's centre, station axes. NaN is
the age of a laser reading before the first, and the NIS of a fix before the first."""

LEGS = (
    "t", "propellant_used", "delta_v", "vbar", "rbar", "hbar", "nees", "nis", "numbers",
    "error_0", "error_1", "error_2", "error_3", "error_4", "error_5", "fixture_vbar", "fixture_rbar", "fixture_hbar",
)  # fmt: skip
"""Columns of the leg log: the moment each leg was entered, and what had been spent, and how far the filter was
to be trusted (`Trust`, its errors in sigmas), and where the grapple fixture was; NaN where it never was."""


@kernel
def log(history: Sheet, line: int, sides: Sides, t: float) -> int:
    """Writes the line of history (`HISTORY`) at t, unless the sheet is full; gives the number of the next line."""
    if line >= history.shape[0]:
        return line
    world, belief, memory, trust = sides.world, sides.aboard.belief, sides.aboard.memory, sides.trust
    seen, q, p = world.seen, world.geometry.q_hill_body, world.geometry.q_hill_station
    r, v, f, a, b, c, d = (
        seen.r_hill, seen.v_hill, seen.fixture_hill, seen.apex_hill, seen.offset, belief.r_hill, belief.v_hill
    )  # fmt: skip
    laser_age = belief.laser_age if belief.laser_age < UNREAD else math.nan
    values = (
        (t, r[1], -r[0], -r[2], v[1], -v[0], -v[2], f[1] - a[1], a[0] - f[0], a[2] - f[2], b[0], b[1], b[2])
        + (c[1], -c[0], -c[2], d[1], -d[0], -d[2], belief.sigma_r, belief.sigma_v)
        + (q[0], q[1], q[2], q[3], p[0], p[1], p[2], p[3], seen.rate, seen.angle)
        + (memory.at, memory.stage, memory.alarm, world.state.used, world.tally.delta_v, laser_age)
        + (trust.nees, trust.nis, trust.numbers)
    )
    for k in range(len(values)):
        history[line, k] = values[k]
    return line + 1


@kernel
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
