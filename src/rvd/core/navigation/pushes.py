"""What a push is off by: shares that last as long as the same nozzles give it, and what impulses that cancel leave.

Each nozzle has an error of its own that lasts (force, tilt). Of a push along one body axis, from nozzles that stay the
same, that is a vector that lasts; what couples and pushes there and back leave is another, as large as much cancels.
"""

import math
from typing import NamedTuple

from rvd.core.algebra.elementary import exp
from rvd.core.algebra.quat import rotate
from rvd.core.algebra.vec import add, axpy, norm, scale, times
from rvd.core.kernel import Quat, Vec, kernel

EFFORT = 20.0
"""Time (s) over which impulses are averaged: many pulses, a part of a leg (assumed)."""

CANCELLING = 120.0
"""Time (s) over which what cancels is averaged: some cycles of the dead zones (assumed)."""

BESIDE = 0.97
"""Share of a smaller push that counts as plain: its nozzles change with the larger one's (assumed)."""

AGAINST = 0.02
"""Share of all impulses that a mean push has to be before its nozzles count as those in use (assumed)."""

Nine = tuple[float, float, float, float, float, float, float, float, float]

Pushes = tuple[Vec, Vec, Vec]
"""Of a push along each body axis, what it really gives beyond itself, as a share of it (body axes)."""


class Thrust(NamedTuple):
    """What thrust did over a tick.

    What was only commanded is off by its shares; where the gain was measured, none of it was.
    """

    #: Velocity gained, m/s, hill axes.
    dv_hill: Vec
    #: The distance that this made, m, hill axes.
    reach_hill: Vec
    #: The part of the velocity that was only commanded, m/s, body axes.
    push_body: Vec
    #: The part of the distance that was only commanded, m, body axes.
    reach_body: Vec
    #: Variance of what was measured, an axis, m2/s2.
    spread: float
    #: What all commanded impulses together would have gained the same way, m/s.
    total: float
    #: Sum of the squares of the least gains of the nozzles that opened or closed, m2/s2, hill axes.
    valves_hill: Vec
    #: The believed attitude at the beginning of the tick, when pulses stand.
    q_hill_body: Quat


class Pushing(NamedTuple):
    """How the chaser has been pushed of late."""

    #: The sign of the pushes along each body axis; 0 before the first.
    way: Vec
    #: All impulses over time and mass, m/s2.
    effort: float
    #: Their sum over time and mass, m/s2, body axes.
    push_body: Vec
    #: What of the effort was no plain push, m/s2.
    cancelled: float


@kernel
def no_pushing() -> Pushing:
    """Before the first push."""
    zero = (0.0, 0.0, 0.0)
    return Pushing(zero, 0.0, zero, 0.0)


@kernel
def pushed_on(pushing: Pushing, lean: Vec, thrust: Thrust, h: float) -> tuple[Pushing, Vec]:
    """How it has been pushed h s later, and 1.0 for each axis whose nozzles are the same as before, else 0.0.

    Pushes the other way along an axis come from other nozzles.
    """
    fade = exp(-h / EFFORT)
    effort = fade * pushing.effort + (1.0 - fade) * thrust.total / h
    push = axpy((1.0 - fade) / h, thrust.push_body, scale(fade, pushing.push_body))
    fade = exp(-h / CANCELLING)
    cancelled = fade * pushing.cancelled + (1.0 - fade) * (effort - plain_effort(lean, push))
    way, same = turned_ways(pushing.way, push, AGAINST * effort)
    return Pushing(way, effort, push, cancelled), same


@kernel
def plain_effort(lean: Vec, push_body: Vec) -> float:
    """What a push takes of all impulses: its largest component as one alone does, the others but `BESIDE` of theirs."""
    a = (abs(push_body[0]), abs(push_body[1]), abs(push_body[2]))
    main = max(a[0], max(a[1], a[2]))
    x = a[0] * (lean[0] if a[0] == main else BESIDE)
    y = a[1] * (lean[1] if a[1] == main else BESIDE)
    z = a[2] * (lean[2] if a[2] == main else BESIDE)
    return x + y + z


@kernel
def doubt_of(told: Vec, shares: Vec, wander: float, pushing: Pushing, q_hill_body: Quat) -> Vec:
    """One sigma (m/s2, hill axes) of what is unexplained now.

    What always is (`told`), `shares` of what cancels (body axes), and `wander` of the push: nozzles take turns in it.
    """
    s = scale(max(pushing.cancelled, 0.0), shares)
    w = wander * norm(pushing.push_body)
    u = add(times(told, told), spread_along(times(s, s), q_hill_body))
    return (math.sqrt(u[0] + w * w), math.sqrt(u[1] + w * w), math.sqrt(u[2] + w * w))


@kernel
def off_by(pushes: Pushes, push_body: Vec) -> Vec:
    """What a push gives beyond itself (body axes)."""
    return axpy(push_body[0], pushes[0], axpy(push_body[1], pushes[1], scale(push_body[2], pushes[2])))


@kernel
def turned_ways(way: Vec, push_body: Vec, least: float) -> tuple[Vec, Vec]:
    """The sign of the pushes along each axis, and 0.0 where they have turned, by `least` at least, else 1.0."""
    x, kept_x = turned_way(way[0], push_body[0], least)
    y, kept_y = turned_way(way[1], push_body[1], least)
    z, kept_z = turned_way(way[2], push_body[2], least)
    return (x, y, z), (kept_x, kept_y, kept_z)


@kernel
def turned_way(way: float, push: float, least: float) -> tuple[float, float]:
    """One axis of `turned_ways`."""
    now = -1.0 if push < -least else way
    now = 1.0 if push > least else now
    return now, (0.0 if now * way < 0.0 else 1.0)


@kernel
def spread_along(variances_body: Vec, q_hill_body: Quat) -> Vec:
    """Variances along the hill axes of what varies along each body axis by itself."""
    x, y, z = body_axes(q_hill_body)
    a, b, c = variances_body
    return axpy(a, times(x, x), axpy(b, times(y, y), scale(c, times(z, z))))


@kernel
def body_axes(q_hill_body: Quat) -> tuple[Vec, Vec, Vec]:
    """The body's axes in hill components."""
    return (
        rotate(q_hill_body, (1.0, 0.0, 0.0)), rotate(q_hill_body, (0.0, 1.0, 0.0)), rotate(q_hill_body, (0.0, 0.0, 1.0))
    )  # fmt: skip


@kernel
def shares(push: Vec, x: Vec, y: Vec, z: Vec) -> tuple[Nine, Nine, Nine]:
    """Derivatives of a push's hill components by its nine shares, component by component; x, y, z: the body's axes."""
    a = scale(push[0], x) + scale(push[1], x) + scale(push[2], x)
    b = scale(push[0], y) + scale(push[1], y) + scale(push[2], y)
    c = scale(push[0], z) + scale(push[1], z) + scale(push[2], z)
    return (
        (a[0], b[0], c[0], a[3], b[3], c[3], a[6], b[6], c[6]),
        (a[1], b[1], c[1], a[4], b[4], c[4], a[7], b[7], c[7]),
        (a[2], b[2], c[2], a[5], b[5], c[5], a[8], b[8], c[8]),
    )
