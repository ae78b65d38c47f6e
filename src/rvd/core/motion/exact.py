"""The exact model of one pair of craft over a time: coast, leap and transition matrix, in steps that are looked at.

What `rvd.motion.nonlinear` and `rvd.motion.tangent` give for many, to the bit. A step in which a craft turns too far
about the centre errs too much: the answer is NaN then. Third bodies stand still.
"""

import math

import numpy as np

from rvd.core.algebra.vec import add, cross, dot, norm, scale
from rvd.core.kernel import Vec, kernel, sweep
from rvd.core.motion import leap as leaps
from rvd.core.motion import nonlinear, perturbed, tangent
from rvd.core.motion.domains import MOST_STEPS, is_environment
from rvd.core.motion.nonlinear import MOST_TURN, Environment, Sky
from rvd.core.motion.transfers import Matrix
from rvd.core.orbit.domains import is_body

Four = tuple[float, float, float, float]
State = tuple[Vec, Vec, Vec, Vec]
#: Most that a craft may turn about the centre in a step of `leap`, rad: in a revolution that errs by 1e-6 of the
#: separation.
MOST_LEAP = 0.5


@kernel
def steps_of(t: float, step: float) -> int:
    """How many steps of at most `step` seconds make `t`; 1 where they would be none, or more than `MOST_STEPS`."""
    countable = (step > 0.0) & (abs(t) <= MOST_STEPS * step)
    return max(1, math.ceil(abs(t) / step)) if countable else 1


@kernel
def nearness(rt: Vec, dr: Vec) -> float:
    """Square of the distance from the centre of the nearer of both craft, m2."""
    chaser = add(rt, dr)
    return min(dot(rt, rt), dot(chaser, chaser))


@kernel
def mark(h: float, mu: float, nearest: float, most: float) -> float:
    """1, or NaN where in a step of h s a craft at this distance (m) turns by more than `most` rad about the centre."""
    if h == 0.0:
        return 1.0
    rate = math.sqrt(mu / nearest) / nearest if nearest > 0.0 else math.inf
    return 1.0 if abs(h) * rate <= most else math.nan


@kernel
def marked(k: float, state: State) -> State:
    """The state, each number times k."""
    rt, vt, dr, dv = state
    return scale(k, rt), scale(k, vt), scale(k, dr), scale(k, dv)


@sweep
def leap(rt: Vec, vt: Vec, dr: Vec, dv: Vec, environment: Environment, t: float, step: float) -> State:
    """(rt, vt, dr, dv) after `t` seconds under gravity alone, in steps of order 8."""
    steps = steps_of(t, step)
    h, nearest = t / steps, math.inf
    for _ in range(steps):
        nearest = min(nearest, nearness(rt, dr))
        rt, vt, dr, dv = leaps.leap(environment, rt=rt, vt=vt, dr=dr, dv=dv, h=h)
    return marked(mark(h, environment.mu, math.sqrt(nearest), MOST_LEAP), (rt, vt, dr, dv))


@sweep
def coast(
    rt: Vec,
    vt: Vec,
    dr: Vec,
    dv: Vec,
    environment: Environment,
    t: float,
    step: float,
    ballistic_target: float,
    ballistic_chaser: float,
    reflect_target: float,
    reflect_chaser: float,
    zonals: Four,
    sky: Sky,
) -> State:
    """(rt, vt, dr, dv) after `t` seconds of free motion, in steps of order 4; what is off costs no time."""
    steps = steps_of(t, step)
    h, nearest = t / steps, math.inf
    surface = perturbed.Surface(ballistic_target, ballistic_chaser, reflect_target, reflect_chaser)
    j = (0.0, zonals[0], zonals[1], zonals[2], zonals[3])
    lit = (reflect_target != 0.0) | (reflect_chaser != 0.0)
    oblate = (j[1] != 0.0) | (j[2] != 0.0) | (j[3] != 0.0) | (j[4] != 0.0)
    air = (environment.density != 0.0) | (sky[0] != 0.0) | (sky[4] != 0.0)
    for _ in range(steps):
        nearest = min(nearest, nearness(rt, dr))
        if lit | oblate:
            rt, vt, dr, dv = perturbed.step(
                environment,
                j=j,
                surface=surface,
                sky_begin=sky,
                sky_middle=sky,
                sky_end=sky,
                rt=rt,
                vt=vt,
                dr=dr,
                dv=dv,
                h=h,
            )
        elif air:
            rt, vt, dr, dv = nonlinear.step(
                environment,
                ballistic_target=ballistic_target,
                ballistic_chaser=ballistic_chaser,
                sky_begin=sky,
                sky_middle=sky,
                sky_end=sky,
                rt=rt,
                vt=vt,
                dr=dr,
                dv=dv,
                push_eci=(0.0, 0.0, 0.0),
                h=h,
            )
        else:
            rt, vt, dr, dv = nonlinear.fall(environment, rt=rt, vt=vt, dr=dr, dv=dv, h=h)
    return marked(mark(h, environment.mu, math.sqrt(nearest), MOST_TURN), (rt, vt, dr, dv))


@sweep
def transition(
    rt: Vec, vt: Vec, environment: Environment, t: float, step: float, ballistic: float, sky: Sky, hill: bool
) -> Matrix:
    """The matrix on relative (r, v) after `t` seconds along the target's path, in hill or on inertial axes."""
    steps = steps_of(t, step)
    passage = tangent.Passage(environment, ballistic, t / steps, steps)
    skies, columns = np.empty((1, 8)), np.zeros(36)
    for k in range(8):
        skies[0, k] = sky[k]
    near, quick = tangent.SMALL, tangent.SMALL / max(1.0, abs(t))
    for k in range(6):
        columns[7 * k] = near if k < 3 else quick
    r, v, nearest = tangent.carry(passage, skies, rt, vt, columns)
    good = mark(passage.h, environment.mu, nearest, MOST_TURN)
    matrix = (
        tangent.row(columns, 0, near, quick, good), tangent.row(columns, 1, near, quick, good),
        tangent.row(columns, 2, near, quick, good), tangent.row(columns, 3, near, quick, good),
        tangent.row(columns, 4, near, quick, good), tangent.row(columns, 5, near, quick, good),
    )  # fmt: skip
    return tangent.seen_in_hill(matrix, (rt, vt), (r, v)) if hill else matrix


@kernel
def is_passed(environment: Environment, rt: Vec, t: float, step: float) -> bool:
    """A body, a place off its centre and not inside it, and a number of steps that can be flown."""
    e, away = environment, norm(rt)
    outside = ((e.j2 == 0.0) & (e.density == 0.0)) | (away >= e.radius)
    return (away > 0.0) & outside & (step > 0.0) & (abs(t) <= MOST_STEPS * step)


@kernel
def is_sky(sky: Sky) -> bool:
    """Two bodies that pull, or do not, and are not at the centre."""
    near = (sky[1] != 0.0) | (sky[2] != 0.0) | (sky[3] != 0.0) | (sky[0] == 0.0)
    far = (sky[5] != 0.0) | (sky[6] != 0.0) | (sky[7] != 0.0) | (sky[4] == 0.0)
    return (sky[0] >= 0.0) & (sky[4] >= 0.0) & near & far


@kernel
def leaps_on(rt: Vec, environment: Environment, t: float, step: float) -> bool:
    """`is_passed` about a body without air."""
    return is_environment(environment) & is_passed(environment, rt, t, step) & (environment.density == 0.0)


@kernel
def coasts_on(
    rt: Vec,
    environment: Environment,
    t: float,
    step: float,
    ballistic_target: float,
    ballistic_chaser: float,
    reflect_target: float,
    reflect_chaser: float,
    sky: Sky,
) -> bool:
    """`is_passed` by craft that air and light push; light needs a Sun, and a body of which there is a shadow."""
    e = environment
    craft = (ballistic_target >= 0.0) & (ballistic_chaser >= 0.0)
    craft = craft & (reflect_target >= 0.0) & (reflect_chaser >= 0.0)
    dark = (reflect_target == 0.0) & (reflect_chaser == 0.0)
    sun = (norm((sky[5], sky[6], sky[7])) >= 1e10) & is_body(e.mu, 1.0, e.radius)
    return is_environment(e) & is_passed(e, rt, t, step) & craft & is_sky(sky) & (dark | sun)


@kernel
def turns_on(
    rt: Vec, vt: Vec, environment: Environment, t: float, step: float, ballistic: float, sky: Sky
) -> bool:
    """`is_passed` by a target that turns about the centre."""
    turn = cross(rt, vt)
    turns = (turn[0] != 0.0) | (turn[1] != 0.0) | (turn[2] != 0.0)
    flown = is_environment(environment) & is_passed(environment, rt, t, step)
    return flown & turns & (ballistic >= 0.0) & is_sky(sky)
