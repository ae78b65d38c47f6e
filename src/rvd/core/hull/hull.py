"""The least clearance between two hulls of capsules, over a flight.

The clearance is looked at only where it can be smaller than what was seen before: two balls about the centres of mass
hold the hulls, and what lies between the balls is a bound from below.
"""

from typing import NamedTuple

from rvd.core.algebra.quat import conjugate, multiply, rotate, unrotate
from rvd.core.algebra.vec import add, axpy, norm, sub
from rvd.core.hull.capsule import between, nearest_of
from rvd.core.kernel import Quat, Table, Vec, kernel

CAPSULE = ("from_0", "from_1", "from_2", "to_0", "to_1", "to_2", "radius", "ring")
"""The numbers of a capsule: the ends of its segment and its radius, m; 1 where it carries the port of the goal."""

ON_IT = 0.5
"""A point as near as this to a capsule is taken to stand on it, m: hulls are coarse (assumed)."""

FAR = 1.0e9
"""A clearance that was never looked at, m."""


class Hulls(NamedTuple):
    """Both hulls. Two capsules that both carry the port of the goal may touch where the rings meet."""

    #: Capsules of the target (k, `CAPSULE`), target axes from its centre of mass.
    target: Table
    #: Capsules of the chaser (m, `CAPSULE`), body axes from the body's origin.
    chaser: Table
    #: The radius of a ball about the target's centre of mass that holds its hull, m.
    reach_target: float
    #: The same of the chaser, about the body's origin, m.
    reach_chaser: float


class Clearance(NamedTuple):
    """The least clearance so far."""

    #: The clearance, m; negative is contact.
    least: float
    #: Number of the pair: that of the target's capsule times how many the chaser has, and that of the chaser's.
    pair: float


@kernel
def clearance(
    hulls: Hulls,
    com_body: Vec,
    r_hill: Vec,
    q_hill_target: Quat,
    q_hill_body: Quat,
    docking: bool,
    was: Clearance,
) -> Clearance:
    """The least clearance after the hulls are looked at in one state; the rings are left out of a `docking`."""
    origin = norm(com_body)  # the ball is about the body's origin, r is of the centre of mass
    if norm(r_hill) - origin - hulls.reach_target - hulls.reach_chaser >= was.least:
        return was
    q_target_body = multiply(conjugate(q_hill_target), q_hill_body)
    r_target = unrotate(q_hill_target, r_hill)
    least, pair = was.least, was.pair
    many = hulls.chaser.shape[0]
    for j in range(many):
        c = add(r_target, rotate(q_target_body, sub(_end(hulls.chaser, j, 0), com_body)))
        d = add(r_target, rotate(q_target_body, sub(_end(hulls.chaser, j, 3), com_body)))
        for i in range(hulls.target.shape[0]):
            if docking & (hulls.target[i, 7] > 0.5) & (hulls.chaser[j, 7] > 0.5):
                continue
            apart = between(_end(hulls.target, i, 0), _end(hulls.target, i, 3), c, d)
            gap = apart - hulls.target[i, 6] - hulls.chaser[j, 6]
            if gap < least:
                least, pair = gap, float(i * many + j)
    return Clearance(least, pair)


@kernel
def nearest_place(capsules: Table, eye: Vec) -> Vec:
    """The place on a hull of at least one capsule (k, `CAPSULE`) that is nearest to an eye outside; hull axes."""
    place, least = eye, FAR
    for k in range(capsules.shape[0]):
        on_axis = nearest_of(_end(capsules, k, 0), _end(capsules, k, 3), eye)
        line = sub(eye, on_axis)
        away, radius = norm(line), capsules[k, 6]
        if (away > 0.0) & (away - radius < least):
            place, least = axpy(radius / away, line, on_axis), away - radius
    return place


@kernel
def hidden(capsules: Table, eye: Vec, point: Vec) -> bool:
    """Whether a hull (k, `CAPSULE`) stands between an eye and a point; hull axes.

    A capsule that the point stands on, or within `ON_IT` of, does not hide it: a reflector sits on its module.
    """
    for k in range(capsules.shape[0]):
        a, b, radius = _end(capsules, k, 0), _end(capsules, k, 3), capsules[k, 6]
        on_it = norm(sub(point, nearest_of(a, b, point))) <= radius + ON_IT
        if (not on_it) & (between(a, b, eye, point) < radius):
            return True
    return False


@kernel
def _end(capsules: Table, k: int, at: int) -> Vec:
    """One end of a capsule's segment."""
    return capsules[k, at], capsules[k, at + 1], capsules[k, at + 2]
