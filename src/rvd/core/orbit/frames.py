"""Local orbital frames, and states between them and the inertial axes, velocities included.

hill   x radial outward, y along track, z orbit normal (also called RTN, RSW, QSW, RIC)
lvlh   x forward (along track), y starboard (minus normal), z down (toward the central body)
ntw    x normal to the velocity in plane (outward), y along the velocity, z orbit normal
A triple of row tuples holds the frame's unit vectors on inertial axes: applied to a vector it gives components.
"""

import math

from rvd.core.algebra.quat import from_axes
from rvd.core.algebra.vec import add, cross, dot, neg, scale, sub
from rvd.core.kernel import Quat, Vec, kernel

Axes = tuple[Vec, Vec, Vec]

Q_HILL_LEVEL: Quat = (-0.5, -0.5, 0.5, 0.5)
"""The attitude whose body x, y, z lie along hill y, -z, -x (forward, starboard, down)."""


@kernel
def hill_axes(r: Vec, v: Vec) -> Axes:
    """Unit vectors radial, along track, normal. Undefined for straight-line motion (r x v = 0)."""
    radial = scale(1.0 / math.sqrt(dot(r, r)), r)
    h = cross(r, v)
    normal = scale(1.0 / math.sqrt(dot(h, h)), h)
    return radial, cross(normal, radial), normal


@kernel
def lvlh_axes(r: Vec, v: Vec) -> Axes:
    """Unit vectors forward, starboard, down."""
    radial, along, normal = hill_axes(r, v)
    return along, neg(normal), neg(radial)


@kernel
def ntw_axes(r: Vec, v: Vec) -> Axes:
    """Unit vectors across the velocity in plane, along the velocity, orbit normal (Vallado, section 3.3)."""
    tangent = scale(1.0 / math.sqrt(dot(v, v)), v)
    h = cross(r, v)
    normal = scale(1.0 / math.sqrt(dot(h, h)), h)
    return cross(tangent, normal), tangent, normal


@kernel
def into(axes: Axes, a: Vec) -> Vec:
    """Components of an inertial vector along the axes."""
    return dot(axes[0], a), dot(axes[1], a), dot(axes[2], a)


@kernel
def out_of(axes: Axes, a: Vec) -> Vec:
    """The inertial vector whose components along the axes are given."""
    return add(add(scale(a[0], axes[0]), scale(a[1], axes[1])), scale(a[2], axes[2]))


@kernel
def hill_rate(r: Vec, v: Vec) -> float:
    """Turn rate of hill about its z axis, rad/s: |r x v| / r2, exact at every instant of any orbit."""
    h = cross(r, v)
    return math.sqrt(dot(h, h)) / dot(r, r)


@kernel
def hill_rates(r: Vec, v: Vec, a: Vec) -> Vec:
    """Turn rate of hill in hill axes when the target accelerates by `a` in all (gravity included).

    The radial part, r a_normal / h, is the turn of the plane: 1.6e-6 rad/s at most from J2 at 400 km and
    51.6 deg, which is 8 mm/s at 5 km. `hill_from_eci` leaves it out, as every two-body frame does.
    """
    h = cross(r, v)
    h2 = dot(h, h)
    r2 = dot(r, r)
    return math.sqrt(r2) * dot(a, h) / h2, 0.0, math.sqrt(h2) / r2


@kernel
def hill_from_eci(rt: Vec, vt: Vec, dr: Vec, dv: Vec) -> tuple[Vec, Vec]:
    """(r, v) of the chaser in hill, from its inertial relative state; velocity as seen in the rotating frame.

    The frame turns at its exact osculating rate |r x v| / r2 about the normal (see `hill_rates`).
    """
    axes = hill_axes(rt, vt)
    w = hill_rate(rt, vt)
    x, y, z = into(axes, dr)
    vx, vy, vz = into(axes, dv)
    return (x, y, z), (vx + w * y, vy - w * x, vz)


@kernel
def eci_from_hill(rt: Vec, vt: Vec, r: Vec, v: Vec) -> tuple[Vec, Vec]:
    """(dr, dv) from the state in the rotating hill frame: the inverse of `hill_from_eci`."""
    axes = hill_axes(rt, vt)
    w = hill_rate(rt, vt)
    x, y, _z = r
    return out_of(axes, r), out_of(axes, (v[0] - w * y, v[1] + w * x, v[2]))


@kernel
def hill_from_eci_turning(rt: Vec, vt: Vec, w_hill: Vec, dr: Vec, dv: Vec) -> tuple[Vec, Vec]:
    """As `hill_from_eci`, with the frame's turn rate given (see `hill_rates`)."""
    axes = hill_axes(rt, vt)
    r = into(axes, dr)
    return r, sub(into(axes, dv), cross(w_hill, r))


@kernel
def lvlh_from_eci(rt: Vec, vt: Vec, dr: Vec, dv: Vec) -> tuple[Vec, Vec]:
    """As `hill_from_eci`, on the axes forward, starboard, down: the same turning frame, otherwise named."""
    r, v = hill_from_eci(rt, vt, dr, dv)
    return (r[1], -r[2], -r[0]), (v[1], -v[2], -v[0])


@kernel
def eci_from_lvlh(rt: Vec, vt: Vec, r: Vec, v: Vec) -> tuple[Vec, Vec]:
    """The inverse of `lvlh_from_eci`."""
    r, v = (-r[2], r[0], -r[1]), (-v[2], v[0], -v[1])
    return eci_from_hill(rt, vt, r, v)


@kernel
def ntw_rate(r: Vec, v: Vec, mu: float) -> float:
    """Turn rate of ntw about its z axis, rad/s: that of the velocity's direction under two-body gravity."""
    h = cross(r, v)
    d2 = dot(r, r)
    return mu / (d2 * math.sqrt(d2)) * math.sqrt(dot(h, h)) / dot(v, v)


@kernel
def ntw_from_eci(rt: Vec, vt: Vec, dr: Vec, dv: Vec, mu: float) -> tuple[Vec, Vec]:
    """(r, v) of the chaser from its inertial relative state; velocity as seen in the turning frame."""
    axes, w = ntw_axes(rt, vt), ntw_rate(rt, vt, mu)
    r, v = into(axes, dr), into(axes, dv)
    return r, (v[0] + w * r[1], v[1] - w * r[0], v[2])


@kernel
def eci_from_ntw(rt: Vec, vt: Vec, r: Vec, v: Vec, mu: float) -> tuple[Vec, Vec]:
    """The inverse of `ntw_from_eci`."""
    axes, w = ntw_axes(rt, vt), ntw_rate(rt, vt, mu)
    x, y, _z = r
    return out_of(axes, r), out_of(axes, (v[0] - w * y, v[1] + w * x, v[2]))


@kernel
def q_eci_hill(r: Vec, v: Vec) -> Quat:
    """Quaternion that takes hill components to inertial ones."""
    radial, along, normal = hill_axes(r, v)
    return from_axes(radial, along, normal)


@kernel
def q_eci_lvlh(r: Vec, v: Vec) -> Quat:
    """Quaternion that takes lvlh components (forward, starboard, down) to inertial ones."""
    forward, starboard, down = lvlh_axes(r, v)
    return from_axes(forward, starboard, down)
