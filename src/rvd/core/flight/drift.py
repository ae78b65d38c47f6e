"""The drift driver: what becomes of states whose thrust is lost. No sensors, no control, no attitude; a day in a row.

Moments are flown 32 abreast, each a lane of the block: the exact relative model with the eighth-order method in steps
of a minute. Closest approaches are sought inside the steps, on the cubic through both ends.
"""

import math
from typing import NamedTuple

import numpy as np

from rvd.core.algebra.vec import add, axpy, dot, norm, scale, sub
from rvd.core.flight.world import sky_at
from rvd.core.kernel import LANES, Pile, Row, Sheet, Table, Vec, entry, kernel, load, size, store, sweep
from rvd.core.motion.dop853 import STAGES, WEIGHTS
from rvd.core.motion.nonlinear import Environment, Forces, Sky, acceleration
from rvd.core.orbit.frames import eci_from_hill, hill_from_eci


class Moment(NamedTuple):
    """A state to drift from, and the air it drifts through."""

    #: When it is, s into the flight.
    t: float
    #: Position of the target, m, inertial axes.
    rt_eci: Vec
    #: Velocity of the target, m/s, inertial axes.
    vt_eci: Vec
    #: Position of the chaser's centre of mass from the target's, m, inertial axes.
    dr_eci: Vec
    #: Its rate, m/s, inertial axes.
    dv_eci: Vec
    #: Cd A / m of the chaser, held over the whole drift, m2/kg.
    ballistic: float
    #: Cd A / m of the target, held over the whole drift, m2/kg.
    station_ballistic: float
    #: Density of the air at the environment's reference radius, kg/m3.
    density: float


class Zone(NamedTuple):
    """What a drift is held against."""

    #: Radius of the keep-out sphere, m.
    keep_out: float
    #: A point of the station, m, hill axes from the target's centre of mass.
    point_hill: Vec


class Field(NamedTuple):
    """What all drifts have in common."""

    #: The central body and its air.
    environment: Environment
    #: Third bodies (k, 8), a row every `sky_step`.
    sky: Table
    #: The time between two rows, s.
    sky_step: float
    #: What the drifts are held against.
    zone: Zone


class Lines(NamedTuple):
    """What drifts are written into."""

    #: A line a drift (k, `DRIFT`).
    results: Sheet
    #: Places (k, steps + 1, 3), m, hill axes, at every step; or no rows.
    paths: Pile


class Pair(NamedTuple):
    """Both vehicles, or the slopes of that."""

    #: Position of the target, m, inertial axes.
    rt_eci: Vec
    #: Velocity of the target, m/s, inertial axes.
    vt_eci: Vec
    #: Position of the chaser from the target, m, inertial axes.
    dr_eci: Vec
    #: Its rate, m/s, inertial axes.
    dv_eci: Vec


class Air(NamedTuple):
    """What a lane's drag and third bodies are, over one step."""

    #: Cd A / m of the chaser, m2/kg.
    ballistic: float
    #: Cd A / m of the target, m2/kg.
    station_ballistic: float
    #: Density of the air at the environment's reference radius, kg/m3.
    density: float
    #: Third bodies.
    sky: Sky


MOMENT, PAIR, AIR = size(Moment), size(Pair), size(Air)

DRIFT = ("closest", "when", "point", "left", "returned", "last")
"""Columns of a drift (m, s after the moment): the smallest distance of the chaser's centre of mass from the target's
and when; the smallest from the point; when it leaves the sphere (NaN: never; 0 of a moment outside it); the smallest
distance at which it passes the target after that (NaN: it never turns back); the distance at the end."""

HALVINGS = 24
"""Of a step, in search of a closest approach: 60 s to 4 microseconds."""


@sweep
def mixed(out: np.ndarray, pairs: np.ndarray, slopes: np.ndarray, weights: np.ndarray, h: float) -> None:
    """out = pairs + h (the weighted sum of the slopes of each stage), element by element of the block."""
    for i in range(out.size):
        out[i] = pairs[i]
    for j in range(STAGES):
        w = h * weights[j]
        if w != 0.0:
            slope = slopes[j]
            for i in range(out.size):
                out[i] += w * slope[i]


@sweep
def sloped(out: np.ndarray, environment: Environment, air: np.ndarray, pairs: np.ndarray) -> None:
    """The slopes of all lanes' pairs."""
    for k in range(LANES):
        a, p = load(Air, air, 0, k, LANES), load(Pair, pairs, 0, k, LANES)
        store(Pair, out, 0, k, LANES, value=slope_of(environment, a, p))


@kernel
def slope_of(environment: Environment, air: Air, pair: Pair) -> Pair:
    """The slope of one lane's pair in its own air."""
    forces = Forces(
        environment=environment._replace(density=air.density),
        ballistic_target=air.station_ballistic,
        ballistic_chaser=air.ballistic,
        sky=air.sky,
        push_eci=(0.0, 0.0, 0.0),
    )
    a, b = acceleration(forces, pair.rt_eci, pair.vt_eci, pair.dr_eci, pair.dv_eci)
    return Pair(pair.vt_eci, a, pair.dv_eci, b)


@kernel
def cubic(r0: Vec, v0: Vec, r1: Vec, v1: Vec, h: float, s: float) -> tuple[Vec, Vec]:
    """Place and velocity at the share s of a step, on the cubic through the states at both its ends (Hermite)."""
    d = sub(r1, r0)
    u, v = sub(scale(h, v0), d), sub(d, scale(h, v1))
    a, b = add(scale(1.0 - s, u), scale(s, v)), sub(v, u)
    w = s * (1.0 - s)
    place = add(axpy(s, d, r0), scale(w, a))
    return place, scale(1.0 / h, add(add(d, scale(1.0 - 2.0 * s, a)), scale(w, b)))


@kernel
def approach(r0: Vec, v0: Vec, r1: Vec, v1: Vec, h: float) -> tuple[float, float]:
    """Smallest distance from the origin within a step and its time after the begin: an end, or a minimum inside.

    Inside there is one where the distance falls at the begin and grows at the end; it is found by halving.
    """
    a, b = norm(r0), norm(r1)
    best, when = (a if a <= b else b), (0.0 if a <= b else h)
    if (dot(r0, v0) < 0.0) & (dot(r1, v1) > 0.0):
        low, high = 0.0, 1.0
        for _ in range(HALVINGS):
            s = 0.5 * (low + high)
            r, v = cubic(r0, v0, r1, v1, h=h, s=s)
            falling = dot(r, v) < 0.0
            low, high = (s if falling else low), (high if falling else s)
        r, _ = cubic(r0, v0, r1, v1, h=h, s=low)
        if norm(r) < best:
            best, when = norm(r), low * h
    return best, when


@kernel
def leaving(r0: Vec, v0: Vec, r1: Vec, v1: Vec, h: float, keep_out: float) -> float:
    """The share of a step at which a drift, inside the sphere at its begin, leaves it; NaN where it stays inside.

    One that is inside at the end too has been out where it is while the distance turns from growing to falling.
    """
    out = 1.0
    if norm(r1) < keep_out:
        if not ((dot(r0, v0) > 0.0) & (dot(r1, v1) < 0.0)):
            return math.nan
        low, out = 0.0, 1.0
        for _ in range(HALVINGS):
            s = 0.5 * (low + out)
            r, v = cubic(r0, v0, r1, v1, h=h, s=s)
            growing = dot(r, v) > 0.0
            low, out = (s if growing else low), (out if growing else s)
        r, _ = cubic(r0, v0, r1, v1, h=h, s=out)
        if norm(r) < keep_out:
            return math.nan
    within = 0.0
    for _ in range(HALVINGS):
        s = 0.5 * (within + out)
        r, _ = cubic(r0, v0, r1, v1, h=h, s=s)
        inside = norm(r) < keep_out
        within, out = (s if inside else within), (out if inside else s)
    return out


@kernel
def watched(out: np.ndarray, zone: Zone, before: Pair, after: Pair, t: float, h: float) -> None:
    """Takes one step of a drift, from t to t + h after its moment, into its line of results (`DRIFT`)."""
    near, when = approach(before.dr_eci, before.dv_eci, after.dr_eci, after.dv_eci, h)
    r0, v0 = hill_from_eci(before.rt_eci, before.vt_eci, before.dr_eci, before.dv_eci)
    r1, v1 = hill_from_eci(after.rt_eci, after.vt_eci, after.dr_eci, after.dv_eci)
    touch, _ = approach(sub(r0, zone.point_hill), v0, sub(r1, zone.point_hill), v1, h)
    if not (near >= out[0]):  # what is no number is nearer than any
        out[0], out[1] = near, t + when
    out[2] = min(out[2], touch)
    if math.isnan(out[3]):
        s = leaving(before.dr_eci, before.dv_eci, after.dr_eci, after.dv_eci, h=h, keep_out=zone.keep_out)
        out[3] = t + s * h
    elif (dot(before.dr_eci, before.dv_eci) < 0.0) & (dot(after.dr_eci, after.dv_eci) >= 0.0):
        out[4] = near if math.isnan(out[4]) else min(out[4], near)
    out[5] = norm(after.dr_eci)


@kernel
def start(moments: Table, first: int, pairs: Row, air: Row) -> None:
    """Loads the moments from row `first` on into the lanes; lanes left over repeat the last moment."""
    for k in range(LANES):
        row = min(first + k, moments.shape[0] - 1)
        m = load(Moment, moments[row], 0, 0, 1)
        store(Pair, pairs, 0, k, LANES, value=Pair(m.rt_eci, m.vt_eci, m.dr_eci, m.dv_eci))
        nothing = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        store(Air, air, 0, k, LANES, value=Air(m.ballistic, m.station_ballistic, m.density, nothing))


@kernel
def begin_lines(results: Sheet, moments: Table, keep_out: float) -> None:
    """Writes what is known of each drift before its first step into its line (`DRIFT`)."""
    for k in range(moments.shape[0]):
        away = norm(load(Moment, moments[k], 0, 0, 1).dr_eci)
        out = results[k]
        out[0], out[1], out[2] = away, 0.0, math.inf
        out[3] = 0.0 if away >= keep_out else math.nan
        out[4], out[5] = math.nan, away


@kernel
def look_up(air: Row, field: Field, moments: Table, first: int, t: float) -> None:
    """Puts each lane's third bodies at t seconds after its moment into its air."""
    for k in range(LANES):
        row = min(first + k, moments.shape[0] - 1)
        a = load(Air, air, 0, k, LANES)
        here = sky_at(field.sky, field.sky_step, moments[row, 0] + t)
        store(Air, air, 0, k, LANES, value=a._replace(sky=here))


@kernel
def trace(paths: np.ndarray, first: int, line: int, pairs: np.ndarray) -> None:
    """Writes the lanes' places (hill) into line `line` of their paths."""
    for k in range(min(LANES, paths.shape[0] - first)):
        p = load(Pair, pairs, 0, k, LANES)
        r, _ = hill_from_eci(p.rt_eci, p.vt_eci, p.dr_eci, p.dv_eci)
        for c in range(3):
            paths[first + k, line, c] = r[c]


@entry
def fly_drifts(field: Field, moments: Table, steps: int, h: float, lines: Lines) -> int:
    """Drifts from each moment (k, `Moment`) for `steps` of h seconds, into its lines; gives how many were flown."""
    results, paths = lines
    begin_lines(results, moments, field.zone.keep_out)
    pairs, following, stage = np.empty(PAIR * LANES), np.empty(PAIR * LANES), np.empty(PAIR * LANES)
    slopes, air = np.zeros((STAGES, PAIR * LANES)), np.empty(AIR * LANES)
    flown = 0
    for first in range(0, moments.shape[0], LANES):
        start(moments, first, pairs, air)
        trace(paths, first, 0, pairs)
        for step in range(steps):
            look_up(air, field, moments, first, step * h)
            sloped(slopes[0], field.environment, air, pairs)
            for k in range(1, STAGES):
                mixed(stage, pairs, slopes, WEIGHTS[k], h)
                sloped(slopes[k], field.environment, air, stage)
            mixed(following, pairs, slopes, WEIGHTS[STAGES], h)
            for k in range(min(LANES, moments.shape[0] - first)):
                before, after = load(Pair, pairs, 0, k, LANES), load(Pair, following, 0, k, LANES)
                watched(results[first + k], field.zone, before, after, t=step * h, h=h)
            pairs, following = following, pairs
            trace(paths, first, step + 1, pairs)
            flown += 1
    return flown


class Drifts(NamedTuple):
    """Drifts flown: columns (k,) of `DRIFT`, and their paths."""

    #: Smallest distance of the centres of mass, m.
    closest: np.ndarray
    #: When that is, s after the moment.
    when: np.ndarray
    #: Smallest distance from the point, m.
    point: np.ndarray
    #: When the sphere is left, s after the moment; NaN: never, 0: it was outside.
    left: np.ndarray
    #: Smallest distance at which it passes the target after that, m; NaN: it never turns back.
    returned: np.ndarray
    #: Distance at the end, m.
    last: np.ndarray
    #: Places (k, steps + 1, 3), m, hill axes; no rows if not asked for.
    paths: np.ndarray


def drift(setup, moments: np.ndarray, seconds: float, h: float = 60.0, paths: bool = False) -> Drifts:
    """Drifts of `seconds` from moments (k, `Moment`) in steps of about h s, held against the rules of a set-up.

    The point is the berthing point of a level station.
    """
    steps = max(1, round(seconds / h))
    results = np.empty((len(moments), len(DRIFT)))
    places = np.empty((len(moments) if paths else 0, steps + 1, 3))
    outside = setup.outside
    x, y, z = outside.points.berthing
    zone = Zone(outside.rules.keep_out, (-z, x, -y))
    field = Field(outside.environment, outside.sky, outside.sky_step, zone)
    fly_drifts(field, np.ascontiguousarray(moments), steps, seconds / steps, Lines(results, places))
    columns = dict(zip(DRIFT, results.T, strict=True))
    return Drifts(**columns, paths=places)


def moment_at(t, rt_eci, vt_eci, r_hill, v_hill, ballistic, station_ballistic, density) -> Moment:
    """The moment of a chaser at a place and a velocity of the hill frame."""
    dr, dv = eci_from_hill(rt_eci, vt_eci, r_hill, v_hill)
    return Moment(
        t=t,
        rt_eci=rt_eci,
        vt_eci=vt_eci,
        dr_eci=dr,
        dv_eci=dv,
        ballistic=ballistic,
        station_ballistic=station_ballistic,
        density=density,
    )
